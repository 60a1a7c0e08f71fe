#pragma once

// lib/access: what the answer to an access request says, in data and in sentences.

/// What an access request has to be told beside the items themselves (GDPR 15), and honest lines
/// for what nobody can know from a device.

#include <string>
#include <vector>

#include "crumbs/bundle.h"
#include "crumbs/report.h"

namespace crumbs {

/// One line of the answer. All text is whole sentences for people, without line breaks of ours; it
/// may hold text of the profile (paths, names) and never a stored value.
struct AccessField {
  std::string id;       ///< stable and unique in a list: "purposes"; those of one kind share what
                        ///< stands before the first '/': "confirmation/p1/Default/Cookies"
  std::string article;  ///< "GDPR 15(1)(a)"; empty where none asks for it
  std::string label;    ///< "Purposes"
  bool known = false;   ///< false: `text` says why it is not known
  std::string text;     ///< never empty
  friend bool operator==(const AccessField&, const AccessField&) = default;
};

/// Every field, in the order to be read in. Depends on the arguments alone and guesses nothing: a
/// field comes from the report or the controller's own words, or says that it is not known. Pure; n
/// log n in the findings.
[[nodiscard]] std::vector<AccessField> access_fields(const Report& report,
                                                     const AccessRequest& request);

}  // namespace crumbs
