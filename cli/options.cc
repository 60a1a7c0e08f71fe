#include "options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "environment.h"
#include "labels.h"
#include "secrets.h"
#include "words.h"

namespace crumbs::cli {
namespace {

constexpr const char* kQuietVariable = "CRUMBS_QUIET";
constexpr const char* kVerboseVariable = "CRUMBS_VERBOSE";
constexpr const char* kAllVariable = "CRUMBS_ALL";
constexpr const char* kKnownVariable = "CRUMBS_KNOWN";

std::string check_time(const std::string& text) {
  return parse_iso8601(text) ? "" : "expected a time such as 2026-11-23T10:00:00Z";
}

void add_names(CLI::App& command, AuditArguments& arguments) {
  command
      .add_option("PROFILE", arguments.profiles,
                  "profile or user-data directory, single store, or browser:name; none: all of the "
                  "current user")
      ->type_name("");
  command
      .add_option("--profiles-from", arguments.profiles_from,
                  "one PROFILE a line, # begins a comment; - is stdin")
      ->type_name("FILE")
      ->envname("CRUMBS_PROFILES_FROM");
  add_null_option(command, arguments.profiles_from_nul, "--profiles-from: NUL ends a PROFILE");
}

void add_reading(CLI::App& command, AuditArguments& arguments) {
  command
      .add_flag("--recursive", arguments.recursive,
                "a directory that is no profile means all profiles below it")
      ->envname("CRUMBS_RECURSIVE");
  add_root_option(command, arguments.root);
  add_catalog_option(command, arguments.catalogs);
  command.add_flag("--allow-empty", arguments.allow_empty, "nothing to read is no failure")
      ->envname("CRUMBS_ALLOW_EMPTY");
}

void add_contents(CLI::App& command, AuditArguments& arguments) {
  command.add_option("--values", arguments.values, "masked, full or none")
      ->type_name("MODE")
      ->check(one_of({"masked", "full", "none"}))
      ->capture_default_str()
      ->envname("CRUMBS_VALUES")
      ->group("Output");
  command
      .add_option("--digest-key", arguments.digest_key_file,
                  "masked: equal values have equal tokens in all reports made with this key")
      ->type_name("FILE")
      ->envname("CRUMBS_DIGEST_KEY")
      ->group("Output");
  command
      .add_option("--now", arguments.now, "the time of the report, so that it can be reproduced")
      ->type_name("TIME")
      ->check(CLI::Validator(check_time, ""))
      ->envname("CRUMBS_NOW")
      ->group("Output");
}

void add_keys(CLI::App& command, AuditArguments& arguments) {
  command
      .add_option("--safe-storage-secret-file", arguments.secret_file,
                  "the browser's secret from the keyring (v11, macOS v10)")
      ->type_name("FILE")
      ->envname("CRUMBS_SAFE_STORAGE_SECRET_FILE")
      ->group("Keys");
  command
      .add_option("--aes-key-file", arguments.key_file,
                  "32 bytes, raw, hexadecimal or base64 (Windows v10, v20)")
      ->type_name("FILE")
      ->envname("CRUMBS_AES_KEY_FILE")
      ->group("Keys");
  command.add_flag("--keyring", arguments.keyring, "ask the desktop's Secret Service")
      ->envname("CRUMBS_KEYRING")
      ->group("Keys");
  command
      .add_flag("--allow-undecrypted", arguments.allow_undecrypted,
                "values without a key do not make the report incomplete")
      ->envname("CRUMBS_ALLOW_UNDECRYPTED")
      ->group("Keys");
}

void add_limits(CLI::App& command, AuditArguments& arguments) {
  command.add_option("--jobs", arguments.jobs, "stores read at a time; 0: one per core")
      ->type_name("N")
      ->check(CLI::Range(0U, 1024U).description(""))
      ->envname("CRUMBS_JOBS")
      ->group("Limits");
  command.add_option("--temp-dir", arguments.temp_dir, "where private copies go")
      ->type_name("DIR")
      ->envname("CRUMBS_TEMP_DIR")
      ->group("Limits");
  command.add_option("--max-value-bytes", arguments.max_value_bytes, "largest value kept")
      ->type_name("N")
      ->capture_default_str()
      ->transform(bytes())
      ->envname("CRUMBS_MAX_VALUE_BYTES")
      ->group("Limits");
  command
      .add_option("--max-memory-bytes", arguments.max_memory_bytes,
                  "largest database read from memory; larger ones are copied")
      ->type_name("N")
      ->capture_default_str()
      ->transform(bytes())
      ->envname("CRUMBS_MAX_MEMORY_BYTES")
      ->group("Limits");
  command.add_option("--max-copy-bytes", arguments.max_copy_bytes, "largest store read")
      ->type_name("N")
      ->capture_default_str()
      ->transform(bytes())
      ->envname("CRUMBS_MAX_COPY_BYTES")
      ->group("Limits");
}

ValuesMode values_mode(const std::string& word) {
  if (word == to_string(ValuesMode::full)) return ValuesMode::full;
  return word == to_string(ValuesMode::none) ? ValuesMode::none : ValuesMode::masked;
}

/// Of --all and --known the one on the command line outranks that of a variable.
bool asks_for_all(const AuditArguments& arguments) {
  return arguments.all && (!arguments.known || is_set(kKnownVariable));
}

/// A line that begins with # is a comment, an empty one nothing; between NULs every byte counts.
std::vector<std::string> read_names(std::istream& stream, bool separated_by_nul) {
  std::vector<std::string> names;
  for (std::string name; std::getline(stream, name, separated_by_nul ? '\0' : '\n');) {
    if (!separated_by_nul && name.ends_with('\r')) name.pop_back();  // written on Windows
    const bool is_comment = !separated_by_nul && name.starts_with('#');
    if (!name.empty() && !is_comment) names.push_back(name);
  }
  return names;
}

std::vector<std::string> names_from(const std::string& file, bool separated_by_nul) {
  if (file == "-") return read_names(std::cin, separated_by_nul);
  errno = 0;
  std::ifstream stream(file);
  auto names = read_names(stream, separated_by_nul);
  if (!stream.is_open() || stream.bad() || errno != 0)
    throw Error(ErrorCode::usage,
                fmt::format("--profiles-from {}: {}", printable(file),
                            std::generic_category().message(errno == 0 ? EIO : errno)));
  return names;
}

/// One name that means nothing is a wrong argument; of several it costs itself.
FoundProfiles resolve_names(const std::vector<std::string>& names, const FindOptions& options,
                            bool allow_empty) {
  FoundProfiles found = resolve_profiles(names, options);
  if (names.size() != 1 || !found.profiles.empty() || found.missing.size() != 1) return found;
  const MissingProfile& missing = found.missing.front();
  const bool excused = allow_empty && missing.reason == MissingReason::not_a_profile;
  if (missing.named_by != MissingProfile::kArgument || excused) return found;
  throw Error(missing.reason == MissingReason::unreadable ? ErrorCode::io : ErrorCode::not_found,
              missing.message);
}

}  // namespace

void add_root_option(CLI::App& command, std::string& root) {
  command.add_option("--root", root, "look in a mounted image or a copied home")
      ->type_name("DIR")
      ->envname("CRUMBS_ROOT");
}

void add_null_option(CLI::App& command, bool& separated_by_nul, const std::string& help) {
  command.add_flag("-0,--null", separated_by_nul, help)->envname("CRUMBS_NULL");
}

void add_level_options(CLI::App& command, AuditArguments& arguments) {
  CLI::Option* quiet = command.add_flag("-q,--quiet", arguments.quiet, "text: one line a profile")
                           ->envname(kQuietVariable)
                           ->group("Output");
  CLI::Option* verbose =
      command
          .add_flag(
              "-v,--verbose", arguments.verbose,
              "text: stores, and every item with its meaning, consequence, section and record")
          ->envname(kVerboseVariable)
          ->group("Output");
  // What a variable asks for is no reason to refuse what the command line asks for.
  if (!is_set(kQuietVariable) && !is_set(kVerboseVariable)) verbose->excludes(quiet);
}

void add_known_options(CLI::App& command, AuditArguments& arguments) {
  CLI::Option* all = command
                         .add_flag("--all", arguments.all,
                                   "list the items that no catalog knows, too; json and ndjson do")
                         ->envname(kAllVariable)
                         ->group(kSelectionGroup);
  CLI::Option* known = command
                           .add_flag("--known", arguments.known,
                                     "json, ndjson: leave out the items that no catalog knows")
                           ->envname(kKnownVariable)
                           ->group(kSelectionGroup);
  if (!is_set(kAllVariable) && !is_set(kKnownVariable)) known->excludes(all);
}

bool lists_unknown(const AuditArguments& arguments) {
  if (arguments.known && !asks_for_all(arguments)) return false;
  return may_choose_unknown(selection(arguments.select));
}

TextLevel text_level(const AuditArguments& arguments) {
  if (arguments.quiet && arguments.verbose)
    return is_set(kQuietVariable) ? TextLevel::verbose : TextLevel::quiet;
  if (arguments.quiet) return TextLevel::quiet;
  return arguments.verbose ? TextLevel::verbose : TextLevel::normal;
}

void add_catalog_option(CLI::App& command, std::vector<std::string>& places) {
  command
      .add_option("--catalog", places,
                  "catalog file or directory of them, in place of the installed ones; repeatable")
      ->type_name("FILE|DIR")
      ->allow_extra_args(false)
      ->envname("CRUMBS_CATALOG");
}

void add_audit_options(CLI::App& command, AuditArguments& arguments, const AuditForm& form) {
  if (form.names_profiles) add_names(command, arguments);
  add_reading(command, arguments);
  add_select_options(command, arguments.select);
  if (form.renders) add_output_options(command, arguments, form.formats);
  add_contents(command, arguments);
  if (form.labels) add_label_option(command, arguments.labels);
  add_keys(command, arguments);
  add_limits(command, arguments);
}

AuditOptions audit_options(const AuditArguments& arguments) {
  AuditOptions options;
  if (!arguments.secret_file.empty())
    options.keys.safe_storage_secret = read_secret(arguments.secret_file);
  if (!arguments.key_file.empty()) options.keys.aes_key = read_aes_key(arguments.key_file);
  options.keys.keyring = arguments.keyring;
  options.values = values_mode(arguments.values);
  if (!arguments.digest_key_file.empty())
    options.digest_key = read_digest_key(arguments.digest_key_file);
  options.labels = labels_of(arguments.labels);
  options.selection = selection(arguments.select);
  options.all = asks_for_all(arguments) || asks_for_unknown(options.selection);
  options.residue = arguments.residue || asks_for_residue(options.selection);
  options.allow_undecrypted = arguments.allow_undecrypted;
  options.allow_empty = arguments.allow_empty;
  if (!arguments.now.empty()) options.now = parse_iso8601(arguments.now);
  options.jobs = arguments.jobs;
  options.limits.value_budget = arguments.max_value_bytes;
  options.limits.memory_budget = arguments.max_memory_bytes;
  options.limits.copy_budget = arguments.max_copy_bytes;
  options.limits.temp_dir = arguments.temp_dir;
  return options;
}

std::vector<Catalog> chosen_catalogs(const std::vector<std::string>& places) {
  try {
    if (places.empty()) return load_catalogs(default_catalog_dir());
    return load_catalogs(std::vector<std::filesystem::path>(places.begin(), places.end()));
  } catch (const Error& error) {
    throw Error(ErrorCode::invalid, error.what());
  }
}

FoundProfiles audit_profiles(const AuditArguments& arguments) {
  FindOptions options = find_options(arguments.root);
  options.recursive = arguments.recursive;
  options.temp_dir = arguments.temp_dir;
  std::vector<std::string> names = arguments.profiles;
  if (!arguments.profiles_from.empty())
    std::ranges::move(names_from(arguments.profiles_from, arguments.profiles_from_nul),
                      std::back_inserter(names));
  if (names.empty() && arguments.profiles_from.empty()) return find_profiles(options);
  return resolve_names(names, options, arguments.allow_empty);
}

}  // namespace crumbs::cli
