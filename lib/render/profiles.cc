// The profiles of a machine, as `crumbs profiles` lists them.
#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "crumbs/audit.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "render/render.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

std::string title(const Profile& profile) {
  const std::string name = printable(profile.name);
  return profile.display_name.empty()
             ? name
             : fmt::format("{} ({})", name, printable(profile.display_name));
}

/// A heading for each browser; for each profile what it is called and where it is, then whether a
/// browser holds it open and how that is known.
void write_text_profiles(const FoundProfiles& found, const ListOptions& /*options*/,
                         std::ostream& out) {
  std::size_t width = 0;
  for (const Profile& profile : found.profiles)
    width = std::max(width, display_width(title(profile)));
  const Profile* previous = nullptr;
  for (const Profile& profile : found.profiles) {
    if (previous == nullptr || previous->browser_name != profile.browser_name)
      out << fmt::format("{}{}\n", previous == nullptr ? "" : "\n",
                         printable(profile.browser_name));
    previous = &profile;
    const std::string name = title(profile);
    out << fmt::format("  {}{}  {}\n", name, std::string(width - display_width(name), ' '),
                       printable(profile.path.string()));
    out << fmt::format("  {}  {}: {}\n", std::string(width, ' '), to_string(profile.running),
                       printable(profile.running.evidence));
  }
  const auto section = [&](std::string_view heading, const auto& lines) {
    if (!lines.empty()) out << fmt::format("{}{}\n", found.profiles.empty() ? "" : "\n", heading);
    for (const auto& line : lines) out << fmt::format("  {}\n", printable(line.message));
  };
  section("Not read", found.missing);
  section("Worth knowing", found.notes);
}

void write_json_profiles(const FoundProfiles& found, const ListOptions& /*options*/,
                         std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::indented);
  json.begin_object();
  json.member("schema", "crumbs-profiles/1");
  write_tool(json, version());
  json.member("complete", found.missing.empty());
  write_objects(json, "notes", found.notes, write_diagnostic);
  write_objects(json, "profiles", found.profiles, write_profile_members);
  write_objects(json, "missing", found.missing, write_missing_members);
  json.end_object();
  json.end_line();
}

void write_ndjson_profiles(const FoundProfiles& found, const ListOptions& /*options*/,
                           std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::compact);
  for (const Profile& profile : found.profiles)
    write_record(json, "profile", [&] { write_profile_members(json, profile); });
  for (const MissingProfile& missing : found.missing)
    write_record(json, "missing", [&] { write_missing_members(json, missing); });
  write_record(json, "summary", [&] {
    json.member("schema", "crumbs-profiles/1");
    write_tool(json, version());
    json.member("complete", found.missing.empty());
    write_objects(json, "notes", found.notes, write_diagnostic);
    json.member("profiles", found.profiles.size());
    json.member("missing", found.missing.size());
  });
}

void write_paths(const FoundProfiles& found, const ListOptions& options, std::ostream& out) {
  for (const Profile& profile : found.profiles)
    out << profile.path.native() << (options.separate_by_nul ? '\0' : '\n');
}

constexpr FormatInfo kFormats[] = {
    {"text", "for people at a terminal"},
    {"json", "one JSON document"},
    {"ndjson", "one JSON object a line: profile, missing, summary"},
    {"paths", "the directories alone, one a line"},
};
using Write = void (*)(const FoundProfiles&, const ListOptions&, std::ostream&);
constexpr Write kWriters[] = {write_text_profiles, write_json_profiles, write_ndjson_profiles,
                              write_paths};
static_assert(std::size(kFormats) == std::size(kWriters));

}  // namespace

std::span<const FormatInfo> profile_formats() {
  return kFormats;
}

void render(const FoundProfiles& found, std::string_view format, const ListOptions& options,
            std::ostream& out) {
  kWriters[format_index(kFormats, format)](found, options, out);
}

}  // namespace crumbs
