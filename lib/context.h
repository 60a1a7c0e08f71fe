#pragma once

/// What a browser keeps apart on one site: containers, private windows, first-party isolation and
/// the other origin attributes (Gecko caps/OriginAttributes.h). Pure functions.

#include <string>

#include "crumbs/types.h"

namespace crumbs {

/// Equal for items that the browser keeps together, whatever store they lie in:
/// "container=6&firstPartyDomain=example.com"; empty for the default context. `&`, `=`, `|` and `%`
/// of an attribute are percent-encoded. The partition is no part of it: what another site embeds in
/// one that is visited belongs to that one, as what lies on it itself does.
[[nodiscard]] std::string context_of(const Finding& finding);

/// The same with the partition: equal where the browser gives a page the same items. Ids that
/// differ between two of these do not contradict each other.
[[nodiscard]] std::string isolated_context_of(const Finding& finding);

/// For people: "container 6 Work, private window, isolated for example.com"; empty for the
/// default context. Bytes as stored, which a format has to escape.
[[nodiscard]] std::string context_words(const Finding& finding);

}  // namespace crumbs
