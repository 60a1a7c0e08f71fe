#include "catalog/value_spec.h"

#include <algorithm>

#include "catalog/entry.h"
#include "catalog/judgement.h"

namespace crumbs {
namespace {

/// RFC 6901, not the whole document.
bool is_json_pointer(std::string_view text) noexcept {
  if (text.size() < 2 || text.front() != '/') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '~') continue;
    if (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')) return false;
  }
  return true;
}

bool is_rights_effect(std::string_view text) noexcept {
  return text.starts_with("removes_") && std::ranges::all_of(text, is_word_byte);
}

class ValueReader {
 public:
  ValueReader(StrictReader& json, std::span<const Variable> variables)
      : json_(json), variables_(variables) {}

  ValueSpec read(const StrictNode& node) {
    ValueSpec value;
    if (!json_.object(node, {"type", "percent_decode", "allow_empty", "enumeration", "fields",
                             "same_as", "basis", "section", "reason", "observed"}))
      return value;
    value.type = json_.word<ValueType>(node.at("type"));
    if (node.at("percent_decode").present())
      value.percent_decode = json_.flag(node.at("percent_decode"));
    if (node.at("allow_empty").present()) value.allow_empty = json_.flag(node.at("allow_empty"));
    if (belongs(node.at("enumeration"), value.type == ValueType::enumeration, true,
                "no such key where the type is not \"enumeration\""))
      json_.each(node.at("enumeration"), 1, kMostSmall, [&](const StrictNode& word) {
        value.enumeration.push_back(json_.text(word, kLongestText, true));
      });
    if (belongs(node.at("fields"), is_structured(value.type), false,
                R"(no such key where the type is neither "json" nor "json_array")"))
      read_fields(node.at("fields"), value.fields);
    value.same_as = read_same_as(node.at("same_as"));
    return value;
  }

 private:
  void read_fields(const StrictNode& node, std::vector<FieldEntry>& fields) {
    json_.each(node, 1, kMostSmall, [&](const StrictNode& item) {
      FieldEntry field = read_field(item);
      if (!field.pointer.empty() &&
          std::ranges::find(fields, field.pointer, &FieldEntry::pointer) != fields.end())
        json_.problem(item.at("pointer"), "duplicate_pointer", "each pointer once");
      fields.push_back(std::move(field));
    });
  }

  FieldEntry read_field(const StrictNode& node) {
    FieldEntry field;
    if (!json_.object(node, {"pointer", "title", "type", "reading", "personal_data", "description",
                             "erratum", "effect_on_rights", "same_as"}))
      return field;
    field.pointer =
        json_.checked(node.at("pointer"), kLongestName, is_json_pointer,
                      "a JSON pointer below the value, as \"/client_info/email\"", "pointer");
    field.title = json_.optional_text(node.at("title"), kLongestText);
    field.type = json_.word<ValueType>(node.at("type"));
    field.reading = json_.optional_text(node.at("reading"), kLongestText);
    field.personal_data = json_.word<PersonalData>(node.at("personal_data"));
    field.description = json_.text(node.at("description"), kLongestText);
    if (node.at("erratum").present()) field.erratum = read_erratum(json_, node.at("erratum"));
    field.effect_on_rights = read_rights_effect(json_, node.at("effect_on_rights"));
    field.same_as = read_same_as(node.at("same_as"));
    return field;
  }

  std::string read_same_as(const StrictNode& node) {
    if (!node.present()) return {};
    std::string variable = json_.text(node, kLongestWord);
    if (!variable.empty() &&
        std::ranges::find(variables_, variable, &Variable::name) == variables_.end())
      json_.problem(node, "unknown_variable", "a variable of this catalog");
    return variable;
  }

  /// Whether a key that belongs to some types only is to be read.
  bool belongs(const StrictNode& node, bool allowed, bool required, std::string_view expected) {
    if (node.present() && !allowed) json_.problem(node, "value", expected);
    return allowed && (node.present() || required);
  }

  StrictReader& json_;
  std::span<const Variable> variables_;
};

}  // namespace

ValueSpec read_value_spec(StrictReader& json, const StrictNode& node,
                          std::span<const Variable> variables) {
  return ValueReader(json, variables).read(node);
}

std::string read_rights_effect(StrictReader& json, const StrictNode& node) {
  if (!node.present()) return {};
  return json.checked(node, kLongestWord, is_rights_effect, "\"removes_\" and what is removed");
}

}  // namespace crumbs
