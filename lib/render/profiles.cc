// The profiles of a machine, as `crumbs profiles` lists them.
#include <algorithm>
#include <array>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "crumbs/audit.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "render/page.h"
#include "render/render.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

constexpr std::string_view kListSchema = "crumbs-profiles/1";

std::string title(const Profile& profile) {
  return profile.display_name.empty() ? profile.name
                                      : fmt::format("{} ({})", profile.name, profile.display_name);
}

/// A heading for each browser; for each profile what it is called and where it is, then whether a
/// browser holds it open and how that is known. Columns are as wide as the names of what is held
/// back: one browser's profiles, or as many of them as need not grow. Where a path does not fit
/// beside the names, all that is held stands below its name.
class TextList : public ProfileList {
 public:
  TextList(const ListOptions& options, std::ostream& out)
      : page_(out, {options.width, options.color, options.ascii}) {}

  void add(const Profile& profile) override {
    constexpr std::size_t kMostHeld = 100;
    if (!held_.empty() && held_.front().browser_name != profile.browser_name) write_held();
    held_.push_back(profile);
    if (held_.size() == kMostHeld) write_held();
  }

  void finish(const FoundProfiles& rest) override {
    write_held();
    write_lines("Not read", rest.missing, Style::bad);
    write_lines("Worth knowing", rest.notes, Style::plain);
  }

 private:
  static constexpr std::size_t kIndent = 2;

  void write_held() {
    if (held_.empty()) return;
    if (const std::string& browser = held_.front().browser_name; heading_ != browser) {
      write_heading(browser);
      heading_ = browser;
    }
    std::size_t name = 0, path = 0;
    for (const Profile& profile : held_) {
      name = std::max(name, display_width(title(profile)));
      path = std::max(path, display_width(profile.path.native()));
    }
    const bool beside = kIndent + name + kIndent + path <= page_.width();
    for (const Profile& profile : held_) beside ? write_row(profile, name) : write_lines(profile);
    held_.clear();
  }

  void write_row(const Profile& profile, std::size_t name) {
    const std::size_t rest = page_.width() - name - 2 * kIndent;
    const std::array<Cell, 2> place{{{{page_.name(title(profile), Style::accent)}, name},
                                     {{page_.name(profile.path.native())}, rest}}};
    page_.row(kIndent, place);
    const std::array<Cell, 2> state{{{{}, name}, {running_text(profile), rest}}};
    page_.row(kIndent, state);
  }

  void write_lines(const Profile& profile) {
    page_.line(kIndent, {page_.name(title(profile), Style::accent)}, kIndent);
    page_.line(2 * kIndent, {page_.name(profile.path.native())});
    page_.line(2 * kIndent, running_text(profile));
  }

  static Text running_text(const Profile& profile) {
    return {shown(fmt::format("{}: {}", to_string(profile.running), profile.running.evidence),
                  Style::dim)};
  }

  void write_heading(std::string_view heading) {
    if (!std::exchange(first_, false)) page_.blank();
    page_.line(0, {shown(heading, Style::bold)}, kIndent);
  }

  template <class Lines>
  void write_lines(std::string_view heading, const Lines& lines, Style style) {
    if (!lines.empty()) write_heading(heading);
    for (const auto& line : lines) page_.line(kIndent, {shown(line.message, style)}, kIndent);
  }

  Page page_;
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
      return std::make_unique<TextList>(options, out);
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
