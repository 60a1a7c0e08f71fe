#include "select.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <span>

#include "crumbs/types.h"

namespace crumbs::cli {
namespace {

constexpr std::array kStatuses = {Status::documented, Status::drift,     Status::undocumented,
                                  Status::possible,   Status::ambiguous, Status::unknown};
constexpr std::array kCategories = {Category::strictly_necessary, Category::performance,
                                    Category::functionality, Category::targeting};

template <class E>
std::vector<std::string> words_of(std::span<const E> values) {
  std::vector<std::string> words;
  for (const E value : values) words.emplace_back(to_string(value));
  return words;
}

template <class E>
std::vector<E> values_of(const std::vector<std::string>& words, std::span<const E> all) {
  std::vector<E> values;
  for (const E value : all) {
    if (std::ranges::find(words, to_string(value)) != words.end()) values.push_back(value);
  }
  return values;
}

std::string check_age(const std::string& text) {
  return parse_age(text) ? "" : "expected an age such as 13mo, 90d, 12h, 3w or 2y";
}

CLI::Option* add_list(CLI::App& command, const std::string& name, std::vector<std::string>& to,
                      const std::string& help, const std::string& type, const char* variable) {
  return command.add_option(name, to, help)
      ->type_name(type)
      ->allow_extra_args(false)
      ->envname(variable)
      ->group("Selection");
}

}  // namespace

void add_select_options(CLI::App& command, SelectArguments& arguments) {
  add_list(command, "--vendor", arguments.vendors, "items of this vendor; repeatable, as all here",
           "ID", "CRUMBS_VENDOR");
  add_list(command, "--site", arguments.sites,
           "items of this registrable domain; =HOST: of exactly that host", "[=]HOST",
           "CRUMBS_SITE");
  add_list(command, "--entry", arguments.entries, "items of these entries; * stands for anything",
           "ID", "CRUMBS_ENTRY");
  add_list(command, "--store", arguments.stores, "items of these stores; * stands for anything",
           "ID", "CRUMBS_STORE");
  add_list(command, "--status", arguments.statuses,
           "documented, drift, undocumented, possible, ambiguous or unknown", "STATUS",
           "CRUMBS_STATUS")
      ->check(CLI::IsMember(words_of<Status>(kStatuses)).description(""));
  add_list(command, "--category", arguments.categories,
           "strictly_necessary, performance, functionality or targeting", "CATEGORY",
           "CRUMBS_CATEGORY")
      ->check(CLI::IsMember(words_of<Category>(kCategories)).description(""));
  command
      .add_flag("--personal-data", arguments.personal_data,
                "items that hold personal data by the catalog")
      ->envname("CRUMBS_PERSONAL_DATA")
      ->group("Selection");
  command.add_flag("--expired", arguments.expired, "items whose time of expiry has passed")
      ->envname("CRUMBS_EXPIRED")
      ->group("Selection");
  command
      .add_option("--older-than", arguments.older_than,
                  "items created, or else last written, before that: 13mo, 90d")
      ->type_name("AGE")
      ->check(CLI::Validator(check_age, ""))
      ->envname("CRUMBS_OLDER_THAN")
      ->group("Selection");
}

Selection selection(const SelectArguments& arguments) {
  Selection chosen{.vendors = arguments.vendors,
                   .sites = arguments.sites,
                   .entries = arguments.entries,
                   .stores = arguments.stores,
                   .statuses = values_of<Status>(arguments.statuses, kStatuses),
                   .categories = values_of<Category>(arguments.categories, kCategories),
                   .personal_data = arguments.personal_data,
                   .expired = arguments.expired,
                   .older_than = {}};
  if (!arguments.older_than.empty()) chosen.older_than = parse_age(arguments.older_than);
  return chosen;
}

bool wants_unknown(const SelectArguments& arguments) {
  return std::ranges::find(arguments.statuses, to_string(Status::unknown)) !=
         arguments.statuses.end();
}

}  // namespace crumbs::cli
