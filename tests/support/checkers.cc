#include "support/checkers.h"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "support/support.h"

namespace crumbs::test {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

/// Python of the distribution, whose packages are those of tests/tools/packages.sh: the first in
/// PATH may be another.
constexpr const char* kPython = "/usr/bin/python3";

bool is_one_of(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// A document with the first two elements of every array: what else is in them only takes time.
json shortened(json value) {
  if (value.is_array() && value.size() > 2) value.erase(value.begin() + 2, value.end());
  if (value.is_structured()) {
    for (json& part : value) part = shortened(std::move(part));
  }
  return value;
}

/// Walks a document and damages it in each place.
class Damager {
 public:
  Damager(const json& document, const std::vector<std::string>& optional,
          const std::vector<std::string>& maps)
      : document_(shortened(document)), optional_(optional), maps_(maps) {}

  std::vector<Damaged> run() {
    damaged_.push_back({"undamaged", document_});
    visit(Pointer{});
    return std::move(damaged_);
  }

 private:
  using Pointer = json::json_pointer;

  template <class Change>
  void add(const Pointer& where, std::string_view what, const Change& change) {
    json copy = document_;
    change(copy[where]);
    damaged_.push_back({fmt::format("{} {}", where.to_string(), what), std::move(copy)});
  }

  void visit(const Pointer& where) {
    const json& value = document_[where];
    if (value.is_object()) return visit_object(where, value);
    if (!where.empty())
      add(where, "of another type", [](json& there) { there = other_type(there); });
    if (!value.is_array()) return;
    for (std::size_t i = 0; i < value.size(); ++i) visit(where / i);
  }

  void visit_object(const Pointer& where, const json& object) {
    if (is_one_of(maps_, owner(where))) return;
    add(where, "with another member", [](json& there) { there["another"] = 1; });
    for (const auto& member : object.items()) {
      const std::string name = member.key();
      if (!is_one_of(optional_, owner(where) + "/" + name))
        add(where, "without " + name, [&](json& there) { there.erase(name); });
      visit(where / name);
    }
  }

  /// The name of an object; of one in an array that of the array.
  static std::string owner(Pointer where) {
    while (!where.empty() && std::isdigit(static_cast<unsigned char>(where.back().front())) != 0)
      where.pop_back();
    return where.empty() ? "" : where.back();
  }

  /// Nothing may be an array in place of a text, a number, a truth value or null.
  static json other_type(const json& value) {
    if (value.is_number()) return value.dump();
    if (value.is_boolean()) return value.dump();
    if (value.is_string()) return 7;
    return value.is_array() ? json::object() : json::array();
  }

  const json document_;
  const std::vector<std::string>& optional_;
  const std::vector<std::string>& maps_;
  std::vector<Damaged> damaged_;
};

}  // namespace

std::string checked_by(std::string_view program, const std::vector<std::string>& arguments) {
  std::vector<std::string> command{kPython, (source_dir() / "tests/check" / program).string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  ProcessResult result = run(command, {{"PYTHONDONTWRITEBYTECODE", "1"}, {"LC_ALL", "C.UTF-8"}});
  if (result.code != 0) throw std::runtime_error(fmt::format("{}: {}", program, result.err));
  return std::move(result.out);
}

std::vector<std::string> validated(std::string_view schema, const std::vector<fs::path>& files) {
  std::vector<std::string> arguments{(source_dir() / schema).string()};
  for (const fs::path& file : files) arguments.push_back(file.string());
  std::istringstream lines(checked_by("schema.py", arguments));
  std::vector<std::string> results;
  for (std::string line; std::getline(lines, line);) results.push_back(line);
  if (results.size() != files.size()) throw std::runtime_error("schema.py: not a line a file");
  return results;
}

std::vector<Damaged> damaged(const json& document, const std::vector<std::string>& optional,
                             const std::vector<std::string>& maps) {
  return Damager(document, optional, maps).run();
}

std::vector<std::string> accepted(std::string_view schema, const std::vector<Damaged>& documents) {
  const TempDir work;
  std::vector<fs::path> files;
  for (const Damaged& damage : documents) {
    files.push_back(work.path() / fmt::format("{}.json", files.size()));
    write_file(files.back(), damage.document.dump());
  }
  std::vector<std::string> taken;
  const auto results = validated(schema, files);
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].starts_with("valid ")) taken.push_back(documents[i].what);
  }
  return taken;
}

}  // namespace crumbs::test
