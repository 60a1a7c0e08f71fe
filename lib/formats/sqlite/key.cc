#include "formats/sqlite/key.h"

#include <algorithm>
#include <new>
#include <string_view>

#include "ascii.h"

namespace crumbs::sqlite {
namespace {

/// NULL, numbers, text, blobs: https://www.sqlite.org/datatype3.html#sort_order
int rank(int type) {
  if (type == SQLITE_NULL) return 0;
  if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) return 1;
  return type == SQLITE_TEXT ? 2 : 3;
}

template <class T>
int sign(const T& a, const T& b) {
  return a < b ? -1 : static_cast<int>(b < a);
}

/// As it is stored, in the encoding of the database: BINARY compares that.
std::string_view stored(sqlite3_value* value) {
  const auto* const data = static_cast<const char*>(sqlite3_value_blob(value));
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
  return data == nullptr ? std::string_view() : std::string_view(data, size);
}

std::string folded(sqlite3_value* value, const std::string& collation) {
  const auto* const data = reinterpret_cast<const char*>(sqlite3_value_text(value));
  std::string text(data == nullptr ? "" : data);
  if (collation == "RTRIM") {
    text.erase(text.find_last_not_of(' ') + 1);
  } else {
    std::ranges::transform(text, text.begin(), to_lower);
  }
  return text;
}

int compare_values(sqlite3_value* a, sqlite3_value* b, const std::string& collation) {
  const int a_type = sqlite3_value_type(a);
  const int b_type = sqlite3_value_type(b);
  if (rank(a_type) != rank(b_type)) return sign(rank(a_type), rank(b_type));
  if (a_type == SQLITE_NULL) return 0;
  if (a_type == SQLITE_INTEGER && b_type == SQLITE_INTEGER)
    return sign(sqlite3_value_int64(a), sqlite3_value_int64(b));
  if (rank(a_type) == 1) return sign(sqlite3_value_double(a), sqlite3_value_double(b));
  if (a_type == SQLITE_TEXT && collation != "BINARY")
    return folded(a, collation).compare(folded(b, collation));
  return stored(a).compare(stored(b));
}

}  // namespace

KeyColumns::KeyColumns(sqlite3* database, const std::string& table,
                       const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const char* collation = nullptr;
    sqlite3_table_column_metadata(database, "main", table.c_str(), name.c_str(), nullptr,
                                  &collation, nullptr, nullptr, nullptr);
    collations_.emplace_back(collation == nullptr ? "BINARY" : collation);
    std::ranges::transform(collations_.back(), collations_.back().begin(), to_upper);
  }
}

void KeyColumns::keep(const Statement& statement, Key& key) const {
  key.clear();
  for (std::size_t i = 0; i < collations_.size(); ++i) {
    key.emplace_back(sqlite3_value_dup(sqlite3_column_value(statement.get(), static_cast<int>(i))));
    if (!key.back()) throw std::bad_alloc();
  }
}

int KeyColumns::compare(const Statement& statement, const Key& key) const {
  for (std::size_t i = 0; i < collations_.size(); ++i) {
    sqlite3_value* const value = sqlite3_column_value(statement.get(), static_cast<int>(i));
    const int order = compare_values(value, key[i].get(), collations_[i]);
    if (order != 0) return order;
  }
  return 0;
}

std::string KeyColumns::bytes(const Statement& statement) const {
  std::string all;
  for (std::size_t i = 0; i < collations_.size(); ++i) {
    sqlite3_value* const value = sqlite3_column_value(statement.get(), static_cast<int>(i));
    const int type = sqlite3_value_type(value);
    const std::string number = std::to_string(sqlite3_value_int64(value));
    const std::string_view part = rank(type) == 1 ? std::string_view(number) : stored(value);
    all += std::to_string(type) + ":" + std::to_string(part.size()) + ":";
    all += part;
  }
  return all;
}

}  // namespace crumbs::sqlite
