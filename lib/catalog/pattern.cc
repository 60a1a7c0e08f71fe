#include "catalog/pattern.h"
#include "ascii.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

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

/// "[class]"; `at` ends behind it.
bool parse_brackets(std::string_view text, std::size_t& at, CharacterClass& characters) {
  return at < text.size() && text[at] == '[' && parse_class(text, ++at, characters);
}

/// "{n}" or "{min,max}"; `at` ends behind it.
bool parse_range(std::string_view text, std::size_t& at, Alternative& alternative) {
  const std::size_t close = text.find('}', at);
  if (at >= text.size() || text[at] != '{' || close == std::string_view::npos) return false;
  const std::string_view range = text.substr(at + 1, close - at - 1);
  at = close + 1;
  const std::size_t comma = range.find(',');
  const auto min = parse_number<std::uint32_t>(range.substr(0, comma));
  const auto max =
      comma == std::string_view::npos ? min : parse_number<std::uint32_t>(range.substr(comma + 1));
  if (!min || !max || *min < 1 || *max < *min || *max > kLongestVariable) return false;
  alternative.min = *min;
  alternative.max = *max;
  return true;
}

/// One alternative; `at` ends behind it.
bool parse_alternative(std::string_view text, std::size_t& at, Alternative& alternative) {
  if (!parse_brackets(text, at, alternative.characters) || !parse_range(text, at, alternative))
    return false;
  if (at == text.size() || text[at] != '&') return true;
  return parse_brackets(text, ++at, alternative.needs.emplace());
}

/// From which positions of a name the elements from one on match to its end. Prefix sums make "is
/// there one between two positions" a subtraction, so matching costs elements times bytes.
class Endings {
 public:
  Endings(std::size_t elements, std::size_t bytes)
      : row_(bytes + 2), sums_((elements + 1) * row_, 0) {
    sums_.back() = 1;
  }

  void mark(std::size_t element, std::size_t at) { sums_[element * row_ + at + 1] = 1; }
  /// Makes the marks of an element ready to be asked for.
  void sum(std::size_t element) {
    const auto row = sums_.begin() + static_cast<std::ptrdiff_t>(element * row_);
    std::partial_sum(row, row + static_cast<std::ptrdiff_t>(row_), row);
  }
  /// Whether there is a mark from `from` to `to`, both included; none where `to` lies before.
  [[nodiscard]] bool any(std::size_t element, std::size_t from, std::size_t to) const {
    return from <= to && sums_[element * row_ + to + 1] > sums_[element * row_ + from];
  }

 private:
  std::size_t row_;
  std::vector<std::uint32_t> sums_;
};

/// Marks where the alternative can begin so that what follows it matches to the end.
void mark_beginnings(const Alternative& alternative, std::string_view name, std::size_t element,
                     Endings& endings) {
  std::size_t run = 0;
  std::size_t needed = name.size();  // where the next byte is that it needs
  for (std::size_t at = name.size(); at-- > 0;) {
    run = alternative.characters.contains(name[at]) ? run + 1 : 0;
    if (!alternative.needs || alternative.needs->contains(name[at])) needed = at;
    const std::size_t first = std::max(at + alternative.min, needed + 1);
    const std::size_t last = at + std::min<std::size_t>(run, alternative.max);
    if (endings.any(element + 1, first, last)) endings.mark(element, at);
  }
}

/// The length of the longest beginning that fits and after which the rest matches; 0: none.
template <class RestMatches>
std::size_t longest(const VariablePattern& pattern, std::string_view text,
                    const RestMatches& rest_matches) {
  std::size_t best = 0;
  for (const Alternative& alternative : pattern.alternatives) {
    bool has_needed = !alternative.needs;
    const std::size_t most = std::min<std::size_t>(text.size(), alternative.max);
    for (std::size_t length = 1; length <= most; ++length) {
      const char byte = text[length - 1];
      if (!alternative.characters.contains(byte)) break;
      has_needed = has_needed || alternative.needs->contains(byte);
      if (has_needed && length >= alternative.min && rest_matches(length))
        best = std::max(best, length);
    }
  }
  return best;
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

void CharacterClass::add(const CharacterClass& other) noexcept {
  for (std::size_t i = 0; i < bits_.size(); ++i) bits_[i] |= other.bits_[i];
}

bool Alternative::fits(std::string_view text) const noexcept {
  const auto in = [](const CharacterClass& wanted) {
    return [&wanted](char byte) { return wanted.contains(byte); };
  };
  return text.size() >= min && text.size() <= max && std::ranges::all_of(text, in(characters)) &&
         (!needs || std::ranges::any_of(text, in(*needs)));
}

bool Alternative::covers(const Alternative& other) const noexcept {
  const bool has_needed =
      !needs || needs->covers(other.characters) || (other.needs && needs->covers(*other.needs));
  return has_needed && min <= other.min && max >= other.max && characters.covers(other.characters);
}

bool VariablePattern::fits(std::string_view text) const noexcept {
  return std::ranges::any_of(
      alternatives, [text](const Alternative& alternative) { return alternative.fits(text); });
}

bool VariablePattern::covers(const VariablePattern& other) const noexcept {
  return std::ranges::all_of(other.alternatives, [this](const Alternative& narrow) {
    return std::ranges::any_of(alternatives,
                               [&narrow](const Alternative& wide) { return wide.covers(narrow); });
  });
}

std::optional<VariablePattern> parse_variable_pattern(std::string_view text) {
  VariablePattern pattern;
  pattern.min = kLongestVariable;
  for (std::size_t at = 0;; ++at) {
    Alternative& alternative = pattern.alternatives.emplace_back();
    if (!parse_alternative(text, at, alternative)) return std::nullopt;
    pattern.characters.add(alternative.characters);
    pattern.min = std::min(pattern.min, alternative.min);
    pattern.max = std::max(pattern.max, alternative.max);
    if (at == text.size()) return pattern;
    if (text[at] != '|' || pattern.alternatives.size() == kMostAlternatives) return std::nullopt;
  }
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
      if (!element.pattern.fits(name.substr(0, length))) return false;
      spans[element.variable] = name.substr(0, length);
    }
    name.remove_prefix(length);
  }
  return name.empty();
}

/// Backwards over the elements: from which positions can the rest match to the end?
bool NamePattern::match_flexible(std::string_view name, Spans& spans) const {
  Endings endings(elements_.size(), name.size());
  for (std::size_t e = elements_.size(); e-- > 0;) {
    const Element& element = elements_[e];
    if (!is_variable(e)) {
      for (std::size_t at = 0; at <= name.size(); ++at) {
        if (name.substr(at).starts_with(element.literal) &&
            endings.any(e + 1, at + element.literal.size(), at + element.literal.size()))
          endings.mark(e, at);
      }
    }
    for (const Alternative& alternative : element.pattern.alternatives)
      mark_beginnings(alternative, name, e, endings);
    endings.sum(e);
  }
  if (!endings.any(0, 0, 0)) return false;
  std::size_t at = 0;
  for (std::size_t e = 0; e < elements_.size(); ++e) {
    std::size_t length = elements_[e].literal.size();
    if (is_variable(e)) {
      length = longest(elements_[e].pattern, name.substr(at), [&](std::size_t taken) {
        return endings.any(e + 1, at + taken, at + taken);
      });
      spans[elements_[e].variable] = name.substr(at, length);
    }
    at += length;
  }
  return true;
}

}  // namespace crumbs
