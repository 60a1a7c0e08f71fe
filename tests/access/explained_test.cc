#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "access/explained.h"
#include "access/explained_sentences.h"
#include "render/plain_words.h"
#include "support/catalogs.h"
#include "support/hostile_report.h"
#include "support/html_pages.h"
#include "support/made_profile.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {

AccessRequest request() {
  return {.id = "2026-17", .subject = "subject 12", .controller = {}};
}

std::string explained(const Report& report, std::span<const Catalog> catalogs = {},
                      const AccessRequest& asked = request()) {
  std::ostringstream out;
  render_explained(report, asked, catalogs, out);
  return out.str();
}

std::vector<Catalog> jivochat() {
  std::vector<Catalog> catalogs;
  catalogs.push_back(test::jivochat());
  return catalogs;
}

bool has(std::string_view page, std::string_view what) {
  return page.find(what) != std::string_view::npos;
}

/// What a person reads: the page without its tags, one blank for any white space.
std::string read_aloud(std::string page) {
  page.erase(0, page.find("<body>"));
  page = std::regex_replace(page, std::regex("</?(span|strong|code|small|a)( [^>]*)?>"), "");
  page = std::regex_replace(page, std::regex("<[^>]*>"), " ");
  page = std::regex_replace(page, std::regex("[ \n]+"), " ");
  for (const auto& [entity, character] :
       {std::pair("&#39;", "'"), {"&quot;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
    page = std::regex_replace(page, std::regex(entity), character);
  return page;
}

/// What is read of the item of that name and place, up to the next one.
std::string item(const std::string& words, const std::string& kept_for) {
  const std::size_t from = words.find(kept_for);
  REQUIRE(from != std::string::npos);
  return words.substr(from, words.find("Where that comes from", from) - from);
}

const Time kNow = test::at("2026-11-23T10:00:00Z");

TEST_CASE("items of a real profile of Chromium are told in sentences") {
  const std::string page = explained(test::audit_of("chromium-156-leveldb", "full"), jivochat());
  const std::string words = read_aloud(page);
  CHECK(has(words, "Was anything found? Yes: 72 items are listed here."));
  CHECK(has(words, "JivoChat on example.com, widget AbC123xYz0: 18 items;"));
  const std::string close = item(words, "A cookie of shop.example.com, named close_time.");
  CHECK(has(close,
            "What it is The moment the visitor closed the chat window. It serves to make the site "
            "work better for its visitors (functionality, our reading)."));
  CHECK(has(close,
            "What it says It holds a moment: 23 November 2026 at 00:18:15 UTC, 24 hours before "
            "this page was made. It is about what you did. (our reading: A moment of the visit: "
            "it tells when this browser was where.) Stored as 1795393095: the number of seconds "
            "since the start of 1970, as its size shows."));
  CHECK(has(close,
            "Since when It was set on 23 November 2026 at 00:48:01 UTC, 23 hours before this page "
            "was made. Until when Until 22 May 2027 at 00:48:01 UTC, 6 months after this page was "
            "made."));
  CHECK(has(close,
            "May it be deleted? Yes, but something is lost. The chat forgets that it was closed "
            "and may open again by itself. (our reading, section “Do I have to accept them?”)"));
  CHECK(has(item(words, "named city."),
            "It holds a place: Köln. It is about where you are. (our reading: A place the visitor "
            "appears to be at, near enough to tell visitors apart.) Stored as K%C3%B6ln: written "
            "with percent signs, as in web addresses."));
  CHECK(has(words,
            "Perhaps: Number of visits to the site A cookie of accounts.google.com, named "
            "visits_count. What it is It is not certain that this is of JivoChat"));
  CHECK(has(words, "May it be deleted? If it is what it seems: Yes."));
  CHECK(has(item(words, "A cookie of www.jivochat.com, named jv_debug_flag."),
            "Its name or place is one that JivoChat uses, but the document of JivoChat does not "
            "describe it."));
  const std::string gone = item(words, "Local storage of https://www.jivochat.com, named gone.");
  CHECK(has(gone, "Only the note that it was removed is left, with its name"));
  CHECK(has(gone, "What became of it This was removed. Since when"));
}

TEST_CASE("a record is told part by part") {
  const std::string page = explained(test::audit_of("chromium-156-leveldb", "full"), jivochat());
  const std::string words = read_aloud(page);
  const std::string client =
      item(words, "Local storage of https://shop.example.com, named jv_store_AbC123xYz0_client.");
  CHECK(has(client,
            "The name this person gave: Zoë Müller. (who you are and how you can be reached)"));
  CHECK(has(client,
            "Whether this person was banned from the chat: no. (what you did) Deleting it also "
            "removes the record of whether you were banned."));
  CHECK(has(client, "“undocumented_flag” (the document does not mention it): 1."));
  CHECK(has(client,
            "It never expires by itself: it stays until you, the site or the browser "
            "deletes it."));
  const std::string messages =
      item(words, "Local storage of https://shop.example.com, named jv_Qx7fR_AbC123xYz0.");
  CHECK(has(messages,
            "Record 1: When the message was sent: 23 November 2026 at 00:17:20 UTC. (what you did) "
            "What the message says: Hello, where is my order #551?. (what you wrote or were sent) "
            "A mistake: the document says \"ID of the user\"; likely meant: the text of the "
            "message."));
  CHECK(has(messages, "Record 2: When the message was sent: 23 November 2026 at 00:17:35 UTC."));
  CHECK(has(messages, "its part /created_ts is the number of seconds since the start of 1970"));
  CHECK(has(messages, "The newest time inside it is 24 hours old."));
}

TEST_CASE("items of a real profile of Firefox are told in sentences") {
  const Report report = test::audit_of("firefox-153", "full");
  const std::string words = read_aloud(explained(report, jivochat()));
  CHECK(has(words, fmt::format("Yes: {} items are listed here.", report.findings.size())));
  CHECK(has(words, "JivoChat on example.com, container 6 "));
  CHECK(has(words, "kept apart for visits to https://example.com"));
  CHECK(has(words, "Until the browser is closed."));
}

TEST_CASE("the page says what the document calls an item, and what it does not name") {
  test::MadeProfile profile;
  profile.add("shop.example.com", "jv_close_time_108801", "1795393095000");
  profile.add("shop.example.com", "JivoSiteLoaded", "1");
  const std::string words = read_aloud(explained(profile.audit(), jivochat()));
  CHECK(has(words, "JivoChat on example.com, widget 108801: 2 items;"));
  CHECK(has(item(words, "named jv_close_time_108801."), "The document calls it close_time."));
  const std::string other = item(words, "named JivoSiteLoaded.");
  CHECK(has(other, "The document of JivoChat does not name it. As it was publicly seen: Set by"));
  CHECK(has(other, "It is set by a community snippet, not the vendor."));
}

TEST_CASE("no type of a value is without a sentence") {
  std::set<std::string> sentences;
  const auto last = static_cast<int>(ValueType::json_array);
  for (int i = 0; i <= last; ++i) {
    Finding finding = test::cookie("x", "a.example.com", "example.com");
    test::document(finding, "acme/x", static_cast<ValueType>(i), "stored");
    CAPTURE(to_string(finding.value.type));
    finding.value.decoded = "decoded";
    finding.value.personal_data = PersonalData::contact;
    const std::string sentence = plain(says(finding, kNow));
    CHECK(sentence.starts_with("It holds "));
    CHECK(has(sentence, "decoded"));
    CHECK(has(sentence, plain_type(finding.value.type)));
    CHECK(sentence.ends_with("."));
    CHECK(sentences.insert(sentence).second);
    finding.value.masked = true;
    CHECK(has(plain(says(finding, kNow)), plain_type(finding.value.type)));
  }
}

TEST_CASE("values that are missing are told why, and empty ones that they are empty") {
  Finding finding = test::cookie("x", "a.example.com", "example.com");
  test::document(finding, "acme/x", ValueType::text, "");
  CHECK(plain(says(finding, kNow)) == "It is empty.");
  finding.value.availability = Availability::unavailable;
  finding.value.text.reset();
  std::set<std::string> sentences;
  for (int i = 0; i <= static_cast<int>(Unavailable::removed); ++i) {
    finding.value.reason = static_cast<Unavailable>(i);
    CHECK(sentences.insert(plain(says(finding, kNow))).second);
  }
  finding.value.availability = Availability::doubtful;
  finding.value.reason = Unavailable::host_hash_missing;
  CHECK(plain(says(finding, kNow)) ==
        "It is empty. It lacks the mark that the browser puts on what it stores, so that another "
        "program may have written it.");
  finding.value = {};
  finding.value.masked = true;
  finding.value.length = 9;
  CHECK(plain(says(finding, kNow)) ==
        "It holds a value whose meaning nobody has documented, which is not shown here (9 bytes).");
}

TEST_CASE("what may be deleted says what is lost, and what stands against it") {
  Finding finding = test::cookie("x", "a.example.com", "example.com");
  test::document(finding, "acme/x", ValueType::text, "a");
  finding.deletion = {.verdict = Verdict::allowed_with_consequence,
                      .consequence = "The chat forgets you",
                      .basis = Basis::document,
                      .section = "3",
                      .effect_on_rights = "removes_opt_out"};
  CHECK(plain(may_delete(finding)) ==
        "Yes, but something is lost. The chat forgets you. Deleting it also removes the record "
        "that you opted out, so that what you refused may begin again. (the document says, section "
        "“3”)");
  finding.deletion = {.verdict = Verdict::retain, .reason = "The law says so"};
  CHECK(plain(may_delete(finding)) == "No, it is to be kept. The law says so.");
  finding.deletion.verdict = Verdict::allowed;
  finding.deletion.holds = {{.id = "h", .reason = "a case", .owner = "Legal", .until = "2027"}};
  CHECK(has(plain(may_delete(finding)), "Not now. Legal wants it kept until 2027: a case."));
  finding.deletion = {.verdict = Verdict::undocumented};
  CHECK(has(plain(may_delete(finding)), "Not known: no document says what depends on it."));
}

TEST_CASE("an incomplete report says so in a box, before anything else") {
  const std::string page = explained(test::full_report());
  const std::size_t box = page.find("This answer is incomplete</h2>");
  CHECK(box < page.find("The short answer</h2>"));
  const std::string words = read_aloud(page);
  const std::size_t named = words.find("Cookies in Default/Cookies: Could read only a part of it");
  CHECK(named < words.find("Was anything found?"));
  CHECK(words.find("Default/Cookies: the content of 1 item. It is encrypted, and the key that was "
                   "given does not open it.") < words.find("Was anything found?"));
  CHECK(has(words, "There may be more: not everything could be read."));
  CHECK_FALSE(has(explained(test::empty_report()), "This answer is incomplete"));
}

TEST_CASE("an empty answer confirms where was looked, and nothing that was not") {
  Report report = test::empty_report();
  report.profiles = {{test::chromium_profile(),
                      {{.id = "chromium.cookies", .path = "Default/Cookies"},
                       {.id = "chromium.dom_storage", .status = StoreStatus::absent}}}};
  report.summary.stores = 1;
  std::string words = read_aloud(explained(report));
  CHECK(has(words, "Was anything found? No: nothing was found in the places that were looked at."));
  CHECK(has(words, "Cookies in Default/Cookies Looked here and found nothing."));
  CHECK(has(words, "Local storage (chromium.dom_storage) Looked for it: this profile has none."));
  report.complete = false;
  report.profiles[0].stores[0].status = StoreStatus::failed;
  words = read_aloud(explained(report));
  CHECK(has(words,
            "Was anything found? Not known: nothing was found, but not everything could be "
            "read, so this confirms nothing."));
  CHECK_FALSE(has(words, "No: nothing"));
}

TEST_CASE("what the document says besides is sorted by whether a device shows it") {
  const std::string words =
      read_aloud(explained(test::audit_of("chromium-156-leveldb", "masked"), jivochat()));
  const std::size_t hidden = words.find("What cannot be seen on a device");
  CHECK(words.find("JivoChat published it, in force from 25 May 2018.") < hidden);
  CHECK(words.find("Cookies serve to measure") < hidden);
  CHECK(words.find("Invisible page tags") > hidden);
  CHECK(words.find("Servers log browser types") > hidden);
  CHECK_FALSE(has(explained(test::empty_report(), jivochat()), "What the document says besides"));
}

TEST_CASE("a masked report makes a page without any masked value") {
  const Report full = test::audit_of("chromium-156-leveldb", "full");
  const Report masked = test::audit_of("chromium-156-leveldb", "masked");
  const Report none = test::audit_of("chromium-156-leveldb", "none");
  const std::string open = read_aloud(explained(full, jivochat()));
  const std::string page = read_aloud(explained(masked, jivochat()));
  const std::string bare = read_aloud(explained(none, jivochat()));
  for (const char* value : {"Zoë Müller", "zoe.mueller@example.org", "Köln", "49 30 1234567",
                            "Hello, where is my order", "deadbeefcafe", "campaign=spring"}) {
    CAPTURE(value);
    CHECK(has(open, value));
    CHECK_FALSE(has(page, value));
    CHECK_FALSE(has(bare, value));
  }
  CHECK(has(page, "The e-mail address this person gave, hidden here: z•••@•••.org."));
  CHECK(has(page, "It holds a place, hidden here: ••• (9 bytes)."));
  CHECK(has(page, "It holds a moment: 23 November 2026 at 00:18:15 UTC"));
  CHECK_FALSE(has(bare, "00:18:15 UTC"));
  CHECK(has(bare, "It holds a moment, which is not shown here (10 bytes)."));
}

Report hostile(const std::string& text) {
  Report report = test::full_report();
  report.exit.reasons = {{.code = "corrupt", .message = text}};
  report.selection = report.tool_version = report.catalogs[0].title = text;
  report.profiles[0].profile.name = report.profiles[0].profile.browser_name = text;
  report.profiles[0].profile.running = {.running = true, .evidence = text};
  StoreResult& store = report.profiles[0].stores[0];
  store.path = store.note = text;
  store.files = {{.path = text, .bytes = 1, .sha256 = text}};
  store.diagnostics = {{.code = text, .message = text, .file = text}};
  Finding& one = report.findings[0];
  one.name = one.host = one.origin = one.site = one.path = one.id = text;
  one.partition = Partition{.top_level_site = text, .raw = text};
  one.container = Container{.id = 1, .name = text};
  one.value.availability = Availability::plain;
  one.value.reason.reset();
  one.value.text = text;
  one.value.decoded = "other " + text;
  one.value.steps = {text};
  one.value.fields = {{.pointer = text, .text = text, .description = text, .erratum = text}};
  one.drift = {{.rule = text, .message = text}};
  one.notes = {text};
  one.deletion.consequence = one.deletion.section = one.deletion.reason = text;
  one.deletion.effect_on_rights = text;
  one.deletion.holds = {{.id = text, .reason = text, .owner = text, .until = text}};
  one.runner_up = {{.entry = text, .reason = text}};
  one.form = MatchedForm{text, Basis::observation, text, text};
  one.locator = {.file = text, .table = text, .pointer = text};
  report.entries = {test::hostile_entry(text)};
  report.entries[0].id = one.entry;
  report.findings.push_back(one);
  report.findings[1].status = Status::documented;
  report.findings[1].state = ItemState::current;
  report.findings[1].captured = {{"x_id", text}};
  report.findings[1].value.type = ValueType::text;
  return report;
}

TEST_CASE("no text of a profile or of a controller becomes markup, wherever it stands") {
  const auto page = [](const std::string& text) {
    const AccessRequest asked{.id = text,
                              .subject = text,
                              .controller = Controller{.name = text,
                                                       .contact = text,
                                                       .data_protection_contact = text,
                                                       .recipients = {text},
                                                       .rights = text}};
    return explained(hostile(text), {}, asked);
  };
  const std::string safe = test::skeleton(page("plain"));
  CHECK(safe.size() > 2000);
  for (const char* text : test::kHostile) {
    CAPTURE(text);
    CHECK(test::skeleton(page(text)) == safe);
  }
  const std::string invisible = page("a\x1b[31m\u202Eb\x07");
  for (const char* character : {"\x1b", "\u202E", "\x07"}) CHECK_FALSE(has(invisible, character));
}

TEST_CASE("the page loads nothing, runs nothing and has its headings in order") {
  const std::string page = explained(test::audit_of("firefox-153", "full"), jivochat());
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  CHECK(has(page, "default-src &#39;none&#39;") != has(page, "default-src 'none'"));
  for (const char* never : {"<script", "<img", "<link", "src=", "http-equiv=\"refresh\""})
    CHECK_FALSE(has(page, never));
  int level = 0;
  std::size_t first = 0;
  const std::regex heading("<h([1-6])[ >]");
  for (std::sregex_iterator at(page.begin(), page.end(), heading), end; at != end; ++at) {
    const int next = std::stoi((*at)[1]);
    CHECK(next <= level + 1);
    if (next == 1) ++first;
    level = next;
  }
  CHECK(first == 1);
  for (const char* landmark : {"<header>", "<nav aria-label", "<main>", "</main>", "<footer>"})
    CHECK(has(page, landmark));
}

}  // namespace
}  // namespace crumbs
