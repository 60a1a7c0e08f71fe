#pragma once

/// Names with variables: "jv_utm_${jivo_visitor_id}" (design 4, "Matching"). No regular-expression
/// engine: a variable is one character class with a length range, so matching is linear in the
/// name and its cost cannot be chosen by a site.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crumbs/catalog.h"

namespace crumbs {

/// A set of ASCII bytes.
class CharacterClass {
 public:
  void add(unsigned char first, unsigned char last) noexcept;
  void add(const CharacterClass& other) noexcept;
  [[nodiscard]] bool contains(char byte) const noexcept {
    const auto value = static_cast<unsigned char>(byte);
    return ((bits_[value / 64U] >> (value % 64U)) & 1U) != 0;
  }
  /// Whether every byte of `other` is in this class.
  [[nodiscard]] bool covers(const CharacterClass& other) const noexcept;

 private:
  std::array<std::uint64_t, 4> bits_{};
};

/// "[A-Za-z0-9]{10}&[0-9A-Z]": bytes of one class, how many, and a class of which at least one of
/// them is.
struct Alternative {
  CharacterClass characters;
  std::uint32_t min = 1;
  std::uint32_t max = 1;
  std::optional<CharacterClass> needs;

  [[nodiscard]] bool fits(std::string_view text) const noexcept;
  /// Whether everything that fits `other` fits this. A `needs` that only the lengths make sure of
  /// is not seen.
  [[nodiscard]] bool covers(const Alternative& other) const noexcept;
};

/// "[0-9]{1,20}|[A-Za-z0-9]{10}&[0-9A-Z]": what a variable may stand for.
struct VariablePattern {
  std::vector<Alternative> alternatives;
  CharacterClass characters;  ///< of any alternative
  std::uint32_t min = 1;      ///< of any alternative
  std::uint32_t max = 1;

  [[nodiscard]] bool fits(std::string_view text) const noexcept;
  /// Whether each alternative of `other` is covered by one of these.
  [[nodiscard]] bool covers(const VariablePattern& other) const noexcept;
};

inline constexpr std::uint32_t kLongestVariable = 512;
inline constexpr std::size_t kMostAlternatives = 8;
inline constexpr std::size_t kMostElements = 17;  ///< literals and variables of one template

/// Parses alternatives joined by "|": "[class]{n}" or "[class]{min,max}", 1 <= min <= max <=
/// kLongestVariable, and behind it perhaps "&[class]". In a class `\\`, `\]` and `\-` stand for the
/// second byte; so does `-` at the end. nullopt for anything else.
[[nodiscard]] std::optional<VariablePattern> parse_variable_pattern(std::string_view text);

/// Why a template is refused.
struct TemplateProblem {
  std::string rule;  ///< "template", "unknown_variable"
  std::string expected;
};

/// An exact name or a template, compiled. Immutable, safe for concurrent use.
class NamePattern {
 public:
  struct Element {
    std::string literal;       ///< empty for a variable
    std::size_t variable = 0;  ///< index into variable_names(), for a variable
    bool repeated = false;     ///< the variable has a value from an earlier element
    VariablePattern pattern;
  };
  using Captured = std::vector<std::pair<std::string, std::string>>;

  static NamePattern exact(std::string_view name);
  /// nullopt with `problem` set where the text is no template. Variables with a pattern that does
  /// not parse count as unknown.
  static std::optional<NamePattern> compile(std::string_view text,
                                            std::span<const Variable> variables,
                                            TemplateProblem& problem);

  /// Whether length, first literal and last literal fit. Necessary for match; no allocation.
  [[nodiscard]] bool could_match(std::string_view name) const noexcept;
  /// Whether the whole name fits; on success `captured` (may be null) gets each variable once, in
  /// order. Where several splits fit, earlier variables take as much as they can.
  [[nodiscard]] bool match(std::string_view name, Captured* captured) const;

  [[nodiscard]] std::span<const Element> elements() const noexcept { return elements_; }
  [[nodiscard]] const std::vector<std::string>& variable_names() const noexcept { return names_; }
  [[nodiscard]] std::size_t literal_bytes() const noexcept { return literal_bytes_; }
  [[nodiscard]] std::size_t min_length() const noexcept { return min_length_; }
  [[nodiscard]] std::size_t max_length() const noexcept { return max_length_; }

 private:
  using Spans = std::vector<std::string_view>;  ///< what each variable stands for

  void add_literal(std::string_view text);
  void add_variable(std::string_view name, const VariablePattern& pattern);
  void measure();
  [[nodiscard]] bool is_variable(std::size_t index) const noexcept;
  [[nodiscard]] bool is_separable(std::size_t index) const noexcept;
  [[nodiscard]] bool match_separable(std::string_view name, Spans& spans) const;
  [[nodiscard]] bool match_flexible(std::string_view name, Spans& spans) const;

  std::vector<Element> elements_;
  std::vector<std::string> names_;
  std::size_t literal_bytes_ = 0, min_length_ = 0, max_length_ = 0;
  bool separable_ = true;  ///< each variable ends where a byte outside its class stands
};

}  // namespace crumbs
