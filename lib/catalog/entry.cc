#include "catalog/entry.h"

#include <algorithm>

#include "catalog/host_scope.h"
#include "catalog/pattern.h"

namespace crumbs {
namespace {

constexpr std::int64_t kLongestAge = INT64_MAX / 1'000'000;  ///< seconds; fits 64-bit microseconds

/// "jivochat/widget/enter_ts": words of [a-z0-9_-] joined by single slashes.
bool is_id(std::string_view text) noexcept {
  if (text.empty() || text.front() == '/' || text.back() == '/') return false;
  if (text.find("//") != std::string_view::npos) return false;
  return std::ranges::all_of(text, [](char byte) { return byte == '/' || is_word_byte(byte); });
}

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

class EntryReader {
 public:
  EntryReader(StrictReader& json, const CatalogContent& content, KnownIds& known)
      : json_(json), content_(content), known_(known) {}

  Entry read(const StrictNode& node) {
    Entry entry;
    if (!json_.object(node, {"id", "store", "name", "scope", "section", "documented_as",
                             "description", "category", "personal_data", "value", "retention",
                             "deletion", "distinctive", "erratum", "examples", "counter_examples"}))
      return entry;
    entry.catalog = content_.id;
    entry.id = read_catalog_id(json_, node.at("id"), content_.id, known_);
    entry.store = json_.word<ItemKind>(node.at("store"));
    read_name(node.at("name"), entry);
    read_scope(node.at("scope"), entry);
    entry.section = json_.text(node.at("section"), kLongestText);
    entry.documented_as = json_.text(node.at("documented_as"), kLongestText);
    entry.description = json_.text(node.at("description"), kLongestText);
    entry.category = judged<Category>(node.at("category"), entry.category_basis);
    entry.personal_data = judged<PersonalData>(node.at("personal_data"), entry.personal_data_basis);
    read_value(node.at("value"), entry);
    if (node.at("retention").present()) read_retention(node.at("retention"), entry);
    read_deletion(node.at("deletion"), entry.deletion);
    entry.distinctive = json_.flag(node.at("distinctive"));
    if (node.at("erratum").present()) entry.erratum = read_erratum(node.at("erratum"));
    if (node.at("examples").present()) entry.examples = read_examples(node.at("examples"), true);
    if (node.at("counter_examples").present())
      entry.counter_examples = read_examples(node.at("counter_examples"), false);
    return entry;
  }

 private:
  void read_name(const StrictNode& node, Entry& entry) {
    if (!json_.object(node, {"exact", "template"})) return;
    const StrictNode exact = node.at("exact");
    const StrictNode pattern = node.at("template");
    if (exact.present() == pattern.present())
      return json_.problem(node, "value", exact.present() ? "both keys" : "neither key",
                           R"(either "exact" or "template")");
    entry.is_template = pattern.present();
    entry.name = json_.text(entry.is_template ? pattern : exact, kLongestName);
    TemplateProblem problem;
    if (entry.is_template && !entry.name.empty() &&
        !NamePattern::compile(entry.name, content_.variables, problem))
      json_.problem(pattern, problem.rule, problem.expected);
  }

  void read_scope(const StrictNode& node, Entry& entry) {
    if (!json_.object(node, {"hosts", "basis", "section", "reason"})) return;
    json_.each(node.at("hosts"), 1, kMostSmall, [this, &entry](const StrictNode& host) {
      entry.hosts.push_back(json_.checked(
          host, kLongestText,
          [](std::string_view text) { return HostScope::parse(text).has_value(); },
          R"("*", "x.com", ".x.com" or "*.x.com")"));
    });
    entry.scope_basis = read_judgement(node);
  }

  void read_value(const StrictNode& node, Entry& entry) {
    if (!json_.object(node, {"type", "percent_decode", "allow_empty", "enumeration", "fields",
                             "same_as", "basis", "section", "reason"}))
      return;
    ValueSpec& value = entry.value;
    value.type = json_.word<ValueType>(node.at("type"));
    if (node.at("percent_decode").present())
      value.percent_decode = json_.flag(node.at("percent_decode"));
    if (node.at("allow_empty").present()) value.allow_empty = json_.flag(node.at("allow_empty"));
    if (belongs(node.at("enumeration"), value.type == ValueType::enumeration, true,
                "no such key where the type is not \"enumeration\""))
      json_.each(node.at("enumeration"), 1, kMostSmall, [&](const StrictNode& word) {
        value.enumeration.push_back(json_.text(word, kLongestText, true));
      });
    const bool has_parts = value.type == ValueType::json || value.type == ValueType::json_array;
    if (belongs(node.at("fields"), has_parts, false,
                R"(no such key where the type is neither "json" nor "json_array")"))
      read_fields(node.at("fields"), value.fields);
    value.same_as = read_same_as(node.at("same_as"));
    entry.value_basis = read_judgement(node);
  }

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
    if (!json_.object(node, {"pointer", "type", "personal_data", "description", "erratum",
                             "effect_on_rights", "same_as"}))
      return field;
    field.pointer =
        json_.checked(node.at("pointer"), kLongestName, is_json_pointer,
                      "a JSON pointer below the value, as \"/client_info/email\"", "pointer");
    field.type = json_.word<ValueType>(node.at("type"));
    field.personal_data = json_.word<PersonalData>(node.at("personal_data"));
    field.description = json_.text(node.at("description"), kLongestText);
    if (node.at("erratum").present()) field.erratum = read_erratum(node.at("erratum"));
    field.effect_on_rights = read_effect(node.at("effect_on_rights"));
    field.same_as = read_same_as(node.at("same_as"));
    return field;
  }

  std::string read_same_as(const StrictNode& node) {
    if (!node.present()) return {};
    std::string variable = json_.text(node, kLongestWord);
    if (!variable.empty() && std::ranges::find(content_.variables, variable, &Variable::name) ==
                                 content_.variables.end())
      json_.problem(node, "unknown_variable", "a variable of this catalog");
    return variable;
  }

  void read_retention(const StrictNode& node, Entry& entry) {
    if (!json_.object(node, {"max_age_s", "basis", "section", "reason"})) return;
    entry.max_age_s = json_.integer(node.at("max_age_s"), 0, kLongestAge);
    entry.retention_basis = read_judgement(node);
  }

  void read_deletion(const StrictNode& node, DeletionRule& rule) {
    if (!json_.object(node,
                      {"verdict", "consequence", "basis", "section", "reason", "effect_on_rights"}))
      return;
    rule.verdict = json_.word<Verdict>(node.at("verdict"));
    const StrictNode consequence = node.at("consequence");
    if (consequence.present() || rule.verdict == Verdict::allowed_with_consequence)
      rule.consequence = json_.text(consequence, kLongestText);
    rule.judgement = read_judgement(node);
    rule.effect_on_rights = read_effect(node.at("effect_on_rights"));
  }

  std::string read_effect(const StrictNode& node) {
    if (!node.present()) return {};
    return json_.checked(node, kLongestWord, is_rights_effect, "\"removes_\" and what is removed");
  }

  Erratum read_erratum(const StrictNode& node) {
    if (!json_.object(node, {"says", "likely"})) return {};
    return {json_.text(node.at("says"), kLongestText), json_.text(node.at("likely"), kLongestText)};
  }

  std::vector<Example> read_examples(const StrictNode& node, bool with_value) {
    std::vector<Example> examples;
    json_.each(node, 0, kMostSmall, [&](const StrictNode& item) {
      Example example;
      if (StrictReader::is_text(item)) {
        example.name = json_.text(item, kLongestName);
      } else if (with_value ? json_.object(item, {"name", "host", "value"})
                            : json_.object(item, {"name", "host"})) {
        example.name = json_.text(item.at("name"), kLongestName);
        if (item.at("host").present()) example.host = json_.text(item.at("host"), kLongestName);
        if (with_value && item.at("value").present())
          example.value = json_.text(item.at("value"), kLongestText, true);
      }
      examples.push_back(std::move(example));
    });
    return examples;
  }

  /// {"is": word, "basis": ..., ...}
  template <class E>
  E judged(const StrictNode& node, Judgement& judgement) {
    if (!json_.object(node, {"is", "basis", "section", "reason"})) return E{};
    judgement = read_judgement(node);
    return json_.word<E>(node.at("is"));
  }

  /// "basis" and, beside it, the section of a document or the reason of an interpretation.
  Judgement read_judgement(const StrictNode& node) {
    Judgement judgement;
    const StrictNode basis = node.at("basis");
    if (!basis.present()) {
      json_.problem(basis, "missing_basis", R"("document" or "interpretation")");
    } else {
      judgement.basis = json_.word<Basis>(basis);
    }
    judgement.section = json_.optional_text(node.at("section"), kLongestText);
    judgement.reason = json_.optional_text(node.at("reason"), kLongestText);
    const bool document = judgement.basis == Basis::document;
    const StrictNode needed = node.at(document ? "section" : "reason");
    if (basis.present() && !needed.present())
      json_.problem(needed, "missing_basis",
                    document ? "the section of the document that says so"
                             : "the reason of the interpretation");
    return judgement;
  }

  /// Whether a key that belongs to some types only is to be read.
  bool belongs(const StrictNode& node, bool allowed, bool required, std::string_view expected) {
    if (node.present() && !allowed) json_.problem(node, "value", expected);
    return allowed && (node.present() || required);
  }

  StrictReader& json_;
  const CatalogContent& content_;
  KnownIds& known_;
};

}  // namespace

std::string read_catalog_id(StrictReader& json, const StrictNode& node, const std::string& catalog,
                            KnownIds& known) {
  const std::string prefix = catalog + "/";
  std::string id = json.checked(
      node, kLongestWord,
      [&](std::string_view text) { return is_id(text) && text.starts_with(prefix); },
      fmt::format("an id as \"{}part/name\"", prefix));
  if (!id.empty() && !known.insert(id).second) json.problem(node, "duplicate_id", "each id once");
  return id;
}

Entry read_entry(StrictReader& json, const StrictNode& node, const CatalogContent& content,
                 KnownIds& known) {
  return EntryReader(json, content, known).read(node);
}

}  // namespace crumbs
