#pragma once

/// What is known of where an item is and how it is kept, in one line each.

#include <string>

#include "crumbs/catalog.h"
#include "crumbs/types.h"

namespace crumbs {

/// "secure, readable by scripts, persistent, same-site lax"; empty where nothing is known.
[[nodiscard]] std::string attribute_words(const Attributes& attributes);
/// "https://example.com, with a cross-site ancestor (stored as ...)".
[[nodiscard]] std::string partition_words(const Partition& partition);
/// "Default/Cookies, table cookies, row 12".
[[nodiscard]] std::string locator_words(const Locator& locator);
/// "json, 23 bytes, decrypted (v10), masked": the form of a value.
[[nodiscard]] std::string form_words(const FindingValue& value);
/// "jv_close_time_${jivo_widget_id}, documented as close_time; seen as ...": the form of a name.
[[nodiscard]] std::string form_words(const MatchedForm& form);
/// "meaning: the start of the present visit, in 7 installations, ...".
[[nodiscard]] std::string observation_words(const Observation& seen);
/// "email, 23 bytes, masked, personal data: contact": the form of a part of a value.
[[nodiscard]] std::string form_words(const ValueField& field);

}  // namespace crumbs
