#include "audit/present.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "audit/secrets.h"
#include "decode/reading.h"
#include "decode/text.h"
#include "decode/value.h"

namespace crumbs {
namespace {

PlainValue unavailable(const RawValue& raw, Unavailable reason) {
  PlainValue plain;
  plain.availability = Availability::unavailable;
  plain.reason = reason;
  plain.length = raw.length;
  return plain;
}

/// Its size is that of the text in UTF-8, however the store encodes it: the same text has one size.
PlainValue plain_text(std::string text) {
  PlainValue plain;
  plain.length = text.size();
  plain.bytes = std::move(text);
  return plain;
}

PlainValue decrypt(const RawValue& raw, std::string_view host, Decryptor& decryptor) {
  Decryptor::Opened opened = decryptor.open(raw.bytes, host, raw.host_hashed);
  PlainValue plain;
  plain.availability = opened.availability;
  plain.reason = opened.reason;
  plain.encryption = std::move(opened.encryption);
  plain.note = std::move(opened.note);
  plain.bytes = std::move(opened.plaintext);
  plain.length = plain.availability == Availability::unavailable ? raw.length : plain.bytes.size();
  return plain;
}

void hide_times(FindingValue& value) {
  value.oldest.reset();
  value.newest.reset();
}

void hide_content(FindingValue& value) {
  value.text.reset();
  value.bytes.reset();
  value.decoded.reset();
  value.elements = 0;
  hide_times(value);
  for (ValueField& field : value.fields) field.text.clear();
}

/// What the decoder says of a structure is its shape, which may be shown; of anything else it is
/// the content.
void mask_whole(FindingValue& value) {
  value.masked = true;
  if (!is_structured(value.type)) {
    if (value.decoded)
      value.decoded = mask_text(*value.decoded, value.type, value.length);
    else if (value.text)
      value.text = mask_text(*value.text, value.type);
  }
  keep_mask(value);
}

/// Whether a part of a value is the one an entry describes, whatever it holds; in a list a part of
/// any element.
bool is_part(const ValueField& part, const ValueSpec& spec, const FieldEntry& field) {
  if (!part.documented || !part.present) return false;
  std::string_view pointer = part.pointer;
  if (pointer == field.pointer) return true;
  const std::size_t second = pointer.find('/', 1);
  return spec.type == ValueType::json_array && second != std::string_view::npos &&
         pointer.substr(second) == field.pointer;
}

/// What an unmasked value says of the variables that it is documented to repeat.
VariableValues find_variables(const ValueSpec& spec, const DecodedValue& decoded) {
  VariableValues found;
  const auto add = [&found](const std::string& variable, const std::string& text) {
    if (!is_mark(text)) found[variable].insert(text);
  };
  if (!spec.same_as.empty() && decoded.decoded && decoded.read_as == spec.type)
    add(spec.same_as, *decoded.decoded);
  for (const FieldEntry& field : spec.fields) {
    if (field.same_as.empty()) continue;
    for (const ValueField& part : decoded.fields) {
      if (part.type == field.type && is_part(part, spec, field)) add(field.same_as, part.text);
    }
  }
  return found;
}

std::set<std::string> find_effects(const ValueSpec& spec, const std::vector<ValueField>& parts) {
  std::set<std::string> effects;
  for (const FieldEntry& field : spec.fields) {
    const bool lost =
        !field.effect_on_rights.empty() && std::ranges::any_of(parts, [&](const ValueField& part) {
          return is_part(part, spec, field);
        });
    if (lost) effects.insert(field.effect_on_rights);
  }
  return effects;
}

/// A program's words for no value at all: no document means them by any value.
bool says_nothing(std::string_view text) {
  return text == "undefined" || text == "null" || text == "NaN";
}

/// Whether a time has another form than the entry's type: documents say that something is a time
/// and leave the form to us.
bool is_time_in_another_form(const Entry& entry, std::string_view text) {
  return entry.value.type == ValueType::unix_time && read_date(text).contradiction.empty();
}

void note_differences(std::string_view from, const std::vector<Drift>& differences,
                      PresentedValue& result) {
  for (const Drift& difference : differences)
    result.notes.push_back(fmt::format("its value differs from {}: {}", from, difference.message));
}

/// Drift needs a passage of the document. What contradicts only our reading, or what was seen, is a
/// note.
void tell_differences(const Entry& entry, std::vector<Drift> differences, std::string_view text,
                      PresentedValue& result) {
  const bool passage =
      entry.value_basis.basis == Basis::document && !is_time_in_another_form(entry, text);
  if (passage || (entry.documented() && says_nothing(text))) {
    result.drift = std::move(differences);
    return;
  }
  note_differences(entry.value_basis.basis == Basis::observation ? "what was seen" : "our reading",
                   differences, result);
}

bool is_harmless(PersonalData personal_data) {
  return personal_data == PersonalData::none || personal_data == PersonalData::preference;
}

bool is_hidden(const ValueField& field) {
  return field.present && (field.masked || must_mask(field.type, field.personal_data, field.text));
}

/// A structure is hidden where any part of it is, or where its fields do not show all of it. The
/// words of an enumeration are the document's, and countries have few names.
bool is_hidden(const FindingValue& value, bool fields_complete) {
  if (is_structured(value.type))
    return !fields_complete || value.fields.empty() ||
           std::ranges::any_of(value.fields, [](const ValueField& one) { return is_hidden(one); });
  const bool listed = value.type == ValueType::enumeration || value.type == ValueType::country;
  return must_mask(value.type, value.personal_data, listed ? "" : value.text.value_or(""));
}

void mask(FindingValue& value, bool fields_complete) {
  const bool hidden = is_hidden(value, fields_complete);
  mask_fields(value.fields);
  if (hidden) mask_whole(value);
  if (hidden && !is_structured(value.type)) hide_times(value);
}

bool links(PersonalData personal_data) {
  return personal_data == PersonalData::identifier || personal_data == PersonalData::contact;
}

/// Whether it is worth keeping: texts of a few bytes are equal by chance; a long one stands nowhere
/// else, but may be equal to another.
bool is_kept(std::string_view text, bool links) {
  return text.size() >= Secrets::kShortest && !is_mark(text) &&
         (links || text.size() <= Secrets::kLongest);
}

/// `value` is unmasked. Of a structure the parts: the whole of it stands nowhere else.
std::vector<HiddenText> hidden_texts(const FindingValue& value, bool fields_complete) {
  std::vector<HiddenText> hidden;
  for (std::size_t i = 0; i < value.fields.size(); ++i) {
    const ValueField& field = value.fields[i];
    const bool linking = links(field.personal_data);
    if (is_hidden(field) && is_kept(field.text, linking))
      hidden.push_back({field.text, {}, i, linking});
  }
  if (is_structured(value.type) || !value.text || !is_hidden(value, fields_complete)) return hidden;
  const bool linking = links(value.personal_data);
  const std::string& text = value.decoded ? *value.decoded : *value.text;
  if (is_kept(text, linking))
    hidden.push_back({text, text == *value.text ? "" : *value.text, std::nullopt, linking});
  return hidden;
}

void apply_mode(FindingValue& value, ValuesMode mode, bool fields_complete) {
  if (mode == ValuesMode::full || value.availability == Availability::unavailable) return;
  if (mode == ValuesMode::none) {
    value.masked = true;
    hide_content(value);
    return;
  }
  mask(value, fields_complete);
}

}  // namespace

void keep_mask(FindingValue& value) {
  value.bytes.reset();
  if (is_structured(value.type)) return value.text.reset();
  if (value.decoded) value.text = std::move(value.decoded);
  value.decoded.reset();
}

PlainValue open_value(const RawValue& raw, std::string_view host, Decryptor& decryptor) {
  if (raw.unavailable) return unavailable(raw, *raw.unavailable);
  switch (raw.encoding) {
    case RawValue::Encoding::encrypted:
      return decrypt(raw, host, decryptor);
    case RawValue::Encoding::latin1:
      return plain_text(latin1_to_utf8(raw.bytes));
    case RawValue::Encoding::utf8:
      return plain_text(std::string(raw.bytes));
    case RawValue::Encoding::utf16le:
      break;
  }
  std::optional<std::string> text = utf16le_to_wtf8(raw.bytes);
  if (!text) return unavailable(raw, Unavailable::malformed);
  return plain_text(*std::move(text));
}

PresentedValue present_value(PlainValue plain, const Entry* entry, ValuesMode mode) {
  PresentedValue result;
  FindingValue& value = result.value;
  value.availability = plain.availability;
  value.reason = plain.reason;
  value.encryption = std::move(plain.encryption);
  value.length = plain.length;
  if (!plain.note.empty()) value.steps.push_back("decrypt: " + plain.note);
  if (entry != nullptr) {
    value.type = entry->value.type;
    value.personal_data = entry->personal_data;
  }
  if (plain.availability == Availability::unavailable) return result;
  bool fields_complete = false;
  if (entry != nullptr) {
    DecodedValue decoded = decode_value(entry->value, plain.bytes);
    if (decoded.read_as != entry->value.type) {  // it may be anything, an address included
      value.type = decoded.read_as;
      if (is_harmless(value.personal_data)) value.personal_data = PersonalData::unknown;
    }
    fields_complete = decoded.fields_complete;
    result.variables = find_variables(entry->value, decoded);
    result.effects = find_effects(entry->value, decoded.fields);
    value.elements = decoded.elements;
    value.oldest = decoded.oldest;
    value.newest = decoded.newest;
    value.decoded = std::move(decoded.decoded);
    std::ranges::move(decoded.steps, std::back_inserter(value.steps));
    value.fields = std::move(decoded.fields);
    for (ValueField& field : value.fields)
      field.documented = field.documented && entry->documented();
    tell_differences(*entry, std::move(decoded.drift), plain.bytes, result);
    note_differences("our reading", decoded.otherwise_read, result);
  }
  if (!is_utf8(plain.bytes)) value.bytes = plain.bytes;
  value.text = std::move(plain.bytes);
  result.hidden = hidden_texts(value, fields_complete);
  result.is_telling = is_structured(value.type) || is_hidden(value, fields_complete);
  apply_mode(value, mode, fields_complete);
  return result;
}

std::vector<HiddenText> hidden_texts(const FindingValue& value) {
  if (value.availability == Availability::unavailable) return {};
  return hidden_texts(value, false);
}

void hide_value(FindingValue& value, ValuesMode mode) {
  apply_mode(value, mode, false);
  if (value.masked) hide_times(value);
}

}  // namespace crumbs
