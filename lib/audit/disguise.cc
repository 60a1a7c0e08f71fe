#include "audit/disguise.h"

#include <algorithm>

#include <fmt/format.h>

#include "audit/identity.h"
#include "field_key.h"
#include "form_name.h"
#include "system/sha256.h"

namespace crumbs {
namespace {

using Place = Secrets::Place;

/// A, B, ... Z, AA, AB, ...
std::string letter(std::size_t index) {
  constexpr std::size_t kLetters = 26;
  std::string text;
  for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / kLetters)
    text.insert(text.begin(), static_cast<char>('A' + (rest - 1) % kLetters));
  return text;
}

/// The vendor certainly left it, and it is in use.
bool is_certain(const Finding& finding) {
  return finding.state == ItemState::current &&
         (is_documented(finding.status) || finding.status == Status::undocumented);
}

/// Tells of each value that is equal to an earlier one which that is.
void link_equal(HidingFindings& listed) {
  std::map<std::pair<std::string, std::string>, const Finding*> first;  // by entry and digest
  for (std::size_t i = 0; i < listed.findings.size(); ++i) {
    Finding& finding = listed.findings[i];
    const std::string& digest = listed.hiding[i].digest;
    if (digest.empty() || finding.state != ItemState::current) continue;
    const auto [at, added] = first.try_emplace({finding.entry, digest}, &finding);
    if (!added) finding.value.same_as = at->second->id;
  }
}

/// A card ends in the ids that part it from others on its site.
std::string masked_card(std::string card, const std::map<std::string, std::string>& captured,
                        const std::map<std::string, std::string>& masked) {
  const std::vector<std::pair<std::string, std::string>> last_first(captured.rbegin(),
                                                                    captured.rend());
  std::string end;
  for (const auto& [variable, text] : last_first) {
    const std::string part = "|" + text;
    if (!card.ends_with(part)) continue;
    card.resize(card.size() - part.size());
    end.insert(0, "|" + masked.at(variable));
  }
  return card + end;
}

/// Of such a type there are few values, or digits that are equal mean another thing.
bool is_plain(ValueType type) {
  return is_time(type) || type == ValueType::flag || type == ValueType::language;
}

bool is_shown(const ValueField& field) {
  return field.present && !field.masked && !is_plain(field.type);
}

/// Whether no catalog describes the part, so that its key may be anything.
bool has_own_key(const ValueField& field) {
  return !field.documented && field.description.empty();
}

}  // namespace

void KeyNumbers::mask(Finding& finding) {
  for (ValueField& field : finding.value.fields) {
    if (!has_own_key(field)) continue;
    const std::pair key(finding.entry, field_key(finding.value, field));
    const std::size_t step = field.pointer.rfind('/') + 1;
    const bool masked = std::string_view(field.pointer).substr(step).starts_with(kMaskedText);
    field.pointer.resize(step);
    field.pointer += kMaskedText;
    if (!masked)
      field.pointer += std::to_string(numbers_.try_emplace(key, numbers_.size() + 1).first->second);
  }
}

std::vector<HiddenPart> Disguise::learn(const std::vector<HiddenText>& hidden) {
  std::vector<HiddenPart> parts;
  for (const HiddenText& one : hidden) {
    const Secrets::Id id = secrets_.add(one.text, one.links);
    if (!one.as_stored.empty()) secrets_.add_spelling(id, one.as_stored);
    known_.resize(secrets_.size());
    Known& known = known_[id];
    known.profile = profile_;
    if (one.links && known.token.empty()) known.token = options_.digest_key.token(one.text);
    if (one.links) parts.push_back({id, one.field});
  }
  return parts;
}

/// The texts of documented names are known to everybody; only what they capture is somebody's.
std::string Disguise::masked_name(const Finding& finding, const Secrets::Put& put) const {
  if (!finding.form) return secrets_.replaced(finding.name, Place::name, put);
  if (finding.captured.empty()) return finding.name;
  if (fill_form(finding.form->name, finding.captured) != finding.name)
    return secrets_.replaced(finding.name, Place::name, put);
  std::map<std::string, std::string> masked;
  for (const auto& [variable, text] : finding.captured)
    masked[variable] = secrets_.replaced(text, Place::name, put);
  return fill_form(finding.form->name, masked);
}

void Disguise::identify(std::vector<Finding>& findings, Profile& profile) {
  const Secrets::Put hide = [this](Secrets::Id id) {
    return known_[id].profile == profile_ ? std::optional(std::string(kMaskedText)) : std::nullopt;
  };
  const std::string path = secrets_.replaced(real_path(profile), Place::path, hide);
  profile.id = profile_id(profile, path, options_.labels);
  const unsigned count = ++profile_ids_[profile.id];
  if (count > 1) profile.id += fmt::format("-{}", count);
  ShownParts shown;
  for (Finding& finding : findings) {
    finding.profile = profile.id;
    shown.name = masked_name(finding, hide);
    shown.path = secrets_.replaced(finding.path, Place::name, hide);
    shown.file = secrets_.replaced(finding.locator.file, Place::path, hide);
    finding.id = id_of(finding, shown);
    finding.fingerprint = fingerprint_of(finding, shown);
  }
}

void Disguise::each_shown(const Finding& finding,
                          const std::function<void(Secrets::Id)>& take) const {
  const Secrets::Put put = [&take](Secrets::Id id) {
    take(id);
    return std::optional(std::string(kMaskedText));
  };
  static_cast<void>(masked_name(finding, put));
  const FindingValue& value = finding.value;
  if (value.text && !value.masked && !is_plain(value.type))
    static_cast<void>(secrets_.replaced(*value.text, Place::name, put));
  for (const ValueField& field : value.fields) {
    if (is_shown(field)) static_cast<void>(secrets_.replaced(field.text, Place::name, put));
  }
}

void Disguise::share(const Finding& finding, const Hiding& hiding, HidingFindings& judged) const {
  std::map<Secrets::Id, std::optional<ValueType>> held;
  static_cast<void>(masked_name(finding, [&](Secrets::Id id) -> std::optional<std::string> {
    if (known_[id].profile == profile_ && secrets_.links(id)) held.try_emplace(id);
    return std::nullopt;
  }));
  for (const auto& [id, field] : hiding.parts) {
    std::optional<ValueType>& type = held[id];
    if (!type) type = field ? finding.value.fields[*field].type : finding.value.type;
  }
  for (const auto& [id, type] : held) {
    Shared& shared = judged.shared[finding.catalog][id];
    if (!shared.type) shared.type = type;
    ++shared.items;
    shared.sites.insert(finding.site);
  }
}

void Disguise::survey(HidingFindings& judged) {
  judged.known = secrets_.size();
  if (options_.values == ValuesMode::full) return;
  for (std::size_t i = 0; i < judged.findings.size(); ++i) {
    const Finding& finding = judged.findings[i];
    const Hiding& hiding = judged.hiding[i];
    const bool in_use = finding.state == ItemState::current && finding.status != Status::unknown;
    const auto take = [&](Secrets::Id id) {
      Known& known = known_[id];
      if (in_use && known.places == 0) appearance_.push_back(id);
      ++(in_use ? known.places : known.residual);
    };
    each_shown(finding, take);
    for (const HiddenPart& part : hiding.parts) take(part.secret);
    if (is_certain(finding)) share(finding, hiding, judged);
  }
}

void Disguise::count(const HidingFindings& listed) {
  if (listed.known == secrets_.size()) return;
  for (const Finding& finding : listed.findings) {
    each_shown(finding, [&](Secrets::Id id) {
      if (id >= listed.known) ++known_[id].places;
    });
  }
}

void Disguise::give_letters() {
  for (const Secrets::Id id : appearance_) {
    if (known_[id].places > 1) static_cast<void>(token(id));
  }
  appearance_.clear();
}

std::vector<SameValue> Disguise::same_values(const std::map<Secrets::Id, Shared>& shared) {
  std::vector<SameValue> same;
  for (const auto& [id, one] : shared) {
    if (one.items < 2 || token(id).empty()) continue;
    same.push_back({token(id), one.type.value_or(ValueType::identifier), one.items,
                    static_cast<std::uint64_t>(one.sites.size())});
  }
  std::ranges::sort(same, {}, [](const SameValue& value) {
    return std::pair(value.token.size(), std::string_view(value.token));
  });
  return same;
}

const std::string& Disguise::token(Secrets::Id id) {
  Known& known = known_[id];
  const bool has_letters = !options_.digests && !options_.digest_key;
  const bool repeated = secrets_.links(id) && known.places + known.residual > 1;
  if (repeated && has_letters && known.token.empty()) known.token = letter(next_letter_++);
  return known.token;
}

Secrets::Put Disguise::put_token() {
  return [this](Secrets::Id id) {
    const std::string& known = token(id);
    return known.empty() ? std::string(kMaskedText) : fmt::format("({})", known);
  };
}

std::string Disguise::in_text(std::string_view text, Place place) {
  return secrets_.replaced(text, place, put_token());
}

void Disguise::mask_names(Finding& finding) {
  std::string name = masked_name(finding, put_token());
  if (name != finding.name) {
    finding.name_masked = true;
    if (options_.digests) finding.name_digest = sha256_hex(finding.name);
    finding.name = std::move(name);
  }
  std::map<std::string, std::string> captured;
  for (const auto& [variable, text] : finding.captured)
    captured[variable] = in_text(text, Place::name);
  finding.card = masked_card(std::move(finding.card), finding.captured, captured);
  finding.captured = std::move(captured);
  finding.path = in_text(finding.path, Place::name);
  if (finding.container) finding.container->name = in_text(finding.container->name, Place::name);
}

bool Disguise::mask_text(std::string& text) {
  std::string hidden = in_text(text, Place::name);
  const bool masked = hidden != text;
  text = std::move(hidden);
  return masked;
}

/// A value that may be shown may still hold a text that is masked elsewhere. The text of a
/// structure may spell it with escapes, that of another value otherwise than decoded: what is
/// masked in one of them is gone from all.
void Disguise::mask_values(Finding& finding) {
  FindingValue& value = finding.value;
  bool in_field = false;
  for (ValueField& field : value.fields) {
    if (!is_shown(field) || !mask_text(field.text)) continue;
    field.masked = true;
    in_field = true;
  }
  if (value.masked || is_plain(value.type)) return;
  const bool in_text = value.text && mask_text(*value.text);
  const bool in_decoded = value.decoded && mask_text(*value.decoded);
  value.masked = in_field || in_text || in_decoded;
  if (!value.masked) return;
  if (in_text && !in_decoded && !is_structured(value.type)) value.decoded.reset();
  keep_mask(value);
}

void Disguise::mask_paths(ProfileReport& of) {
  const auto mask = [this](std::string& path) { path = in_text(path, Place::path); };
  Profile& profile = of.profile;
  profile.path = in_text(profile.path.native(), Place::path);
  profile.user_data_dir = in_text(profile.user_data_dir.native(), Place::path);
  mask(profile.name);
  mask(profile.display_name);
  if (profile.only_store) mask(*profile.only_store);
  for (StoreResult& store : of.stores) {
    mask(store.path);
    mask(store.note);
    for (SourceFile& file : store.files) mask(file.path);
    for (Diagnostic& diagnostic : store.diagnostics) {
      mask(diagnostic.file);
      mask(diagnostic.message);
    }
  }
  for (OtherPlace& place : of.also_there) mask(place.path);
}

void Disguise::mask(Finding& finding) {
  mask_names(finding);
  mask_values(finding);
}

void Disguise::mask_selection(std::string& words) {
  if (options_.values != ValuesMode::full) mask_text(words);
}

void Disguise::apply(HidingFindings& listed, ProfileReport& profile) {
  if (options_.values != ValuesMode::none && !options_.digests) link_equal(listed);
  if (options_.values == ValuesMode::full) return;
  for (std::size_t i = 0; i < listed.findings.size(); ++i) {
    Finding& finding = listed.findings[i];
    mask(finding);
    if (!options_.digests) keys_.mask(finding);
    if (!options_.keep_paths) finding.locator.file = in_text(finding.locator.file, Place::path);
    if (options_.values == ValuesMode::none) continue;  // not even what is equal
    for (const auto& [secret, field] : listed.hiding[i].parts)
      (field ? finding.value.fields[*field].token : finding.value.token) = token(secret);
  }
  if (!options_.keep_paths) mask_paths(profile);
  if (options_.values == ValuesMode::none) return;
  for (Tally& tally : profile.tallies)
    tally.same_values = same_values(listed.shared[tally.catalog]);
}

}  // namespace crumbs
