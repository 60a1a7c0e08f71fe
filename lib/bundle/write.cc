#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "access/explained.h"
#include "ascii.h"
#include "bundle/bag.h"
#include "bundle/parts.h"
#include "catalog/read.h"
#include "crumbs/bundle.h"
#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "decode/text.h"
#include "system/sha256.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestRequestText = 200;

bool is_one_line(const std::string& text) {
  return is_utf8(text) && std::ranges::none_of(text, is_control);
}

void check_request(const AccessRequest& request) {
  const auto check = [](const std::string& text, std::string_view what) {
    if (text.size() > kLongestRequestText || !is_one_line(text))
      throw Error(ErrorCode::usage, fmt::format("{} is one line of text of at most {} bytes", what,
                                                kLongestRequestText));
  };
  check(request.id, "the id of a request");
  check(request.subject, "the subject of a request");
  if (request.id.find_first_not_of(' ') == std::string::npos)
    throw Error(ErrorCode::usage, "the id of a request is not empty");
}

/// Whether `place`, which is not there yet, would lie in `directory`.
bool lies_in(const fs::path& place, const fs::path& directory) {
  if (directory.empty()) return false;
  std::error_code error;
  const fs::path outer = fs::weakly_canonical(directory, error);
  if (error) return false;
  const fs::path inner = fs::weakly_canonical(fs::absolute(place).parent_path(), error);
  if (error) return false;
  const auto ends = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return ends.first == outer.end();
}

void write_catalogs(std::span<const Catalog> catalogs, BagWriter& bag) {
  for (const Catalog& catalog : catalogs) {
    const std::string bytes = read_catalog_file(catalog.file());
    if (sha256_hex(bytes) != catalog.sha256())
      throw Error(ErrorCode::unstable,
                  fmt::format("{}: changed since it was used", printable(catalog.file())));
    bag.write(fmt::format("{}catalog/{}.json", kPayload, catalog.id()), bytes);
  }
}

std::vector<std::string> problems_of(const std::vector<RawFile>& raw) {
  std::vector<std::string> problems;
  for (const RawFile& file : raw) {
    const std::string source = printable(file.source);
    if (file.state == RawState::changed)
      problems.push_back(
          fmt::format("{}: changed after it was read: the copy in data/raw/{} is "
                      "not what the items were read from",
                      source, file.directory));
    if (file.state == RawState::gone)
      problems.push_back(fmt::format("{}: was read, but is gone: there is no copy", source));
  }
  return problems;
}

std::vector<std::pair<std::string, std::string>> bag_info(const BundleParts& parts) {
  std::vector<std::pair<std::string, std::string>> info;
  const auto& controller = parts.request.controller;
  if (controller) info.emplace_back("Source-Organization", controller->name);
  info.emplace_back("External-Description",
                    "Answer to a request for access to personal data; is personal data itself");
  info.emplace_back("External-Identifier", parts.request.id);
  const std::string created = to_iso8601(parts.report.created);
  info.emplace_back("Bagging-Date", created.substr(0, created.find('T')));
  info.emplace_back("Bag-Software-Agent", "crumbs " + parts.report.tool_version);
  return info;
}

}  // namespace

void check_bundle_place(const fs::path& directory, std::span<const Profile> profiles) {
  require_new(directory);
  for (const Profile& profile : profiles) {
    // A single store may well lie where somebody works.
    if (profile.only_store) continue;
    if (lies_in(directory, profile.path) || lies_in(directory, profile.user_data_dir))
      throw Error(ErrorCode::usage, fmt::format("{}: lies in a profile that is read; nothing is "
                                                "written there",
                                                printable(directory.string())));
  }
}

BundleSummary write_bundle(const fs::path& directory, const Report& report,
                           const AccessRequest& request, std::span<const Catalog> catalogs,
                           const BundleOptions& options) {
  check_request(request);
  std::vector<Profile> profiles;
  for (const ProfileReport& part : report.profiles) profiles.push_back(part.profile);
  check_bundle_place(directory, profiles);
  BagWriter bag(directory);
  BundleParts parts{report, request, catalogs, options.raw};
  if (options.raw) parts.raw = copy_sources(report, options.raw_budget, bag);
  parts.problems = problems_of(parts.raw);
  bag.write("data/items.json", [&](std::ostream& out) { render(report, "json", {}, out); });
  bag.write("data/items.csv", [&](std::ostream& out) { render(report, "csv", {}, out); });
  bag.write("data/explained.html",
            [&](std::ostream& out) { render_explained(report, request, catalogs, out); });
  write_catalogs(catalogs, bag);
  bag.write("data/request.json", [&](std::ostream& out) { write_request(parts, out); });
  bag.write("data/README.txt", [&](std::ostream& out) { write_readme(parts, out); });
  bag.commit(bag_info(parts));
  return {.files = bag.payload().size(),
          .bytes = bag.payload_bytes(),
          .problems = std::move(parts.problems)};
}

}  // namespace crumbs
