#pragma once

/// Names that somebody may have meant.

#include <set>
#include <span>
#include <string>
#include <string_view>

namespace crumbs::cli {

/// "; did you mean audit?": the name that at most two changed characters make of the wanted one,
/// the first of several; empty where there is none. Printable.
[[nodiscard]] std::string did_you_mean(std::string_view wanted, std::span<const std::string> names);

/// Remembers a few of the names that are offered to it: those that differ in nothing but case, and
/// those that differ in at most two characters.
class NearNames {
 public:
  explicit NearNames(std::string wanted) : wanted_(std::move(wanted)) {}

  void offer(std::string_view name);
  /// "; enter_ts is: names are case-sensitive", "; near it: enter_ts"; empty where none is near.
  /// Printable.
  [[nodiscard]] std::string words() const;

 private:
  std::string wanted_;
  std::set<std::string> same_but_case_, near_;
};

}  // namespace crumbs::cli
