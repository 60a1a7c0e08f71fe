#pragma once

/// The options of everything that is written: where it goes, and how.

#include <functional>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/render.h"
#include "output.h"

namespace CLI {
class App;
}  // namespace CLI

namespace crumbs::cli {

struct OutputArguments {
  std::string format = "text";
  bool format_given = false;
  bool json = false;
  std::vector<std::string> outputs;
  bool csv_bom = false;
  std::string color = "auto";
  unsigned width = 0;
};

/// -f, -o, --color, --width, and --csv-bom where csv is among the formats; each with its variable
/// CRUMBS_…. `arguments` must outlive the parsing.
void add_output_options(CLI::App& command, OutputArguments& arguments,
                        std::span<const FormatInfo> formats = crumbs::formats());

using Outputs = std::vector<std::unique_ptr<Output>>;
/// As open_outputs() of what the arguments say.
[[nodiscard]] Outputs open_outputs(const OutputArguments& arguments,
                                   std::span<const FormatInfo> formats = crumbs::formats());

/// How `output` is to be written. Files are never coloured and have the terminal's width only where
/// it is asked for.
[[nodiscard]] RenderOptions render_options(const OutputArguments& arguments, const Output& output);

using Write =
    std::function<void(std::string_view format, const RenderOptions& options, std::ostream& out)>;
/// Has each output written, and makes all of them appear; a terminal is told while that takes long.
/// Throws as Output::commit.
void write_outputs(const Outputs& outputs, const OutputArguments& arguments, const Write& write);

}  // namespace crumbs::cli
