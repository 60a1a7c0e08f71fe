#include "support/injections.h"

#include <nlohmann/json.hpp>

#include "crumbs/printable.h"
#include "decode/text.h"
#include "support/hostile_report.h"
#include "support/support.h"

namespace crumbs::test {

using nlohmann::json;

std::vector<std::string> injections() {
  std::vector<std::string> texts;
  for (const json& one : json::parse(read_file(source_dir() / "tests/check/injections.json"))) {
    const std::string piece =
        one.contains("hex") ? unhex(one["hex"].get<std::string>()) : one["text"].get<std::string>();
    std::string text;
    for (int i = one.value("times", 1); i > 0; --i) text += piece;
    texts.push_back(std::move(text));
  }
  return texts;
}

Difference hostile_difference(const std::string& text) {
  Report before = hostile_report(text), after = before;
  before.findings.push_back(before.findings[0]);
  before.findings.back().name += "gone";
  after.findings[0].value.text = text + "2";
  after.findings[0].attributes.same_site = text + "2";
  after.findings[0].entry = text + "2";
  after.findings.push_back(after.findings[0]);
  after.findings.back().name += "new";
  before.complete = before.profiles.empty();
  Difference difference = compare(before, after, {.values = ValuesMode::full, .all = true});
  difference.remarks = {printable(text)};
  difference.selection = text;
  return difference;
}

const std::vector<Form>& forms() {
  static const std::vector<Form> all{
      {"report.json", "json", {}},
      {"records.ndjson", "ndjson", {}},
      {"report.html", "html", {}},
      {"report.csv", "csv", {}},
      {"bom.csv", "csv", {.byte_order_mark = true}},
      {"report.md", "markdown", {}},
      {"narrow.txt", "text", {.width = 40}},
      {"narrow-color.txt", "text", {.width = 80, .color = true}},
      {"verbose.txt", "text", {.width = 100, .level = TextLevel::verbose}},
      {"wide-detail.txt", "text", {.width = 4'000, .level = TextLevel::items}},
      {"detail-color.txt", "text", {.width = 100, .color = true, .level = TextLevel::items}},
  };
  return all;
}

const std::vector<Form>& difference_forms() {
  static const std::vector<Form> all{{"diff.json", "json", {}},
                                     {"diff.html", "html", {}},
                                     {"diff.md", "markdown", {}},
                                     {"diff.txt", "text", {.width = 80}},
                                     {"diff-color.txt", "text", {.width = 80, .color = true}}};
  return all;
}

}  // namespace crumbs::test
