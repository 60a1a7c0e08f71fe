#pragma once

/// An invented report with something of everything that the text format can be asked to show, and
/// the catalog that it rests on.

#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "audit/cards.h"
#include "audit/count.h"
#include "audit/entries.h"
#include "crumbs/catalog.h"
#include "crumbs/render.h"
#include "support/sample_report.h"

namespace crumbs::test {

inline constexpr std::string_view kTextCatalog = R"json({
 "schema": "crumbs-catalog/1", "id": "jivochat", "version": "2026.1", "trust": "validated",
 "license": "Apache-2.0", "title": "JivoChat: chat widget and website",
 "document": {"title": "Policy", "publisher": "JivoChat", "effective_date": "2018-05-25",
  "sha256": "987cc0f2fc3501788cb04bfcf33dd4fc1594aa246b223e446d013037958a9297", "file": "p.txt"},
 "prefixes": ["jv_"],
 "variables": {"jivo_widget_id": {"pattern": "[A-Za-z0-9]{1,32}", "description": "The chat.",
  "joins": "widget"}},
 "statements": [],
 "entries": [ENTRIES]
})json";

inline std::string text_form(std::string_view kind, std::string_view name) {
  return fmt::format(
      R"json({{"{}": "{}", "distinctive": true, "basis": "document", "section": "Chat Widget"}})json",
      kind, name);
}

inline std::string text_entry(const std::string& id, const std::string& store,
                              const std::string& name, const std::string& documented,
                              const std::string& description) {
  return fmt::format(
      R"json({{"id": "jivochat/{}", "store": "{}", "title": "t", "forms": [{}],
 "scope": {{"hosts": ["*"], "basis": "interpretation", "reason": "r"}}, "section": "Chat Widget",
 "documented_as": "{}", "description": "{}",
 "category": {{"is": "performance", "basis": "interpretation", "reason": "r"}},
 "personal_data": {{"is": "none", "basis": "interpretation", "reason": "r"}},
 "value": {{"type": "opaque", "basis": "interpretation", "reason": "r"}},
 "deletion": {{"verdict": "allowed", "consequence": "c", "basis": "interpretation", "reason": "r"}},
 "examples": [], "counter_examples": []}})json",
      id, store, name, documented, description);
}

inline std::vector<Catalog> text_catalogs() {
  std::string text(kTextCatalog);
  const std::string entries =
      text_entry("widget/enter_ts", "cookie", text_form("exact", "enter_ts"),
                 "When the site was visited",
                 "The moment this browser first came to the site that carries the chat.") +
      "," +
      text_entry("widget/city", "cookie", text_form("exact", "city"), "City",
                 "Where the visitor seems to be.") +
      "," +
      text_entry("storage/client", "local_storage",
                 text_form("template", "jv_store_${jivo_widget_id}_client"), "Client information",
                 "What the chat keeps about the person between visits.");
  text.replace(text.find("ENTRIES"), 7, entries);
  std::vector<Catalog> all;
  all.push_back(Catalog::parse(text, "test.json"));
  return all;
}

inline Finding enter_ts(const std::string& host) {
  Finding finding = cookie("enter_ts", host, "example.com");
  document(finding, "jivochat/widget/enter_ts", ValueType::unix_time, "1795392001");
  finding.value.decoded = "2026-11-23T07:20:01Z";
  finding.value.personal_data = PersonalData::behaviour;
  finding.value.steps = {"unix_time: seconds, by magnitude"};
  finding.times.expires = at("2027-11-23T07:20:01.123456Z");
  finding.deletion.basis = Basis::document;
  finding.deletion.section = "Do I have to accept them?";
  finding.deletion.consequence = "nothing is lost for the visitor; the next visit counts as first.";
  return finding;
}

inline Finding client_store() {
  Finding finding = cookie("jv_store_AbC123xYz0_client", "", "example.com");
  document(finding, "jivochat/storage/client", ValueType::json, "");
  finding.kind = ItemKind::local_storage;
  finding.store = "chromium.local_storage";
  finding.origin = "https://code.jivosite.test";
  finding.path.clear();
  finding.partition = Partition{"https://shop.example.com", true, ""};
  finding.captured = {{"jivo_widget_id", "AbC123xYz0"}};
  finding.value.length = 512;
  finding.value.decoded = "object, 3 keys";
  finding.value.personal_data = PersonalData::contact;
  finding.value.fields = {
      {.pointer = "/client_info/email",
       .documented = true,
       .type = ValueType::email,
       .text = "z•••@•••.org",
       .personal_data = PersonalData::contact,
       .masked = true,
       .length = 23,
       .description = "The e-mail address this person gave.",
       .erratum = "the document says \"ID of the user\"; likely meant: its address"},
      {.pointer = "/client_info/phone", .documented = true, .present = false},
      {.pointer = "/nаme\u202e\n", .text = "••• (4 bytes)", .masked = true, .length = 4}};
  finding.deletion = {.verdict = Verdict::allowed_with_consequence,
                      .consequence = "the chat forgets who you are and asks again.",
                      .basis = Basis::interpretation,
                      .reason = "The store is where the chat finds it.",
                      .effect_on_rights = "removes_block_record"};
  return finding;
}

inline Finding drifting() {
  Finding finding = cookie("city", ".example.com", "example.com");
  document(finding, "jivochat/widget/city", ValueType::city,
           "東京都千代田区　Ｃafe\u0301 👩\u200d👧");
  finding.status = Status::drift;
  finding.attributes.session = true;
  finding.container = Container{6, "Bänking"};
  finding.card = "jivochat|example.com|container=6";
  finding.value.personal_data = PersonalData::location;
  finding.drift = {{"lifetime", "lives 31536000 s, documented are 86400 s"},
                   {"type", "is no city"}};
  finding.deletion.verdict = Verdict::retain;
  finding.deletion.consequence = "needed in court.";
  finding.deletion.holds = {{"hold-7", "dispute", "legal@example.com", "2027-01-01"}};
  return finding;
}

inline Finding undocumented(const std::string& name, const std::string& host) {
  Finding finding = cookie(name, host, "example.com");
  finding.status = Status::undocumented;
  finding.catalog = "jivochat";
  finding.card = "jivochat|example.com";
  finding.value.text = "••• (1234 bytes)";
  finding.value.masked = true;
  finding.value.length = 1234;
  return finding;
}

inline Finding locked() {
  Finding finding = undocumented("jv_locked", ".example.com");
  finding.value = {};
  finding.value.availability = Availability::unavailable;
  finding.value.reason = Unavailable::no_key;
  finding.value.encryption = "v11";
  finding.value.length = 48;
  return finding;
}

inline Finding uncertain(Status status, const std::string& name) {
  Finding finding = cookie(name, "www.example.net", "example.net");
  document(finding, "jivochat/widget/city", ValueType::city, "Ulm");
  finding.status = status;
  finding.runner_up = {{"other/city", "the two tie and disagree"}};
  return finding;
}

inline Finding unknown() {
  Finding finding = cookie("evil\x1b[31m\u202egpj.\xff\te\u0301", "evil.test", "evil.test");
  finding.path = "/a path";
  finding.value.bytes = std::string("\x00\x01\xff", 3);
  finding.value.length = 3;
  return finding;
}

inline Finding leftover() {
  Finding finding = enter_ts("old.example.com");
  finding.state = ItemState::deleted;
  finding.value.decoded.reset();
  finding.value.text = std::string(900, 'x');
  finding.value.length = 900;
  return finding;
}

inline std::vector<StoreResult> stores() {
  StoreResult cookies;
  cookies.id = "chromium.cookies";
  cookies.path = "Default/Cookies";
  cookies.schema = "24";
  cookies.status = StoreStatus::partial;
  cookies.items = 40;
  cookies.unknown = 7;
  cookies.residue = 1;
  cookies.note = "left over: the browser uses Network/Cookies";
  cookies.diagnostics = {{.code = "corrupt",
                          .message = "page 7 is damaged; 39 of 40 rows read",
                          .file = "Default/Cookies",
                          .row = 12},
                         {.code = "journal",
                          .message = "a journal was rolled back",
                          .severity = Diagnostic::Severity::note}};
  StoreResult storage;
  storage.id = "chromium.local_storage";
  storage.path = "Default/Local Storage/leveldb";
  storage.schema = "leveldb 1";
  storage.items = 1;
  StoreResult absent;
  absent.id = "chromium.dom_storage";
  absent.status = StoreStatus::absent;
  return {cookies, storage, absent};
}

/// What an audit with text_catalogs() tells of them.
inline void add_catalogs(Report& report) {
  const std::vector<Catalog> catalogs = text_catalogs();
  report.catalogs.clear();
  for (const Catalog& catalog : catalogs) report.catalogs.push_back(catalog_used(catalog));
  EntryIds named;
  add_named(report, named);
  report.entries = entries_of(catalogs, named);
  report.cards = cards_in(report, catalogs, joining_variables(catalogs));
}

inline std::vector<Tally> tallies_of(const std::vector<Finding>& findings) {
  TallyCounter counter;
  for (const Finding& finding : findings) counter.add(finding);
  return counter.tallies(text_catalogs(), {ItemKind::local_storage});  // see stores()
}

inline Report text_sample() {
  Report report = empty_report();
  report.complete = false;
  report.all = true;
  report.known_only = false;
  Profile profile = chromium_profile();
  profile.display_name = "Zoë 日本";
  profile.running = {true, "SingletonLock points to this machine, pid 12"};
  report.profiles = {{profile, stores()}};
  report.findings = {enter_ts(".example.com"),
                     enter_ts("shop.example.com"),
                     enter_ts("www.example.com"),
                     client_store(),
                     drifting(),
                     undocumented("jv_new", ".example.com"),
                     undocumented("jv_" + std::string(90, 'w'), ".example.com"),
                     locked(),
                     uncertain(Status::possible, "city"),
                     uncertain(Status::ambiguous, "city"),
                     unknown(),
                     leftover()};
  report.profiles[0].tallies = tallies_of(report.findings);
  report.absent = {{"jivochat/widget/city"}};
  report.summary = {41, 4, 1, 3, 1, 1, 7, 1, 1, 1, 1, 5, 2, 1};
  report.exit = {5,
                 {{.code = "corrupt",
                   .profile = "p1",
                   .store = "chromium.cookies",
                   .path = "Default/Cookies",
                   .message = "Default/Cookies (partial): page 7 is damaged; 39 of 40 rows read"}}};
  add_catalogs(report);
  return report;
}

inline Report firefox_nothing() {
  Report report = empty_report();
  Profile profile = chromium_profile();
  profile.browser = "firefox";
  profile.browser_name = "Firefox";
  profile.name = "default-release";
  report.profiles = {{profile, {}}};
  StoreResult cookies;
  cookies.id = "firefox.cookies";
  cookies.path = "cookies.sqlite";
  cookies.schema = "17";
  cookies.items = 12;
  cookies.unknown = 12;
  cookies.residue = 3;
  report.profiles[0].stores = {cookies};
  report.absent = {
      {"jivochat/widget/enter_ts"}, {"jivochat/widget/city"}, {"jivochat/storage/client"}};
  report.summary.items = 12;
  report.summary.unknown = 12;
  report.summary.residue = 3;
  report.summary.stores = 1;
  add_catalogs(report);
  return report;
}

inline std::string rendered(const Report& report, const RenderOptions& options) {
  std::ostringstream out;
  render(report, "text", options, out);
  return out.str();
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace crumbs::test
