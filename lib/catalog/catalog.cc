#include "crumbs/catalog.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <future>
#include <map>

#include "catalog/host_scope.h"
#include "catalog/read.h"
#include "crumbs/error.h"
#include "system/io.h"
#include "system/parallel.h"

namespace crumbs {
namespace fs = std::filesystem;

struct Catalog::Data {
  CatalogContent content;
  std::string file, sha256;
};

namespace {

/// Directory of the shared object, or the program, that this code was linked into.
fs::path own_directory() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&default_catalog_dir), &info) == 0) return {};
  std::error_code error;
  const fs::path file = fs::canonical(info.dli_fname, error);
  return error ? fs::path() : file.parent_path();
}

bool is_catalog(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.ends_with(".json") && !name.ends_with(".schema.json");
}

std::vector<fs::path> catalog_files(const fs::path& dir) {
  std::error_code error;
  fs::directory_iterator entries(dir, error);
  if (error)
    throw Error(ErrorCode::not_found, fmt::format("{}: no directory of catalogs", dir.string()));
  std::vector<fs::path> files;
  for (const auto& entry : entries) {
    if (is_catalog(entry.path())) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

/// Two catalogs must not give one id to different things.
void check_ids(const std::vector<Catalog>& catalogs) {
  std::map<std::string_view, const Catalog*> seen;
  for (const Catalog& catalog : catalogs) {
    const auto [other, is_new] = seen.emplace(catalog.id(), &catalog);
    if (is_new) continue;
    throw Error(ErrorCode::invalid,
                fmt::format("{}: /id: found \"{}\", expected an id that {} does not have",
                            catalog.file(), catalog.id(), other->second->file()));
  }
}

}  // namespace

Catalog::Catalog(std::unique_ptr<const Data> data) : data_(std::move(data)) {}
Catalog::~Catalog() = default;
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;

std::string evidence_text(const Evidence& evidence) {
  std::string years = "undated";
  if (evidence.from != 0) years = fmt::format("{}", evidence.from);
  if (evidence.to != evidence.from) years += fmt::format(" to {}", evidence.to);
  return fmt::format("{}, in {} {}, {} ({})", evidence.what, evidence.count, evidence.unit, years,
                     evidence.source);
}

std::string_view to_string(Observed value) {
  return enum_name(value);
}

Catalog Catalog::load(const fs::path& file) {
  return parse(read_catalog_file(file), file.string());
}

Catalog Catalog::parse(std::string_view json, const std::string& file) {
  // The first hash of a run sets up libcrypto, which takes as long as reading the catalog does.
  std::future<std::string> hash = run_beside([json] { return sha256_hex(json); });
  CatalogReading reading = read_catalog(json);
  if (!reading.problems.empty())
    throw Error(ErrorCode::invalid, problem_line(file, reading.problems.front()));
  return Catalog(std::make_unique<const Data>(Data{std::move(reading.content), file, hash.get()}));
}

const std::string& Catalog::id() const {
  return data_->content.id;
}
const std::string& Catalog::version() const {
  return data_->content.version;
}
const std::string& Catalog::title() const {
  return data_->content.title;
}
const std::string& Catalog::file() const {
  return data_->file;
}
const std::string& Catalog::sha256() const {
  return data_->sha256;
}
const std::string& Catalog::license() const {
  return data_->content.license;
}
int Catalog::trust() const {
  return static_cast<int>(data_->content.trust);
}
std::string_view Catalog::trust_word() const {
  return enum_name(data_->content.trust);
}
const CatalogDocument& Catalog::document() const {
  return data_->content.document;
}
std::span<const Entry> Catalog::entries() const {
  return data_->content.entries;
}
std::span<const Variable> Catalog::variables() const {
  return data_->content.variables;
}
std::span<const Statement> Catalog::statements() const {
  return data_->content.statements;
}
std::span<const std::string> Catalog::prefixes() const {
  return data_->content.prefixes;
}
std::span<const std::string> Catalog::shapes() const {
  return data_->content.shapes;
}
std::span<const LookAlike> Catalog::look_alikes() const {
  return data_->content.look_alikes;
}
std::span<const std::string> Catalog::vendor_hosts() const {
  return data_->content.vendor_hosts;
}
bool Catalog::is_vendor_host(std::string_view host) const {
  return std::ranges::any_of(vendor_hosts(), [host](const std::string& one) {
    const auto scope = HostScope::parse(one);
    return scope && scope->fit(host) != 0;
  });
}

const Judgement& Catalog::vendor_hosts_basis() const {
  return data_->content.vendor_hosts_basis;
}

const Entry* Catalog::find_entry(std::string_view id) const {
  const auto found = std::ranges::find(data_->content.entries, id, &Entry::id);
  return found == data_->content.entries.end() ? nullptr : &*found;
}

fs::path default_catalog_dir() {
  if (const char* chosen = std::getenv("CRUMBS_CATALOG_DIR"); chosen != nullptr && *chosen != 0)
    return chosen;
  const fs::path own = own_directory();
  // The second place is for programs that have the library inside them.
  const fs::path places[] = {(own / CRUMBS_CATALOG_FROM_LIB).lexically_normal(),
                             (own / "../share/crumbs/catalog").lexically_normal()};
  for (const fs::path& place : places) {
    if (fs::is_directory(place)) return place;
  }
  throw Error(ErrorCode::not_found,
              fmt::format("no catalogs: tried {} and {}; set CRUMBS_CATALOG_DIR",
                          places[0].string(), places[1].string()));
}

std::vector<Catalog> load_catalogs(const fs::path& dir) {
  std::vector<Catalog> catalogs;
  for (const fs::path& file : catalog_files(dir)) catalogs.push_back(Catalog::load(file));
  check_ids(catalogs);
  return catalogs;
}

std::vector<Catalog> load_catalogs(std::span<const fs::path> places) {
  std::vector<Catalog> catalogs;
  for (const fs::path& place : places) {
    const auto files = fs::is_directory(place) ? catalog_files(place) : std::vector{place};
    for (const fs::path& file : files) catalogs.push_back(Catalog::load(file));
  }
  check_ids(catalogs);
  return catalogs;
}

}  // namespace crumbs
