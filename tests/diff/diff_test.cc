#include <doctest/doctest.h>

#include <sstream>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "support/differences.h"

namespace crumbs {
namespace {

using namespace test;

TEST_CASE("a report does not differ from itself") {
  const Report report = report_of({item("a", "1"), item("b", "2")});
  const Difference difference = compare(report, report, kFull);
  CHECK_FALSE(difference.any());
  CHECK(difference.complete());
  CHECK(difference.remarks.empty());
  CHECK(only_profile(difference).items.empty());
  CHECK(only_profile(difference).counts == ChangeCounts{.same = 2});
}

TEST_CASE("appeared, gone and changed items are told, sorted by what became of them") {
  const Difference difference =
      compare(report_of({item("gone", "1"), item("a", "1"), item("s", "1")}),
              report_of({item("s", "1"), item("new", "1"), item("a", "2")}), kFull);
  CHECK(difference.any());
  const ProfileChange profile = only_profile(difference);
  REQUIRE(profile.items.size() == 3);
  CHECK(profile.items[0].change == Change::appeared);
  CHECK(profile.items[0].shown().name == "new");
  CHECK_FALSE(profile.items[0].before.has_value());
  CHECK(profile.items[1].change == Change::changed);
  CHECK(profile.items[1].facts ==
        std::vector<FactChange>{{.fact = "value", .before = "1", .after = "2"}});
  CHECK(profile.items[2].change == Change::gone);
  CHECK(profile.items[2].shown().name == "gone");
  CHECK(profile.counts == ChangeCounts{.appeared = 1, .changed = 1, .gone = 1, .same = 1});
}

TEST_CASE("neither profile, path, file nor row is part of an item's identity") {
  Report before = report_of({item("a", "1")}), after = before;
  after.profiles[0].profile.path = "/elsewhere/Copy";
  after.profiles[0].profile.name = "Copy";
  after.profiles[0].profile.id = "p7";
  after.findings[0].profile = "p7";
  after.findings[0].id = "other";
  after.findings[0].locator = {.file = "Copy/Network/Cookies", .table = "cookies", .row = 99};
  const Difference difference = compare(before, after, kFull);
  CHECK(only_profile(difference).counts == ChangeCounts{.same = 1});
  CHECK(difference.remarks ==
        std::vector<std::string>{"profile chromium Default is compared with chromium Copy"});
}

TEST_CASE("store, place, name, partition and container keep items apart") {
  const Finding base = item("a", "1");
  std::vector<Finding> others(7, base);
  others[0].store = "chromium.other";
  others[1].host = "example.com";  // host-only is another cookie than the domain's
  others[2].path = "/shop";
  others[3].name = "A";
  others[4].partition = Partition{.top_level_site = "https://example.org"};
  others[5].container = Container{.id = 6, .name = ""};
  others[6].attributes.origin_attributes = {{"userContextId", "1"}};
  for (const Finding& other : others) {
    const ChangeCounts counts = counts_between(base, other);
    CHECK(counts.appeared + counts.newly_seen == 1);
    CHECK(counts.gone + counts.not_seen == 1);
    CHECK(counts.same + counts.changed == 0);
  }
}

TEST_CASE("a cookie under another scheme is its own where both are there, else it changed") {
  Finding secure = item("a", "1"), plain = item("a", "2");
  secure.attributes.source_scheme = "secure";
  plain.attributes.source_scheme = "non_secure";
  const Report both = report_of({secure, plain}), turned = report_of({plain, secure});
  CHECK(only_profile(compare(both, turned, kFull)).counts == ChangeCounts{.same = 2});
  plain.value = secure.value;
  CHECK(only_change(secure, plain).facts ==
        std::vector<FactChange>{
            {.fact = "source_scheme", .before = "secure", .after = "non_secure"}});
}

TEST_CASE("duplicates go together by value, and none is lost") {
  const Report before = report_of({item("a", "1"), item("a", "2"), item("a", "3")});
  const Report after = report_of({item("a", "3"), item("a", "1")});
  const ProfileChange profile = only_profile(compare(before, after, kFull));
  CHECK(profile.counts == ChangeCounts{.gone = 1, .same = 2});
  CHECK(profile.items.at(0).before->value.text == "2");
}

TEST_CASE("expiry and attributes are changes, access and rewriting are not") {
  Finding before = item("a", "1"), after = before;
  before.times.accessed = at("2026-11-01T00:00:00Z");
  after.times.accessed = at("2026-11-02T00:00:00Z");
  CHECK(counts_between(before, after) == ChangeCounts{.same = 1});
  before.times.created = at("2026-11-01T00:00:00Z");
  after.times.created = at("2026-11-02T00:00:00Z");
  CHECK(counts_between(before, after) == ChangeCounts{.same = 1, .rewritten = 1});
  before.times.expires = at("2027-11-01T00:00:00Z");
  after.attributes.same_site = "lax";  // the other schema has no such column
  before.attributes.http_only = true;
  after.attributes.http_only = false;
  CHECK(only_change(before, after).facts ==
        std::vector<FactChange>{{.fact = "expires", .before = "2027-11-01T00:00:00Z"},
                                {.fact = "http_only", .before = "yes", .after = "no"},
                                {.fact = "created",
                                 .before = "2026-11-01T00:00:00Z",
                                 .after = "2026-11-02T00:00:00Z",
                                 .note = "set anew"}});
}

TEST_CASE("residue is left out unless it is asked for; then what was current is left over") {
  Finding before = item("a", "1"), left = before, tombstone = before;
  left.state = ItemState::superseded;
  tombstone.state = ItemState::deleted;
  tombstone.value = {.availability = Availability::unavailable, .reason = Unavailable::removed};
  Report after = report_of({tombstone, left});
  after.summary.residue = 2;
  CHECK(only_profile(compare(report_of({before}), after, kFull)).counts == ChangeCounts{.gone = 1});
  CompareOptions residue = kFull;
  residue.residue = true;
  const ProfileChange profile = only_profile(compare(report_of({before}), after, residue));
  CHECK(profile.counts == ChangeCounts{.appeared = 1, .changed = 1});
  const ItemChange& changed = profile.items.at(1);
  CHECK(changed.after->state == ItemState::superseded);
  CHECK(changed.facts ==
        std::vector<FactChange>{{.fact = "state", .before = "current", .after = "superseded"}});
}

TEST_CASE("residue that a side does not list is not gone") {
  Finding left = item("a", "1");
  left.state = ItemState::superseded;
  Report before = report_of({left}), after = report_of({});
  before.summary.residue = after.summary.residue = 1;
  CompareOptions residue = kFull;
  residue.residue = true;
  const ProfileChange profile = only_profile(compare(before, after, residue));
  CHECK(profile.items.at(0).why == "AFTER lists no residue");
  CHECK(profile.counts == ChangeCounts{.not_seen = 1});
}

TEST_CASE("masked values are compared by digest, and never shown") {
  const CompareOptions options{.values = ValuesMode::masked};
  const Finding before = masked("a", "eve@example.org", true);
  CHECK(counts_between(before, before, options) == ChangeCounts{.same = 1});
  const ItemChange change = only_change(before, masked("a", "bob@example.org", true), options);
  CHECK(change.change == Change::changed);
  CHECK(change.facts == std::vector<FactChange>{{.fact = "value", .hidden = true}});
  CHECK(change.before->value.digest.empty());
  CHECK(change.after->value.digest.empty());
}

TEST_CASE("equal masks prove nothing, other lengths and masks do") {
  const CompareOptions options{.values = ValuesMode::masked};
  const Finding saved = masked("a", "12345", false);
  const ItemChange untold = only_change(saved, masked("a", "54321", true), options);
  CHECK(untold.change == Change::cannot_tell);
  CHECK(untold.unsure == "the value is masked in BEFORE");
  CHECK(only_change(saved, saved, options).unsure == "the value is masked in both");
  CHECK_FALSE(compare(report_of({saved}), report_of({saved}), options).any());
  CHECK(only_change(saved, masked("a", "123456", true), options).facts ==
        std::vector<FactChange>{{.fact = "value", .hidden = true, .note = "length 5 to 6 bytes"}});
  Finding other = saved;
  other.value.text = "••";
  CHECK(only_change(saved, other, options).facts ==
        std::vector<FactChange>{{.fact = "value", .before = "•••", .after = "••"}});
}

TEST_CASE("a value without a key is compared with nothing") {
  Finding sealed = item("a", "1");
  sealed.value = {.availability = Availability::unavailable, .reason = Unavailable::no_key};
  CHECK(only_change(sealed, sealed).unsure == "the value is not readable in both");
  CHECK(only_change(item("a", "1"), sealed).unsure == "the value is not readable in AFTER");
}

TEST_CASE("what a report shows beyond the asked mode is hidden, whatever holds it") {
  Finding before = item("a", "eve@example.org");
  before.value.type = ValueType::email;
  before.value.personal_data = PersonalData::contact;
  before.value.decoded = "eve@example.org";
  before.value.fields = {{.pointer = "/mail",
                          .type = ValueType::email,
                          .text = "eve@example.org",
                          .personal_data = PersonalData::contact,
                          .length = 15}};
  Finding after = before, gone = before;
  gone.name = "gone";
  after.value.text = after.value.decoded = after.value.fields[0].text = "bob@example.org";
  for (const ValuesMode mode : {ValuesMode::masked, ValuesMode::none}) {
    CompareOptions options;
    options.values = mode;
    const Difference difference = compare(report_of({before, gone}), report_of({after}), options);
    CHECK(only_profile(difference).counts == ChangeCounts{.changed = 1, .gone = 1});
    for (const FormatInfo& format : difference_formats()) {
      std::ostringstream out;
      render(difference, format.id, {}, out);
      CAPTURE(format.id);
      CHECK(out.str().find("eve@example.org") == std::string::npos);
      CHECK(out.str().find("bob@example.org") == std::string::npos);
    }
  }
  const Difference full = compare(report_of({before, gone}), report_of({after}), kFull);
  CHECK(to_json(full).find("eve@example.org") != std::string::npos);
}

TEST_CASE("an item missing from what was not read as a whole is not seen, not gone") {
  Report before = report_of({item("a", "1")}), after = report_of({});
  const auto only = [&] { return only_profile(compare(before, after, kFull)).items.at(0); };
  after.profiles[0].stores = {cookies(StoreStatus::partial)};
  CHECK(only().change == Change::not_seen);
  CHECK(only().why == "Default/Cookies was not read as a whole in AFTER (partial)");
  after.profiles[0].stores = {cookies(StoreStatus::absent)};
  CHECK(only().change == Change::gone);  // the file is not there: nothing is in it
  after.profiles[0].stores = {};
  CHECK(only().why == "AFTER did not look for chromium.cookies");
  after = report_of({});
  after.selection = "--site example.org";
  CHECK(only().why == "AFTER lists only --site example.org");
  std::swap(before, after);
  CHECK(only().change == Change::newly_seen);
  CHECK(only().why == "BEFORE lists only --site example.org");
}

TEST_CASE("another origin's damaged file casts no doubt on local storage of Firefox") {
  Finding kept = item("a", "1");
  kept.kind = ItemKind::local_storage;
  kept.store = "firefox.local_storage";
  kept.host = "";
  kept.origin = "https://example.com";
  kept.locator.file = "storage/default/https+++example.com/ls/data.sqlite";
  Report after = report_of({});
  StoreResult store = cookies(StoreStatus::failed);
  store.id = kept.store;
  store.path = "storage/default/https+++example.org/ls/data.sqlite";
  after.profiles[0].stores = {store};
  CHECK(only_profile(compare(report_of({kept}), after, kFull)).counts == ChangeCounts{.gone = 1});
  after.profiles[0].stores[0].path = kept.locator.file;
  CHECK(only_profile(compare(report_of({kept}), after, kFull)).counts ==
        ChangeCounts{.not_seen = 1});
}

TEST_CASE("a list without unknown items does not prove that a generic name is gone") {
  Report before = report_of({item("a", "1")}), after = report_of({});
  after.known_only = true;
  CHECK(only_profile(compare(before, after, kFull)).counts == ChangeCounts{.gone = 1});
  after.profiles[0].stores[0].unknown = 1;  // it may be this one, for want of company
  CHECK(only_profile(compare(before, after, kFull)).counts == ChangeCounts{.not_seen = 1});
  after.findings = {item("company", "1")};
  CHECK(only_profile(compare(before, after, kFull)).counts ==
        ChangeCounts{.appeared = 1, .gone = 1});
  after.catalogs[0].sha256 = "cd";
  const Difference difference = compare(before, after, kFull);
  CHECK(only_profile(difference).counts.not_seen == 1);
  CHECK(difference.remarks.at(0) ==
        "catalog jivochat: 1 (ab) in BEFORE, 1 (cd) in AFTER; what is documented may differ for "
        "that reason alone");
}

TEST_CASE("the report that lists an item tells whether its name is distinctive") {
  Finding generic = item("a", "1");
  generic.form = MatchedForm{.name = "a"};
  Report with = report_of({generic}), without = report_of({});
  with.entries = {full_entry("jivochat/widget/a")};
  with.entries[0].forms = {{.name = "b", .distinctive = false}, {.name = "a"}};
  for (Report* report : {&with, &without}) {
    report->known_only = true;
    report->profiles[0].stores[0].unknown = 1;
  }
  const auto counts = [&](const Report& before, const Report& after) {
    return only_profile(compare(before, after, kFull)).counts;
  };
  CHECK(counts(with, without) == ChangeCounts{.gone = 1});
  CHECK(counts(without, with) == ChangeCounts{.appeared = 1});
  with.entries[0].forms[1].distinctive = false;
  CHECK(counts(with, without) == ChangeCounts{.not_seen = 1});
  CHECK(counts(without, with) == ChangeCounts{.newly_seen = 1});
}

TEST_CASE("items that no catalog knows are counted, and listed when asked for") {
  Finding unknown = cookie("mine", "example.com", "example.com");
  unknown.value.text = "x";
  Report before = report_of({}), after = report_of({unknown});
  const Difference counted = compare(before, after, kFull);
  CHECK_FALSE(counted.any());
  CHECK(only_profile(counted).items.empty());
  CHECK(only_profile(counted).unknown == ChangeCounts{.appeared = 1});
  CompareOptions all = kFull;
  all.all = true;
  CHECK(only_profile(compare(before, after, all)).counts == ChangeCounts{.appeared = 1});
  before.known_only = true;
  CHECK_FALSE(only_profile(compare(before, after, kFull)).unknown.has_value());
}

TEST_CASE("profiles are paired by browser and name, and one that is missing proves nothing") {
  const auto two = [](const char* first, const char* second) {
    Report report = report_of({item("a", "1"), item("b", "1")});
    report.profiles = {{chromium_profile(), {cookies()}}, {chromium_profile(), {cookies()}}};
    report.profiles[0].profile.name = first;
    report.profiles[1].profile.name = second;
    report.profiles[1].profile.id = report.findings[1].profile = "p2";
    return report;
  };
  const Difference difference = compare(two("Default", "Work"), two("Other", "Default"), kFull);
  REQUIRE(difference.profiles.size() == 3);
  CHECK(difference.profiles[0].before->name == "Default");
  CHECK(difference.profiles[0].after->id == "p2");
  CHECK(difference.profiles[0].counts == ChangeCounts{.appeared = 1, .gone = 1});
  CHECK(difference.profiles[1].items.at(0).why == "its profile is not in AFTER");
  CHECK(difference.profiles[1].counts == ChangeCounts{.not_seen = 1});
  CHECK(difference.profiles[2].counts == ChangeCounts{.newly_seen = 1});
}

TEST_CASE("an item is in question where the filter takes it on either side") {
  Finding before = item("a", "1"), after = item("a", "2");
  CompareOptions options = kFull;
  options.filter = [](const Finding& finding) { return finding.value.text == "2"; };
  CHECK(counts_between(before, after, options) == ChangeCounts{.changed = 1});
  CHECK(counts_between(before, item("b", "1"), options) == ChangeCounts{});
}

}  // namespace
}  // namespace crumbs
