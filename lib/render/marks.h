#pragma once

/// The sign before an item: what deleting it costs or, where that cannot be said, why.

#include "crumbs/types.h"
#include "render/page.h"

namespace crumbs {

enum class Mark {
  nothing_lost,
  something_lost,
  undoes_choice,  ///< a choice or an objection of the person
  keep,
  undocumented,  ///< the vendor's, and nothing documents what deleting it does
  possible,
  drift,
  ambiguous
};

[[nodiscard]] Mark mark_of(const Finding& finding);
/// "✓", in its colour, which is never all that tells marks apart.
[[nodiscard]] Span sign(Mark mark);
/// What the sign means: "nothing lost".
[[nodiscard]] std::string_view meaning(Mark mark);

}  // namespace crumbs
