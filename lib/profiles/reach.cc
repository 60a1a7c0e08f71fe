#include "profiles/reach.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace crumbs {
namespace fs = std::filesystem;
namespace {

bool is_windows_path(std::string_view path) {
  return path.size() > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/');
}

/// `C:\Users\a` as seen from the root of its drive: `/Users/a`.
fs::path from_drive_root(const std::string& path) {
  if (!is_windows_path(path)) return path;
  std::string slashed = path.substr(2);
  std::ranges::replace(slashed, '\\', '/');
  return slashed;
}

std::string what_is_wrong(const ProfilePlace& place) {
  switch (place.reason) {
    case MissingReason::absent:
      return "no such directory";
    case MissingReason::not_a_directory:
      return "not a directory";
    case MissingReason::not_a_profile:
      return "not a profile";
    case MissingReason::not_a_store:
      return "not a store";
    case MissingReason::unreadable:
      return "cannot be searched";
    case MissingReason::dangling_link:
      return fmt::format("a symbolic link to {}, where nothing is", place.target);
    case MissingReason::outside:
      if (place.target.empty()) return "outside of what is searched";
      return fmt::format("a symbolic link to {}, not followed; name its target to read it",
                         place.target);
    case MissingReason::other_machine:
      return "a path of another machine";
  }
  return {};
}

}  // namespace

bool lies_below(const fs::path& path, const fs::path& directory) {
  const fs::path below = path.lexically_relative(directory);
  return !below.empty() && *below.begin() != "..";
}

ProfilePlace place_of(const Followed& way) {
  switch (way.kind) {
    case PlaceKind::directory:
      return {.readable = true, .path = way.place, .reason = {}, .target = {}};
    case PlaceKind::link:
      return {.readable = false,
              .path = way.place,
              .reason = MissingReason::dangling_link,
              .target = way.target.string()};
    case PlaceKind::absent:
      return {.readable = false, .path = way.place, .reason = MissingReason::absent, .target = {}};
    case PlaceKind::unreadable:
      return {
          .readable = false, .path = way.place, .reason = MissingReason::unreadable, .target = {}};
    case PlaceKind::file:
    case PlaceKind::other:
      break;
  }
  return {
      .readable = false, .path = way.place, .reason = MissingReason::not_a_directory, .target = {}};
}

Reach Reach::machine(const fs::path& home) {
  return {Kind::machine, home.empty() ? home : follow_inside("/", home).place};
}

Reach Reach::image(const fs::path& image) {
  return {Kind::image, image};
}

Reach Reach::copy() {
  return {Kind::copy, {}};
}

Followed Reach::follow(const fs::path& path) const {
  return follow_inside(kind_ == Kind::image ? bound_ : "/", path);
}

fs::path Reach::seen(const fs::path& path) const {
  return kind_ == Kind::image && lies_below(path, bound_) ? "/" / path.lexically_relative(bound_)
                                                          : path;
}

bool Reach::may_lead_to(const fs::path& real, const fs::path& root) const {
  if (kind_ == Kind::image) return true;  // the way itself did not leave it
  const bool below_home = !bound_.empty() && lies_below(real, bound_);
  return below_home || lies_below(real, follow_inside("/", root).place);
}

ProfilePlace Reach::below(const fs::path& root, const std::string& relative) const {
  const fs::path written = root / relative;
  const PlaceKind kind = kind_below(root, relative);
  if (kind != PlaceKind::link) return place_of({kind, written, {}});
  const Followed way = follow(seen(written));
  if (way.kind != PlaceKind::absent && way.kind != PlaceKind::link && !may_lead_to(way.place, root))
    return {.readable = false,
            .path = written,
            .reason = MissingReason::outside,
            .target = way.place.string()};
  ProfilePlace place = place_of(way);
  if (!place.readable && place.target.empty()) place.target = way.place.string();
  return place;
}

ProfilePlace Reach::named(const std::string& written) const {
  if (kind_ == Kind::copy)
    return {
        .readable = false, .path = written, .reason = MissingReason::other_machine, .target = {}};
  const bool on_image = kind_ == Kind::image && !lies_below(written, bound_);
  return place_of(follow(on_image ? from_drive_root(written) : seen(written)));
}

MissingProfile missing_profile(const fs::path& path, const ProfilePlace& place,
                               const Naming& naming, std::string_view browser) {
  MissingProfile missing;
  missing.path = path.string();
  missing.browser = browser;
  missing.name = naming.name;
  missing.named_by = naming.named_by;
  missing.reason = place.reason;
  missing.target = place.target;
  const bool by_list = naming.named_by != MissingProfile::kArgument &&
                       naming.named_by != MissingProfile::kKnownPlace;
  missing.message = fmt::format("{}: {}{}", missing.path, what_is_wrong(place),
                                by_list ? "; named by " + naming.named_by : "");
  return missing;
}

MissingProfile unreadable_place(const fs::path& path, std::string_view browser) {
  const ProfilePlace place{
      .readable = false, .path = path, .reason = MissingReason::unreadable, .target = {}};
  return missing_profile(path, place, {std::string(MissingProfile::kKnownPlace), ""}, browser);
}

}  // namespace crumbs
