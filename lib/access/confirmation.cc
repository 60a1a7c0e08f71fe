#include <algorithm>

#include <fmt/format.h>

#include "access/parts.h"
#include "crumbs/printable.h"
#include "render/unlisted.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::string_view kArticle = "GDPR 15(1)";

/// What was read and is in no list, or nothing.
std::string left_out(const Report& report) {
  const Unlisted unlisted = unlisted_in(report);
  std::string text;
  if (unlisted.unknown > 0)
    text += fmt::format(" {} that no catalog knows {} counted and not listed.",
                        counted(unlisted.unknown, "item"), unlisted.unknown == 1 ? "was" : "were");
  if (unlisted.residue > 0)
    text += fmt::format(" {} of removed or replaced data {} counted and not listed.",
                        counted(unlisted.residue, "item"), unlisted.residue == 1 ? "was" : "were");
  if (!report.selection.empty())
    text += fmt::format(" Only what was chosen is listed: {}.", report.selection);
  return text;
}

std::string nothing(const Report& report) {
  if (report.selection.empty() && report.summary.items == 0)
    return "No: nothing was found in the places that were looked at.";
  return "No: nothing that is to be listed here was found.";
}

void add_overall(const AccessView& view) {
  const Report& report = view.report;
  const std::string article(kArticle);
  const std::string label = "Is there data?";
  const std::string rest = left_out(report);
  const bool looked = report.summary.stores > 0;
  if (!report.findings.empty()) {
    const std::string cut =
        report.complete ? "" : " There may be more: not everything could be read.";
    view.known("confirmation", article, label,
               fmt::format("Yes: {} listed here.{}{}",
                           counted(report.findings.size(), "item") +
                               (report.findings.size() == 1 ? " is" : " are"),
                           rest, cut));
  } else if (!looked) {
    view.unknown("confirmation", article, label,
                 "Not known: no place where a browser keeps data was found, so none was read.");
  } else if (!report.complete) {
    view.unknown("confirmation", article, label,
                 "Not known: nothing was found, but not everything could be read, so this confirms "
                 "nothing." +
                     rest);
  } else {
    view.known("confirmation", article, label, nothing(report) + rest);
  }
}

/// " (page 7 is damaged)"
std::string first_problem(const StoreResult& store) {
  const auto first =
      std::ranges::find(store.diagnostics, Diagnostic::Severity::incomplete, &Diagnostic::severity);
  return first == store.diagnostics.end() ? "" : fmt::format(" ({})", first->message);
}

std::string found_items(const StoreResult& store) {
  if (store.items == 0) return "nothing";
  std::string text = counted(store.items, "item");
  if (store.unknown > 0) text += fmt::format(", {} of them known to no catalog", store.unknown);
  if (store.residue > 0) text += fmt::format(", {} of them removed or replaced", store.residue);
  return text;
}

/// "Cookies in Default/Cookies", "Local storage (firefox.webappsstore), profile p2".
std::string label_of(const AccessView& view, const Profile& profile, const StoreResult& store) {
  std::string text = store.id.ends_with("session_cookies") ? "Cookies of the last session"
                     : store.id.ends_with("cookies")       ? "Cookies"
                                                           : "Local storage";
  text += store.path.empty() ? fmt::format(" ({})", store.id) : fmt::format(" in {}", store.path);
  if (view.report.profiles.size() > 1)
    text += ", profile " + profile_number(view.report, profile.id);
  return text;
}

void add_store(const AccessView& view, const Profile& profile, const StoreResult& store) {
  const std::string id = fmt::format("confirmation/{}/{}/{}", profile.id, store.id, store.path);
  const std::string label = label_of(view, profile, store);
  const std::string article(kArticle);
  switch (store.status) {
    case StoreStatus::read:
      return view.known(id, article, label, "Looked here and found " + found_items(store) + ".");
    case StoreStatus::absent:
      return view.known(id, article, label, "Looked for it: this profile has none.");
    case StoreStatus::partial:
      return view.unknown(id, article, label,
                          fmt::format("Could read only a part of it{1}. Found there: {0}.",
                                      found_items(store), first_problem(store)));
    case StoreStatus::unsupported:
      return view.unknown(
          id, article, label,
          "Could not read it, since its form is not supported" + first_problem(store) + ".");
    case StoreStatus::failed:
      break;
  }
  view.unknown(id, article, label, "Could not read it" + first_problem(store) + ".");
}

}  // namespace

void add_confirmation_fields(const AccessView& view) {
  add_overall(view);
  for (const auto& [profile, stores, tallies, others] : view.report.profiles) {
    for (const StoreResult& store : stores) add_store(view, profile, store);
  }
}

}  // namespace crumbs
