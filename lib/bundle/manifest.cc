#include "bundle/manifest.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "ascii.h"
#include "crumbs/printable.h"

namespace crumbs {
namespace {

constexpr std::size_t kHashDigits = 64;
constexpr std::string_view kBlanks = " \t";

struct Escape {
  char byte;
  std::string_view code;
};
constexpr Escape kEscapes[] = {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}};

bool is_hash(std::string_view text) {
  return text.size() == kHashDigits && std::ranges::all_of(text, [](char c) {
           return std::isxdigit(static_cast<unsigned char>(c)) != 0;
         });
}

/// The line at the front, without its end.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end);
  if (rest.starts_with("\r\n"))
    rest.remove_prefix(2);
  else if (!rest.empty())
    rest.remove_prefix(1);
  return line;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

/// Why a path has no place in a bag; empty where it has one.
std::string_view wrong_in(std::string_view path, bool payload) {
  if (path.front() == '/' || path.front() == '~') return "is absolute";
  if (path.find('\0') != std::string_view::npos) return "holds a zero byte";
  for (std::string_view rest = path;;) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, slash);
    if (part == "..") return "leads out of the bundle";
    if (part.empty() || part == ".") return "has an empty part";
    if (slash == rest.size()) break;
    rest.remove_prefix(slash + 1);
  }
  if (payload != path.starts_with(kPayload))
    return payload ? "does not lie in data/" : "lies in data/";
  return {};
}

void add_problem(std::vector<std::string>& problems, std::string_view file, std::size_t line,
                 std::string_view what) {
  if (problems.size() < kMostProblems)
    problems.push_back(fmt::format("{}: line {}: {}", file, line, what));
  else if (problems.size() == kMostProblems)
    problems.push_back(fmt::format("{}: and more", file));
}

class ManifestReader {
 public:
  ManifestReader(std::string_view name, bool payload) : name_(name), payload_(payload) {}

  ManifestReading read(std::string_view text) {
    for (std::string_view rest = text; !rest.empty();) {
      ++line_;
      read_line(take_line(rest));
    }
    return std::move(reading_);
  }

 private:
  void read_line(std::string_view line) {
    const std::size_t end = std::min(line.find_first_of(kBlanks), line.size());
    const std::size_t start = line.find_first_not_of(kBlanks, end);
    if (!is_hash(line.substr(0, end)) || start == std::string_view::npos)
      return problem("is no SHA-256 and a path");
    std::string path = decode_bag_path(line.substr(start));
    if (const std::string_view wrong = wrong_in(path, payload_); !wrong.empty())
      return problem(fmt::format("{} {}", printable(path), wrong));
    std::string hash(line.substr(0, end));
    std::ranges::transform(hash, hash.begin(), to_lower);
    const auto [at, is_new] = reading_.files.emplace(std::move(path), std::move(hash));
    if (!is_new) problem(fmt::format("{} is listed twice", printable(at->first)));
  }

  void problem(std::string_view what) { add_problem(reading_.problems, name_, line_, what); }

  std::string_view name_;
  bool payload_;
  std::size_t line_ = 0;
  ManifestReading reading_;
};

}  // namespace

std::string encode_bag_path(std::string_view path) {
  std::string text;
  for (const char c : path) {
    const auto* const escape = std::ranges::find(kEscapes, c, &Escape::byte);
    if (escape == std::end(kEscapes))
      text += c;
    else
      text += escape->code;
  }
  return text;
}

std::string decode_bag_path(std::string_view text) {
  std::string path;
  while (!text.empty()) {
    const std::string_view head = text.substr(0, 3);
    const auto* const escape = std::ranges::find_if(
        kEscapes, [head](const Escape& one) { return equal_but_for_case(head, one.code); });
    const bool found = escape != std::end(kEscapes);
    path += found ? escape->byte : text.front();
    text.remove_prefix(found ? 3 : 1);
  }
  return path;
}

std::string to_manifest(std::vector<BagFile> files) {
  std::ranges::sort(files, {}, &BagFile::path);
  std::string text;
  for (const BagFile& file : files)
    text += fmt::format("{}  {}\n", file.sha256, encode_bag_path(file.path));
  return text;
}

ManifestReading read_manifest(std::string_view text, std::string_view name, bool payload) {
  return ManifestReader(name, payload).read(text);
}

std::vector<std::string> BagInfo::values(std::string_view label) const {
  std::vector<std::string> found;
  for (const auto& [name, value] : fields) {
    if (equal_but_for_case(name, label)) found.push_back(value);
  }
  return found;
}

BagInfo read_bag_info(std::string_view text) {
  BagInfo info;
  std::size_t number = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    ++number;
    const std::size_t colon = line.find(':');
    const bool goes_on = !line.empty() && kBlanks.find(line.front()) != std::string_view::npos;
    if (goes_on && !info.fields.empty()) {
      info.fields.back().second.append(" ").append(trimmed(line));
    } else if (!goes_on && colon != std::string_view::npos && colon > 0) {
      info.fields.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    } else if (!line.empty()) {
      add_problem(info.problems, kBagInfoFile, number, "is no label and value");
    }
  }
  return info;
}

}  // namespace crumbs
