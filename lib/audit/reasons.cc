#include "audit/reasons.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "diagnostics.h"

namespace crumbs {
namespace {

/// Values that only a key would open; `--allow-undecrypted` excuses these and nothing else.
bool wants_key(Unavailable reason) {
  return reason == Unavailable::no_key || reason == Unavailable::app_bound ||
         reason == Unavailable::dpapi;
}

bool is_excused(const Finding& finding, Unavailable reason, const AuditOptions& options) {
  if (wants_key(reason) && (options.allow_undecrypted || finding.status == Status::unknown))
    return true;
  return options.excuse_unknown && finding.status == Status::unknown;
}

/// "16 values need a key": a number, and what is the matter with so many.
std::string value_words(Unavailable reason, std::uint64_t number) {
  const bool one = number == 1;
  const std::string values = counted(number, "value");
  const std::string are = values + (one ? " is " : " are ");
  switch (reason) {
    case Unavailable::no_key:
      return values + (one ? " needs a key" : " need a key");
    case Unavailable::wrong_key:
      return "the given key does not open " + values;
    case Unavailable::app_bound:
      return are + "bound to the installed browser";
    case Unavailable::dpapi:
      return are + "protected by the Windows account (DPAPI)";
    case Unavailable::unknown_encryption:
      return are + "encrypted in an unknown way";
    case Unavailable::host_hash_mismatch:
      return values + (one ? " bears" : " bear") + " the hash of another host";
    case Unavailable::host_hash_missing:
      return values + (one ? " lacks" : " lack") + " the hash of the host";
    case Unavailable::malformed:
      return are + "damaged as stored";
    case Unavailable::too_large:
      return are + "larger than the limit";
    case Unavailable::wrong_type:
      return are + "of a type that no value has";
    case Unavailable::unreadable:
      return values + (one ? " lies" : " lie") + " in damaged parts of the file";
    case Unavailable::removed:
      break;
  }
  return values + " unavailable";
}

std::string_view key_options(const Profile& profile) {
  if (profile.system == "windows") return "--aes-key-file";
  if (profile.system == "macos") return "--safe-storage-secret-file";
  return "--safe-storage-secret-file or --keyring";
}

std::string_view value_hint(Unavailable reason, const Profile& profile) {
  if (reason == Unavailable::no_key) return key_options(profile);
  if (reason == Unavailable::app_bound) return "--aes-key-file";
  if (reason == Unavailable::wrong_key) return "the key of the browser that wrote this profile";
  if (reason == Unavailable::too_large) return "--max-value-bytes";
  return {};
}

std::string_view store_hint(const Diagnostic& cause) {
  const auto is = [&cause](DiagnosticCode one) {
    return cause.code == diagnostic_meanings()[static_cast<std::size_t>(one)].code;
  };
  if (is(DiagnosticCode::changed_while_reading)) return "close the browser, or try again";
  if (is(DiagnosticCode::too_large)) return cause.row ? "--max-value-bytes" : "--max-copy-bytes";
  if (is(DiagnosticCode::out_of_memory)) return "--jobs 1, or more memory";
  if (is(DiagnosticCode::unlisted) || is(DiagnosticCode::unreadable_file))
    return "as a user who may read it";
  return {};
}

/// Messages that begin with the path would have it twice.
std::string_view without_path(std::string_view message, std::string_view path) {
  const std::size_t size = path.size() + 2;
  if (message.size() > size && message.starts_with(path) && message.substr(path.size(), 2) == ": ")
    message.remove_prefix(size);
  return message;
}

Reason store_reason(const Profile& profile, const StoreResult& store) {
  constexpr auto kIncomplete = Diagnostic::Severity::incomplete;
  const auto first = std::ranges::find(store.diagnostics, kIncomplete, &Diagnostic::severity);
  Reason reason;
  reason.profile = profile.id;
  reason.store = store.id;
  reason.path = store.path;
  std::string why = "not read";
  if (first != store.diagnostics.end()) {
    reason.code = first->code;
    reason.hint = store_hint(*first);
    why = without_path(first->message, store.path);
    const auto more = std::ranges::count(store.diagnostics, kIncomplete, &Diagnostic::severity) - 1;
    if (more > 0) why += fmt::format(" (and {} more)", more);
  } else {
    reason.code = to_string(store.status);
  }
  reason.message = printable(fmt::format("{} ({}): {}", store.path, to_string(store.status), why));
  return reason;
}

}  // namespace

Reason missing_reason(const MissingProfile& missing) {
  return {.code = std::string(to_string(missing.reason)),
          .path = missing.path,
          .message = printable(missing.message)};
}

void add_store_reasons(const Profile& profile, const std::vector<StoreResult>& stores,
                       std::vector<Reason>& reasons) {
  for (const StoreResult& store : stores) {
    if (store.status != StoreStatus::read && store.status != StoreStatus::absent)
      reasons.push_back(store_reason(profile, store));
  }
}

void add_value_reasons(const Profile& profile, const std::vector<Finding>& findings,
                       const AuditOptions& options, std::vector<Reason>& reasons) {
  struct Missing {
    std::string store;
    std::uint64_t number = 0;
  };
  std::map<std::pair<std::string, Unavailable>, Missing> missing;
  for (const Finding& finding : findings) {
    const FindingValue& value = finding.value;
    if (value.availability != Availability::unavailable || !value.reason ||
        value.reason == Unavailable::removed || is_excused(finding, *value.reason, options))
      continue;
    Missing& one = missing[{finding.locator.file, *value.reason}];
    one.store = finding.store;
    ++one.number;
  }
  for (const auto& [where, one] : missing) {
    const auto& [path, cause] = where;
    reasons.push_back(
        {.code = std::string(to_string(cause)),
         .profile = profile.id,
         .store = one.store,
         .path = path,
         .message = printable(fmt::format("{}: {}", path, value_words(cause, one.number))),
         .hint = std::string(value_hint(cause, profile))});
  }
}

}  // namespace crumbs
