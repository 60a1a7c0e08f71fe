#pragma once

/// The parts of access_fields(), in the order of its list.

#include <string>
#include <vector>

#include "access/fields.h"
#include "entry_index.h"

namespace crumbs {

/// What the parts are made from. All of it outlives the list.
struct AccessView {
  const Report& report;
  const AccessRequest& request;
  const EntryIndex& entries;  ///< of the report
  std::vector<AccessField>& fields;

  void known(std::string id, std::string article, std::string label, std::string text) const;
  void unknown(std::string id, std::string article, std::string label, std::string text) const;
};

/// Which request is answered, and by whom.
void add_request_fields(const AccessView& view);
/// Whether anything was found: in all, and in each place that was looked at.
void add_confirmation_fields(const AccessView& view);
/// GDPR 15(1)(a) to (d): purposes, categories, recipients, retention.
void add_data_fields(const AccessView& view);
/// GDPR 15(1)(e) to (h), 15(2) to 15(4), and what else is not seen here.
void add_rights_fields(const AccessView& view);
/// How the answer came about, so that it can be repeated.
void add_acquisition_fields(const AccessView& view);

}  // namespace crumbs
