#pragma once

// lib/audit: from the items of stores to the findings of a report.

/// From held items to findings: status, verdict, card (design 4). Pure; one profile at a time.

#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "audit/listing.h"
#include "crumbs/audit.h"
#include "crumbs/catalog.h"

namespace crumbs {

/// Which catalogs are at home on which sites of a profile: catalog id, site and context.
using Company = std::set<std::tuple<std::string, std::string, std::string>>;

/// The company that distinctive entries keep for generic names, from all stores of one profile.
[[nodiscard]] Company find_company(const std::vector<StoreListing>& stores);

/// What judging all items of a profile needs beside the item. Holds references.
struct Grounds {
  const Company& company;
  ValuesMode values = ValuesMode::masked;
  Time now;  ///< what ages are counted to
  bool digests = false;
  DigestKey digest_key;  ///< of digests of values; none makes none
};

/// A finding without its id, and what its value says of variables and hides: never to be shown.
struct Judged {
  Finding finding;
  VariableValues variables;
  std::vector<HiddenText> hidden;
  std::string digest;  ///< of the value, where an entry describes it and it tells something
};

/// Decides status, entry, deletion and shown value.
[[nodiscard]] Judged judge(HeldItem held, const Grounds& grounds);

/// The order of a report: the index that each finding has now of the one that comes first, second,
/// ... Then ids that are still equal get a number, so that each is unique in its profile.
[[nodiscard]] std::vector<std::size_t> sort_findings(std::vector<Finding>& findings);

}  // namespace crumbs
