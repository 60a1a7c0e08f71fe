#pragma once

/// The options that commands which audit share.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "crumbs/audit.h"
#include "crumbs/catalog.h"
#include "output_arguments.h"
#include "select.h"

namespace CLI {
class App;
}  // namespace CLI

namespace crumbs::cli {

struct AuditArguments : OutputArguments {
  std::vector<std::string> profiles;
  std::string profiles_from, root;
  bool recursive = false;          ///< a directory means the profiles below it
  bool profiles_from_nul = false;  ///< the names are separated by NUL, not by lines
  std::vector<std::string> catalogs;
  std::string values = "masked";
  bool all = false, known = false, residue = false;
  std::vector<std::string> labels;
  bool quiet = false, verbose = false;
  std::string now;
  unsigned jobs = 0;
  bool allow_undecrypted = false, allow_empty = false;
  std::string secret_file, key_file, digest_key_file;
  bool keyring = false;
  std::string temp_dir;
  SelectArguments select;
  std::uint64_t max_value_bytes = ReadLimits{}.value_budget;
  std::uint64_t max_memory_bytes = ReadLimits{}.memory_budget;
  std::uint64_t max_copy_bytes = ReadLimits{}.copy_budget;
};

/// In what a command that audits differs from the others.
struct AuditForm {
  bool names_profiles = true;  ///< takes PROFILE… and --profiles-from
  bool renders = true;         ///< has the options of add_output_options
  bool labels = true;          ///< what it writes has labels
  std::span<const FormatInfo> formats = crumbs::formats();
};

/// All of them but --all and --residue, each with its variable CRUMBS_…. `arguments` must outlive
/// the parsing; what it holds are the defaults.
void add_audit_options(CLI::App& command, AuditArguments& arguments, const AuditForm& form = {});

/// -q and -v, of which the command line may have one.
void add_level_options(CLI::App& command, AuditArguments& arguments);
/// What these ask for; of two the one on the command line outranks that of a variable.
[[nodiscard]] TextLevel text_level(const AuditArguments& arguments);
/// --all and --known, of which the command line may have one.
void add_known_options(CLI::App& command, AuditArguments& arguments);
/// Whether reports for programs list the items that no catalog knows: unless --known or a selection
/// that can choose none of them leaves them out.
[[nodiscard]] bool lists_unknown(const AuditArguments& arguments);
/// --root alone.
void add_root_option(CLI::App& command, std::string& root);
/// -0 alone: what separates names in a list of them.
void add_null_option(CLI::App& command, bool& separated_by_nul, const std::string& help);
/// --catalog alone.
void add_catalog_option(CLI::App& command, std::vector<std::string>& places);

/// What the library needs; reads the files of secrets. Throws Error(usage).
[[nodiscard]] AuditOptions audit_options(const AuditArguments& arguments);
/// The catalogs of these files and directories, or the installed ones where none is named. Throws
/// Error(invalid) with file and pointer.
[[nodiscard]] std::vector<Catalog> chosen_catalogs(const std::vector<std::string>& places);

/// The profiles named, those of --profiles-from, or all that are found; each once. Throws
/// Error(not_found or io) where the one name that was given means nothing, Error(usage) where the
/// list of names cannot be read.
[[nodiscard]] FoundProfiles audit_profiles(const AuditArguments& arguments);

}  // namespace crumbs::cli
