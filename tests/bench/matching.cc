/// Names that no catalog knows, matched in process against the real catalogs.

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>

#include "bench.h"
#include "crumbs/catalog.h"

namespace crumbs::bench {
namespace {

std::vector<std::string> unknown_names(const Matcher& matcher) {
  static constexpr const char* kShapes[] = {"_ga_{:x}",  "PHPSESSID{}", "session-{}", "j{}",
                                            "visits_{}", "enter{}",     "utm_{}",     "i18n{:x}"};
  std::vector<std::string> names;
  for (int i = 0; names.size() < 4096; ++i) {
    const std::string name = fmt::format(fmt::runtime(kShapes[i % 8]), i);
    if (matcher.match(ItemKind::cookie, "shop.example.com", name).candidates.empty())
      names.push_back(name);
  }
  return names;
}

/// Millions a second of `look` over the names, the best of some passes of a tenth of a second.
template <typename Look>
double rate(const std::vector<std::string>& names, int passes, const Look& look) {
  double best = 0;
  for (int pass = 0; pass < passes; ++pass) {
    const auto start = std::chrono::steady_clock::now();
    std::chrono::duration<double> elapsed{};
    std::size_t found = 0, done = 0;
    while (elapsed.count() < 0.1) {
      for (const std::string& name : names) found += look(name) ? 1U : 0U;
      done += names.size();
      elapsed = std::chrono::steady_clock::now() - start;
    }
    if (found == done) throw std::runtime_error("every unknown name matched");
    best = std::max(best, static_cast<double>(done) / elapsed.count() / 1e6);
  }
  return best;
}

}  // namespace

std::vector<Row> matching(const Run& run) {
  const std::vector<Catalog> catalogs = load_catalogs(default_catalog_dir());
  const Matcher matcher(catalogs);
  const std::vector<std::string> names = unknown_names(matcher);
  const double quick = rate(names, run.times(5), [&](const auto& name) {
    return matcher.may_match(ItemKind::cookie, name);
  });
  const double full = rate(names, run.times(5), [&](const auto& name) {
    return !matcher.match(ItemKind::cookie, "shop.example.com", name).candidates.empty();
  });
  return {
      {"names that cannot match, may_match", quick, "million/s", 5, true},
      {"names that do not match, match", full, "million/s", 5, true},
  };
}

}  // namespace crumbs::bench
