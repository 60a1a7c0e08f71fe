#include <fmt/format.h>

#include "bundle/parts.h"
#include "crumbs/printable.h"
#include "render/unlisted.h"

namespace crumbs {
namespace {

void write_line(std::ostream& out, std::string_view label, const std::string& text) {
  if (!text.empty()) out << fmt::format("  {:<13} {}\n", label, printable(text));
}

void write_head(const BundleParts& parts, std::ostream& out) {
  const Report& report = parts.report;
  out << "WHAT THIS IS\n\n"
         "A copy of what web sites left behind in a browser, made to answer a\n"
         "request for access to personal data (Article 15 of the General Data\n"
         "Protection Regulation).\n\n";
  write_line(out, "Request", parts.request.id);
  write_line(out, "Person", parts.request.subject);
  if (parts.request.controller) write_line(out, "Answered by", parts.request.controller->name);
  write_line(out, "Made",
             fmt::format("{} by crumbs {}", to_iso8601(report.created), report.tool_version));
  write_line(out, "Items",
             fmt::format("{} listed, {} read, of {}", report.findings.size(), report.summary.items,
                         counted(report.profiles.size(), "profile")));
  write_line(out, "Chosen by", report.selection);
  write_line(out, "Not listed", unlisted_words(unlisted_in(report)));
  if (report.values != ValuesMode::full)
    write_line(out, "Values",
               fmt::format("{}{}", report.values == ValuesMode::none ? "left out" : "masked",
                           parts.with_raw ? ", but in full in data/raw/" : ""));
  out << '\n';
}

void write_nothing_found(const Report& report, std::ostream& out) {
  if (!report.findings.empty()) return;
  out << "NOTHING IS LISTED\n\n"
         "The places named in data/request.json (\"acquisition\") were looked at, and\n"
         "no item was found there that belongs into this answer.\n\n";
}

void write_incomplete(const BundleParts& parts, std::ostream& out) {
  const std::vector<std::string> reasons = reasons_of(parts);
  if (reasons.empty()) return;
  out << "THIS IS INCOMPLETE\n\n"
         "Not everything could be read or copied as it was, so something may be\n"
         "missing here:\n\n";
  for (const std::string& reason : reasons) out << "  - " << printable(reason) << '\n';
  out << '\n';
}

void write_contents(const BundleParts& parts, std::ostream& out) {
  out << "WHAT IS IN HERE\n\n"
         "  data/explained.html   begin here: what each thing is, what it says, how\n"
         "                        long it stays, whether it may be deleted\n"
         "  data/items.csv        every item, a line each, for a spreadsheet\n"
         "  data/items.json       the same with every detail, for programs\n"
         "  data/request.json     the request, who answers it, what was read and how\n"
         "  data/catalog/         the descriptions that the items were compared with\n";
  if (!parts.with_raw) return void(out << '\n');
  out << "  data/raw/             the browser's own files as they were found\n\n"
         "Files in data/raw/ hold everything that the browser keeps in the same\n"
         "place: items of other sites, and perhaps of other people who used it.\n"
         "In their names, ~ and two digits stand for a character that cannot be\n"
         "written; data/request.json (\"raw\") has the names as they were.\n"
         "No key that encrypted values were read with is in here.\n\n";
}

void write_how_to(std::ostream& out) {
  out << "HOW TO CHECK IT\n\n"
         "In the directory that holds bagit.txt:\n\n"
         "  sha256sum -c tagmanifest-sha256.txt\n"
         "  sha256sum -c manifest-sha256.txt\n\n"
         "Each line has to end in OK. No file may be there that these two do not\n"
         "name, but for tagmanifest-sha256.txt itself. \"crumbs verify\" checks that,\n"
         "too. This shows that nothing was changed since the hashes were written\n"
         "down; keep the SHA-256 of tagmanifest-sha256.txt elsewhere to show that\n"
         "they are still the same.\n\n"
         "HOW TO KEEP IT\n\n"
         "This bundle is personal data itself, in plain text. Hand it over by a safe\n"
         "way, to the person it is about and to nobody else, and delete it when it\n"
         "is no longer needed.\n";
}

}  // namespace

void write_readme(const BundleParts& parts, std::ostream& out) {
  write_head(parts, out);
  write_nothing_found(parts.report, out);
  write_incomplete(parts, out);
  write_contents(parts, out);
  write_how_to(out);
}

}  // namespace crumbs
