#include <fmt/format.h>

#include "access/parts.h"
#include "crumbs/printable.h"
#include "render/words.h"

namespace crumbs {
namespace {

void add_catalogs(const AccessView& view) {
  if (view.report.catalogs.empty())
    view.unknown("catalog", "", "Catalog", "None was used, so no item is explained.");
  for (const CatalogUsed& used : view.report.catalogs)
    view.known("catalog/" + used.id, "", "Catalog " + used.id,
               fmt::format("{}, version {}, SHA-256 {}.", used.title.empty() ? used.id : used.title,
                           used.version, used.sha256));
}

void add_profile(const AccessView& view, const Profile& profile) {
  std::string text = profile.browser_name.empty() ? profile.browser : profile.browser_name;
  if (!profile.name.empty()) text += ", profile " + profile.name;
  text += profile.running.running
              ? fmt::format(". The browser was {} when it was read", to_string(profile.running))
              : ". Whether the browser was running when it was read was not checked";
  if (!profile.running.evidence.empty()) text += " (" + profile.running.evidence + ")";
  if (profile.only_store) text += ". Of it only this was read: " + *profile.only_store;
  view.known("profile/" + profile.id, "",
             "Browser profile " + profile_number(view.report, profile.id), text + ".");
}

void add_files(const AccessView& view) {
  bool any = false;
  for (const auto& [profile, stores, tallies, others] : view.report.profiles) {
    for (const StoreResult& store : stores) {
      for (const SourceFile& file : store.files) {
        any = true;
        view.known(fmt::format("file/{}/{}/{}", profile.id, store.id, file.path), "",
                   fmt::format("File {} ({})", file.path, profile_number(view.report, profile.id)),
                   file.sha256.empty()
                       ? counted(file.bytes, "byte") + ", not hashed."
                       : fmt::format("{}, SHA-256 {}.", counted(file.bytes, "byte"), file.sha256));
      }
    }
  }
  if (!any) view.unknown("file", "", "Files", "No file was read.");
}

}  // namespace

void add_acquisition_fields(const AccessView& view) {
  view.known("tool", "", "Tool", fmt::format("crumbs {}.", view.report.tool_version));
  add_catalogs(view);
  view.known("method", "", "Method",
             "Each file was copied privately and the copy read; nothing was written to the "
             "profile. The SHA-256 given with a file is that of the bytes that were read.");
  for (const ProfileReport& part : view.report.profiles) add_profile(view, part.profile);
  view.unknown("clock", "", "Clock",
               "Not knowable from the device: whether its clock was right when the stored times "
               "were written. They are given as stored, in UTC.");
  view.unknown("operator", "", "Who read the profile", "It was not stated.");
  add_files(view);
}

}  // namespace crumbs
