#include "json/strict.h"
#include "ascii.h"

#include <algorithm>

namespace crumbs {
namespace {

constexpr std::size_t kShownBytes = 60;

/// A string as a message shows it: quoted, escaped, cut with a mark.
std::string in_quotes(std::string_view text) {
  std::size_t end = std::min(text.size(), kShownBytes);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  std::string shown =
      Json(std::string(text.substr(0, end))).dump(-1, ' ', false, Json::error_handler_t::replace);
  if (end < text.size()) shown.insert(shown.size() - 1, "...");
  return shown;
}

std::string found_text(const StrictNode& node) {
  if (!node.present()) return "nothing";
  const Json& value = node.value();
  if (value.is_string()) return in_quotes(value.get_ref<const std::string&>());
  if (value.is_array()) return value.empty() ? "an empty array" : "an array";
  if (value.is_object()) return "an object";
  return value.dump();
}

/// nlohmann's "[...] parse error at line 2, column 3: detail" without its prefix.
std::string syntax_detail(std::string_view what) {
  const std::size_t at = what.find("at line ");
  return std::string(at == std::string_view::npos ? what : what.substr(at + 3));
}

/// Builds the document and sees what a finished document no longer shows: keys given twice.
class StrictBuilder final : public nlohmann::json_sax<Json> {
 public:
  StrictBuilder(Json& root, Problems& problems) : root_(root), problems_(problems) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(Json::object()); }
  bool start_array(std::size_t /*size*/) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Json& object = *open_.back();
    if (object.contains(name))
      problems_.push_back({"duplicate_key", pointer() + pointer_step(name),
                           "found the key a second time, expected it once"});
    else if (object.size() == kMostMembers)
      return refuse(fmt::format("found more keys, expected at most {}", kMostMembers));
    slot_ = &object[name];
    return true;
  }

  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) override {
    problems_.push_back(
        {"json", "",
         fmt::format("found a mistake at {}, expected JSON", syntax_detail(error.what()))});
    return false;
  }

 private:
  template <class T>
  Json* place(T&& value) {
    if (open_.empty()) return &(root_ = std::forward<T>(value));
    if (!open_.back()->is_array()) return &(*slot_ = std::forward<T>(value));
    open_.back()->push_back(std::forward<T>(value));
    return &open_.back()->back();
  }
  template <class T>
  bool put(T&& value) {
    place(std::forward<T>(value));
    return true;
  }
  bool open(Json&& value) {
    if (open_.size() == kDeepestJson)
      return refuse(fmt::format("found deeper nesting, expected at most {} levels", kDeepestJson));
    open_.push_back(place(std::move(value)));
    return true;
  }
  bool refuse(std::string message) {
    problems_.push_back({"json", pointer(), std::move(message)});
    return false;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  static std::string step(const Json& parent, const Json* child) {
    if (parent.is_array()) return fmt::format("/{}", parent.size() - 1);
    for (const auto& [name, value] : parent.get_ref<const Json::object_t&>()) {
      if (&value == child) return pointer_step(name);
    }
    return {};
  }

  /// Of the innermost open array or object.
  [[nodiscard]] std::string pointer() const {
    std::string text;
    for (std::size_t i = 1; i < open_.size(); ++i) text += step(*open_[i - 1], open_[i]);
    return text;
  }

  Json& root_;
  Problems& problems_;
  std::vector<Json*> open_;
  Json* slot_ = nullptr;
};

}  // namespace

Json parse_strict_json(std::string_view text, Problems& problems) {
  Json root;
  StrictBuilder builder(root, problems);
  if (!Json::sax_parse(text, &builder)) return nullptr;
  return root;
}

std::string problem_line(const std::string& file, const LintProblem& problem) {
  if (problem.pointer.empty()) return fmt::format("{}: {}", file, problem.message);
  return fmt::format("{}: {}: {}", file, problem.pointer, problem.message);
}

std::string alternatives(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += fmt::format("\"{}\"", words[i]);
  }
  return text;
}

void StrictReader::problem(const StrictNode& node, std::string_view rule, std::string_view found,
                           std::string_view expected) {
  problems_.push_back(
      {std::string(rule), node.pointer(), fmt::format("found {}, expected {}", found, expected)});
}

void StrictReader::problem(const StrictNode& node, std::string_view rule,
                           std::string_view expected) {
  problem(node, rule, found_text(node), expected);
}

bool StrictReader::object(const StrictNode& node, std::initializer_list<std::string_view> known) {
  if (!node.present() || !node.value().is_object()) {
    problem(node, node.present() ? "value" : "missing", "an object");
    return false;
  }
  for (const auto& [name, value] : node.value().get_ref<const Json::object_t&>()) {
    if (std::ranges::find(known, name) == known.end())
      problem(node.member(name, value), "unknown_key", "an unknown key",
              alternatives({known.begin(), known.size()}));
  }
  return true;
}

std::string StrictReader::text(const StrictNode& node, std::size_t limit, bool may_be_empty) {
  if (node.present() && node.value().is_string()) {
    const auto& text = node.value().get_ref<const std::string&>();
    const bool fits = text.size() <= limit && (may_be_empty || !text.empty());
    if (fits && std::ranges::none_of(text, is_control)) return text;
  }
  const std::string_view empty = may_be_empty ? "a" : "a non-empty";
  problem(node, node.present() ? "value" : "missing",
          fmt::format("{} string of one line and at most {} bytes", empty, limit));
  return {};
}

std::string StrictReader::optional_text(const StrictNode& node, std::size_t limit) {
  return node.present() ? text(node, limit) : std::string();
}

bool StrictReader::flag(const StrictNode& node) {
  if (node.present() && node.value().is_boolean()) return node.value().get<bool>();
  problem(node, node.present() ? "value" : "missing", "true or false");
  return false;
}

std::int64_t StrictReader::integer(const StrictNode& node, std::int64_t min, std::int64_t max) {
  if (node.present() && node.value().is_number_integer()) {
    const bool huge = node.value().is_number_unsigned() &&
                      node.value().get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX);
    const std::int64_t value = node.value().get<std::int64_t>();
    if (!huge && value >= min && value <= max) return value;
  }
  problem(node, node.present() ? "value" : "missing",
          fmt::format("a whole number from {} to {}", min, max));
  return min;
}

bool StrictReader::is_list(const StrictNode& node, std::size_t min, std::size_t max) {
  if (node.present() && node.value().is_array()) {
    const std::size_t size = node.value().size();
    if (size >= min && size <= max) return true;
    problem(node, "value", fmt::format("{} elements", size), fmt::format("{} to {}", min, max));
    return false;
  }
  problem(node, node.present() ? "value" : "missing", "an array");
  return false;
}

}  // namespace crumbs
