#include "diff/facts.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "audit/secrets.h"

namespace crumbs {
namespace {

enum class Answer { same, differs, unknown };

std::string why_unknown(const FindingValue& value) {
  if (value.availability == Availability::unavailable) return "not readable";
  return value.masked ? "masked" : "not told";
}

/// "the value is masked in BEFORE", "the value is masked in both".
std::string why_unknown(const FindingValue& before, const FindingValue& after, const Known& known) {
  const bool no_before = known.value_digest(before).empty();
  const bool no_after = known.value_digest(after).empty();
  const std::string left = why_unknown(before), right = why_unknown(after);
  if (no_before && no_after && left == right) return fmt::format("the value is {} in both", left);
  if (no_before && no_after)
    return fmt::format("the value is {} in BEFORE and {} in AFTER", left, right);
  return no_before ? fmt::format("the value is {} in BEFORE", left)
                   : fmt::format("the value is {} in AFTER", right);
}

/// Why nobody can tell whether two findings are of one item; empty where their names are known.
std::string why_unnamed(const Finding& before, const Finding& after, const Known& known) {
  const bool hides = !known.has_name(before);
  const bool hides_too = !known.has_name(after);
  if (!hides && !hides_too) return {};
  return fmt::format("its name is masked in {}",
                     hides && hides_too ? "both" : (hides ? "BEFORE" : "AFTER"));
}

/// Masks of the same kind of value that differ are of different values; equal ones prove nothing.
bool masks_differ(const FindingValue& before, const FindingValue& after) {
  return before.masked && after.masked && before.text && after.text && before.type == after.type &&
         *before.text != *after.text;
}

Answer compare_values(const FindingValue& before, const FindingValue& after, const Known& known) {
  const std::string left = known.value_digest(before), right = known.value_digest(after);
  if (!left.empty() && !right.empty()) return left == right ? Answer::same : Answer::differs;
  const bool no_left = before.availability == Availability::unavailable;
  const bool no_right = after.availability == Availability::unavailable;
  if (no_left && no_right && before.reason == Unavailable::removed && after.reason == before.reason)
    return Answer::same;
  if (no_left || no_right) return Answer::unknown;  // the length of a sealed value is another thing
  return before.length != after.length || masks_differ(before, after) ? Answer::differs
                                                                      : Answer::unknown;
}

std::optional<std::string> shown_text(const FindingValue& value) {
  if (value.availability == Availability::unavailable)
    return value.reason ? fmt::format("(not readable: {})", to_string(*value.reason))
                        : "(not readable)";
  if (value.decoded) return value.decoded;
  return value.text;
}

std::string length_note(std::uint64_t before, std::uint64_t after) {
  if (before == after) return {};
  return fmt::format("length {} to {} bytes", before, after);
}

FactChange text_change(std::string fact, std::optional<std::string> before,
                       std::optional<std::string> after) {
  FactChange change;
  change.fact = std::move(fact);
  change.hidden = before == after;
  if (!change.hidden) {
    change.before = std::move(before);
    change.after = std::move(after);
  }
  return change;
}

FactChange value_change(const FindingValue& before, const FindingValue& after) {
  FactChange change = text_change("value", shown_text(before), shown_text(after));
  change.note = length_note(before.length, after.length);
  return change;
}

using Fields = std::map<std::string, const ValueField*>;

/// Without those whose key one of the reports masks: nobody can tell which it is.
Fields fields_of(const FindingValue& value) {
  Fields fields;
  for (const ValueField& field : value.fields) {
    if (field.present && !field.pointer.ends_with(kMaskedText))
      fields.emplace(field.pointer, &field);
  }
  return fields;
}

std::optional<std::string> text_of(const ValueField* field) {
  return field == nullptr ? std::nullopt : std::optional(field->text);
}

/// Whether nothing tells that two parts differ. Equal masks of equal length say nothing, nor does a
/// token that only one side has.
bool look_same(const ValueField& before, const ValueField& after) {
  const bool tokens_differ =
      !before.token.empty() && !after.token.empty() && before.token != after.token;
  return before.text == after.text && before.length == after.length && !tokens_differ;
}

/// Parts that are known to differ.
void add_fields(const FindingValue& before, const FindingValue& after,
                std::vector<FactChange>& facts) {
  const Fields left = fields_of(before);
  const Fields right = fields_of(after);
  Fields all = left;
  all.insert(right.begin(), right.end());
  for (const auto& [pointer, ignored] : all) {
    const auto was = left.find(pointer), is = right.find(pointer);
    const ValueField* old = was == left.end() ? nullptr : was->second;
    const ValueField* now = is == right.end() ? nullptr : is->second;
    const bool both = old != nullptr && now != nullptr;
    if (both && look_same(*old, *now)) continue;
    FactChange change = text_change("value " + pointer, text_of(old), text_of(now));
    if (both) change.note = length_note(old->length, now->length);
    facts.push_back(std::move(change));
  }
}

std::string text_of(bool value) {
  return value ? "yes" : "no";
}
std::string text_of(std::int64_t value) {
  return std::to_string(value);
}
std::string text_of(const std::string& value) {
  return value;
}
std::optional<std::string> text_of(const std::optional<Time>& time) {
  return time ? std::optional(to_iso8601(*time)) : std::nullopt;
}

class Facts {
 public:
  explicit Facts(std::vector<FactChange>& facts) : facts_(facts) {}

  /// An attribute that one schema has no column for is no difference.
  template <class T>
  void attribute(const std::string& fact, const std::optional<T>& before,
                 const std::optional<T>& after) {
    if (!before || !after || *before == *after) return;
    add(fact, text_of(*before), text_of(*after));
  }
  void time(std::string fact, const std::optional<Time>& before, const std::optional<Time>& after,
            std::string note = {}) {
    if ((before ? std::optional(before->unix_us) : std::nullopt) ==
        (after ? std::optional(after->unix_us) : std::nullopt))
      return;
    add(std::move(fact), text_of(before), text_of(after), std::move(note));
  }
  void text(std::string fact, const std::string& before, const std::string& after) {
    if (before == after) return;
    const auto known = [](const std::string& text) {
      return text.empty() ? std::nullopt : std::optional(text);
    };
    add(std::move(fact), known(before), known(after));
  }

 private:
  void add(std::string fact, std::optional<std::string> before, std::optional<std::string> after,
           std::string note = {}) {
    facts_.push_back(
        {std::move(fact), std::move(before), std::move(after), false, std::move(note)});
  }

  std::vector<FactChange>& facts_;
};

void add_attributes(const Attributes& before, const Attributes& after, Facts& facts) {
  facts.attribute("secure", before.secure, after.secure);
  facts.attribute("http_only", before.http_only, after.http_only);
  facts.attribute("same_site", before.same_site, after.same_site);
  facts.attribute("session", before.session, after.session);
  facts.attribute("partitioned", before.partitioned, after.partitioned);
  facts.attribute("host_only", before.host_only, after.host_only);
  facts.attribute("priority", before.priority, after.priority);
  facts.attribute("source_scheme", before.source_scheme, after.source_scheme);
  facts.attribute("source_port", before.source_port, after.source_port);
  facts.attribute("source_type", before.source_type, after.source_type);
}

/// What is worth knowing of an item that differs, and is no difference by itself.
void add_circumstances(const Finding& before, const Finding& after, Facts& facts) {
  facts.time("created", before.times.created, after.times.created, "set anew");
  facts.time("updated", before.times.updated, after.times.updated);
  facts.text("status", std::string(to_string(before.status)), std::string(to_string(after.status)));
  facts.text("entry", before.entry, after.entry);
}

bool same_time(const std::optional<Time>& before, const std::optional<Time>& after) {
  return !before || !after || before->unix_us == after->unix_us;
}

}  // namespace

FactsCompared compare_facts(const Finding& before, const Finding& after,
                            const Finding& shown_before, const Finding& shown_after,
                            const Known& known) {
  FactsCompared result;
  result.unsure = why_unnamed(before, after, known);
  if (!result.unsure.empty()) return result;
  Facts facts(result.facts);
  facts.text("state", std::string(to_string(before.state)), std::string(to_string(after.state)));
  const Answer values = compare_values(before.value, after.value, known);
  if (values == Answer::unknown) result.unsure = why_unknown(before.value, after.value, known);
  if (values == Answer::differs) {
    result.facts.push_back(value_change(shown_before.value, shown_after.value));
    add_fields(shown_before.value, shown_after.value, result.facts);
  }
  facts.time("expires", before.times.expires, after.times.expires);
  facts.attribute("expires_raw", before.times.expires_raw, after.times.expires_raw);
  add_attributes(before.attributes, after.attributes, facts);
  result.differs = !result.facts.empty();
  result.rewritten = !same_time(before.times.created, after.times.created) ||
                     !same_time(before.times.updated, after.times.updated);
  if (result.differs) add_circumstances(before, after, facts);
  return result;
}

}  // namespace crumbs
