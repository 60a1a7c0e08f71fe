#include "crumbs/report.h"

#include <array>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

#include "crumbs/audit.h"
#include "enum_names.h"

namespace crumbs {

std::string_view to_string(Engine value) {
  return enum_name(value);
}
std::string_view to_string(MissingReason value) {
  return enum_name(value);
}
std::string_view to_string(ItemKind value) {
  return enum_name(value);
}
std::string_view to_string(ItemState value) {
  return enum_name(value);
}
std::string_view to_string(Status value) {
  return enum_name(value);
}
std::string_view to_string(Verdict value) {
  return enum_name(value);
}
std::string_view to_string(Category value) {
  return enum_name(value);
}
std::string_view to_string(PersonalData value) {
  return enum_name(value);
}
std::string_view to_string(Basis value) {
  return enum_name(value);
}
std::string_view to_string(ValueType value) {
  return enum_name(value);
}
std::string_view to_string(Availability value) {
  return enum_name(value);
}
std::string_view to_string(Unavailable value) {
  return enum_name(value);
}
std::string_view to_string(ValuesMode value) {
  return enum_name(value);
}
std::string_view to_string(StoreStatus value) {
  return enum_name(value);
}

std::string_view to_string(const Running& running) {
  if (!running.running) return "not checked";
  return *running.running ? "running" : "not running";
}

std::string to_string(const Reason& reason) {
  return reason.hint.empty() ? reason.message : reason.message + ": " + reason.hint;
}

std::string_view version() {
  return CRUMBS_VERSION;
}

}  // namespace crumbs
