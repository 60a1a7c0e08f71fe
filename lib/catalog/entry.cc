#include "catalog/entry.h"

#include <algorithm>

#include "catalog/host_scope.h"
#include "catalog/judgement.h"
#include "catalog/pattern.h"
#include "catalog/value_spec.h"

namespace crumbs {
namespace {

constexpr std::int64_t kLongestAge = INT64_MAX / 1'000'000;  ///< seconds; fits 64-bit microseconds

/// "jivochat/widget/enter_ts": words of [a-z0-9_-] joined by single slashes.
bool is_id(std::string_view text) noexcept {
  if (text.empty() || text.front() == '/' || text.back() == '/') return false;
  if (text.find("//") != std::string_view::npos) return false;
  return std::ranges::all_of(text, [](char byte) { return byte == '/' || is_word_byte(byte); });
}

bool is_documented(const Entry& entry) noexcept {
  return entry.main_form().basis.basis == Basis::document;
}

class EntryReader {
 public:
  EntryReader(StrictReader& json, const CatalogContent& content, KnownIds& known)
      : json_(json), content_(content), known_(known) {}

  Entry read(const StrictNode& node) {
    Entry entry;
    if (!json_.object(
            node, {"id", "store", "title", "forms", "set_by", "scope", "section", "documented_as",
                   "description", "category", "personal_data", "value", "retention", "deletion",
                   "erratum", "observations", "examples", "counter_examples"}))
      return entry;
    entry.catalog = content_.id;
    entry.id = read_catalog_id(json_, node.at("id"), content_.id, known_);
    entry.store = json_.word<ItemKind>(node.at("store"));
    entry.title = json_.optional_text(node.at("title"), kLongestText);
    entry.set_by = json_.optional_text(node.at("set_by"), kLongestText);
    read_forms(node.at("forms"), entry);
    read_passage(node, entry);
    read_scope(node.at("scope"), entry);
    entry.description = json_.text(node.at("description"), kLongestText);
    entry.category = judged<Category>(node.at("category"), entry.category_basis);
    entry.personal_data = judged<PersonalData>(node.at("personal_data"), entry.personal_data_basis);
    entry.value = read_value_spec(json_, node.at("value"), content_.variables);
    if (node.at("value").present()) entry.value_basis = read_judgement(json_, node.at("value"));
    if (node.at("retention").present()) read_retention(node.at("retention"), entry);
    read_deletion(node.at("deletion"), entry.deletion);
    if (!is_documented(entry) && entry.deletion.verdict != Verdict::undocumented)
      json_.problem(node.at("deletion").at("verdict"), "value",
                    R"("undocumented" where no form of the name is the document's)");
    if (node.at("erratum").present()) entry.erratum = read_erratum(json_, node.at("erratum"));
    if (node.at("observations").present()) read_observations(node.at("observations"), entry);
    if (node.at("examples").present()) entry.examples = read_examples(node.at("examples"), true);
    if (node.at("counter_examples").present())
      entry.counter_examples = read_examples(node.at("counter_examples"), false);
    return entry;
  }

 private:
  void read_forms(const StrictNode& node, Entry& entry) {
    json_.each(node, 1, kMostSmall,
               [this, &entry](const StrictNode& item) { entry.forms.push_back(read_form(item)); });
    if (entry.forms.empty()) entry.forms.emplace_back();
  }

  Form read_form(const StrictNode& node) {
    Form form;
    if (!json_.object(
            node, {"exact", "template", "distinctive", "basis", "section", "reason", "observed"}))
      return form;
    form.distinctive = json_.flag(node.at("distinctive"));
    form.basis = read_judgement(json_, node);
    if (form.basis.basis == Basis::interpretation && node.at("basis").present())
      json_.problem(node.at("basis"), "value", R"("document" or "observation")");
    const StrictNode exact = node.at("exact");
    const StrictNode pattern = node.at("template");
    if (exact.present() == pattern.present()) {
      json_.problem(node, "value", exact.present() ? "both keys" : "neither key",
                    R"(either "exact" or "template")");
      return form;
    }
    form.is_template = pattern.present();
    form.name = json_.text(form.is_template ? pattern : exact, kLongestName);
    TemplateProblem problem;
    if (form.is_template && !form.name.empty() &&
        !NamePattern::compile(form.name, content_.variables, problem))
      json_.problem(pattern, problem.rule, problem.expected);
    return form;
  }

  /// Where the document names the entry and what it says of it: both, or neither where the entry is
  /// only observed.
  void read_passage(const StrictNode& node, Entry& entry) {
    const bool documented = is_documented(entry);
    for (const std::string_view key : {"section", "documented_as"}) {
      if (!documented && node.at(key).present())
        json_.problem(node.at(key), "value",
                      "no such key where no form of the name is the document's");
    }
    if (!documented) return;
    entry.section = json_.text(node.at("section"), kLongestText);
    entry.documented_as = json_.text(node.at("documented_as"), kLongestText);
  }

  void read_scope(const StrictNode& node, Entry& entry) {
    if (!json_.object(node, {"hosts", "basis", "section", "reason", "observed"})) return;
    entry.hosts = read_hosts(json_, node.at("hosts"), !content_.vendor_hosts.empty());
    entry.scope_basis = read_judgement(json_, node);
  }

  void read_retention(const StrictNode& node, Entry& entry) {
    if (!json_.object(node, {"max_age_s", "basis", "section", "reason", "observed"})) return;
    entry.max_age_s = json_.integer(node.at("max_age_s"), 0, kLongestAge);
    entry.retention_basis = read_judgement(json_, node);
  }

  void read_deletion(const StrictNode& node, DeletionRule& rule) {
    if (!json_.object(node, {"verdict", "consequence", "loss", "basis", "section", "reason",
                             "observed", "effect_on_rights"}))
      return;
    rule.verdict = json_.word<Verdict>(node.at("verdict"));
    const StrictNode consequence = node.at("consequence");
    if (consequence.present() || rule.verdict == Verdict::allowed_with_consequence)
      rule.consequence = json_.text(consequence, kLongestText);
    rule.loss = json_.optional_text(node.at("loss"), kLongestText);
    rule.judgement = read_judgement(json_, node);
    rule.effect_on_rights = read_rights_effect(json_, node.at("effect_on_rights"));
  }

  void read_observations(const StrictNode& node, Entry& entry) {
    json_.each(node, 1, kMostSmall, [this, &entry](const StrictNode& item) {
      if (!json_.object(item, {"about", "observed"})) return;
      entry.observations.push_back(
          {json_.word<Observed>(item.at("about")), read_evidence(json_, item.at("observed"))});
    });
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
    if (!json_.object(node, {"is", "basis", "section", "reason", "observed"})) return E{};
    judgement = read_judgement(json_, node);
    return json_.word<E>(node.at("is"));
  }

  StrictReader& json_;
  const CatalogContent& content_;
  KnownIds& known_;
};

}  // namespace

std::vector<std::string> read_hosts(StrictReader& json, const StrictNode& node,
                                    bool has_vendor_hosts) {
  std::vector<std::string> hosts;
  json.each(node, 1, kMostSmall, [&](const StrictNode& host) {
    hosts.push_back(json.checked(
        host, kLongestText,
        [&](std::string_view text) {
          return HostScope::parse(text) || (has_vendor_hosts && text == kVendorHosts);
        },
        R"("*", "x.com", ".x.com", "*.x.com", or "@vendor" for the vendor's hosts)"));
  });
  return hosts;
}

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
