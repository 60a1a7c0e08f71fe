#include "render/marks.h"

#include "rights.h"

namespace crumbs {
namespace {

Mark mark_of(const Deletion& deletion) {
  switch (deletion.verdict) {
    case Verdict::allowed:
      return Mark::nothing_lost;
    case Verdict::allowed_with_consequence:
      return undoes_choice(deletion) ? Mark::undoes_choice : Mark::something_lost;
    case Verdict::retain:
      return Mark::keep;
    case Verdict::undocumented:
      break;
  }
  return Mark::undocumented;
}

}  // namespace

Mark mark_of(const Finding& finding) {
  switch (finding.status) {
    case Status::drift:
      return Mark::drift;
    case Status::possible:
      return Mark::possible;
    case Status::ambiguous:
      return Mark::ambiguous;
    case Status::undocumented:
    case Status::unknown:
      return Mark::undocumented;
    case Status::documented:
      break;
  }
  return mark_of(finding.deletion);
}

Span sign(Mark mark) {
  switch (mark) {
    case Mark::nothing_lost:
      return {"✓", Style::good};
    case Mark::something_lost:
      return {"!", Style::warning};
    case Mark::undoes_choice:
      return {"§", Style::bad};
    case Mark::keep:
      return {"✗", Style::bad};
    case Mark::possible:
      return {"~", Style::dim};
    case Mark::drift:
      return {"≠", Style::warning};
    case Mark::ambiguous:
      return {"⁇", Style::warning};
    case Mark::undocumented:
      break;
  }
  return {"?", Style::warning};
}

std::string_view meaning(Mark mark) {
  switch (mark) {
    case Mark::nothing_lost:
      return "nothing lost";
    case Mark::something_lost:
      return "something lost";
    case Mark::undoes_choice:
      return "undoes a choice";
    case Mark::keep:
      return "to keep";
    case Mark::possible:
      return "possible";
    case Mark::drift:
      return "not as documented";
    case Mark::ambiguous:
      return "ambiguous";
    case Mark::undocumented:
      break;
  }
  return "not known";
}

}  // namespace crumbs
