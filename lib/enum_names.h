#pragma once

/// The one table of words for enumerators: to_string and parsing both read it.

#include <optional>
#include <string_view>
#include <utility>

#include "crumbs/catalog.h"
#include "crumbs/profile.h"
#include "crumbs/types.h"

namespace crumbs {

template <class E>
struct NamedValue {
  E value;
  std::string_view name;
};

template <class E>
struct EnumNames;

#define CRUMBS_ENUM_NAMES(E, ...)                          \
  template <>                                              \
  struct EnumNames<E> {                                    \
    static constexpr NamedValue<E> kNames[] = __VA_ARGS__; \
  }

CRUMBS_ENUM_NAMES(Engine, {{Engine::chromium, "chromium"}, {Engine::firefox, "firefox"}});
CRUMBS_ENUM_NAMES(MissingReason, {{MissingReason::absent, "absent"},
                                  {MissingReason::not_a_directory, "not_a_directory"},
                                  {MissingReason::not_a_profile, "not_a_profile"},
                                  {MissingReason::not_a_store, "not_a_store"},
                                  {MissingReason::unreadable, "unreadable"},
                                  {MissingReason::dangling_link, "dangling_link"},
                                  {MissingReason::outside, "outside"},
                                  {MissingReason::other_machine, "other_machine"}});
CRUMBS_ENUM_NAMES(ItemKind,
                  {{ItemKind::cookie, "cookie"}, {ItemKind::local_storage, "local_storage"}});
CRUMBS_ENUM_NAMES(ItemState, {{ItemState::current, "current"},
                              {ItemState::superseded, "superseded"},
                              {ItemState::deleted, "deleted"},
                              {ItemState::orphaned, "orphaned"},
                              {ItemState::archived, "archived"}});
CRUMBS_ENUM_NAMES(Status, {{Status::documented, "documented"},
                           {Status::drift, "drift"},
                           {Status::undocumented, "undocumented"},
                           {Status::possible, "possible"},
                           {Status::ambiguous, "ambiguous"},
                           {Status::unknown, "unknown"}});
CRUMBS_ENUM_NAMES(Verdict, {{Verdict::allowed, "allowed"},
                            {Verdict::allowed_with_consequence, "allowed_with_consequence"},
                            {Verdict::undocumented, "undocumented"},
                            {Verdict::retain, "retain"}});
CRUMBS_ENUM_NAMES(Category, {{Category::strictly_necessary, "strictly_necessary"},
                             {Category::performance, "performance"},
                             {Category::functionality, "functionality"},
                             {Category::targeting, "targeting"}});
CRUMBS_ENUM_NAMES(PersonalData, {{PersonalData::none, "none"},
                                 {PersonalData::preference, "preference"},
                                 {PersonalData::identifier, "identifier"},
                                 {PersonalData::contact, "contact"},
                                 {PersonalData::location, "location"},
                                 {PersonalData::behaviour, "behaviour"},
                                 {PersonalData::content, "content"},
                                 {PersonalData::unknown, "unknown"}});
CRUMBS_ENUM_NAMES(Basis, {{Basis::document, "document"},
                          {Basis::interpretation, "interpretation"},
                          {Basis::observation, "observation"}});
CRUMBS_ENUM_NAMES(ValueType, {{ValueType::opaque, "opaque"},
                              {ValueType::unix_time, "unix_time"},
                              {ValueType::date, "date"},
                              {ValueType::counter, "counter"},
                              {ValueType::flag, "flag"},
                              {ValueType::url, "url"},
                              {ValueType::utm, "utm"},
                              {ValueType::country, "country"},
                              {ValueType::city, "city"},
                              {ValueType::place, "place"},
                              {ValueType::language, "language"},
                              {ValueType::identifier, "identifier"},
                              {ValueType::email, "email"},
                              {ValueType::phone, "phone"},
                              {ValueType::person_name, "person_name"},
                              {ValueType::text, "text"},
                              {ValueType::enumeration, "enumeration"},
                              {ValueType::json, "json"},
                              {ValueType::json_array, "json_array"}});
CRUMBS_ENUM_NAMES(Availability, {{Availability::plain, "plain"},
                                 {Availability::decrypted, "decrypted"},
                                 {Availability::doubtful, "doubtful"},
                                 {Availability::unavailable, "unavailable"}});
CRUMBS_ENUM_NAMES(Unavailable, {{Unavailable::no_key, "no_key"},
                                {Unavailable::wrong_key, "wrong_key"},
                                {Unavailable::host_hash_mismatch, "host_hash_mismatch"},
                                {Unavailable::host_hash_missing, "host_hash_missing"},
                                {Unavailable::app_bound, "app_bound"},
                                {Unavailable::dpapi, "dpapi"},
                                {Unavailable::unknown_encryption, "unknown_encryption"},
                                {Unavailable::malformed, "malformed"},
                                {Unavailable::too_large, "too_large"},
                                {Unavailable::wrong_type, "wrong_type"},
                                {Unavailable::unreadable, "unreadable"},
                                {Unavailable::removed, "removed"}});
CRUMBS_ENUM_NAMES(ValuesMode, {{ValuesMode::masked, "masked"},
                               {ValuesMode::full, "full"},
                               {ValuesMode::none, "none"}});
CRUMBS_ENUM_NAMES(StoreStatus, {{StoreStatus::absent, "absent"},
                                {StoreStatus::read, "read"},
                                {StoreStatus::partial, "partial"},
                                {StoreStatus::unsupported, "unsupported"},
                                {StoreStatus::failed, "failed"}});
CRUMBS_ENUM_NAMES(Observed, {{Observed::meaning, "meaning"},
                             {Observed::lifetime, "lifetime"},
                             {Observed::value, "value"}});
#undef CRUMBS_ENUM_NAMES

/// Cost: linear in the enumerators.
template <class E>
[[nodiscard]] constexpr std::string_view enum_name(E value) {
  for (const auto& [candidate, name] : EnumNames<E>::kNames) {
    if (candidate == value) return name;
  }
  return {};
}

template <class E>
[[nodiscard]] constexpr std::optional<E> parse_enum(std::string_view text) {
  for (const auto& [value, name] : EnumNames<E>::kNames) {
    if (name == text) return value;
  }
  return std::nullopt;
}

}  // namespace crumbs
