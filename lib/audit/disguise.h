#pragma once

/// Masking that keeps the connection: what is masked as a value is masked wherever the same text
/// stands, and letters tell which masked values are equal; with a key tokens do so in all reports
/// that are made with it.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/present.h"
#include "audit/secrets.h"
#include "crumbs/audit.h"
#include "crumbs/report.h"

namespace crumbs {

/// What a masked value of a finding is, where it may be equal to others.
struct HiddenPart {
  Secrets::Id secret = 0;
  std::optional<std::size_t> field;  ///< index into FindingValue::fields
};

/// What the value of a finding hides.
struct Hiding {
  std::vector<HiddenPart> parts;
  std::string digest;  ///< as Judged::digest
};

/// What several items of one vendor hold.
struct Shared {
  std::optional<ValueType> type;  ///< of the first value or part; empty where only names have it
  std::uint64_t items = 0;
  std::set<std::string> sites;
};

/// The findings of one profile, what their values hide beside them.
struct HidingFindings {
  std::vector<Finding> findings;
  std::vector<Hiding> hiding;  ///< of the finding at that index
  std::map<std::string, std::map<Secrets::Id, Shared>>
      shared;             ///< by catalog; of all, listed or not
  std::size_t known = 0;  ///< how many secrets there were when they were surveyed
};

/// Masks the keys of structured values that no catalog describes: "•••" and a number, the same for
/// equal keys of one entry. One thread.
class KeyNumbers {
 public:
  /// A key that is masked already loses its number, which comes from elsewhere.
  void mask(Finding& finding);

 private:
  std::map<std::pair<std::string, std::string>, std::size_t> numbers_;  ///< by entry and pointer
};

/// One run: of every profile begin_profile, then learn, then identify and survey; after all of them
/// count of each, then give_letters, then apply of each, in the order of the report. One thread.
/// Memory: the hidden texts.
class Disguise {
 public:
  explicit Disguise(const AuditOptions& options) : options_(options) {}

  void begin_profile() { ++profile_; }
  /// Takes what the value of a judged finding hides, listed or not.
  [[nodiscard]] std::vector<HiddenPart> learn(const std::vector<HiddenText>& hidden);
  /// Gives ids and fingerprints to the findings of the profile that was begun last, all of which is
  /// learnt, and an id to the profile: the same in every mode, and whatever else is read beside it.
  void identify(std::vector<Finding>& findings, Profile& profile);
  /// Where the findings of that profile have secrets; of all of them, in their order.
  void survey(HidingFindings& judged);
  /// Counts what names and shown values have of secrets of later profiles.
  void count(const HidingFindings& listed);
  /// To what occurs more than once among what catalogs know, whatever is listed of it.
  void give_letters();
  /// Masks in the name and in the shown values of a finding.
  void mask(Finding& finding);
  /// Masks in what the findings were chosen by: a pattern of names may hold what names hide.
  void mask_selection(std::string& words);
  /// Masks in the findings and in what is said of their profile.
  void apply(HidingFindings& listed, ProfileReport& profile);

 private:
  [[nodiscard]] std::string masked_name(const Finding& finding, const Secrets::Put& put) const;
  /// Gives every place of a secret in what is shown of a finding.
  void each_shown(const Finding& finding, const std::function<void(Secrets::Id)>& take) const;
  /// The items of each vendor that hold one text.
  void share(const Finding& finding, const Hiding& hiding, HidingFindings& judged) const;
  /// Its token; empty where it has none. What only residue repeats gets it on the first time.
  [[nodiscard]] const std::string& token(Secrets::Id id);
  [[nodiscard]] std::vector<SameValue> same_values(const std::map<Secrets::Id, Shared>& shared);
  [[nodiscard]] Secrets::Put put_token();
  [[nodiscard]] std::string in_text(std::string_view text, Secrets::Place place);
  /// Whether there was anything to mask.
  bool mask_text(std::string& text);
  void mask_names(Finding& finding);
  void mask_values(Finding& finding);
  void mask_paths(ProfileReport& of);

  const AuditOptions& options_;
  Secrets secrets_;
  std::uint32_t profile_ = 0;
  std::map<std::string, unsigned> profile_ids_;  ///< how often each was given
  struct Known {
    std::uint32_t profile = 0;               ///< that had the secret last
    std::uint64_t places = 0, residual = 0;  ///< where it stands: of what is in use, of the rest
    std::string token;
  };
  std::vector<Known> known_;             ///< by id
  std::vector<Secrets::Id> appearance_;  ///< of what is in use
  std::size_t next_letter_ = 0;
  KeyNumbers keys_;
};

}  // namespace crumbs
