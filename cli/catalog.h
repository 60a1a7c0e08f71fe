#pragma once

/// What the parts of `crumbs catalog` share.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/catalog.h"

namespace crumbs::cli {

/// Options of all parts but lint.
struct CatalogChoice {
  std::vector<std::string> places;  ///< --catalog; empty: the installed catalogs
  std::string format = "text";
};

struct ExplainQuery {
  std::string name, host, store;  ///< host and store may be empty: any
};

/// Of `coverage`: what is read beside the catalogs.
struct ProfileChoice {
  std::vector<std::string> profiles;
  std::string root;
};

/// Each writes to stdout and returns the exit code.
int list_catalogs(const CatalogChoice& choice);
int show_catalog(const CatalogChoice& choice, const std::string& id);
int explain_name(const CatalogChoice& choice, const ExplainQuery& query);
int cover_catalogs(const CatalogChoice& choice, const ProfileChoice& profiles);
int lint_catalogs(const std::vector<std::string>& files, const std::string& format);

/// The catalogs that the options choose. Throws Error(invalid) where they cannot be
/// read.
[[nodiscard]] std::vector<Catalog> chosen_catalogs(const CatalogChoice& choice);

/// Says that there is none, and returns the exit code for it.
int no_catalogs();

/// The text in lines of at most 80 columns. All but the first are indented by `indent` columns; the
/// first starts with `head`, filled up to that. Safe for a terminal; ends with a newline.
[[nodiscard]] std::string wrapped(std::string_view head, std::size_t indent, std::string_view text);
/// `text` filled with spaces up to `columns`.
[[nodiscard]] std::string padded(std::string_view text, std::size_t columns);
/// "any host", ".jivochat.com, example.com".
[[nodiscard]] std::string hosts_text(const Entry& entry);
/// The entry in the form of its catalog file.
[[nodiscard]] nlohmann::ordered_json entry_json(const Entry& entry);
void print_json(const nlohmann::ordered_json& json);

}  // namespace crumbs::cli
