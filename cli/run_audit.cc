#include "run_audit.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include <fmt/format.h>

#include "command.h"
#include "crumbs/printable.h"
#include "progress.h"

namespace crumbs::cli {
namespace {

bool can_stream(const Outputs& outputs) {
  return std::ranges::all_of(outputs,
                             [](const auto& output) { return output->format() == "ndjson"; });
}

bool has_format_for_programs(const Outputs& outputs) {
  return std::ranges::any_of(outputs, [](const auto& output) {
    return output->format() == "json" || output->format() == "ndjson";
  });
}

class Writing {
 public:
  Writing(const AuditArguments& arguments, const AuditRun& run)
      : arguments_(arguments),
        run_(run),
        catalogs_(chosen_catalogs(arguments.catalogs)),
        options_(audit_options(arguments)),
        outputs_(open_outputs(arguments)) {
    options_.filter = run.filter;
    options_.unknown = has_format_for_programs(outputs_) && lists_unknown(arguments);
    options_.excuse_unknown = !options_.all;
  }

  int finish() {
    FoundProfiles profiles = audit_profiles(arguments_);
    const bool streamed = can_stream(outputs_);
    Report report = streamed ? stream(std::move(profiles)) : read(std::move(profiles));
    found_ += report.findings.size();
    if (run_.conclude) run_.conclude(report, found_);
    write(report, streamed);
    return explain(report.exit);
  }

 private:
  void write(const Report& report, bool streamed) {
    if (!streamed) return write_report(report, outputs_, arguments_, run_.detail);
    const WritingProgress progress(outputs_);
    for (NdjsonStream& stream : streams_) stream.finish(report);
    for (const auto& output : outputs_) output->commit();
  }

  Report read(FoundProfiles found) {
    const Progress progress("crumbs: reading " + counted(found.profiles.size(), "profile"));
    return audit(std::move(found), catalogs_, options_);
  }

  Report stream(FoundProfiles found) {
    for (const auto& output : outputs_) streams_.emplace_back(output->stream());
    const std::size_t count = found.profiles.size();
    std::size_t number = 0;
    std::optional<Progress> progress;
    const bool one_by_one = count == 1 || options_.values == ValuesMode::full;
    const auto next = [&] {
      if (++number > count || (number > 1 && !one_by_one)) return;
      progress.emplace(one_by_one ? fmt::format("crumbs: reading profile {} of {}", number, count)
                                  : "crumbs: reading " + counted(count, "profile"));
    };
    next();
    return audit_streaming(std::move(found), catalogs_, options_, [&](Report& part) {
      progress.reset();  // the line would stand among the records where both go to one terminal
      found_ += part.findings.size();
      for (NdjsonStream& stream : streams_) stream.add(part);
      next();
    });
  }

  const AuditArguments& arguments_;
  const AuditRun& run_;
  std::vector<Catalog> catalogs_;
  AuditOptions options_;
  Outputs outputs_;
  std::vector<NdjsonStream> streams_;  ///< one for each, where all are streamed
  std::size_t found_ = 0;
};

}  // namespace

std::string first_reason(const Exit& exit) {
  if (exit.reasons.empty()) return "no reason given";
  std::string text = printable(to_string(exit.reasons.front()));
  if (exit.reasons.size() > 1) text += fmt::format(" (and {} more)", exit.reasons.size() - 1);
  return text;
}

int explain(const Exit& exit) {
  if (exit.code == kDone) return kDone;
  fmt::print(stderr, "crumbs: exit {}: {}\n", exit.code, first_reason(exit));
  return exit.code;
}

void write_report(const Report& report, const Outputs& outputs, const AuditArguments& arguments,
                  bool detail) {
  write_outputs(outputs, arguments,
                [&](std::string_view format, const RenderOptions& common, std::ostream& out) {
                  RenderOptions options = common;
                  options.level = detail ? TextLevel::items : text_level(arguments);
                  render(report, format, options, out);
                });
}

int run_audit(const AuditArguments& arguments, const AuditRun& run) {
  return Writing(arguments, run).finish();
}

}  // namespace crumbs::cli
