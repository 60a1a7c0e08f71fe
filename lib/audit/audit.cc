#include "crumbs/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>
#include <tuple>
#include <utility>

#include "audit/cards.h"
#include "audit/count.h"
#include "audit/disguise.h"
#include "audit/entries.h"
#include "audit/judge.h"
#include "audit/listing.h"
#include "audit/notes.h"
#include "audit/reasons.h"
#include "audit/twins.h"
#include "crumbs/printable.h"
#include "stores/shared/names.h"
#include "stores/shared/other_places.h"
#include "stores/store.h"
#include "system/keyring.h"
#include "system/parallel.h"
#include "system/temporary_dir.h"

namespace crumbs {
namespace {

Time current_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(now).count() * 1'000'000};
}

/// Stores of one profile that exist, in the order of the drivers, and beside them those that do
/// not.
struct Places {
  std::vector<StoreTask> tasks;
  std::vector<StoreResult> absent;
};

Places locate_stores(const Profile& profile) {
  Places places;
  for (const StoreDriver* driver : store_drivers()) {
    if (driver->engine != profile.engine) continue;
    std::vector<StorePlace> found = places_of(*driver, profile);
    if (found.empty() && !profile.only_store) {
      StoreResult absent;
      absent.id = driver->id;
      absent.status = StoreStatus::absent;
      places.absent.push_back(std::move(absent));
    }
    for (StorePlace& place : found) places.tasks.push_back({driver, &profile, std::move(place)});
  }
  mark_contested(places.tasks);
  return places;
}

std::vector<StoreListing> read_stores(const std::vector<StoreTask>& tasks, const Matcher& matcher,
                                      const AuditOptions& options, Keyring& keyring) {
  std::vector<StoreListing> listings(tasks.size());
  for_each_index(tasks.size(), options.jobs, [&](std::size_t i) {
    listings[i] = read_store(tasks[i], matcher, options, keyring);
  });
  // One large store may have taken the memory that others beside it wanted.
  for (std::size_t i = 0; i < tasks.size(); ++i)
    if (listings[i].out_of_memory) listings[i] = read_store(tasks[i], matcher, options, keyring);
  return listings;
}

/// What one profile gave, its findings apart until they are masked.
struct Part {
  Report report;
  HidingFindings listed;
};

using OnProfile = std::function<void(Report&)>;

/// One run: what all profiles share, and what adds up over them.
class Run {
 public:
  Run(FoundProfiles& found, std::span<const Catalog> catalogs, const AuditOptions& options)
      : catalogs_(catalogs),
        options_(options),
        matcher_(catalogs),
        joining_(joining_variables(catalogs)),
        created_(options.now.value_or(current_time())),
        selector_(options.selection, catalogs, created_),
        disguise_(options) {
    whole_.tool_version = version();
    whole_.created = created_;
    whole_.selection = to_string(options.selection);
    whole_.values = options.values;
    whole_.digest_key = options.digest_key.id();
    whole_.all = options.all;
    whole_.known_only = !options.lists_unknown();
    whole_.labels = options.labels;
    for (const std::filesystem::path& place : found.searched)
      searched_ += (searched_.empty() ? " below " : ", ") + printable(place.string());
    whole_.notes = std::move(found.notes);
    whole_.missing = std::move(found.missing);
    if (!options.selection.empty()) selected_.emplace();
    if (options.allow_empty)  // a directory without a profile is an empty result
      std::erase_if(whole_.missing, [](const MissingProfile& one) {
        return one.reason == MissingReason::not_a_profile;
      });
    for (const MissingProfile& one : whole_.missing)
      whole_.exit.reasons.push_back(missing_reason(one));
    for (const Catalog& catalog : catalogs) whole_.catalogs.push_back(catalog_used(catalog));
  }

  /// Hands out what is read of a profile, at once where nothing has to be masked.
  void read(Profile profile, const OnProfile& on_profile) {
    parts_.push_back(audit_profile(std::move(profile)));
    if (options_.values == ValuesMode::full) hand_out(on_profile);
  }

  /// Hands out what is left.
  void hand_out(const OnProfile& on_profile) {
    for (const Part& part : parts_) disguise_.count(part.listed);
    disguise_.give_letters();
    disguise_.mask_selection(whole_.selection);
    for (Part& part : parts_) {
      part.report.selection = whole_.selection;
      disguise_.apply(part.listed, part.report.profiles.front());
      part.report.findings = std::move(part.listed.findings);
      add_entries(part.report);
      part.report.cards = cards_in(part.report, catalogs_, joining_);
      add_up(part.report);
      on_profile(part.report);
      part = {};
    }
    parts_.clear();
  }

  Report finish() {
    whole_.absent = absent_entries();
    add_named(whole_, named_);
    whole_.entries = entries_of(catalogs_, named_);
    std::ranges::sort(whole_.cards, {},
                      [](const CardUsed& card) { return std::tie(card.profile, card.id); });
    whole_.summary = counter_.summary();
    whole_.summary.missing = whole_.missing.size();
    whole_.summary.selected = selected_;
    whole_.complete = whole_.exit.reasons.empty();
    if (!whole_.complete) {
      whole_.exit.code = nothing_was_there() ? 4 : 5;
    } else if (whole_.summary.stores == 0) {
      const bool profile = !whole_.profiles.empty();
      whole_.exit.reasons.push_back(
          {.code = profile ? "no_store" : "no_profile",
           .message = (profile ? "no store found" : "no profile found") + searched_});
      whole_.exit.code = options_.allow_empty ? 0 : 4;
    } else if (listed_ == 0 && !options_.allow_empty) {
      note_empty_selection(whole_);
    }
    return std::move(whole_);
  }

 private:
  [[nodiscard]] Report header() const {
    Report part;
    part.tool_version = whole_.tool_version;
    part.created = whole_.created;
    part.values = whole_.values;
    part.digest_key = whole_.digest_key;
    part.all = whole_.all;
    part.known_only = whole_.known_only;
    part.labels = whole_.labels;
    part.selection = whole_.selection;
    part.catalogs = whole_.catalogs;
    return part;
  }

  /// Of all that the user named nothing is there. Whatever else is not read may well be.
  [[nodiscard]] bool nothing_was_there() const {
    return whole_.profiles.empty() &&
           std::ranges::all_of(whole_.missing, [](const MissingProfile& missing) {
             return missing.named_by == MissingProfile::kArgument &&
                    missing.reason != MissingReason::unreadable;
           });
  }

  Part audit_profile(Profile profile) {
    Part part{header(), {}};
    const Places places = locate_stores(profile);
    std::vector<StoreListing> listings = read_stores(places.tasks, matcher_, options_, keyring_);
    settle_listings(places.tasks, listings, options_.residue);
    TallyCounter counter;
    part.listed = judge_all(listings, profile, counter);
    std::vector<StoreResult> stores;
    stores.reserve(listings.size() + places.absent.size());
    for (StoreListing& listing : listings) stores.push_back(std::move(listing.result));
    std::ranges::copy(places.absent, std::back_inserter(stores));
    const std::set<ItemKind> whole = kinds_read_whole(profile, places.tasks, stores);
    std::vector<OtherPlace> also_there = other_places(profile);
    part.report.profiles.push_back({std::move(profile), std::move(stores),
                                    counter.tallies(catalogs_, whole), std::move(also_there)});
    return part;
  }

  HidingFindings judge_all(std::vector<StoreListing>& listings, Profile& profile,
                           TallyCounter& counter) {
    std::vector<StatedVariables> stated;
    HidingFindings judged = judge_each(listings, stated);
    std::vector<Finding>& findings = judged.findings;
    disguise_.identify(findings, profile);
    note_disagreements(findings, stated);
    assign_cards(findings, joining_);
    std::vector<Hiding> hiding;
    hiding.reserve(findings.size());
    for (const std::size_t i : sort_findings(findings))
      hiding.push_back(std::move(judged.hiding[i]));
    judged.hiding = std::move(hiding);
    disguise_.survey(judged);
    for (const Finding& finding : findings) {
      counter.add(finding);
      if (finding.state == ItemState::current && !finding.entry.empty())
        present_.insert(finding.entry);
    }
    keep_listed(judged);
    return judged;
  }

  /// In place: findings are large.
  void keep_listed(HidingFindings& judged) const {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < judged.findings.size(); ++i) {
      if (!is_listed(judged.findings[i])) continue;
      if (kept != i) {
        judged.findings[kept] = std::move(judged.findings[i]);
        judged.hiding[kept] = std::move(judged.hiding[i]);
      }
      ++kept;
    }
    judged.findings.resize(kept);
    judged.hiding.resize(kept);
  }

  [[nodiscard]] bool is_listed(const Finding& finding) const {
    return selector_.selects(finding) && (!options_.filter || options_.filter(finding));
  }

  /// In the order of the stores.
  HidingFindings judge_each(std::vector<StoreListing>& listings,
                            std::vector<StatedVariables>& stated) {
    const Company company = find_company(listings);
    const bool tells_values = options_.values != ValuesMode::none || options_.digests;
    const Grounds grounds{company, options_.values, whole_.created, options_.digests,
                          tells_values ? options_.digest_key : DigestKey()};
    HidingFindings judged;
    std::size_t most = 0;
    for (const StoreListing& listing : listings) most += listing.held.size();
    judged.findings.reserve(most);
    disguise_.begin_profile();
    for (StoreListing& listing : listings) {
      for (HeldItem& held : listing.held) {
        const bool counted = held.match.candidates.empty() && held.match.vendor == nullptr;
        Judged one = judge(std::move(held), grounds);
        const bool unknown = one.finding.status == Status::unknown;
        const bool current = one.finding.state == ItemState::current;
        if (unknown && current && !counted)
          ++listing.result.unknown;  // a generic name that lost for want of company
        if (unknown && !options_.lists_unknown()) continue;
        if (!one.variables.empty())
          stated.push_back({judged.findings.size(), std::move(one.variables)});
        one.finding.name_keyed_digest = options_.digest_key.digest(one.finding.name);
        judged.hiding.push_back({disguise_.learn(one.hidden), std::move(one.digest)});
        judged.findings.push_back(std::move(one.finding));
      }
    }
    return judged;
  }

  /// Of which kinds everything was read that the profile has: an entry is absent only there.
  /// `stores` begins with those of the tasks.
  std::set<ItemKind> kinds_read_whole(const Profile& profile, const std::vector<StoreTask>& tasks,
                                      const std::vector<StoreResult>& stores) {
    std::set<ItemKind> whole;
    for (const StoreDriver* driver : store_drivers()) {
      if (driver->engine == profile.engine && !profile.only_store) whole.insert(driver->kind);
    }
    looked_for_.insert(whole.begin(), whole.end());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      if (stores[i].status == StoreStatus::read) continue;
      whole.erase(tasks[i].driver->kind);
      in_part_.insert(tasks[i].driver->kind);
    }
    return whole;
  }

  /// Whether nothing that was named or found was left unread that may hold such items.
  [[nodiscard]] bool is_read_whole(ItemKind kind) const {
    return looked_for_.contains(kind) && !in_part_.contains(kind) &&
           std::ranges::none_of(whole_.missing, may_hold_items);
  }

  /// Whether the place may be there, only not for us.
  static bool may_hold_items(const MissingProfile& missing) {
    return missing.reason == MissingReason::unreadable ||
           missing.reason == MissingReason::dangling_link ||
           missing.reason == MissingReason::outside ||
           missing.reason == MissingReason::other_machine;
  }

  void add_entries(Report& part) {
    EntryIds named;
    add_named(part, named);
    part.entries = entries_of(catalogs_, named);
    named_.merge(named);
  }

  void add_up(const Report& part) {
    const std::vector<StoreResult>& stores = part.profiles.front().stores;
    counter_.add(part.profiles.front());
    listed_ += static_cast<std::size_t>(std::ranges::count_if(
        part.findings, [this](const Finding& finding) { return was_asked_for(whole_, finding); }));
    if (selected_) {
      for (const Finding& finding : part.findings) add_selected(*selected_, finding);
    }
    const Profile& profile = part.profiles.front().profile;
    add_store_reasons(profile, stores, whole_.exit.reasons);
    add_value_reasons(profile, part.findings, options_, whole_.exit.reasons);
    whole_.profiles.push_back(part.profiles.front());
    std::ranges::copy(part.cards, std::back_inserter(whole_.cards));
  }

  [[nodiscard]] std::vector<Absent> absent_entries() const {
    std::vector<Absent> absent;
    for (const Catalog& catalog : catalogs_) {
      for (const Entry& entry : catalog.entries()) {
        if (entry.documented() && is_read_whole(entry.store) && !present_.contains(entry.id) &&
            selector_.covers(entry))
          absent.push_back({entry.id});
      }
    }
    return absent;
  }

  std::span<const Catalog> catalogs_;
  const AuditOptions& options_;
  Matcher matcher_;
  JoiningVariables joining_;
  Time created_;
  Selector selector_;
  Keyring keyring_;
  Disguise disguise_;
  std::vector<Part> parts_;  ///< read and not yet handed out
  SummaryCounter counter_;
  Report whole_;
  std::size_t listed_ = 0;
  std::optional<Selected> selected_;
  std::string searched_;  ///< " below PLACE"
  EntryIds present_;
  EntryIds named_;  ///< by what is listed of the parts that were handed out
  std::set<ItemKind> looked_for_;
  std::set<ItemKind> in_part_;  ///< of some profile not everything could be read
};

}  // namespace

Report audit_streaming(FoundProfiles found, std::span<const Catalog> catalogs,
                       const AuditOptions& options, const OnProfile& on_profile) {
  Run run(found, catalogs, options);
  for (Profile& profile : found.profiles) run.read(std::move(profile), on_profile);
  run.hand_out(on_profile);
  return run.finish();
}

Report audit(FoundProfiles found, std::span<const Catalog> catalogs, const AuditOptions& options) {
  std::vector<Finding> findings;
  Report whole = audit_streaming(std::move(found), catalogs, options, [&findings](Report& part) {
    if (findings.empty()) return findings.swap(part.findings);
    std::ranges::move(part.findings, std::back_inserter(findings));
  });
  whole.findings = std::move(findings);
  return whole;
}

void remove_private_copies() noexcept {
  remove_temporary_dirs();
}

}  // namespace crumbs
