#pragma once

/// A report that holds one text in every place that a profile, or whoever made a saved report, can
/// fill.

#include <string>

#include "support/sample_report.h"

namespace crumbs::test {

inline StoreResult hostile_store(const std::string& text) {
  StoreResult store;
  store.id = store.path = store.schema = store.note = text;
  store.status = StoreStatus::partial;
  store.files = {{.path = text, .bytes = 1, .sha256 = text}};
  store.diagnostics = {{.code = text, .message = text, .file = text}};
  return store;
}

inline Profile hostile_profile(const std::string& text) {
  Profile profile;
  profile.id = "p1";
  profile.browser = profile.browser_name = profile.name = profile.display_name = text;
  profile.path = profile.user_data_dir = text;
  profile.system = profile.packaging = text;
  profile.only_store = text;
  profile.running = {.running = true, .evidence = text};
  return profile;
}

inline FindingValue hostile_value(const std::string& text) {
  FindingValue value;
  value.encryption = text;
  value.text = text;
  value.decoded = "decoded " + text;
  value.length = 7;
  value.type = ValueType::text;
  value.steps = {text};
  value.personal_data = PersonalData::content;
  value.fields = {
      {.pointer = text, .documented = true, .text = text, .description = text, .erratum = text},
      {.pointer = "/" + text, .text = text}};
  return value;
}

inline Finding hostile_finding(const std::string& text, ItemKind kind) {
  Finding finding;
  finding.id = finding.store = text;
  finding.profile = "p1";
  finding.kind = kind;
  finding.name = finding.site = finding.path = text;
  (kind == ItemKind::cookie ? finding.host : finding.origin) = text;
  finding.partition = Partition{.top_level_site = text, .cross_site_ancestor = true, .raw = text};
  finding.container = Container{.id = 6, .name = text};
  finding.status = Status::drift;
  finding.entry = finding.catalog = finding.card = text;
  finding.captured = {{kind == ItemKind::cookie ? "x_id" : text, text}};
  finding.runner_up = {{.entry = text, .reason = text}};
  finding.form = MatchedForm{text, Basis::observation, text, text};
  finding.value = hostile_value(text);
  Attributes& attributes = finding.attributes;
  attributes.same_site = attributes.priority = text;
  attributes.source_scheme = attributes.source_type = text;
  attributes.origin_attributes = {{text, text}};
  finding.drift = {{.rule = text, .message = text}};
  finding.notes = {text};
  finding.deletion = {.verdict = Verdict::retain,
                      .consequence = text,
                      .basis = Basis::document,
                      .section = text,
                      .reason = text,
                      .effect_on_rights = text,
                      .holds = {{.id = text, .reason = text, .owner = text, .until = text}}};
  finding.locator = {.file = text, .table = text, .row = -5, .pointer = text};
  return finding;
}

inline Entry hostile_entry(const std::string& text) {
  Entry entry = full_entry(text);
  entry.catalog = entry.title = entry.set_by = entry.section = entry.documented_as = text;
  entry.description = entry.deletion.loss = entry.deletion.consequence = text;
  entry.deletion.judgement = entry.category_basis = full_judgement(text);
  entry.forms = {{.name = text, .basis = full_judgement(text)}};
  entry.value.fields.front().title = entry.value.fields.front().description = text;
  entry.erratum = Erratum{.says = text, .likely = text};
  return entry;
}

inline CardUsed hostile_card(const std::string& text) {
  return {.profile = "p1",
          .id = text,
          .catalog = text,
          .site = text,
          .own_site = true,
          .container = Container{.id = 6, .name = text},
          .context = text,
          .ids = {{.word = text, .value = text}}};
}

/// One documented cookie, one item of local storage that drifts, an incomplete store.
inline Report hostile_report(const std::string& text) {
  Report report;
  report.tool_version = report.selection = text;
  report.created = at("2026-11-23T10:00:00Z");
  report.complete = false;
  report.values = ValuesMode::full;
  report.catalogs = {
      {.id = text,
       .version = text,
       .sha256 = text,
       .title = text,
       .document =
           {.title = text, .publisher = text, .effective_date = text, .sha256 = text, .file = text},
       .names_documented = 1,
       .errata = 1}};
  report.labels = {{text, text}};
  report.entries = {hostile_entry(text)};
  report.cards = {hostile_card(text)};
  report.profiles = {{.profile = hostile_profile(text),
                      .stores = {hostile_store(text)},
                      .tallies = {{.catalog = text,
                                   .sites = {text},
                                   .possible_sites = {text},
                                   .by_site = {full_site(text)},
                                   .documented = 1,
                                   .possible = 1}},
                      .also_there = {{text, text}}}};
  report.notes = {{.code = text, .message = text, .file = text}};
  report.missing = {{.path = text,
                     .browser = text,
                     .name = text,
                     .named_by = text,
                     .target = text,
                     .message = text}};
  report.findings = {hostile_finding(text, ItemKind::cookie),
                     hostile_finding(text, ItemKind::local_storage)};
  report.absent = {{.entry = text}};
  report.summary.selected = {.items = 2, .documented = 1, .drift = 1};
  report.exit = {.code = 5, .reasons = {{.code = "corrupt", .message = text}}};
  return report;
}

}  // namespace crumbs::test
