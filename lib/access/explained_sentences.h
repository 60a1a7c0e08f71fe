#pragma once

/// Sentences about one item, for the person concerned. What comes from the profile is made safe to
/// print; what the report hides stays hidden.

#include <string>

#include "crumbs/catalog.h"
#include "crumbs/types.h"
#include "render/page.h"

namespace crumbs {

/// What the item holds: "It holds a moment: 23 November 2026 at 10:00 UTC, ...". Never empty.
[[nodiscard]] Text says(const Finding& finding, const Time& now);
/// The stored value and how it was read, where that differs from what says() shows; else empty.
[[nodiscard]] Text stored_as(const Finding& finding);
/// Whether that is about the person, and whose claim it is. `entry` may be null.
[[nodiscard]] Text about_you(const Finding& finding, const Entry* entry);
/// What is known of when it was set, changed and used, and of the times inside it. Never empty.
[[nodiscard]] Text since_when(const Finding& finding, const Time& now);
/// When it goes away by itself. `entry` may be null. Never empty.
[[nodiscard]] Text until_when(const Finding& finding, const Entry* entry, const Time& now);
/// Whether it may be deleted, what would be lost, and whose claim that is. Never empty.
[[nodiscard]] Text may_delete(const Finding& finding);
/// "A cookie of shop.example.com and all sites below it, set while you were on example.org".
[[nodiscard]] std::string kept_for(const Finding& finding);
/// A part of a record: "The name this person gave: Zoe".
[[nodiscard]] Text part_says(const ValueField& field);

}  // namespace crumbs
