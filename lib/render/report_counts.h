#pragma once

/// The counts of a report by their names in its JSON, for writing and for reading.

#include <cstdint>
#include <string_view>

#include "crumbs/report.h"

namespace crumbs {

template <class T>
struct NamedCount {
  std::string_view key;
  std::uint64_t T::*count;
};

inline constexpr NamedCount<Summary> kSummaryCounts[] = {
    {"items", &Summary::items},
    {"documented", &Summary::documented},
    {"drift", &Summary::drift},
    {"undocumented", &Summary::undocumented},
    {"possible", &Summary::possible},
    {"ambiguous", &Summary::ambiguous},
    {"unknown", &Summary::unknown},
    {"residue", &Summary::residue},
    {"undocumented_fields", &Summary::undocumented_fields},
    {"unavailable", &Summary::unavailable},
    {"doubtful", &Summary::doubtful},
    {"personal", &Summary::personal},
    {"stores", &Summary::stores},
    {"stores_incomplete", &Summary::stores_incomplete},
    {"missing", &Summary::missing}};

inline constexpr NamedCount<Selected> kSelectedCounts[] = {
    {"items", &Selected::items},
    {"documented", &Selected::documented},
    {"drift", &Selected::drift},
    {"undocumented", &Selected::undocumented},
    {"possible", &Selected::possible},
    {"ambiguous", &Selected::ambiguous},
    {"unknown", &Selected::unknown},
    {"residue", &Selected::residue},
    {"unavailable", &Selected::unavailable},
    {"personal", &Selected::personal}};

inline constexpr NamedCount<SiteCounts> kSiteCounts[] = {
    {"documented", &SiteCounts::documented},     {"drift", &SiteCounts::drift},
    {"undocumented", &SiteCounts::undocumented}, {"possible", &SiteCounts::possible},
    {"ambiguous", &SiteCounts::ambiguous},       {"personal", &SiteCounts::personal}};

inline constexpr NamedCount<Tally> kTallyCounts[] = {
    {"documented", &Tally::documented},
    {"drift", &Tally::drift},
    {"undocumented", &Tally::undocumented},
    {"observed", &Tally::observed},
    {"possible", &Tally::possible},
    {"ambiguous", &Tally::ambiguous},
    {"unavailable", &Tally::unavailable},
    {"doubtful", &Tally::doubtful},
    {"personal", &Tally::personal},
    {"undoes_choice", &Tally::undoes_choice},
    {"undocumented_fields", &Tally::undocumented_fields},
    {"undocumented_keys", &Tally::undocumented_keys},
    {"with_undocumented_fields", &Tally::with_undocumented_fields},
    {"names_found", &Tally::names_found},
    {"names_documented", &Tally::names_documented},
    {"names_absent", &Tally::names_absent}};

inline constexpr NamedCount<Lifetimes> kLifetimeCounts[] = {
    {"never_expires", &Lifetimes::never_expires},
    {"session", &Lifetimes::session},
    {"limited", &Lifetimes::limited},
    {"over_13_months", &Lifetimes::over_13_months}};

}  // namespace crumbs
