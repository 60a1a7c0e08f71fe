#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/bundle.h"
#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "json/strict.h"

namespace crumbs {
namespace {

constexpr std::uintmax_t kLargestFile = 256U << 10U;
constexpr std::size_t kLongestName = 1'000;
constexpr std::size_t kLongestText = 16'000;
constexpr std::size_t kMostRecipients = 1'000;

std::string bytes_of(const std::filesystem::path& file, const std::string& name) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  const auto fail = [&](const std::string& what) {
    throw Error(ErrorCode::invalid, fmt::format("{}: {}", name, what));
  };
  if (error) fail(error.message());
  if (!std::filesystem::is_regular_file(status)) fail("is no regular file");
  const auto size = std::filesystem::file_size(file, error);
  if (error) fail(error.message());
  if (size > kLargestFile) fail(fmt::format("has more than {} bytes", kLargestFile));
  std::string bytes(static_cast<std::size_t>(size), '\0');
  std::ifstream stream(file, std::ios::binary);
  if (!stream.read(bytes.data(), static_cast<std::streamsize>(size))) fail("cannot be read");
  return bytes;
}

Controller read(const StrictNode& root, StrictReader& reader) {
  Controller controller;
  if (!reader.object(root, {"name", "contact", "data_protection_contact", "recipients", "rights"}))
    return controller;
  controller.name = reader.text(root.at("name"), kLongestName);
  controller.contact = reader.optional_text(root.at("contact"), kLongestName);
  controller.data_protection_contact =
      reader.optional_text(root.at("data_protection_contact"), kLongestName);
  controller.rights = reader.optional_text(root.at("rights"), kLongestText);
  const StrictNode recipients = root.at("recipients");
  if (!recipients.present()) return controller;
  reader.each(recipients, 0, kMostRecipients, [&](const StrictNode& recipient) {
    controller.recipients.push_back(reader.text(recipient, kLongestName));
  });
  return controller;
}

}  // namespace

Controller read_controller(const std::filesystem::path& file) {
  const std::string name = printable(file.string());
  Problems problems;
  const Json root = parse_strict_json(bytes_of(file, name), problems);
  StrictReader reader(problems);
  Controller controller;
  if (problems.empty()) controller = read(StrictNode(root), reader);
  if (!problems.empty())
    throw Error(ErrorCode::invalid, printable(problem_line(name, problems.front())));
  return controller;
}

}  // namespace crumbs
