#include "entry_index.h"
#include "render/cards.h"
#include "render/json_writer.h"
#include "render/render.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

using Told = std::set<std::string, std::less<>>;

/// The records of a report, or of a part of one.
class Records {
 public:
  Records(const Report& report, Told& told, std::ostream& out)
      : report_(report),
        places_(report),
        entries_(report.entries),
        told_(told),
        json_(out, JsonWriter::Layout::compact) {}

  void profile(const ProfileReport& part) {
    write("profile", [&] {
      write_profile_members(json_, part.profile);
      write_also_there(json_, part);
      write_tallies(json_, part.tallies);
    });
    for (const StoreResult& store : part.stores) {
      write("store", [&] {
        json_.member("profile", part.profile.id);
        write_store_members(json_, store);
      });
    }
  }

  /// Of what it names what was not told before stands before it.
  void finding(const Finding& finding) {
    entry(finding.entry);
    for (const RunnerUp& other : finding.runner_up) entry(other.entry);
    card(finding);
    write("finding", [&] { write_finding_members(json_, finding, places_.of(finding)); });
  }

  void entry(const std::string& id) {
    const Entry* entry = entries_.find(id);
    if (entry == nullptr || !told_.insert(id).second) return;
    write("entry", [&] { write_entry_members(json_, *entry); });
  }

  void end() {
    for (const Entry& one : report_.entries) entry(one.id);
    for (const MissingProfile& missing : report_.missing)
      write("missing", [&] { write_missing_members(json_, missing); });
    write("summary", [&] {
      write_head_members(json_, report_);
      write_scope_members(json_, report_);
      write_closing_members(json_, report_);
    });
  }

 private:
  template <class Members>
  void write(std::string_view record, const Members& members) {
    write_record(json_, record, [&] {
      write_labels(json_, report_.labels);
      members();
    });
  }

  void card(const Finding& finding) {
    const CardUsed* card = find_card(report_, finding);
    if (card == nullptr || !cards_.insert(card).second) return;
    write("card", [&] { write_card_members(json_, *card); });
  }

  const Report& report_;
  FindingPlaces places_;
  EntryIndex entries_;
  Told& told_;
  JsonWriter json_;
  std::set<const CardUsed*> cards_;  ///< that were told
};

void render_ndjson(const Report& report, const RenderOptions&, std::ostream& out) {
  NdjsonStream stream(out);
  stream.add(report);
  stream.finish(report);
}

}  // namespace

void NdjsonStream::add(const Report& part) {
  Records records(part, told_, out_);
  auto next = part.findings.begin();
  for (const ProfileReport& one : part.profiles) {
    records.profile(one);
    for (; next != part.findings.end() && next->profile == one.profile.id; ++next)
      records.finding(*next);
  }
  for (; next != part.findings.end(); ++next) records.finding(*next);
}

void NdjsonStream::finish(const Report& whole) {
  Records(whole, told_, out_).end();
}

const RenderFormat ndjson_format{
    .id = "ndjson",
    .summary = "one JSON object a line: profile, store, entry, card, finding, missing, summary",
    .render = render_ndjson,
    .lists_all = true};

}  // namespace crumbs
