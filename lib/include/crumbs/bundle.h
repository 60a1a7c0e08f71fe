#pragma once

/// The bundle for an access request (design 3, `crumbs export`): a BagIt bag that can be checked
/// without crumbs.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/export.h"
#include "crumbs/report.h"

namespace crumbs {

/// Who answers the request, in that person's own words: crumbs guesses none of it.
struct Controller {
  std::string name;
  std::string contact;                  ///< address, mail or telephone; may be empty
  std::string data_protection_contact;  ///< of the data protection officer; may be empty
  std::vector<std::string> recipients;  ///< to whom the data is disclosed; may be empty
  std::string rights;                   ///< what the person is told of their rights; may be empty
  friend bool operator==(const Controller&, const Controller&) = default;
};

/// The request that a bundle answers.
struct AccessRequest {
  std::string id;       ///< as the controller files it; never empty in a bundle
  std::string subject;  ///< a pseudonym or name of the person concerned; may be empty
  std::optional<Controller> controller;
  friend bool operator==(const AccessRequest&, const AccessRequest&) = default;
};

/// Reads a controller from a JSON file: `name` is required; `contact`, `data_protection_contact`,
/// `recipients` (a list) and `rights` are not. Each text is one line. Throws Error(invalid) naming
/// file and JSON pointer for an unknown key, a wrong type or a text that is too long, and for a
/// file that cannot be read or has more than 256 KiB.
[[nodiscard]] CRUMBS_EXPORT Controller read_controller(const std::filesystem::path& file);

/// A fresh UUID of version 4. Throws Error(io) where the system has no random numbers.
[[nodiscard]] CRUMBS_EXPORT std::string make_request_id();

struct BundleOptions {
  bool raw = false;                                     ///< copies of the source stores, too
  std::uint64_t raw_budget = std::uint64_t{16} << 30U;  ///< largest store copied, bytes
};

struct BundleSummary {
  std::uint64_t files = 0, bytes = 0;  ///< of the payload
  /// Copies of source files that are not what the report rests on, since they changed in the
  /// meantime: one line each. The bundle says so, too.
  std::vector<std::string> problems;
};

/// Throws what write_bundle would throw of `directory`, before there is a report.
CRUMBS_EXPORT void check_bundle_place(const std::filesystem::path& directory,
                                      std::span<const Profile> profiles);

/// Writes the bundle that answers `request`: the findings of `report` with the values it holds,
/// what `catalogs` (those it was made with) say of them, the sources if wanted. The same arguments
/// and sources give the same bytes. Everything is written beside `directory` and takes its name at
/// the end, so the bundle is there whole or not at all; remove_private_copies() removes what is
/// half done. Files have mode 0600, directories 0700. Throws Error(usage) where `directory` is
/// there or lies in a profile, or the request has an id or subject that is empty, longer than 200
/// bytes or more than one line; Error(io) where it cannot be written or a source may not be read;
/// Error(unstable) where a catalog file is no longer what was loaded; Error(interrupted).
CRUMBS_EXPORT BundleSummary write_bundle(const std::filesystem::path& directory,
                                         const Report& report, const AccessRequest& request,
                                         std::span<const Catalog> catalogs,
                                         const BundleOptions& options);

/// What was found out about a bundle.
struct BundleCheck {
  std::string request;                  ///< External-Identifier; empty where there is none
  std::string date;                     ///< Bagging-Date; empty where there is none
  std::uint64_t files = 0, bytes = 0;   ///< of the payload, as they lie on the disk
  std::uint64_t findings = 0;           ///< in data/items.json
  bool complete = true;                 ///< what data/items.json says of itself
  std::vector<std::string> problems;    ///< one line each; none: the bundle is whole
  std::vector<std::string> unreadable;  ///< files that the system did not let us read
};

/// Checks a bundle: the declaration, both manifests and that they list every file, the hash of
/// each, the size and number of the payload, that data/items.json is a report and data/catalog/
/// holds the catalogs it names. Follows no link below `directory` and opens regular files only.
/// Throws Error(not_found) where `directory` is not there, Error(invalid) where it is no directory
/// with a bagit.txt, Error(io) where it cannot be listed.
[[nodiscard]] CRUMBS_EXPORT BundleCheck verify_bundle(const std::filesystem::path& directory);

}  // namespace crumbs
