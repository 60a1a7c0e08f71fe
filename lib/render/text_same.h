#pragma once

/// What is equal in a report, told once.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "render/text_blocks.h"

namespace crumbs {

/// "id (A) in 11 items", "names (B, C), phone (D) in 4 on 3 sites".
[[nodiscard]] std::vector<Text> same_values(const std::vector<SameValue>& values);

/// The findings that others of one profile refer to. Holds references to them.
class EqualFindings {
 public:
  explicit EqualFindings(const Findings& findings);

  /// The one other site where every item of the block has its entry and its value, and of which
  /// nothing else is noted; empty where there is none.
  [[nodiscard]] std::string site_of(const Block& block) const;

 private:
  std::unordered_map<std::string_view, const Finding*> by_id_;
};

/// "! jv_store_…_client (1 undocumented key), ! jv_…".
[[nodiscard]] Text names_of(const View& view, const Block& block);

}  // namespace crumbs
