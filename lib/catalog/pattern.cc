#include "catalog/pattern.h"
#include "ascii.h"

#include <fmt/format.h>

#include <algorithm>

namespace crumbs {
namespace {

/// Reads one, possibly escaped, byte of a class. nullopt at its end or for what may not stand
/// there.
std::optional<char> class_byte(std::string_view text, std::size_t& at) {
  if (at >= text.size()) return std::nullopt;
  const char byte = text[at];
  if (byte == '\\') {
    if (at + 1 >= text.size()) return std::nullopt;
    const char escaped = text[at + 1];
    if (escaped != '\\' && escaped != ']' && escaped != '-') return std::nullopt;
    at += 2;
    return escaped;
  }
  if (byte == '[' || byte == ']' || byte == '-' || byte == '^' || byte < ' ' || byte > '~')
    return std::nullopt;
  ++at;
  return byte;
}

/// Parses the inside of the brackets up to and with "]"; `at` ends behind it.
bool parse_class(std::string_view text, std::size_t& at, CharacterClass& characters) {
  const std::size_t begin = at;
  const auto hyphen_is_last = [&] { return text.substr(at).starts_with("-]"); };
  while (at < text.size() && text[at] != ']') {
    auto first = hyphen_is_last() ? std::optional(text[at++]) : class_byte(text, at);
    auto last = first;
    if (first && !hyphen_is_last() && at < text.size() && text[at] == '-')
      last = class_byte(text, ++at);
    if (!first || !last || *last < *first) return false;
    characters.add(static_cast<unsigned char>(*first), static_cast<unsigned char>(*last));
  }
  if (at >= text.size() || at == begin) return false;
  ++at;
  return true;
}

/// "{n}" or "{min,max}", the whole text.
bool parse_range(std::string_view text, VariablePattern& pattern) {
  if (text.size() < 3 || text.front() != '{' || text.back() != '}') return false;
  text = text.substr(1, text.size() - 2);
  const std::size_t comma = text.find(',');
  const auto min = parse_number<std::uint32_t>(text.substr(0, comma));
  const auto max =
      comma == std::string_view::npos ? min : parse_number<std::uint32_t>(text.substr(comma + 1));
  if (!min || !max || *min < 1 || *max < *min || *max > kLongestVariable) return false;
  pattern.min = *min;
  pattern.max = *max;
  return true;
}

const Variable* find_variable(std::span<const Variable> variables, std::string_view name) {
  const auto found = std::ranges::find(variables, name, &Variable::name);
  return found == variables.end() ? nullptr : &*found;
}

}  // namespace

void CharacterClass::add(unsigned char first, unsigned char last) noexcept {
  for (unsigned byte = first; byte <= last; ++byte)
    bits_[byte / 64U] |= std::uint64_t{1} << (byte % 64U);
}

bool CharacterClass::covers(const CharacterClass& other) const noexcept {
  for (std::size_t i = 0; i < bits_.size(); ++i) {
    if ((other.bits_[i] & ~bits_[i]) != 0) return false;
  }
  return true;
}

std::optional<VariablePattern> parse_variable_pattern(std::string_view text) {
  VariablePattern pattern;
  std::size_t at = 1;
  if (text.empty() || text.front() != '[') return std::nullopt;
  if (!parse_class(text, at, pattern.characters)) return std::nullopt;
  if (!parse_range(text.substr(at), pattern)) return std::nullopt;
  return pattern;
}

NamePattern NamePattern::exact(std::string_view name) {
  NamePattern pattern;
  pattern.add_literal(name);
  pattern.measure();
  return pattern;
}

std::optional<NamePattern> NamePattern::compile(std::string_view text,
                                                std::span<const Variable> variables,
                                                TemplateProblem& problem) {
  NamePattern pattern;
  while (!text.empty()) {
    const std::size_t open = text.find("${");
    pattern.add_literal(text.substr(0, open));
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) {
      problem = {"template", R"("}" after "${")"};
      return std::nullopt;
    }
    const std::string_view name = text.substr(open + 2, close - open - 2);
    const Variable* variable = find_variable(variables, name);
    const auto parsed =
        variable == nullptr ? std::nullopt : parse_variable_pattern(variable->pattern);
    if (!parsed) {
      problem = {"unknown_variable",
                 fmt::format("${{{}}} to be a key of /variables with a valid pattern", name)};
      return std::nullopt;
    }
    pattern.add_variable(name, *parsed);
    text.remove_prefix(close + 1);
  }
  pattern.measure();
  const bool repeats = std::ranges::any_of(pattern.elements_, &Element::repeated);
  if (pattern.names_.empty())
    problem = {"template", "at least one ${variable}"};
  else if (pattern.elements_.size() > kMostElements)
    problem = {"template", fmt::format("at most {} literals and variables", kMostElements)};
  else if (repeats && !pattern.separable_)
    problem = {
        "template",
        "a literal that no variable can contain after each variable, because one is repeated"};
  else
    return pattern;
  return std::nullopt;
}

void NamePattern::add_literal(std::string_view text) {
  if (text.empty()) return;
  Element element;
  element.literal = text;
  elements_.push_back(std::move(element));
}

void NamePattern::add_variable(std::string_view name, const VariablePattern& pattern) {
  Element element;
  const auto known = std::ranges::find(names_, name);
  element.repeated = known != names_.end();
  element.variable = static_cast<std::size_t>(known - names_.begin());
  element.pattern = pattern;
  if (!element.repeated) names_.emplace_back(name);
  elements_.push_back(std::move(element));
}

void NamePattern::measure() {
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    const Element& element = elements_[i];
    literal_bytes_ += element.literal.size();
    min_length_ += is_variable(i) ? element.pattern.min : element.literal.size();
    max_length_ += is_variable(i) ? element.pattern.max : element.literal.size();
    separable_ = separable_ && is_separable(i);
  }
}

bool NamePattern::is_variable(std::size_t index) const noexcept {
  return elements_[index].literal.empty();
}

bool NamePattern::is_separable(std::size_t index) const noexcept {
  if (!is_variable(index) || index + 1 == elements_.size()) return true;
  return !is_variable(index + 1) &&
         !elements_[index].pattern.characters.contains(elements_[index + 1].literal.front());
}

bool NamePattern::could_match(std::string_view name) const noexcept {
  if (name.size() < min_length_ || name.size() > max_length_ || elements_.empty()) return false;
  const Element& first = elements_.front();
  if (first.literal.empty() ? !first.pattern.characters.contains(name.front())
                            : !name.starts_with(first.literal))
    return false;
  return name.ends_with(elements_.back().literal);
}

bool NamePattern::match(std::string_view name, Captured* captured) const {
  if (!could_match(name)) return false;
  Spans spans(names_.size());
  if (!(separable_ ? match_separable(name, spans) : match_flexible(name, spans))) return false;
  if (captured == nullptr) return true;
  captured->clear();
  for (std::size_t i = 0; i < names_.size(); ++i) captured->emplace_back(names_[i], spans[i]);
  return true;
}

/// Each variable takes the whole run of its class: what follows cannot belong to it.
bool NamePattern::match_separable(std::string_view name, Spans& spans) const {
  for (const Element& element : elements_) {
    std::string_view expected = element.literal;
    if (element.repeated) expected = spans[element.variable];
    std::size_t length = expected.size();
    if (!expected.empty()) {
      if (!name.starts_with(expected)) return false;
    } else {
      const auto& characters = element.pattern.characters;
      while (length < name.size() && characters.contains(name[length])) ++length;
      if (length < element.pattern.min || length > element.pattern.max) return false;
      spans[element.variable] = name.substr(0, length);
    }
    name.remove_prefix(length);
  }
  return name.empty();
}

/// Backwards over the elements: from which positions can the rest match to the end? Prefix sums
/// make "is there one between a and b" a subtraction, so the cost is elements times bytes.
bool NamePattern::match_flexible(std::string_view name, Spans& spans) const {
  const std::size_t row = name.size() + 2;
  std::vector<std::uint32_t> sums((elements_.size() + 1) * row, 0);
  const auto any = [&](std::size_t element, std::size_t from, std::size_t to) {
    return from <= to && sums[element * row + to + 1] > sums[element * row + from];
  };
  sums[elements_.size() * row + name.size() + 1] = 1;
  for (std::size_t e = elements_.size(); e-- > 0;) {
    const Element& element = elements_[e];
    std::size_t run = 0;
    std::vector<bool> fits(name.size() + 1);
    for (std::size_t at = name.size() + 1; at-- > 0;) {
      const std::string_view rest = name.substr(at);
      run = !rest.empty() && element.pattern.characters.contains(rest.front()) ? run + 1 : 0;
      const std::size_t longest = std::min<std::size_t>(run, element.pattern.max);
      fits[at] = is_variable(e)
                     ? any(e + 1, at + element.pattern.min, at + longest)
                     : rest.starts_with(element.literal) &&
                           any(e + 1, at + element.literal.size(), at + element.literal.size());
    }
    for (std::size_t at = 0; at <= name.size(); ++at)
      sums[e * row + at + 1] = sums[e * row + at] + (fits[at] ? 1U : 0U);
  }
  if (!any(0, 0, 0)) return false;
  std::size_t at = 0;
  for (std::size_t e = 0; e < elements_.size(); ++e) {
    const Element& element = elements_[e];
    std::size_t length = element.literal.size();
    if (is_variable(e)) {
      while (length < element.pattern.max && at + length < name.size() &&
             element.pattern.characters.contains(name[at + length]))
        ++length;
      while (!any(e + 1, at + length, at + length)) --length;
      spans[element.variable] = name.substr(at, length);
    }
    at += length;
  }
  return true;
}

}  // namespace crumbs
