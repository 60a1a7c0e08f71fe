#include "catalog/read.h"

#include <algorithm>
#include <fstream>

#include "catalog/entry.h"
#include "catalog/judgement.h"
#include "catalog/pattern.h"
#include "crumbs/error.h"

namespace crumbs {
namespace {

constexpr std::string_view kSchema = "crumbs-catalog/1";
constexpr std::uintmax_t kLargestFile = 8U << 20U;
constexpr std::size_t kShortestPrefix = 2;
constexpr std::size_t kMostEntries = 20000;

bool is_lower_hex(std::string_view text, std::size_t digits) noexcept {
  return text.size() == digits && std::ranges::all_of(text, [](char byte) {
           return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
         });
}

bool is_date(std::string_view text) {
  return text.size() == 10 && parse_iso8601(std::string(text) + "T00:00:00Z").has_value();
}

class ContentReader {
 public:
  explicit ContentReader(CatalogReading& reading)
      : reading_(reading), content_(reading.content), json_(reading.problems) {}

  void read(const StrictNode& root) {
    if (!json_.object(root, {"$schema", "schema", "id", "version", "title", "license", "trust",
                             "document", "prefixes", "shapes", "look_alikes", "vendor_hosts",
                             "variables", "statements", "entries"}))
      return;
    read_head(root);
    read_document(root.at("document"));
    if (root.at("prefixes").present()) read_prefixes(root.at("prefixes"));
    if (root.at("variables").present()) read_variables(root.at("variables"));
    if (root.at("shapes").present()) read_shapes(root.at("shapes"));
    if (root.at("look_alikes").present()) read_look_alikes(root.at("look_alikes"));
    if (root.at("vendor_hosts").present()) read_vendor_hosts(root.at("vendor_hosts"));
    if (root.at("statements").present()) read_statements(root.at("statements"));
    const StrictNode entries = root.at("entries");
    json_.each(entries, 0, kMostEntries, [this](const StrictNode& node) {
      const std::size_t before = reading_.problems.size();
      content_.entries.push_back(read_entry(json_, node, content_, ids_));
      reading_.sound.push_back(before == reading_.problems.size());
    });
  }

 private:
  void read_head(const StrictNode& root) {
    if (root.at("$schema").present()) json_.text(root.at("$schema"), kLongestText);
    const StrictNode schema = root.at("schema");
    if (json_.text(schema, kLongestText) != kSchema && StrictReader::is_text(schema))
      json_.problem(schema, "value", fmt::format("\"{}\"", kSchema));
    content_.id = json_.checked(
        root.at("id"), kLongestWord,
        [](std::string_view text) { return std::ranges::all_of(text, is_word_byte); },
        "a word of a-z, 0-9, _ and -");
    content_.version = json_.text(root.at("version"), kLongestWord);
    content_.title = json_.text(root.at("title"), kLongestText);
    if (root.at("license").present())
      content_.license = json_.text(root.at("license"), kLongestWord);
    content_.trust = json_.word<Trust>(root.at("trust"));
  }

  void read_document(const StrictNode& node) {
    if (!json_.object(node, {"title", "publisher", "effective_date", "sha256", "file"})) return;
    content_.document.title = json_.text(node.at("title"), kLongestText);
    content_.document.publisher = json_.text(node.at("publisher"), kLongestText);
    if (node.at("effective_date").present())
      content_.document.effective_date =
          json_.checked(node.at("effective_date"), kLongestWord, is_date, "a date as 2018-05-25");
    if (node.at("sha256").present())
      content_.document.sha256 = json_.checked(
          node.at("sha256"), kLongestWord,
          [](std::string_view text) { return is_lower_hex(text, 64); },
          "64 lower-case hexadecimal digits");
    if (node.at("file").present())
      content_.document.file = json_.text(node.at("file"), kLongestText);
  }

  void read_prefixes(const StrictNode& node) {
    json_.each(node, 0, kMostSmall, [this](const StrictNode& prefix) {
      content_.prefixes.push_back(json_.checked(
          prefix, kLongestWord,
          [](std::string_view text) { return text.size() >= kShortestPrefix; },
          fmt::format("at least {} bytes", kShortestPrefix)));
    });
  }

  void read_variables(const StrictNode& node) {
    if (!node.value().is_object()) return json_.problem(node, "value", "an object");
    for (const auto& [name, value] : node.value().get_ref<const Json::object_t&>())
      read_variable(name, node.member(name, value));
  }

  void read_variable(const std::string& name, const StrictNode& node) {
    if (name.empty() || !std::ranges::all_of(name, is_word_byte))
      json_.problem(node, "value", fmt::format("the name \"{}\"", name),
                    "a word of a-z, 0-9, _ and -");
    if (!json_.object(node, {"pattern", "description", "joins"})) return;
    Variable variable;
    variable.name = name;
    variable.pattern = json_.optional_text(node.at("pattern"), kLongestText);
    if (!variable.pattern.empty() && !parse_variable_pattern(variable.pattern))
      json_.problem(node.at("pattern"), "value",
                    fmt::format("a class and its length, at most {}, and what it needs, as "
                                "[0-9]{{1,8}}|[A-Za-z0-9]{{10}}&[0-9A-Z]",
                                kLongestVariable));
    variable.description = json_.text(node.at("description"), kLongestText);
    variable.joins = json_.optional_text(node.at("joins"), kLongestName);
    content_.variables.push_back(std::move(variable));
  }

  void read_shapes(const StrictNode& node) {
    json_.each(node, 0, kMostSmall, [this](const StrictNode& shape) {
      content_.shapes.push_back(json_.text(shape, kLongestName));
      TemplateProblem problem;
      if (!content_.shapes.back().empty() &&
          !NamePattern::compile(content_.shapes.back(), content_.variables, problem))
        json_.problem(shape, problem.rule, problem.expected);
    });
  }

  void read_look_alikes(const StrictNode& node) {
    json_.each(node, 0, kMostSmall, [this](const StrictNode& item) {
      if (!json_.object(item, {"store", "name", "whose"})) return;
      content_.look_alikes.push_back({json_.word<ItemKind>(item.at("store")),
                                      json_.text(item.at("name"), kLongestName),
                                      json_.text(item.at("whose"), kLongestText)});
    });
  }

  void read_vendor_hosts(const StrictNode& node) {
    if (!json_.object(node, {"hosts", "basis", "section", "reason", "observed"})) return;
    content_.vendor_hosts = read_hosts(json_, node.at("hosts"), false);
    content_.vendor_hosts_basis = read_judgement(json_, node);
  }

  void read_statements(const StrictNode& node) {
    json_.each(node, 0, kMostSmall, [this](const StrictNode& item) {
      if (!json_.object(item, {"id", "section", "text", "visible_on_device"})) return;
      Statement statement;
      statement.id = read_catalog_id(json_, item.at("id"), content_.id, ids_);
      statement.section = json_.text(item.at("section"), kLongestText);
      statement.text = json_.text(item.at("text"), kLongestText);
      statement.visible_on_device = json_.flag(item.at("visible_on_device"));
      content_.statements.push_back(std::move(statement));
    });
  }

  CatalogReading& reading_;
  CatalogContent& content_;
  StrictReader json_;
  KnownIds ids_;
};

}  // namespace

CatalogReading read_catalog(std::string_view json) {
  CatalogReading reading;
  const Json root = parse_strict_json(json, reading.problems);
  const bool parsed = std::ranges::none_of(
      reading.problems, [](const LintProblem& problem) { return problem.rule == "json"; });
  if (parsed) ContentReader(reading).read(StrictNode(root));
  return reading;
}

std::string read_catalog_file(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status))
    throw Error(ErrorCode::not_found, fmt::format("{}: no such catalog", file.string()));
  if (!std::filesystem::is_regular_file(status))
    throw Error(ErrorCode::io, fmt::format("{}: not a regular file", file.string()));
  if (const auto size = std::filesystem::file_size(file, error); error || size > kLargestFile)
    throw Error(ErrorCode::io, fmt::format("{}: larger than a catalog may be ({} bytes)",
                                           file.string(), kLargestFile));
  std::ifstream stream(file, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(std::filesystem::file_size(file, error)), '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (error || !stream)
    throw Error(ErrorCode::io, fmt::format("{}: cannot be read", file.string()));
  return bytes;
}

}  // namespace crumbs
