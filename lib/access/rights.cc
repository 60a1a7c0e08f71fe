#include <algorithm>

#include <fmt/format.h>

#include "access/parts.h"
#include "crumbs/printable.h"
#include "render/words.h"

namespace crumbs {
namespace {

void add_rights(const AccessView& view) {
  const auto& controller = view.request.controller;
  if (controller && !controller->rights.empty())
    view.known("rights", "GDPR 15(1)(e)", "Your rights",
               "In the controller's words: " + controller->rights);
  else
    view.unknown(
        "rights", "GDPR 15(1)(e)", "Your rights",
        "The controller has not stated it. Where the GDPR applies, its articles 16 to 18 "
        "and 21 give rights to have data corrected, erased and restricted, and to object.");
  view.unknown("complaint", "GDPR 15(1)(f)", "Complaint",
               "The controller has not stated it apart from the above. Where the GDPR applies, its "
               "article 77 gives the right to complain to a supervisory authority, such as the "
               "one of the country you live in.");
}

void add_source(const AccessView& view) {
  std::size_t by_script = 0, by_server = 0;
  for (const Finding& finding : view.report.findings) {
    const auto& type = finding.attributes.source_type;
    if (type == "script") ++by_script;
    if (type == "http") ++by_server;
  }
  std::string text =
      "Not knowable from the device: who had an item stored. It is stored for a site, which does "
      "not say whether the site itself, a vendor's script on its pages, or you by typing brought "
      "it there.";
  const auto noted = [&text](std::size_t count, std::string_view who) {
    if (count > 0)
      text += fmt::format(" The browser noted of {} that {} set {}.", counted(count, "cookie"), who,
                          count == 1 ? "it" : "them");
  };
  noted(by_script, "a script on a page");
  noted(by_server, "the answer of a server");
  view.unknown("source", "GDPR 15(1)(g)", "Where the data comes from", std::move(text));
}

void add_copy(const AccessView& view) {
  switch (view.report.values) {
    case ValuesMode::full:
      view.known("copy", "GDPR 15(3)", "Copy of the data",
                 "The stored values are given in full, as far as they could be read.");
      view.known("others", "GDPR 15(4)", "Data of others",
                 "Nothing was left out for the sake of other persons.");
      return;
    case ValuesMode::masked:
      view.unknown("copy", "GDPR 15(3)", "Copy of the data",
                   "Personal and undocumented values are masked here, so this is no copy of them.");
      break;
    case ValuesMode::none:
      view.unknown("copy", "GDPR 15(3)", "Copy of the data",
                   "Values are not shown here, so this is no copy of them.");
      break;
  }
  view.known("others", "GDPR 15(4)", "Data of others",
             "Values are hidden by their kind, whether they are about you or about others.");
}

}  // namespace

void add_rights_fields(const AccessView& view) {
  add_rights(view);
  add_source(view);
  view.unknown("automated-decisions", "GDPR 15(1)(h)", "Automated decisions",
               "Not knowable from the device: whether decisions are made from the data by machines "
               "alone, and how. The controller has not stated it.");
  view.unknown("transfers", "GDPR 15(2)", "Transfers to other countries",
               "Not knowable from the device: whether the data was sent to other countries. The "
               "controller has not stated it.");
  add_copy(view);
  view.unknown("consent", "GDPR 6(1)", "Consent or other legal ground",
               "Not knowable from the device: that an item is stored proves neither that you "
               "agreed nor that you did not. The controller has not stated it.");
  view.known("not-covered", "", "What was not looked at",
             "Only cookies and local storage were read. Session storage (kept until a tab is "
             "closed), IndexedDB (a database for sites), caches, copies on servers, and other "
             "browsers, profiles and devices were not looked at.");
}

}  // namespace crumbs
