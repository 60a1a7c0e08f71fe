#include <map>

#include "render/json_writer.h"
#include "render/render.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

void write_stores(JsonWriter& json, const ProfileReport& part) {
  for (const StoreResult& store : part.stores) {
    write_record(json, "store", [&] {
      json.member("profile", part.profile.id);
      write_store_members(json, store);
    });
  }
}

/// Writes each entry before the first record that names it.
class Entries {
 public:
  Entries(const Report& report, std::set<std::string, std::less<>>& told, JsonWriter& json)
      : told_(told), json_(json) {
    for (const Entry& entry : report.entries) entries_.emplace(entry.id, &entry);
  }

  void tell(const std::string& id) {
    const auto entry = entries_.find(id);
    if (entry == entries_.end() || !told_.insert(id).second) return;
    write_record(json_, "entry", [&] { write_entry_members(json_, *entry->second); });
  }

 private:
  std::map<std::string_view, const Entry*> entries_;
  std::set<std::string, std::less<>>& told_;
  JsonWriter& json_;
};

void render_ndjson(const Report& report, const RenderOptions&, std::ostream& out) {
  NdjsonStream stream(out);
  stream.add(report);
  stream.finish(report);
}

}  // namespace

void NdjsonStream::add(const Report& part) {
  JsonWriter json(out_, JsonWriter::Layout::compact);
  const FindingPlaces places(part);
  Entries entries(part, told_, json);
  auto next = part.findings.begin();
  const auto write_next = [&] {
    entries.tell(next->entry);
    for (const RunnerUp& other : next->runner_up) entries.tell(other.entry);
    write_record(json, "finding", [&] { write_finding_members(json, *next, places.of(*next)); });
    ++next;
  };
  for (const ProfileReport& one : part.profiles) {
    const Profile& profile = one.profile;
    write_record(json, "profile", [&] {
      write_profile_members(json, profile);
      write_also_there(json, one);
      write_tallies(json, one.tallies);
    });
    write_stores(json, one);
    while (next != part.findings.end() && next->profile == profile.id) write_next();
  }
  while (next != part.findings.end()) write_next();
}

void NdjsonStream::finish(const Report& whole) {
  JsonWriter json(out_, JsonWriter::Layout::compact);
  Entries entries(whole, told_, json);
  for (const Entry& entry : whole.entries) entries.tell(entry.id);
  for (const MissingProfile& missing : whole.missing)
    write_record(json, "missing", [&] { write_missing_members(json, missing); });
  write_record(json, "summary", [&] {
    write_head_members(json, whole);
    write_scope_members(json, whole);
    write_closing_members(json, whole);
  });
}

const RenderFormat ndjson_format{
    .id = "ndjson",
    .summary = "one JSON object a line: profile, store, entry, finding, missing, summary",
    .render = render_ndjson};

}  // namespace crumbs
