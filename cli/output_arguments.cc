#include "output_arguments.h"

#include <algorithm>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "color.h"
#include "environment.h"
#include "progress.h"
#include "words.h"

namespace crumbs::cli {
namespace {

using Formats = std::span<const FormatInfo>;

constexpr const char* kFormatVariable = "CRUMBS_FORMAT";
constexpr const char* kJsonVariable = "CRUMBS_JSON";

std::vector<std::string> format_ids(Formats formats) {
  std::vector<std::string> ids;
  for (const FormatInfo& format : formats) ids.emplace_back(format.id);
  return ids;
}

std::string format_help(Formats formats) {
  std::string text = "how to write it:";
  for (const FormatInfo& format : formats)
    text += fmt::format("{} {} ({})", text.ends_with(':') ? "" : ",", format.id, format.summary);
  return text;
}

bool has(Formats formats, std::string_view id) {
  return std::ranges::find(formats, id, &FormatInfo::id) != formats.end();
}

void add_json_option(CLI::App& command, OutputArguments& arguments, CLI::Option* format) {
  CLI::Option* json = command.add_flag("--json", arguments.json, "as -f json")
                          ->envname(kJsonVariable)
                          ->group("Output");
  // What a variable asks for is no reason to refuse what the command line asks for.
  if (!is_set(kJsonVariable) && !is_set(kFormatVariable)) json->excludes(format);
}

void add_place_options(CLI::App& command, OutputArguments& arguments, Formats formats) {
  CLI::Option* format =
      command.add_option("-f,--format", arguments.format, format_help(formats))
          ->type_name("FORMAT")
          ->check(one_of(format_ids(formats)))
          ->each([&arguments](const std::string&) { arguments.format_given = true; })
          ->envname(kFormatVariable)
          ->group("Output");
  if (has(formats, "json")) add_json_option(command, arguments, format);
  command
      .add_option("-o,--output", arguments.outputs,
                  "FILE, or FORMAT=FILE; - is stdout; repeatable, so one run writes several")
      ->type_name("[FORMAT=]FILE")
      ->allow_extra_args(false)
      ->envname("CRUMBS_OUTPUT")
      ->group("Output");
}

}  // namespace

void add_output_options(CLI::App& command, OutputArguments& arguments, Formats formats) {
  add_place_options(command, arguments, formats);
  if (has(formats, "csv")) {
    command
        .add_flag("--csv-bom", arguments.csv_bom,
                  "csv: begin with a byte-order mark, for spreadsheets")
        ->envname("CRUMBS_CSV_BOM")
        ->group("Output");
  }
  command.add_option("--color", arguments.color, "auto, always or never")
      ->type_name("WHEN")
      ->check(one_of({"auto", "always", "never"}))
      ->capture_default_str()
      ->envname("CRUMBS_COLOR")
      ->group("Output");
  command.add_option("--width", arguments.width, "columns of the text; 0: as the terminal has")
      ->type_name("N")
      ->check(CLI::Range(0U, 10000U).description(""))
      ->envname("CRUMBS_WIDTH")
      ->group("Output");
}

Outputs open_outputs(const OutputArguments& arguments, Formats formats) {
  // Of --json and --format the one on the command line outranks that of a variable.
  const bool json = arguments.json && !(arguments.format_given && is_set(kJsonVariable));
  return open_outputs(json ? "json" : arguments.format, json || arguments.format_given,
                      arguments.outputs, formats);
}

RenderOptions render_options(const OutputArguments& arguments, const Output& output) {
  RenderOptions options;
  const bool screen = output.is_stdout();
  if (screen || arguments.width != 0)
    options.width = screen ? text_width(arguments.width) : arguments.width;
  options.color = screen && use_color(arguments.color);
  options.ascii = screen && !terminal_has_utf8();
  options.byte_order_mark = arguments.csv_bom;
  return options;
}

void write_outputs(const Outputs& outputs, const OutputArguments& arguments, const Write& write) {
  const WritingProgress progress(outputs);
  for (const auto& output : outputs)
    write(output->format(), render_options(arguments, *output), output->stream());
  for (const auto& output : outputs) output->commit();
}

}  // namespace crumbs::cli
