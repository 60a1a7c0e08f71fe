#pragma once

/// Where the links below a browser's root, and the paths that its lists name, may lead.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/profile.h"
#include "system/directory.h"

namespace crumbs {

/// A profile that something names.
struct Naming {
  std::string named_by;  ///< as MissingProfile::named_by
  std::string name;      ///< as Profile::name, may be empty
};

/// A place where a profile should be: a directory that may be read, or why there is none.
struct ProfilePlace {
  bool readable = false;
  std::filesystem::path path;  ///< readable: where it is, behind every link
  MissingReason reason = MissingReason::absent;
  std::string target;  ///< as MissingProfile::target
};

/// Both absolute and normal. A directory lies below itself.
[[nodiscard]] bool lies_below(const std::filesystem::path& path,
                              const std::filesystem::path& directory);
/// Where the way ended, as long as it did not leave what may be searched.
[[nodiscard]] ProfilePlace place_of(const Followed& way);

class Reach {
 public:
  /// The root is the browser's own on this machine: paths mean what they say, links may lead to
  /// what lies below `home`.
  [[nodiscard]] static Reach machine(const std::filesystem::path& home);
  /// `image` is a mounted file system or a copied home: everything is seen from there.
  [[nodiscard]] static Reach image(const std::filesystem::path& image);
  /// The root is a copy: its paths are of another machine, links may lead to what lies below it.
  [[nodiscard]] static Reach copy();

  /// The directory `relative` below `root`, '/'-separated.
  [[nodiscard]] ProfilePlace below(const std::filesystem::path& root,
                                   const std::string& relative) const;
  /// A path that leaves `root`, as a list of profiles names it; on Windows it begins with a drive.
  [[nodiscard]] ProfilePlace named(const std::string& written) const;
  /// Where a path of this machine leads, all links followed: out of an image none does.
  [[nodiscard]] Followed follow(const std::filesystem::path& path) const;
  /// A path of this machine as it is seen from the image, and as it is where there is none.
  [[nodiscard]] std::filesystem::path seen(const std::filesystem::path& path) const;

 private:
  enum class Kind { machine, image, copy };
  Reach(Kind kind, std::filesystem::path bound) : kind_(kind), bound_(std::move(bound)) {}
  [[nodiscard]] bool may_lead_to(const std::filesystem::path& real,
                                 const std::filesystem::path& root) const;

  Kind kind_;
  std::filesystem::path bound_;  ///< home or image; empty for a copy
};

/// `naming` and the place make a MissingProfile with its message.
[[nodiscard]] MissingProfile missing_profile(const std::filesystem::path& path,
                                             const ProfilePlace& place, const Naming& naming,
                                             std::string_view browser);
/// The same for a place that the system refuses to show.
[[nodiscard]] MissingProfile unreadable_place(const std::filesystem::path& path,
                                              std::string_view browser);

}  // namespace crumbs
