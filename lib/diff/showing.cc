#include "diff/showing.h"

#include "audit/present.h"

namespace crumbs {
namespace {

int strictness(ValuesMode mode) {
  return mode == ValuesMode::full ? 0 : mode == ValuesMode::masked ? 1 : 2;
}

AuditOptions options_of(ValuesMode mode) {
  AuditOptions options;
  options.values = mode;
  options.digests = true;  // no letters: there are two reports
  return options;
}

}  // namespace

Showing::Showing(ValuesMode mode, const Known& known)
    : mode_(mode), known_(known), options_(options_of(mode)), disguise_(options_) {}

bool Showing::hides(ValuesMode of_report) const {
  return strictness(mode_) > strictness(of_report);
}

void Showing::learn(const Report& report) {
  if (!hides(report.values)) return;
  for (const Finding& finding : report.findings)
    static_cast<void>(disguise_.learn(hidden_texts(finding.value)));
}

Finding Showing::shown(const Finding& finding, ValuesMode of_report) {
  Finding shown = finding;
  drop_tokens(shown, known_);
  if (mode_ != ValuesMode::full || of_report != ValuesMode::full) keys_.mask(shown);
  if (hides(of_report)) {
    hide_value(shown.value, mode_);
    if (of_report == ValuesMode::full) disguise_.mask(shown);
    shown.notes.clear();  // an age may come from a time that is hidden now
  }
  for (std::string* digest : {&shown.value.digest, &shown.value.keyed_digest, &shown.name_digest,
                              &shown.name_keyed_digest})
    digest->clear();
  return shown;
}

}  // namespace crumbs
