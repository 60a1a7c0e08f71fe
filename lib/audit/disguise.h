#pragma once

/// Masking that keeps the connection: what is masked as a value is masked wherever the same text
/// stands, and letters tell which masked values are equal.

#include <cstdint>
#include <map>
#include <optional>
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

/// The findings of one profile, what their values hide beside them.
struct HidingFindings {
  std::vector<Finding> findings;
  std::vector<std::vector<HiddenPart>> hidden;  ///< of the finding at that index
};

/// What stands for a masked text that has no token.
inline constexpr std::string_view kMaskedText = "•••";

/// Masks the keys of structured values that no catalog describes: "•••" and a number, the same for
/// equal keys of one entry. One thread.
class KeyNumbers {
 public:
  /// A key that is masked already loses its number, which comes from elsewhere.
  void mask(Finding& finding);

 private:
  std::map<std::pair<std::string, std::string>, std::size_t> numbers_;  ///< by entry and pointer
};

/// One run: of every profile begin_profile, then learn, then id_of; after all of them count
/// of each, then apply of each, in the order of the report. One thread. Memory: the hidden texts.
class Disguise {
 public:
  explicit Disguise(const AuditOptions& options) : options_(options) {}

  void begin_profile() { ++profile_; }
  /// Takes what the value of a judged finding hides, listed or not.
  [[nodiscard]] std::vector<HiddenPart> learn(const std::vector<HiddenText>& hidden);
  /// Of a finding of the profile that was begun last, all of which is learnt: the same in every
  /// mode, and whatever else is read beside the profile.
  [[nodiscard]] std::string id_of(const Finding& finding, const Profile& profile) const;
  /// Counts what the names and the shown values of listed findings hold.
  void count(const std::vector<Finding>& listed);
  /// Masks in the findings and in what is said of their profile.
  void apply(HidingFindings& listed, ProfileReport& profile);

 private:
  [[nodiscard]] std::string masked_name(const Finding& finding, const Secrets::Put& put) const;
  /// Its token, given on the first time; empty where it has none.
  [[nodiscard]] const std::string& token(Secrets::Id id);
  [[nodiscard]] Secrets::Put put_token();
  [[nodiscard]] std::string in_text(std::string_view text, Secrets::Place place);
  void mask_names(Finding& finding);
  void mask_values(Finding& finding);
  void mask_paths(ProfileReport& of);

  const AuditOptions& options_;
  Secrets secrets_;
  std::uint32_t profile_ = 0;
  std::vector<std::uint32_t> last_seen_;  ///< the profile that had the secret last, by id
  std::vector<std::uint64_t> places_;     ///< how often each occurs, by id
  std::vector<std::string> tokens_;       ///< by id
  std::size_t next_letter_ = 0;
  KeyNumbers keys_;
};

}  // namespace crumbs
