// The profiles of a machine, as `crumbs profiles` lists them.
#include <algorithm>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "crumbs/audit.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "render/render.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

constexpr std::string_view kListSchema = "crumbs-profiles/1";

std::string title(const Profile& profile) {
  const std::string name = printable(profile.name);
  return profile.display_name.empty()
             ? name
             : fmt::format("{} ({})", name, printable(profile.display_name));
}

/// A heading for each browser; for each profile what it is called and where it is, then whether a
/// browser holds it open and how that is known. Columns are as wide as the names of what is held
/// back: one browser's profiles, or as many of them as need not grow.
class TextList : public ProfileList {
 public:
  explicit TextList(std::ostream& out) : out_(out) {}

  void add(const Profile& profile) override {
    constexpr std::size_t kMostHeld = 100;
    if (!held_.empty() && held_.front().browser_name != profile.browser_name) write_held();
    held_.push_back(profile);
    if (held_.size() == kMostHeld) write_held();
  }

  void finish(const FoundProfiles& rest) override {
    write_held();
    write_lines("Not read", rest.missing);
    write_lines("Worth knowing", rest.notes);
  }

 private:
  void write_held() {
    if (held_.empty()) return;
    if (const std::string& browser = held_.front().browser_name; heading_ != browser) {
      write_heading(browser);
      heading_ = browser;
    }
    std::size_t width = 0;
    for (const Profile& profile : held_) width = std::max(width, display_width(title(profile)));
    for (const Profile& profile : held_) {
      const std::string name = title(profile);
      out_ << fmt::format("  {}{}  {}\n", name, std::string(width - display_width(name), ' '),
                          printable(profile.path.string()));
      out_ << fmt::format("  {}  {}: {}\n", std::string(width, ' '), to_string(profile.running),
                          printable(profile.running.evidence));
    }
    held_.clear();
  }

  void write_heading(std::string_view heading) {
    out_ << fmt::format("{}{}\n", first_ ? "" : "\n", printable(heading));
    first_ = false;
  }

  template <class Lines>
  void write_lines(std::string_view heading, const Lines& lines) {
    if (!lines.empty()) write_heading(heading);
    for (const auto& line : lines) out_ << fmt::format("  {}\n", printable(line.message));
  }

  std::ostream& out_;
  std::vector<Profile> held_;
  std::string heading_;
  bool first_ = true;
};

class JsonList : public ProfileList {
 public:
  explicit JsonList(std::ostream& out) : json_(out, JsonWriter::Layout::indented) {
    json_.begin_object();
    json_.member("schema", kListSchema);
    write_tool(json_, version());
    json_.key("profiles");
    json_.begin_array();
  }

  void add(const Profile& profile) override {
    json_.begin_object();
    write_profile_members(json_, profile);
    json_.end_object();
  }

  void finish(const FoundProfiles& rest) override {
    json_.end_array();
    json_.member("complete", rest.missing.empty());
    write_objects(json_, "missing", rest.missing, write_missing_members);
    write_objects(json_, "notes", rest.notes, write_diagnostic);
    json_.end_object();
    json_.end_line();
    json_.flush();
  }

 private:
  JsonWriter json_;
};

class NdjsonList : public ProfileList {
 public:
  explicit NdjsonList(std::ostream& out) : json_(out, JsonWriter::Layout::compact) {}

  void add(const Profile& profile) override {
    ++profiles_;
    write_record(json_, "profile", [&] { write_profile_members(json_, profile); });
  }

  void finish(const FoundProfiles& rest) override {
    for (const MissingProfile& missing : rest.missing)
      write_record(json_, "missing", [&] { write_missing_members(json_, missing); });
    write_record(json_, "summary", [&] {
      json_.member("schema", kListSchema);
      write_tool(json_, version());
      json_.member("complete", rest.missing.empty());
      write_objects(json_, "notes", rest.notes, write_diagnostic);
      json_.member("profiles", profiles_);
      json_.member("missing", rest.missing.size());
    });
    json_.flush();
  }

 private:
  JsonWriter json_;
  std::size_t profiles_ = 0;
};

class PathList : public ProfileList {
 public:
  PathList(const ListOptions& options, std::ostream& out)
      : out_(out), end_(options.separate_by_nul ? '\0' : '\n') {}

  void add(const Profile& profile) override { out_ << profile.path.native() << end_; }
  void finish(const FoundProfiles& /*rest*/) override {}

 private:
  std::ostream& out_;
  char end_;
};

constexpr FormatInfo kFormats[] = {
    {"text", "for people at a terminal"},
    {"json", "one JSON document"},
    {"ndjson", "one JSON object a line: profile, missing, summary"},
    {"paths", "the directories alone, one a line"},
};

}  // namespace

ProfileList::~ProfileList() = default;

std::unique_ptr<ProfileList> ProfileList::make(std::string_view format, const ListOptions& options,
                                               std::ostream& out) {
  switch (format_index(kFormats, format)) {
    case 0:
      return std::make_unique<TextList>(out);
    case 1:
      return std::make_unique<JsonList>(out);
    case 2:
      return std::make_unique<NdjsonList>(out);
    default:
      return std::make_unique<PathList>(options, out);
  }
}

std::span<const FormatInfo> profile_formats() {
  return kFormats;
}

}  // namespace crumbs
