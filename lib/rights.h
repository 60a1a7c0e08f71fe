#pragma once

/// What deleting an item does to a person's rights.

#include "crumbs/types.h"

namespace crumbs {

/// Whether a choice or an objection of the person is undone: a consent, an opt-out, a subscription.
/// A record that the person was blocked is none of theirs.
[[nodiscard]] bool undoes_choice(const Deletion& deletion);

}  // namespace crumbs
