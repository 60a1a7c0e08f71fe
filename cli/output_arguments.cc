#include "output_arguments.h"

#include <algorithm>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "color.h"
#include "progress.h"

namespace crumbs::cli {
namespace {

using Formats = std::span<const FormatInfo>;

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

void add_place_options(CLI::App& command, OutputArguments& arguments, Formats formats) {
  command.add_option("-f,--format", arguments.format, format_help(formats))
      ->type_name("FORMAT")
      ->check(CLI::IsMember(format_ids(formats)).description(""))
      ->each([&arguments](const std::string&) { arguments.format_given = true; })
      ->envname("CRUMBS_FORMAT")
      ->group("Output");
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
  if (std::ranges::find(formats, "csv", &FormatInfo::id) != formats.end()) {
    command
        .add_flag("--csv-bom", arguments.csv_bom,
                  "csv: begin with a byte-order mark, for spreadsheets")
        ->envname("CRUMBS_CSV_BOM")
        ->group("Output");
  }
  command.add_option("--color", arguments.color, "auto, always or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}).description(""))
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
  return open_outputs(arguments.format, arguments.format_given, arguments.outputs, formats);
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
