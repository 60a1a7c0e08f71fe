// Labels: threads
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "crumbs/audit.h"
#include "crumbs/render.h"
#include "support/databases.h"
#include "support/made_profile.h"
#include "support/support.h"

namespace crumbs {
namespace {

using test::fixed_options;
using test::MadeProfile;

Report audit_of(const std::filesystem::path& path, const AuditOptions& options = fixed_options()) {
  return audit(resolve_profile(path.string(), {}), test::shipped_catalogs(), options);
}

Report audit_fixture(const std::string& name, const AuditOptions& options = fixed_options()) {
  return audit_of(test::fixture("profiles/" + name), options);
}

/// How many cookies of each status lie on a site.
std::map<Status, int> cookies_on(const Report& report, std::string_view site) {
  std::map<Status, int> counts;
  for (const Finding& finding : report.findings) {
    if (finding.kind == ItemKind::cookie && finding.site == site) ++counts[finding.status];
  }
  return counts;
}

const Finding* find(const Report& report, std::string_view name) {
  const auto found = std::ranges::find(report.findings, name, &Finding::name);
  return found == report.findings.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("a real Chromium profile shows all 29 documented cookies on two sites") {
  const Report report = audit_fixture("chromium-156-leveldb");
  CHECK(report.complete);
  CHECK(report.exit.code == 0);
  CHECK(report.exit.reasons.empty());
  CHECK(report.absent.empty());
  CHECK(cookies_on(report, "example.com") == std::map<Status, int>{{Status::documented, 14}});
  CHECK(cookies_on(report, "jivochat.com") ==
        std::map<Status, int>{{Status::documented, 15}, {Status::undocumented, 1}});
  REQUIRE(find(report, "enter_ts") != nullptr);
  CHECK(find(report, "enter_ts")->value.decoded == "2026-11-23T00:16:40Z");
  CHECK(find(report, "jv_debug_flag")->status == Status::undocumented);
  CHECK(find(report, "_ga") == nullptr);  // counted, not listed
  CHECK(report.profiles.front().stores.front().items == 40);
}

TEST_CASE("what no catalog knows is listed on request") {
  AuditOptions options = fixed_options();
  options.all = true;
  const Report report = audit_fixture("chromium-156-leveldb", options);
  REQUIRE(find(report, "_ga") != nullptr);
  CHECK(find(report, "_ga")->status == Status::unknown);
  CHECK(find(report, "_ga")->deletion.verdict == Verdict::undocumented);
  CHECK(find(report, "_ga")->value.masked);
  const auto unknown = std::ranges::count(report.findings, Status::unknown, &Finding::status);
  CHECK(static_cast<std::uint64_t>(unknown) == report.summary.unknown);
}

TEST_CASE("containers and partitions of Firefox keep cookies apart") {
  const Report report = audit_fixture("firefox-153-live");
  CHECK(report.complete);
  CHECK(report.profiles.front().stores.front().items == 53);
  int contained = 0;
  for (const Finding& finding : report.findings) {
    if (finding.kind == ItemKind::cookie && finding.container && finding.container->id == 6)
      ++contained;
  }
  CHECK(contained == 14);  // the documented ones of the 18
}

TEST_CASE("old profiles are read without loss") {
  const std::map<std::string, std::uint64_t> cookies = {
      {"chromium-64", 3}, {"chromium-85", 34}, {"chromium-109", 36}};
  for (const auto& row : cookies) {
    CAPTURE(row.first);
    const Report report = audit_fixture(row.first);
    CHECK(report.complete);
    CHECK(report.profiles.front().stores.front().items == row.second);
    CHECK(report.summary.unavailable == 0);
  }
}

TEST_CASE("a masked report holds no personal value, in any format") {
  const char* secrets[] = {"zoe.mueller", "example.org", "1234567",    "M\xC3\xBCller",
                           "K\xC3\xB6ln", "K%C3%B6ln",   "newsletter", "google.com/search",
                           "deadbeef",    "order #551",  "refunds",    "s-77aa",
                           "duckduckgo"};
  AuditOptions options = fixed_options();
  options.all = true;
  options.residue = true;
  for (const char* profile : {"chromium-156-leveldb", "chromium-156-sqlite-live", "firefox-153",
                              "firefox-153-live", "chromium-85"}) {
    const Report report = audit_fixture(profile, options);
    CHECK_FALSE(report.entries.empty());
    Report bare = report;
    bare.entries.clear();  // all words of the catalog, which anybody may read
    for (const FormatInfo& format : formats()) {
      const bool for_programs = format.id == "json" || format.id == "ndjson";
      std::ostringstream out;
      render(for_programs ? bare : report, format.id, {.width = 200, .level = TextLevel::items},
             out);
      for (const char* secret : secrets) {
        CAPTURE(profile);
        CAPTURE(std::string(format.id));
        CAPTURE(std::string(secret));
        CHECK(out.str().find(secret) == std::string::npos);
      }
    }
  }
}

TEST_CASE("full values show what masked ones hide, and none shows nothing") {
  AuditOptions options = fixed_options();
  options.values = ValuesMode::full;
  const Report full = audit_fixture("chromium-156-leveldb", options);
  CHECK(find(full, "city")->value.text == "K%C3%B6ln");
  CHECK(find(full, "city")->value.decoded == "K\xC3\xB6ln");
  options.values = ValuesMode::none;
  const Report none = audit_fixture("chromium-156-leveldb", options);
  for (const Finding& finding : none.findings) {
    CHECK_FALSE(finding.value.text.has_value());
    CHECK_FALSE(finding.value.decoded.has_value());
    CHECK_FALSE(finding.value.bytes.has_value());
  }
  CHECK(find(none, "city")->value.length == 9);
  CHECK(find(none, "city")->id == find(full, "city")->id);
}

TEST_CASE("generic names need company on the same site") {
  MadeProfile profile;
  profile.add("alone.example.net", "city", "Paris");
  profile.add("forum.example.org", "last_login", "2026-11-20");  // documented elsewhere only
  profile.add("www.shop.example.com", "city", "Paris");
  profile.add(".example.com", "cw_timer", "1795392000");
  const Report report = profile.audit();
  CHECK(cookies_on(report, "example.net") == std::map<Status, int>{{Status::possible, 1}});
  CHECK(cookies_on(report, "example.com") == std::map<Status, int>{{Status::documented, 2}});
  CHECK(find(report, "last_login") == nullptr);
  CHECK(report.summary.unknown == 1);
}

TEST_CASE("what contradicts the document is drift, and is masked as if undocumented") {
  MadeProfile profile;
  profile.add("shop.example.com", "cw_timer", "someone@example.org");
  profile.add("shop.example.com", "jv_site_lang", "en");
  const Report report = profile.audit();
  const Finding* timer = find(report, "cw_timer");
  REQUIRE(timer != nullptr);
  CHECK(timer->status == Status::drift);
  CHECK(timer->drift.front().rule == "type");
  CHECK(timer->value.masked);
  CHECK(to_json(report).find("someone") == std::string::npos);
  CHECK(to_json(report).find("example.org") == std::string::npos);
  // The document names no host: that it is the web site's own cookie is our reading.
  const Finding* elsewhere = find(report, "jv_site_lang");
  REQUIRE(elsewhere != nullptr);
  CHECK(elsewhere->status == Status::documented);
  CHECK(elsewhere->drift.empty());
}

TEST_CASE("a listed value without its key makes the report incomplete") {
  const std::string v11 = "763131af0259a70d19cfbdb2bd90b98208394b";
  MadeProfile profile;
  profile.add("shop.example.com", "cw_timer", "", v11);
  profile.add("shop.example.com", "unlisted", "", v11);
  const Report report = profile.audit();
  CHECK_FALSE(report.complete);
  CHECK(report.exit.code == 5);
  REQUIRE(report.exit.reasons.size() == 1);
  CHECK(report.exit.reasons.front() == Reason{.code = "no_key",
                                              .profile = report.profiles[0].profile.id,
                                              .store = "chromium.cookies",
                                              .path = "Default/Cookies",
                                              .message = "Default/Cookies: 1 value needs a key",
                                              .hint = "--safe-storage-secret-file or --keyring"});
  AuditOptions all = fixed_options();
  all.all = true;  // what no catalog knows is listed without its value, and is no gap
  CHECK(profile.audit(all).exit == report.exit);
  CHECK(find(report, "cw_timer")->value.encryption == "v11");
  CHECK_FALSE(find(report, "cw_timer")->value.text.has_value());
  AuditOptions excused = fixed_options();
  excused.allow_undecrypted = true;
  CHECK(profile.audit(excused).exit.code == 0);
  AuditOptions wrong = fixed_options();
  wrong.keys.safe_storage_secret = "no such secret";
  wrong.allow_undecrypted = true;  // excuses missing keys, not wrong ones
  CHECK(profile.audit(wrong).exit.code == 5);
}

TEST_CASE("ids depend on where an item is, never on its value") {
  MadeProfile profile;
  profile.add("shop.example.com", "cw_timer", "1795392000");
  const Report before = profile.audit();
  profile.change("1795392000", "1795399999");
  profile.add("pay.example.com", "cw_timer", "1795392000");
  const Report after = profile.audit();
  REQUIRE(after.findings.size() == 2);
  CHECK(before.findings.front().id == after.findings.back().id);
  CHECK(after.findings.front().id != after.findings.back().id);
}

TEST_CASE("nothing to read is said, with its own code") {
  test::TempDir directory;
  std::filesystem::create_directories(directory.path() / "Default");
  test::write_file(directory.path() / "Default/Preferences", "{}");
  const Report report = audit_of(directory.path() / "Default");
  CHECK(report.exit.code == 4);
  CHECK(report.exit.reasons ==
        std::vector<Reason>{{.code = "no_store", .message = "no store found"}});
  AuditOptions allowed = fixed_options();
  allowed.allow_empty = true;
  CHECK(audit_of(directory.path() / "Default", allowed).exit.code == 0);
}

TEST_CASE("what a browser put aside is archived, and not listed without residue") {
  const test::TempDir directory;
  const std::filesystem::path root = directory.path() / "chromium";
  std::filesystem::copy(test::fixture("profiles/chromium-156-leveldb"), root,
                        std::filesystem::copy_options::recursive);
  std::filesystem::create_directories(root / "Snapshots/155.0.1");
  std::filesystem::copy(root / "Default", root / "Snapshots/155.0.1/Default",
                        std::filesystem::copy_options::recursive);
  AuditOptions options = test::fixed_options();
  options.all = true;
  const auto audited = [&](const std::filesystem::path& place) {
    return crumbs::audit(resolve_profile(place.string(), {}), test::shipped_catalogs(), options);
  };
  const Report live = audited(root / "Default"), without = audited(root);
  options.residue = true;
  const Report whole = audited(root), snapshot = audited(root / "Snapshots/155.0.1/Default");
  REQUIRE(whole.profiles.size() == 2);
  CHECK_FALSE(whole.profiles[0].profile.archived);
  CHECK(whole.profiles[1].profile.archived);
  CHECK(whole.profiles[1].profile.display_name == "snapshot of 155.0.1");
  for (const StoreResult& store : whole.profiles[1].stores) {
    if (store.status == StoreStatus::absent) continue;
    CHECK(store.residue == store.items);
    CHECK(store.note == "in a copy that the browser put aside");
  }
  CHECK(without.findings.size() == live.findings.size());
  CHECK(without.summary.items == 2 * live.summary.items);
  for (const Finding& finding : whole.findings) {
    if (finding.profile == whole.profiles[1].profile.id) CHECK(finding.state != ItemState::current);
  }
  // Who names it wants its items.
  CHECK_FALSE(snapshot.profiles[0].profile.archived);
  CHECK(snapshot.summary.documented == live.summary.documented);
}

}  // namespace crumbs
