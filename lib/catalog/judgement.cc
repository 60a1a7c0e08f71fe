#include "catalog/judgement.h"

#include "catalog/entry.h"

namespace crumbs {
namespace {

constexpr int kFirstYear = 1994;  ///< of cookies
constexpr std::int64_t kMostSightings = 1'000'000'000;
constexpr int kLastYear = 2999;

struct Needed {
  std::string_view key, expected;
};

Needed needed_by(Basis basis) {
  switch (basis) {
    case Basis::document:
      return {"section", "the section of the document that says so"};
    case Basis::interpretation:
      return {"reason", "the reason of the interpretation"};
    case Basis::observation:
      return {"observed", "what was seen, where, how often and when"};
  }
  return {};
}

}  // namespace

Judgement read_judgement(StrictReader& json, const StrictNode& node) {
  Judgement judgement;
  const StrictNode basis = node.at("basis");
  if (!basis.present()) {
    json.problem(basis, "missing_basis", R"("document", "interpretation" or "observation")");
  } else {
    judgement.basis = json.word<Basis>(basis);
  }
  judgement.section = json.optional_text(node.at("section"), kLongestText);
  judgement.reason = json.optional_text(node.at("reason"), kLongestText);
  if (node.at("observed").present()) judgement.observed = read_evidence(json, node.at("observed"));
  const Needed needed = needed_by(judgement.basis);
  if (basis.present() && !node.at(needed.key).present())
    json.problem(node.at(needed.key), "missing_basis", needed.expected);
  return judgement;
}

Evidence read_evidence(StrictReader& json, const StrictNode& node) {
  Evidence evidence;
  if (!json.object(node, {"what", "in", "count", "of", "from", "to"})) return evidence;
  evidence.what = json.text(node.at("what"), kLongestText);
  evidence.source = json.text(node.at("in"), kLongestText);
  evidence.count = static_cast<std::uint64_t>(json.integer(node.at("count"), 1, kMostSightings));
  evidence.unit = json.text(node.at("of"), kLongestWord);
  if (!node.at("from").present() && !node.at("to").present()) return evidence;  // undated
  evidence.from = static_cast<int>(json.integer(node.at("from"), kFirstYear, kLastYear));
  evidence.to = static_cast<int>(json.integer(node.at("to"), kFirstYear, kLastYear));
  if (evidence.to < evidence.from)
    json.problem(node.at("to"), "value", fmt::format("a year from {} on", evidence.from));
  return evidence;
}

Erratum read_erratum(StrictReader& json, const StrictNode& node) {
  if (!json.object(node, {"says", "likely"})) return {};
  return {json.text(node.at("says"), kLongestText), json.text(node.at("likely"), kLongestText)};
}

}  // namespace crumbs
