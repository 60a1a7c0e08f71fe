#pragma once

/// From a raw value to what the report may show of it: opened, decoded by its documented type,
/// masked.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/types.h"
#include "decode/os_crypt.h"
#include "item.h"

namespace crumbs {

/// A value's plain bytes, or why there are none. One encoding: WTF-8 text or bytes as the site set
/// them.
struct PlainValue {
  Availability availability = Availability::plain;
  std::optional<Unavailable> reason;
  std::string encryption;
  std::string note;
  std::string bytes;
  std::uint64_t length = 0;
};

/// Opens what is encrypted and turns UTF-16 and Latin-1 into UTF-8. Never throws for what a value
/// holds.
[[nodiscard]] PlainValue open_value(const RawValue& raw, std::string_view host,
                                    Decryptor& decryptor);

/// Values of catalog variables, by the variable's name.
using VariableValues = std::map<std::string, std::set<std::string>>;

/// A text that ValuesMode::masked hides: of a value, or of one of its fields.
struct HiddenText {
  std::string text;                  ///< as decoded, where decoding changes it
  std::string as_stored;             ///< where that is another
  std::optional<std::size_t> field;  ///< index into FindingValue::fields
  bool links = false;                ///< personal data of a class that tells persons apart
};

/// A value as it may be shown, and the drift that reading it found.
struct PresentedValue {
  FindingValue value;
  std::vector<Drift> drift;        ///< from the document, with a passage for it
  std::vector<std::string> notes;  ///< where it differs from our reading or from what was seen
  VariableValues variables;  ///< what the value says of variables (`same_as`); never to be shown
  std::set<std::string> effects;   ///< on rights, of losing the parts that are there
  std::vector<HiddenText> hidden;  ///< the same in every mode; never to be shown
  bool is_telling = false;         ///< a structure, or masked as a whole in a masked report
};

/// `entry` may be null: then the value is undocumented and masked as such. A value that contradicts
/// its type may hold anything: it is masked, and keeps its personal-data class only where that is
/// not a harmless one.
[[nodiscard]] PresentedValue present_value(PlainValue plain, const Entry* entry, ValuesMode mode);

/// What hide_value hides of a value that is shown in full.
[[nodiscard]] std::vector<HiddenText> hidden_texts(const FindingValue& value);

/// Of a masked value leaves its mask in `text`, or where it is a structure its shape in `decoded`.
void keep_mask(FindingValue& value);

/// Masks a value that is shown in full, without its entry: never shows more than present_value
/// does, but hides a structure and the times inside wherever its parts alone do not clear them.
void hide_value(FindingValue& value, ValuesMode mode);

}  // namespace crumbs
