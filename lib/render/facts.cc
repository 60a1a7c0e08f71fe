#include "render/facts.h"

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/words.h"

namespace crumbs {
namespace {

void add_flag(std::string& text, const std::optional<bool>& flag, std::string_view yes,
              std::string_view no) {
  if (!flag) return;
  text += fmt::format("{}{}", text.empty() ? "" : ", ", *flag ? yes : no);
}

void add_word(std::string& text, std::string_view what, const std::optional<std::string>& word) {
  if (word) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", what, *word);
}

}  // namespace

std::string attribute_words(const Attributes& attributes) {
  std::string text;
  add_flag(text, attributes.secure, "secure", "not secure");
  add_flag(text, attributes.http_only, "http-only", "readable by scripts");
  add_flag(text, attributes.session, "session", "persistent");
  add_flag(text, attributes.host_only, "this host only", "the whole domain");
  add_flag(text, attributes.partitioned, "partitioned", "not partitioned");
  add_word(text, "same-site", attributes.same_site);
  add_word(text, "priority", attributes.priority);
  add_word(text, "source scheme", attributes.source_scheme);
  if (attributes.source_port) text += fmt::format(", source port {}", *attributes.source_port);
  add_word(text, "set by", attributes.source_type);
  for (const auto& [key, value] : attributes.origin_attributes)
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", key, value);
  return text;
}

std::string partition_words(const Partition& partition) {
  std::string text = partition.top_level_site;
  if (partition.cross_site_ancestor)
    text += *partition.cross_site_ancestor ? ", with a cross-site ancestor"
                                           : ", without a cross-site ancestor";
  if (!partition.raw.empty()) text += " (stored as " + partition.raw + ")";
  return text;
}

std::string locator_words(const Locator& locator) {
  std::string text = locator.file;
  if (!locator.table.empty()) text += ", table " + locator.table;
  if (locator.row) text += fmt::format(", row {}", *locator.row);
  if (!locator.pointer.empty()) text += ", " + locator.pointer;
  if (locator.offset) text += fmt::format(", byte {}", *locator.offset);
  if (locator.sequence) text += fmt::format(", sequence {}", *locator.sequence);
  return text;
}

std::string form_words(const FindingValue& value) {
  std::string form = fmt::format("{}, {}, {}", spaced(to_string(value.type)),
                                 counted(value.length, "byte"), to_string(value.availability));
  if (!value.encryption.empty()) form += " (" + value.encryption + ")";
  if (value.masked) form += ", masked";
  return form;
}

std::string form_words(const ValueField& field) {
  std::string form = fmt::format("{}, {}", to_string(field.type), counted(field.length, "byte"));
  if (field.masked) form += ", masked";
  if (field.personal_data != PersonalData::none)
    form += fmt::format(", personal data: {}", to_string(field.personal_data));
  return form;
}

std::string observation_words(const Observation& seen) {
  return fmt::format("{}: {}", to_string(seen.about), evidence_text(seen.evidence));
}

std::string form_words(const MatchedForm& form) {
  std::string text = form.name;
  if (!form.documented_as.empty()) text += ", documented as " + form.documented_as;
  if (!form.evidence.empty()) text += "; publicly seen: " + form.evidence;
  return text;
}

}  // namespace crumbs
