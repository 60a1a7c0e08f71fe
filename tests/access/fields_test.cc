#include "access/fields.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "support/catalogs.h"
#include "support/html_pages.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {

std::vector<AccessField> fields_of(const Report& report, const AccessRequest& request = {}) {
  return access_fields(report, request);
}

const AccessField& field(const std::vector<AccessField>& fields, std::string_view id) {
  const auto found = std::ranges::find(fields, id, &AccessField::id);
  REQUIRE_MESSAGE(found != fields.end(), id);
  return *found;
}

TEST_CASE("every point of GDPR 15 is answered, once, whatever was found") {
  for (const Report& report :
       {test::empty_report(), test::full_report(), test::audit_of("firefox-153", "full")}) {
    const std::vector<AccessField> fields = fields_of(report);
    std::set<std::string> ids, articles;
    for (const AccessField& one : fields) {
      CAPTURE(one.id);
      CHECK(ids.insert(one.id).second);
      articles.insert(one.article);
      CHECK_FALSE(one.label.empty());
      CHECK_FALSE(one.text.empty());
    }
    for (const char* article : {"GDPR 15(1)", "GDPR 15(1)(a)", "GDPR 15(1)(b)", "GDPR 15(1)(c)",
                                "GDPR 15(1)(d)", "GDPR 15(1)(e)", "GDPR 15(1)(f)", "GDPR 15(1)(g)",
                                "GDPR 15(1)(h)", "GDPR 15(2)", "GDPR 15(3)", "GDPR 15(4)"}) {
      CAPTURE(article);
      CHECK(articles.contains(article));
    }
  }
}

TEST_CASE("what no device can tell is said to be so") {
  const auto fields = fields_of(test::audit_of("chromium-156-leveldb", "full"));
  for (const char* id : {"identity", "received", "recipients", "source", "automated-decisions",
                         "transfers", "consent", "clock"}) {
    CAPTURE(id);
    CHECK_FALSE(field(fields, id).known);
    CHECK(field(fields, id).text.starts_with("Not knowable from the device: "));
  }
  CHECK(field(fields, "controller").text == "The controller has not been named.");
  CHECK(field(fields, "controller-contact").text == "The controller has not stated it.");
  CHECK_FALSE(field(fields, "rights").known);
  CHECK(field(fields, "not-covered").text.starts_with("Only cookies and local storage were read."));
}

TEST_CASE("the controller is quoted, and only where it has said something") {
  const AccessRequest request{.id = "2026-17",
                              .subject = "subject 12",
                              .controller = Controller{.name = "Example Shop",
                                                       .contact = "privacy@example.com",
                                                       .data_protection_contact = "",
                                                       .recipients = {"Host Ltd", "Mail Ltd"},
                                                       .rights = "Write to us."}};
  const auto fields = fields_of(test::empty_report(), request);
  CHECK(field(fields, "request").text == "2026-17");
  CHECK(field(fields, "controller").text == "Example Shop");
  CHECK(field(fields, "controller-contact").text == "privacy@example.com");
  CHECK_FALSE(field(fields, "data-protection-contact").known);
  CHECK(field(fields, "recipients").text == "Stated by the controller: Host Ltd; Mail Ltd.");
  CHECK(field(fields, "recipients").known);
  CHECK(field(fields, "rights").text == "In the controller's words: Write to us.");
  const AccessRequest silent{.id = "1", .subject = "", .controller = Controller{}};
  for (const char* id : {"controller", "controller-contact", "recipients", "rights", "subject"})
    CHECK_FALSE(field(fields_of(test::empty_report(), silent), id).known);
}

TEST_CASE("each store is confirmed by what became of it") {
  Report report = test::empty_report();
  report.profiles = {{test::chromium_profile(), {}}};
  const auto store = [&report](StoreStatus status, std::uint64_t items) {
    report.profiles[0].stores = {
        {.id = "chromium.cookies",
         .path = "Default/Cookies",
         .status = status,
         .items = items,
         .unknown = items / 2,
         .diagnostics = {{.code = "corrupt", .message = "page 7 is damaged"}}}};
    return field(fields_of(report), "confirmation/p1/chromium.cookies/Default/Cookies");
  };
  CHECK(store(StoreStatus::read, 0).text == "Looked here and found nothing.");
  CHECK(store(StoreStatus::read, 4).text ==
        "Looked here and found 4 items, 2 of them known to no catalog.");
  CHECK(store(StoreStatus::read, 4).known);
  CHECK(store(StoreStatus::absent, 0).text == "Looked for it: this profile has none.");
  CHECK(store(StoreStatus::partial, 1).text ==
        "Could read only a part of it (page 7 is damaged). Found there: 1 item.");
  CHECK_FALSE(store(StoreStatus::partial, 1).known);
  CHECK(store(StoreStatus::failed, 0).text == "Could not read it (page 7 is damaged).");
  CHECK_FALSE(store(StoreStatus::failed, 0).known);
  CHECK_FALSE(store(StoreStatus::unsupported, 0).known);
  CHECK(store(StoreStatus::read, 4).label == "Cookies in Default/Cookies");
}

TEST_CASE("a failed read is never a confirmation that there is nothing") {
  Report report = test::empty_report();
  CHECK_FALSE(field(fields_of(report), "confirmation").known);  // nothing was looked at
  report.summary.stores = 1;
  CHECK(field(fields_of(report), "confirmation").text ==
        "No: nothing was found in the places that were looked at.");
  report.summary.items = report.summary.unknown = 3;
  CHECK(field(fields_of(report), "confirmation").text ==
        "No: nothing that is to be listed here was found. 3 items that no catalog knows were "
        "counted and not listed.");
  report.selection = "--vendor jivochat";
  CHECK(field(fields_of(report), "confirmation")
            .text.ends_with("Only what was chosen is listed: --vendor jivochat."));
  report.complete = false;
  CHECK_FALSE(field(fields_of(report), "confirmation").known);
  CHECK(
      field(fields_of(report), "confirmation").text.starts_with("Not known: nothing was found, "));
}

TEST_CASE("purposes, categories and periods are those of the items and the catalog") {
  const auto fields = fields_of(test::audit_of("chromium-156-leveldb", "full"));
  CHECK(field(fields, "purposes").text ==
        "The items that a catalog describes serve, by kind of purpose: 23 for functionality, 14 "
        "for performance, 4 for targeting. For 41 of them this is our reading, not the document's "
        "word. The controller's own purposes have not been stated.");
  CHECK(field(fields, "categories")
            .text.starts_with("Items by what they hold: 21 about what you did (behaviour), "));
  CHECK(field(fields, "retention-documented").text ==
        "For 31 kinds of item the documents state no period.");
  CHECK(field(fields, "retention-observed").text ==
        "37 items with a time of expiry, the last on 28 December 2027; 3 items until the browser "
        "is closed; 28 items in local storage, where nothing expires by itself.");
  CHECK(
      field(fields, "source")
          .text.ends_with("The browser noted of 40 cookies that the answer of a server set them."));
}

TEST_CASE("the documented period of an entry is told in words") {
  auto json = test::entry("x", "x");
  json["retention"] = {{"max_age_s", 43200}, {"basis", "document"}, {"section", "2"}};
  const Catalog catalog = test::parsed(test::catalog_with({json}));
  Report report = test::empty_report();
  report.findings = {test::cookie("x", "a.example.com", "example.com")};
  report.findings[0].entry = "acme/x";
  report.entries = {catalog.entries().front()};
  CHECK(field(fields_of(report), "retention-documented").text ==
        "Documented: x is kept for 12 hours. ");
}

TEST_CASE("how the data was acquired can be repeated") {
  const auto fields = fields_of(test::full_report());
  CHECK(field(fields, "tool").text == "crumbs 0.1.0.");
  CHECK(field(fields, "catalog/jivochat").text == "JivoChat, version 1.2.0, SHA-256 ab12.");
  CHECK(field(fields, "file/p1/chromium.cookies/Default/Cookies").text ==
        "4096 bytes, SHA-256 cd34.");
  CHECK(field(fields, "method").text.starts_with("Each file was copied privately"));
}

TEST_CASE("a copy is only called one where the values are shown") {
  Report report = test::empty_report();
  report.values = ValuesMode::full;
  CHECK(field(fields_of(report), "copy").known);
  report.values = ValuesMode::masked;
  CHECK_FALSE(field(fields_of(report), "copy").known);
  report.values = ValuesMode::none;
  CHECK_FALSE(field(fields_of(report), "copy").known);
}

}  // namespace
}  // namespace crumbs
