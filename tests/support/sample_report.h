#pragma once

/// Invented reports for the tests of formats.

#include <string>
#include <utility>

#include "crumbs/report.h"

namespace crumbs::test {

inline Time at(std::string_view iso) {
  return parse_iso8601(iso).value();
}

inline Finding cookie(std::string name, std::string host, std::string site) {
  Finding finding;
  finding.id = "f-" + name;
  finding.profile = "p1";
  finding.store = "chromium.cookies";
  finding.kind = ItemKind::cookie;
  finding.name = std::move(name);
  finding.host = std::move(host);
  finding.site = std::move(site);
  finding.path = "/";
  finding.locator = {.file = "Default/Cookies", .table = "cookies", .row = 12};
  return finding;
}

inline void document(Finding& finding, std::string entry, ValueType type, std::string text) {
  finding.status = Status::documented;
  finding.entry = std::move(entry);
  finding.catalog = "jivochat";
  finding.card = "jivochat|" + finding.site;
  finding.value.type = type;
  finding.value.length = text.size();
  finding.value.text = std::move(text);
  finding.value.personal_data = PersonalData::none;
  finding.deletion = {.verdict = Verdict::allowed, .basis = Basis::interpretation};
}

inline Profile chromium_profile() {
  Profile profile;
  profile.id = "p1";
  profile.browser = "chromium";
  profile.browser_name = "Chromium";
  profile.name = "Default";
  profile.path = "/home/ada/.config/chromium/Default";
  return profile;
}

inline Report empty_report() {
  Report report;
  report.tool_version = "0.1.0";
  report.created = at("2026-11-23T10:00:00Z");
  return report;
}

/// With another number in each place.
inline SiteCounts full_site(std::string site) {
  return {.site = std::move(site),
          .documented = 51,
          .drift = 52,
          .possible = 53,
          .ambiguous = 54,
          .undocumented = 55,
          .personal = 56};
}

/// With another number in each place.
inline Tally full_tally() {
  return {.catalog = "jivochat",
          .sites = {"example.com", "example.net"},
          .possible_sites = {"example.org"},
          .by_site = {full_site("example.com"), full_site("example.org")},
          .documented = 21,
          .drift = 22,
          .possible = 23,
          .ambiguous = 24,
          .undocumented = 25,
          .observed = 26,
          .unavailable = 27,
          .doubtful = 28,
          .personal = 29,
          .personal_data = {{PersonalData::contact, 30}, {PersonalData::unknown, 31}},
          .verdicts = {{Verdict::allowed, 32}, {Verdict::retain, 33}},
          .bases = {{Basis::document, 34}, {Basis::observation, 35}},
          .undoes_choice = 36,
          .lifetimes = {.never_expires = 37,
                        .session = 38,
                        .limited = 39,
                        .over_13_months = 40,
                        .longest_s = 41},
          .undocumented_fields = 42,
          .undocumented_keys = 43,
          .with_undocumented_fields = 44,
          .names_found = 45,
          .names_documented = 46,
          .names_absent = 47,
          .same_values = {{.token = "B", .type = ValueType::email, .items = 48, .sites = 49}}};
}

/// A judgement of the document, with what the two other kinds have as well.
inline Judgement full_judgement(std::string section) {
  return {.basis = Basis::document,
          .section = std::move(section),
          .reason = "as the passage is read here",
          .observed = Evidence{.what = "names of cookies",
                               .source = "public code",
                               .count = 19,
                               .unit = "installations",
                               .from = 2015,
                               .to = 2020}};
}

/// An entry as a report has it: without examples.
inline Entry full_entry(std::string id) {
  Entry entry;
  entry.id = std::move(id);
  entry.catalog = "jivochat";
  entry.store = ItemKind::local_storage;
  entry.title = "start of the visit";
  entry.forms = {{.is_template = true,
                  .name = "jv_enter_ts_${id}",
                  .basis = full_judgement("Chat Widget"),
                  .distinctive = false},
                 {.name = "enter_ts", .basis = {.basis = Basis::observation}}};
  entry.set_by = "the site";
  entry.hosts = {"*", ".jivochat.com"};
  entry.scope_basis = full_judgement("Hosts");
  entry.section = "Chat Widget";
  entry.documented_as = "Time of entry";
  entry.description = "When the visit began.";
  entry.category = Category::targeting;
  entry.category_basis = full_judgement("Categories");
  entry.personal_data = PersonalData::behaviour;
  entry.personal_data_basis = full_judgement("Personal data");
  entry.value = {.type = ValueType::json,
                 .percent_decode = true,
                 .allow_empty = true,
                 .enumeration = {"yes", "no"},
                 .fields = {{.pointer = "/a~1b",
                             .title = "e-mail",
                             .type = ValueType::email,
                             .reading = "the document gives none",
                             .personal_data = PersonalData::contact,
                             .description = "The visitor's address.",
                             .erratum = Erratum{.says = "ID", .likely = "e-mail"},
                             .effect_on_rights = "removes_block_record",
                             .same_as = "id"}},
                 .same_as = "jivo_visitor_id"};
  entry.value_basis = full_judgement("Values");
  entry.max_age_s = 31'536'000;
  entry.retention_basis = full_judgement("Retention");
  entry.deletion = {.verdict = Verdict::allowed_with_consequence,
                    .consequence = "The visit is counted anew.",
                    .loss = "a new visit",
                    .judgement = full_judgement("Do I have to accept them?"),
                    .effect_on_rights = "removes_opt_out"};
  entry.erratum = Erratum{.says = "enter_st", .likely = "enter_ts"};
  entry.observations = {
      {.about = Observed::lifetime,
       .evidence = {.what = "a year", .source = "a list", .count = 1, .unit = "project"}}};
  return entry;
}

/// Every field of every type holds something other than its default.
inline Report full_report() {
  Report report = empty_report();
  report.created = at("2026-11-23T10:00:00.123456Z");
  report.complete = false;
  report.values = ValuesMode::full;
  report.digest_key = "0011223344556677";
  report.all = true;
  report.known_only = false;
  report.selection = "--vendor jivochat";
  report.labels = {{"device", "pc12"}, {"user", "Zoë"}};
  report.catalogs = {{.id = "jivochat",
                      .version = "1.2.0",
                      .sha256 = "ab12",
                      .title = "JivoChat",
                      .document = {.title = "Policy",
                                   .publisher = "JivoSite",
                                   .effective_date = "2018-05-25",
                                   .sha256 = "9f8e",
                                   .file = "p\xfflicy.txt"},
                      .names_documented = 60,
                      .errata = 61,
                      .states_lifetimes = true}};

  report.entries = {full_entry("jivochat/widget/enter_ts"), full_entry("jivochat/widget/city")};

  Profile profile = chromium_profile();
  profile.display_name = "Ada";
  profile.engine = Engine::firefox;
  profile.path = "/home/ada/caf\xe9";  // Latin-1: a path is bytes
  profile.user_data_dir = "/home/ada/.config/chromium";
  profile.system = "linux";
  profile.packaging = "snap";
  profile.running = {.running = true, .evidence = "lock held by pid 12"};
  profile.archived = true;
  profile.only_store = "Network/Cookies";
  report.profiles = {{profile, {}}};

  StoreResult store;
  store.id = "chromium.cookies";
  store.path = "Default/Cookies";
  store.schema = "24";
  store.status = StoreStatus::partial;
  store.items = 40;
  store.unknown = 7;
  store.residue = 2;
  store.note = "left over";
  store.files = {{.path = "Default/Cookies", .bytes = 4096, .sha256 = "cd34"}};
  store.diagnostics = {{.code = "corrupt",
                        .message = "page 7 is damaged",
                        .file = "Default/Cookies",
                        .severity = Diagnostic::Severity::note,
                        .row = 12,
                        .offset = 28672}};
  report.profiles[0].stores = {store};
  report.profiles[0].tallies = {full_tally()};
  report.profiles[0].also_there = {
      {.path = "Network/Device Bound Sessions", .holds = "sessions bound to this device"}};
  report.notes = {{.code = "search_bound",
                   .message = "5 directories were not searched",
                   .file = "/home/ada/z\xfc",
                   .severity = Diagnostic::Severity::note}};
  report.missing = {{.path = "/home/ada/.mozilla/firefox/z\xfc",
                     .browser = "firefox",
                     .name = "Zed",
                     .named_by = "/home/ada/.mozilla/firefox/profiles.ini",
                     .reason = MissingReason::dangling_link,
                     .target = "/mnt/\xfc",
                     .message = "/home/ada/.mozilla/firefox/z: nothing is there"}};

  Finding finding = cookie("nam\xff\"\n", ".example.com", "example.com");
  finding.fingerprint = "00112233445566778899aabbccddeeff";
  finding.kind = ItemKind::local_storage;
  finding.origin = "https://example.com";
  finding.path = "/shop";
  finding.partition = Partition{
      .top_level_site = "https://example.org", .cross_site_ancestor = true, .raw = "(https,x)"};
  finding.container = Container{.id = 6, .name = "Bänk"};
  finding.state = ItemState::superseded;
  finding.status = Status::ambiguous;
  finding.entry = "jivochat/widget/enter_ts";
  finding.catalog = "jivochat";
  finding.category = Category::targeting;
  finding.captured = {{"jivo_visitor_id", "42"}};
  finding.runner_up = {{.entry = "other/x", .reason = "fewer literal bytes"}};
  finding.form = MatchedForm{"jv_x_${id}", Basis::observation, "x", "cookies, in 2 sites"};
  finding.card = "jivochat|example.com|42";
  finding.value = {.availability = Availability::unavailable,
                   .reason = Unavailable::wrong_key,
                   .encryption = "v11",
                   .text = "a\xed\xa0\xbd b",  // WTF-8: a lone surrogate
                   .bytes = std::string("\x00\xff", 2),
                   .length = 18'446'744'073'709'551'615U,
                   .type = ValueType::json,
                   .decoded = "JSON",
                   .steps = {"percent_decode", "json"},
                   .token = "0123456789abcdef",
                   .same_as = "f0",
                   .personal_data = PersonalData::contact,
                   .fields = {{.pointer = "/a~1b",
                               .documented = true,
                               .present = false,
                               .type = ValueType::email,
                               .text = "z•••@•••.org",
                               .personal_data = PersonalData::contact,
                               .masked = true,
                               .token = "fedcba9876543210",
                               .length = 23,
                               .description = "address",
                               .erratum = "ID of the user"}},
                   .elements = 2,
                   .oldest = at("2026-11-01T00:00:00Z"),
                   .newest = at("2026-11-02T00:00:00.500Z"),
                   .keyed_digest = "ef56"};
  finding.name_masked = true;
  finding.name_keyed_digest = "ab78";
  finding.attributes = {.secure = true,
                        .http_only = false,
                        .session = false,
                        .partitioned = true,
                        .host_only = false,
                        .same_site = "lax",
                        .priority = "medium",
                        .source_scheme = "secure",
                        .source_port = -1,
                        .source_type = "http",
                        .origin_attributes = {{"privateBrowsingId", "1"}}};
  finding.times = {.created = at("2026-11-01T00:00:00Z"),
                   .accessed = at("2026-11-02T00:00:00.500Z"),
                   .updated = at("2026-11-03T00:00:00.000001Z"),
                   .expires = at("+10000-01-01T00:00:00Z")};
  finding.drift = {{.rule = "type", .message = "is no time"}};
  finding.notes = {"has no expiry", "a second remark"};
  finding.deletion = {.verdict = Verdict::retain,
                      .consequence = "the chat forgets you",
                      .basis = Basis::document,
                      .section = "section 3",
                      .reason = "says so",
                      .effect_on_rights = "removes_opt_out",
                      .holds = {{.id = "h1", .reason = "case", .owner = "legal", .until = "2027"}}};
  finding.locator = {.file = "Default/Cookies",
                     .table = "cookies",
                     .row = -5,
                     .pointer = "/windows/0",
                     .offset = 64,
                     .sequence = 9};
  report.findings = {finding};
  report.cards = {{.profile = "p1",
                   .id = "jivochat|example.com|42",
                   .catalog = "jivochat",
                   .site = "example.com",
                   .own_site = true,
                   .container = Container{.id = 6, .name = "Bänk"},
                   .context = "container 6 Bänk",
                   .ids = {{.word = "widget", .value = "4\xff"}}}};
  report.absent = {{.entry = "jivochat/widget/city"}};
  report.summary = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  report.summary.personal_data = {{PersonalData::location, 57}};
  report.summary.verdicts = {{Verdict::undocumented, 58}};
  report.summary.bases = {{Basis::interpretation, 59}};
  report.summary.lifetimes = full_tally().lifetimes;
  report.summary.by_site = {full_site("example.net")};
  report.summary.selected = {.items = 61,
                             .documented = 62,
                             .drift = 63,
                             .undocumented = 64,
                             .possible = 65,
                             .ambiguous = 66,
                             .unknown = 67,
                             .residue = 68,
                             .unavailable = 69,
                             .personal = 70,
                             .verdicts = {{Verdict::allowed_with_consequence, 71}}};
  report.exit = {.code = 5,
                 .reasons = {{.code = "corrupt",
                              .profile = "p1",
                              .store = "chromium.cookies",
                              .path = "Default/C\xff",
                              .message = "Default/Cookies (partial): page 7 is damaged",
                              .hint = "another copy"}}};
  return report;
}

}  // namespace crumbs::test
