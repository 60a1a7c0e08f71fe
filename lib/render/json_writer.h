#pragma once

/// JSON written as it goes: constant memory however large the report.

#include <concepts>
#include <cstdint>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace crumbs {

/// Writes one JSON document after another to a stream, in the order of the calls. Calls must form
/// valid JSON; nothing checks it. Escapes are those of nlohmann::json::dump. One thread.
class JsonWriter {
 public:
  enum class Layout {
    compact,   ///< one line
    indented,  ///< two spaces a level
  };
  JsonWriter(std::ostream& out, Layout layout) : out_(out), layout_(layout) {}
  ~JsonWriter() { flush(); }
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }
  void key(std::string_view name);      ///< `name` is ASCII that needs no escape
  void any_key(std::string_view text);  ///< escaped as value() does

  /// Well-formed UTF-8 as it is, a lone surrogate (WTF-8) as its `\udXXX` escape, other invalid
  /// bytes as U+FFFD.
  void value(std::string_view text);
  void value(std::same_as<bool> auto yes) { raw(yes ? "true" : "false"); }
  template <std::integral T>
  requires(!std::same_as<T, bool>) void value(T number) { raw(std::to_string(number)); }
  void number(std::string_view text) { raw(text); }  ///< as JSON writes numbers
  void null() { raw("null"); }

  void member(std::string_view name, const auto& content) {
    key(name);
    value(content);
  }
  void member_null(std::string_view name) {
    key(name);
    null();
  }

  void end_line();  ///< ends a document; needed between documents
  void flush();     ///< hands what is buffered to the stream

 private:
  void begin(char bracket);
  void end(char bracket);
  void separate();
  void append_string(std::string_view text);
  void indent();
  void raw(std::string_view text);

  std::ostream& out_;
  Layout layout_;
  std::string buffer_;
  unsigned depth_ = 0;
  bool first_ = true;
  bool after_key_ = false;
};

/// What `write(JsonWriter&)` writes, indented, with a line end.
template <class Write>
[[nodiscard]] std::string json_text(const Write& write) {
  std::ostringstream out;
  {
    JsonWriter json(out, JsonWriter::Layout::indented);
    write(json);
    json.end_line();
  }
  return std::move(out).str();
}

}  // namespace crumbs
