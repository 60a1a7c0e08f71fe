#include "support/damage_campaign.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <ctime>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "decode/bytes.h"
#include "support/stores.h"
#include "support/support.h"

namespace crumbs::test {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kSeed = 20261124;
constexpr std::size_t kMostFailures = 20;  ///< of a form that are told one by one

/// Which cases are run.
struct Extent {
  std::size_t first = 0, step = 10;
  bool one = false, counts = false;
};

Extent extent() {
  const char* const asked = std::getenv("CRUMBS_DAMAGE");
  if (asked == nullptr) return {};
  if (std::string_view(asked) == "whole")
    return {.first = 0, .step = 1, .one = false, .counts = true};
  return {.first = std::stoull(asked), .step = 1, .one = true, .counts = true};
}

void add(std::string& text, std::string_view part) {
  text += std::to_string(part.size());
  text += ':';
  text += part;
}
void add(std::string& text, std::int64_t number) {
  text += std::to_string(number);
  text += ';';
}
void add(std::string& text, bool flag) {
  text += flag ? 'y' : 'n';
}
void add(std::string& text, const Time& time) {
  add(text, time.unix_us);
}
void add(std::string& text, const Partition& partition) {
  add(text, std::string_view(partition.top_level_site));
  if (partition.cross_site_ancestor) add(text, *partition.cross_site_ancestor);
  add(text, std::string_view(partition.raw));
}

template <class T>
void add(std::string& text, const std::optional<T>& value) {
  if (value) return add(text, *value);
  text += '-';
}

void add(std::string& text, const Attributes& attributes) {
  for (const auto& flag : {attributes.secure, attributes.http_only, attributes.session,
                           attributes.partitioned, attributes.host_only})
    add(text, flag);
  for (const auto* word : {&attributes.same_site, &attributes.priority, &attributes.source_scheme,
                           &attributes.source_type})
    add(text, *word);
  add(text, attributes.source_port);
  for (const auto& [name, value] : attributes.origin_attributes) {
    add(text, std::string_view(name));
    add(text, std::string_view(value));
  }
}

void add(std::string& text, const Times& times) {
  for (const auto& time : {times.created, times.accessed, times.updated, times.expires})
    add(text, time);
  for (const auto& raw :
       {times.created_raw, times.accessed_raw, times.updated_raw, times.expires_raw})
    add(text, raw);
}

void add_value(std::string& text, const KeptItem& kept) {
  const RawValue& value = kept.item.value;
  if (value.unavailable == Unavailable::removed) {
    text = kDeletion;
    return;
  }
  add(text, std::string_view(kept.bytes));
  add(text, static_cast<std::int64_t>(value.encoding));
  add(text, static_cast<std::int64_t>(value.length));
  if (value.unavailable) add(text, static_cast<std::int64_t>(*value.unavailable));
}

Reading::Item item_of(const StorePlace& place, const KeptItem& kept) {
  const Item& item = kept.item;
  Reading::Item read{.name = place.path, .value = {}, .facts = {}, .state = item.state};
  for (const std::string* part : {&item.host, &item.origin, &item.path, &item.name})
    add(read.name, std::string_view(*part));
  add(read.name, item.partition);
  if (item.container) add(read.name, static_cast<std::int64_t>(item.container->id));
  add_value(read.value, kept);
  add(read.facts, item.attributes);
  add(read.facts, item.times);
  return read;
}

Reading read_form(const DamageForm& form, const Profile& profile) {
  Reading reading;
  for (const KeptStore& store : read_places(driver(form.driver), profile)) {
    reading.told = reading.told || store.error.has_value();
    reading.messages += store.messages();
    for (const KeptItem& kept : store.items) reading.items.push_back(item_of(store.place, kept));
    for (const Diagnostic& one : store.diagnostics) {
      reading.told = reading.told || one.severity == Diagnostic::Severity::incomplete;
      reading.torn = reading.torn || one.code == "torn_tail";
    }
  }
  std::ranges::sort(reading.items);
  return reading;
}

/// Overwrites in place: file systems flush a file that was emptied and written again. As if long
/// ago: what was written just now may be about to be written again, and readers wait for it.
void overwrite(const fs::path& file, std::string_view bytes) {
  const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  REQUIRE(fd >= 0);
  CHECK(pwrite(fd, bytes.data(), bytes.size(), 0) == std::ssize(bytes));
  CHECK(ftruncate(fd, std::ssize(bytes)) == 0);
  constexpr timespec kLongAgo{.tv_sec = 1'700'000'000, .tv_nsec = 0};
  const std::array times{kLongAgo, kLongAgo};
  CHECK(futimens(fd, times.data()) == 0);
  close(fd);
}

/// Returns once the kernel's clock for the times of files has moved on, some milliseconds: readers
/// take a file that was written in this very moment for one that is being written, and try again.
void let_a_moment_pass() {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_REALTIME_COARSE, &time);
    return std::pair(time.tv_sec, time.tv_nsec);
  };
  for (const auto start = now(); now() == start;)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

/// A profile of its own with the files of a form.
class Ground {
 public:
  explicit Ground(const DamageForm& form) : form_(form) {
    for (const auto& [path, bytes] : form.files)
      fs::create_directories((directory_.path() / path).parent_path());
    write(form.files);
  }
  void write(const Files& files) const {
    for (const auto& [path, bytes] : files) overwrite(directory_.path() / path, bytes);
  }
  [[nodiscard]] Reading read() const { return read_form(form_, profile_); }

 private:
  const DamageForm& form_;
  TempDir directory_;
  Profile profile_ = profile_at(directory_.path(), form_.engine);
};

/// Many profiles are damaged before the first of them is read: one moment passes for all.
constexpr std::size_t kGrounds = 25;

class Campaign {
 public:
  explicit Campaign(const DamageForm& form) : form_(form) {
    for (std::size_t i = 0; i < kGrounds; ++i) grounds_.push_back(std::make_unique<Ground>(form));
    learn_truth();
  }
  void run();

 private:
  void learn_truth();
  using Take = std::function<void(std::size_t, Reading, double seconds)>;
  /// Takes what is read of the form after each of `count` changes, in order.
  void read_each(std::size_t count, const std::function<Files(std::size_t)>& change,
                 const Take& take) const;
  [[nodiscard]] LogEnd end_of(const Mutation& mutation) const;
  void judge_case(std::size_t index, const Reading& reading, double seconds);
  void fail(std::size_t index, const Mutation& mutation, Outcome outcome, const Reading& reading);
  void print() const;

  const DamageForm& form_;
  std::vector<std::unique_ptr<Ground>> grounds_;
  Truth truth_;
  std::map<Outcome, std::size_t> counts_;
  std::size_t failures_ = 0;
  double slowest_ = 0;
  std::string slowest_case_;
};

void Campaign::learn_truth() {
  const Reading whole = grounds_.front()->read();
  INFO(whole.messages);
  REQUIRE_FALSE(whole.told);
  REQUIRE(whole.messages.empty());
  REQUIRE(whole.items.size() == form_.items);
  truth_ = {.items = whole.items,
            .earlier = {},
            .checksummed = form_.checksummed,
            .unfinished = form_.unfinished};
  read_each(
      form_.commits.size(),
      [&](std::size_t i) {
        return Files{{form_.log, form_.files.at(form_.log).substr(0, form_.commits[i])}};
      },
      [&](std::size_t, Reading earlier, double) {
        REQUIRE_FALSE(earlier.told);
        truth_.earlier.push_back(std::move(earlier.items));
      });
}

void Campaign::read_each(std::size_t count, const std::function<Files(std::size_t)>& change,
                         const Take& take) const {
  for (std::size_t first = 0; first < count; first += grounds_.size()) {
    const std::size_t batch = std::min(grounds_.size(), count - first);
    std::vector<Files> changed;
    for (std::size_t i = 0; i < batch; ++i) {
      changed.push_back(change(first + i));
      grounds_[i]->write(changed.back());
    }
    let_a_moment_pass();
    for (std::size_t i = 0; i < batch; ++i) {
      const auto start = std::chrono::steady_clock::now();
      Reading reading = grounds_[i]->read();
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      take(first + i, std::move(reading), took.count());
      for (auto& [path, bytes] : changed[i]) bytes = form_.files.at(path);
      grounds_[i]->write(changed[i]);
    }
  }
}

LogEnd Campaign::end_of(const Mutation& mutation) const {
  if (form_.log.empty() || mutation.file != form_.log) return LogEnd::elsewhere;
  const auto& commits = form_.commits;
  const bool cut = mutation.kind == DamageKind::cut;
  if (cut && std::ranges::count(commits, mutation.offset) != 0) return LogEnd::between;
  const bool zeros_to_end = mutation.kind == DamageKind::zeros &&
                            mutation.offset + mutation.length == form_.files.at(form_.log).size();
  const std::size_t last = commits.size() < 2 ? 0 : commits[commits.size() - 2];
  const bool moves = mutation.kind == DamageKind::swap || mutation.kind == DamageKind::exchange;
  return cut || zeros_to_end || (!moves && mutation.offset >= last) ? LogEnd::inside
                                                                    : LogEnd::elsewhere;
}

void Campaign::judge_case(std::size_t index, const Reading& reading, double seconds) {
  const Mutation mutation = make_mutation(form_.files, form_.targets, kSeed, index);
  if (seconds > slowest_) {
    slowest_ = seconds;
    slowest_case_ = fmt::format("{}: {}", index, mutation.describe());
  }
  const Outcome outcome = judge(truth_, reading, end_of(mutation));
  ++counts_[outcome];
  if (is_failure(truth_, outcome)) fail(index, mutation, outcome, reading);
}

void Campaign::fail(std::size_t index, const Mutation& mutation, Outcome outcome,
                    const Reading& reading) {
  if (++failures_ > kMostFailures) return;
  FAIL_CHECK(fmt::format("{}: {}: {}: {} items of {}; seed {}; CRUMBS_DAMAGE={} runs it alone\n{}",
                         form_.name, to_string(outcome), mutation.describe(), reading.items.size(),
                         truth_.items.size(), kSeed, index, reading.messages));
}

void Campaign::print() const {
  std::size_t cases = 0;
  std::string line;
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    const auto found = counts_.find(outcome);
    const std::size_t count = found == counts_.end() ? 0 : found->second;
    cases += count;
    line += fmt::format(" {:>5} {}", count, to_string(outcome));
  }
  std::cout << fmt::format("{:<52} {:>5} cases{}; the slowest {:.3f} s ({})\n", form_.name, cases,
                           line, slowest_, slowest_case_)
            << std::flush;
}

void Campaign::run() {
  const Extent which = extent();
  const std::size_t end = which.one ? which.first + 1 : form_.cases;
  const auto index = [&](std::size_t i) { return which.first + i * which.step; };
  read_each((end - which.first + which.step - 1) / which.step,
            [&](std::size_t i) {
              return damaged(make_mutation(form_.files, form_.targets, kSeed, index(i)),
                             form_.files);
            },
            [&](std::size_t i, const Reading& reading, double seconds) {
              judge_case(index(i), reading, seconds);
            });
  CHECK_MESSAGE(failures_ == 0, form_.name << ": " << failures_ << " failures");
  if (which.counts) print();
}

}  // namespace

Files files_of(const fs::path& root) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(root))
    if (entry.is_regular_file())
      files[entry.path().lexically_relative(root).string()] = read_file(entry.path());
  return files;
}

std::vector<std::size_t> wal_commits(std::string_view log) {
  constexpr std::size_t kHeader = 32, kFrameHeader = 24;
  const auto number = [&](std::size_t at) {
    return static_cast<std::size_t>(ByteReader(log.substr(at, 4)).u32be());
  };
  const std::size_t frame = kFrameHeader + number(8);
  std::vector<std::size_t> ends{0, kHeader};
  for (std::size_t at = kHeader; at + frame <= log.size(); at += frame)
    if (number(at + 4) != 0) ends.push_back(at + frame);
  return ends;
}

std::vector<std::size_t> log_commits(std::string_view log) {
  constexpr std::size_t kBlock = 32768, kHeader = 7, kFull = 1, kLast = 4;
  std::vector<std::size_t> ends{0};
  for (std::size_t at = 0; at + kHeader <= log.size();) {
    if (kBlock - at % kBlock < kHeader) {
      at += kBlock - at % kBlock;
      continue;
    }
    const auto type = static_cast<std::size_t>(log[at + 6]);
    at += kHeader + little_endian(log.substr(at + 4, 2));
    if (type == kFull || type == kLast) ends.push_back(at);
  }
  return ends;
}

void run_campaign(const DamageForm& form) {
  CAPTURE(form.name);
  Campaign(form).run();
}

}  // namespace crumbs::test
