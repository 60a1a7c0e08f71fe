#include "audit/listing.h"

#include <exception>
#include <new>
#include <utility>

#include "crumbs/error.h"
#include "decode/origin_attributes.h"
#include "decode/site.h"
#include "diagnostics.h"

namespace crumbs {
namespace {

std::string_view without_dot(std::string_view host) {
  if (!host.empty() && host.front() == '.') host.remove_prefix(1);
  return host;
}

std::string host_of(const Item& item) {
  return item.kind == ItemKind::cookie ? std::string(without_dot(item.host))
                                       : host_of_origin(item.origin);
}

/// Of a site as a store names it, by its origin or, as Gecko may, by its host alone; empty where it
/// is neither.
std::string host_of_site(const std::string& site) {
  const bool bare = site.find_first_of(" (),/") == std::string::npos;
  return bare ? site : host_of_origin(site);
}

/// Host of the site that the browser's user visits: the top-level site of a partition, or the first
/// party that an item is isolated for, which Gecko writes as it writes a partition.
std::string top_level_host(const Item& item) {
  if (item.partition) return host_of_site(item.partition->top_level_site);
  const auto& attributes = item.attributes.origin_attributes;
  const auto first_party = attributes.find("firstPartyDomain");
  if (first_party == attributes.end()) return {};
  return host_of_site(parse_partition_key(first_party->second).top_level_site);
}

/// The site that an item belongs to.
std::string site_of(const Item& item) {
  const std::string top = top_level_host(item);
  return registrable_domain(top.empty() ? host_of(item) : top);
}

class Listing final : public StoreSink {
 public:
  Listing(const StoreTask& task, const Matcher& matcher, const AuditOptions& options,
          Keyring& keyring, StoreListing& listing)
      : task_(task), matcher_(matcher), options_(options), keyring_(keyring), listing_(listing) {}

  bool wants(ItemKind kind, ItemState state, std::string_view name) override {
    const bool current = is_current(state);
    if (!current && !options_.residue) {
      count(current, false);
      return false;
    }
    if (options_.lists_unknown() || task_.place.contested || matcher_.may_match(kind, name))
      return true;
    count(current, true);
    return false;
  }

  void item(const Item& item) override {
    if (!wants(item.kind, item.state, item.name)) return;
    if (task_.place.contested && is_current(item.state)) weigh(item.times);
    MatchResult match;
    if (matcher_.may_match(item.kind, item.name)) {
      match = matcher_.match(item.kind, host_of(item), item.name);
    }
    const bool unknown = match.candidates.empty() && match.vendor == nullptr;
    count(is_current(item.state), unknown);
    if (!unknown || options_.lists_unknown()) hold(item, std::move(match));
  }

  void diagnostic(Diagnostic diagnostic) override {
    if (diagnostic.severity == Diagnostic::Severity::incomplete)
      listing_.result.status = StoreStatus::partial;
    listing_.result.diagnostics.push_back(std::move(diagnostic));
  }

  void schema(std::string schema) override { listing_.result.schema = std::move(schema); }
  void file(SourceFile file) override { listing_.result.files.push_back(std::move(file)); }

 private:
  [[nodiscard]] bool is_current(ItemState state) const {
    return state == ItemState::current && !task_.place.leftover;
  }

  /// An expiry tells nothing about when an item was touched.
  void weigh(const Times& times) {
    for (const std::optional<Time>& time : {times.created, times.accessed, times.updated}) {
      std::optional<Time>& newest = listing_.newest;
      if (time && (!newest || time->unix_us > newest->unix_us)) newest = time;
    }
  }

  void count(bool current, bool unknown) {
    ++listing_.result.items;
    if (!current) ++listing_.result.residue;
    if (current && unknown) ++listing_.result.unknown;
  }

  void hold(const Item& item, MatchResult match) {
    HeldItem held;
    Finding& finding = held.finding;
    finding.store = task_.driver->id;
    finding.kind = item.kind;
    finding.host = item.host;
    finding.origin = item.origin;
    finding.site = site_of(item);
    finding.path = item.path;
    finding.name = item.name;
    finding.partition = item.partition;
    finding.container = item.container;
    finding.state =
        task_.place.leftover && item.state == ItemState::current ? ItemState::archived : item.state;
    finding.attributes = item.attributes;
    finding.times = item.times;
    finding.locator = item.locator;
    held.match = std::move(match);
    held.plain = open_value(item.value, item.host, decryptor());
    listing_.held.push_back(std::move(held));
  }

  /// Made on first use: most stores list nothing encrypted, and a keyring should not be asked in
  /// vain.
  Decryptor& decryptor() {
    if (!decryptor_) {
      decryptor_ = std::make_unique<Decryptor>(keys(), task_.profile->system);
    }
    return *decryptor_;
  }

  /// The given keys, and the desktop's where --keyring asks for it and no secret was given.
  DecryptionKeys keys() {
    DecryptionKeys keys = options_.keys;
    const bool encrypts =
        task_.driver->engine == Engine::chromium && task_.driver->kind == ItemKind::cookie;
    if (!keys.keyring || keys.safe_storage_secret || !encrypts) return keys;
    try {
      KeyringAnswer answer = keyring_.ask(task_.profile->browser);
      keys.safe_storage_secret = std::move(answer.secret);
      if (!keys.safe_storage_secret) note_keyring(answer.problem);
    } catch (const Error& error) {  // built without the library: the values say no_key
      note_keyring(error.what());
    }
    return keys;
  }

  void note_keyring(const std::string& problem) {
    diagnostic(make_diagnostic(DiagnosticCode::keyring, Diagnostic::Severity::note,
                               "keyring: " + problem, listing_.result.path));
  }

  const StoreTask& task_;
  const Matcher& matcher_;
  const AuditOptions& options_;
  Keyring& keyring_;
  StoreListing& listing_;
  std::unique_ptr<Decryptor> decryptor_;
};

/// Chromium's stores are named with the profile directory, so that several profiles of one
/// user-data directory read apart; Firefox's profile directories have random names.
std::string display_path(const StoreTask& task) {
  if (task.profile->engine == Engine::firefox) return task.place.path;
  const std::string directory = task.profile->path.filename().string();
  return directory.empty() ? task.place.path : directory + "/" + task.place.path;
}

void fail(StoreResult& result, StoreStatus status, DiagnosticCode code,
          const std::string& message) {
  result.status = status;
  result.diagnostics.push_back(
      make_diagnostic(code, Diagnostic::Severity::incomplete, message, result.path));
}

DiagnosticCode code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::unsupported:
      return DiagnosticCode::unsupported;
    case ErrorCode::corrupt:
      return DiagnosticCode::corrupt;
    case ErrorCode::unstable:
      return DiagnosticCode::changed_while_reading;
    case ErrorCode::not_found:
      return DiagnosticCode::not_found;
    case ErrorCode::too_large:
      return DiagnosticCode::too_large;
    case ErrorCode::usage:
    case ErrorCode::invalid:
    case ErrorCode::io:
    case ErrorCode::interrupted:
      return DiagnosticCode::io;
  }
  return DiagnosticCode::io;
}

StoreListing new_listing(const StoreTask& task) {
  StoreListing listing;
  listing.result.id = task.driver->id;
  listing.result.path = display_path(task);
  if (!task.place.unlisted) listing.result.note = task.place.note;
  return listing;
}

}  // namespace

StoreListing read_store(const StoreTask& task, const Matcher& matcher, const AuditOptions& options,
                        Keyring& keyring) {
  StoreListing listing = new_listing(task);
  StoreResult& result = listing.result;
  if (task.place.unlisted) {
    fail(result, StoreStatus::failed, DiagnosticCode::unlisted, task.place.note);
    return listing;
  }
  Listing sink(task, matcher, options, keyring, listing);
  try {
    task.driver->read({*task.profile, task.place, result.path, options.limits}, sink);
  } catch (const Error& error) {
    const bool unsupported = error.code() == ErrorCode::unsupported;
    fail(result, unsupported ? StoreStatus::unsupported : StoreStatus::failed,
         code_of(error.code()), error.what());
  } catch (const std::bad_alloc&) {
    // What was read of it gives back its memory, which the rest of the report needs.
    listing = new_listing(task);
    fail(result, StoreStatus::failed, DiagnosticCode::out_of_memory, "out of memory");
    listing.out_of_memory = true;
  } catch (const std::exception& error) {
    fail(result, StoreStatus::failed, DiagnosticCode::internal, error.what());
  }
  return listing;
}

}  // namespace crumbs
