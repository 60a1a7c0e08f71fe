#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "decode/json_text.h"
#include "decode/labels.h"
#include "decode/reading.h"
#include "decode/text.h"
#include "decode/value.h"
#include "json/pointer.h"

namespace crumbs {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxFields = 4096;
constexpr std::size_t kMaxListedElements = 256;

/// "/a/b" -> "/a", "b"
struct SplitPointer {
  std::string parent, key;
};
SplitPointer split_pointer(std::string_view pointer) {
  const std::size_t slash = pointer.rfind('/');
  if (slash == std::string_view::npos) return {"", std::string(pointer)};
  return {std::string(pointer.substr(0, slash)), pointer_key(pointer.substr(slash + 1))};
}

/// The value at a pointer that goes through objects only; nullptr where there is none.
const json* find_part(const json& whole, std::string_view pointer) {
  if (pointer.empty()) return &whole;
  const SplitPointer split = split_pointer(pointer);
  const json* const parent = find_part(whole, split.parent);
  if (parent == nullptr || !parent->is_object()) return nullptr;
  const auto found = parent->find(split.key);
  return found == parent->end() ? nullptr : &*found;
}

std::string text_of(const json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>();
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Objects that a document describes, by pointer, and the keys it knows in each.
std::map<std::string, std::set<std::string>> described_levels(
    const std::vector<FieldEntry>& fields) {
  std::map<std::string, std::set<std::string>> levels;
  for (const FieldEntry& field : fields) {
    for (std::string pointer = field.pointer; !pointer.empty();) {
      SplitPointer split = split_pointer(pointer);
      levels[split.parent].insert(std::move(split.key));
      pointer = std::move(split.parent);
    }
  }
  return levels;
}

Reading read_part(const FieldEntry& field, const json& value, const std::string& text) {
  ValueSpec spec;
  // A field's words are not in the catalog.
  spec.type = field.type == ValueType::enumeration ? ValueType::text : field.type;
  const bool holds_structure =
      spec.type == ValueType::opaque || spec.type == ValueType::utm || spec.type == ValueType::json;
  if (spec.type == ValueType::json_array) {
    if (!value.is_structured()) return Reading::contradicts("no list");
  } else if (value.is_structured() && !holds_structure) {
    return Reading::contradicts("an object or a list");
  } else if (spec.type == ValueType::json && value.is_string()) {
    const ParsedJson parsed = parse_json(text);
    if (!parsed.document) return Reading::contradicts(parsed.problem);
  }
  return read_scalar(spec, text);
}

/// Reads elements one by one and adds their parts to a result. Holds references to both arguments.
class FieldReader {
 public:
  FieldReader(const ValueSpec& spec, DecodedValue& result)
      : spec_(spec), result_(result), levels_(described_levels(spec.fields)) {}

  /// `prefix`: pointer of the element in the value.
  void read(const json& element, const std::string& prefix, bool listed) {
    listed_ = listed;
    prefix_ = prefix;
    for (const FieldEntry& field : spec_.fields)
      read_field(field, find_part(element, field.pointer));
    for (const auto& [pointer, known] : levels_) {
      if (const json* level = find_part(element, pointer)) read_level(pointer, known, *level);
    }
  }

  /// Adds what concerns all elements: steps, contradictions, what was left out.
  void finish(std::size_t elements) {
    std::ranges::copy(steps_, std::back_inserter(result_.steps));
    for (const auto& [pointer, contradiction] : contradictions_) {
      std::string message = fmt::format("{}: {}", pointer, contradiction.message);
      if (elements > 1)
        message += fmt::format(", in {} of {} objects", contradiction.count, elements);
      auto& differences = contradiction.of_reading ? result_.otherwise_read : result_.drift;
      differences.push_back({"field", std::move(message)});
    }
    if (left_out_ > 0) {
      result_.steps.push_back(fmt::format("json: {} not listed", counted(left_out_, "more field")));
      result_.fields_complete = false;
    }
  }

 private:
  struct Contradiction {
    std::string message;
    std::size_t count = 0;
    bool of_reading = false;
  };

  void contradict(const std::string& pointer, ValueType expected, bool of_reading,
                  std::string_view why) {
    Contradiction& found = contradictions_[pointer];
    if (found.count++ > 0) return;
    found.message = fmt::format("expected {}: {}", label(expected), why);
    found.of_reading = of_reading;
  }

  void add(ValueField field) {
    if (!listed_ || result_.fields.size() >= kMaxFields) {
      if (field.present) ++left_out_;
      return;
    }
    result_.fields.push_back(std::move(field));
  }

  [[nodiscard]] ValueField documented(const FieldEntry& entry) const {
    ValueField field;
    field.pointer = prefix_ + entry.pointer;
    field.documented = true;
    field.type = entry.type;
    field.personal_data = entry.personal_data;
    field.description = entry.description;
    if (entry.erratum)
      field.erratum = fmt::format("the document says \"{}\"; likely meant: {}", entry.erratum->says,
                                  entry.erratum->likely);
    return field;
  }

  void read_field(const FieldEntry& entry, const json* value) {
    if (value != nullptr && value->is_object() && levels_.contains(entry.pointer)) return;
    ValueField field = documented(entry);
    field.present = value != nullptr;
    if (value != nullptr) fill(field, entry, *value);
    add(std::move(field));
  }

  void fill(ValueField& field, const FieldEntry& entry, const json& value) {
    field.text = text_of(value);
    field.length = field.text.size();
    if (value.is_null() || field.text.empty()) {
      field.text = value.is_null() ? "(null)" : "(empty)";
      return;
    }
    Reading reading = levels_.contains(entry.pointer) ? Reading::contradicts("no object")
                                                      : read_part(entry, value, field.text);
    note(entry.pointer, reading);
    if (reading.contradiction.empty()) {
      field.text = std::move(reading.decoded).value_or(field.text);
    } else {
      field.type = ValueType::opaque;
      contradict(entry.pointer, entry.type, !entry.reading.empty(), reading.contradiction);
    }
  }

  void note(const std::string& pointer, const Reading& reading) {
    for (const std::string& step : reading.steps)
      steps_.insert(fmt::format("{}: {}", pointer, step));
    if (!reading.time) return;
    const auto earlier = [](const Time& a, const Time& b) { return a.unix_us < b.unix_us; };
    if (!result_.newest || earlier(*result_.newest, *reading.time)) result_.newest = reading.time;
    if (!result_.oldest || earlier(*reading.time, *result_.oldest)) result_.oldest = reading.time;
  }

  void read_level(const std::string& pointer, const std::set<std::string>& known,
                  const json& level) {
    if (!level.is_object()) return read_misplaced(pointer, level);
    for (const auto& [key, value] : level.items()) {
      if (!known.contains(key)) add_undocumented(pointer + pointer_step(key), value);
    }
  }

  /// Something else where the document has an object that it does not describe itself.
  void read_misplaced(const std::string& pointer, const json& value) {
    const bool described = std::ranges::any_of(
        spec_.fields, [&pointer](const FieldEntry& entry) { return entry.pointer == pointer; });
    if (described || value.is_null()) return;
    contradict(pointer, ValueType::json, false, "no object");
    add_undocumented(pointer, value);
  }

  void add_undocumented(const std::string& pointer, const json& value) {
    ValueField field;
    field.pointer = prefix_ + pointer;
    field.text = text_of(value);
    field.length = field.text.size();
    if (field.text.empty()) field.text = "(empty)";
    add(std::move(field));
  }

  const ValueSpec& spec_;
  DecodedValue& result_;
  std::map<std::string, std::set<std::string>> levels_;
  std::map<std::string, Contradiction> contradictions_;
  std::set<std::string> steps_;
  std::string prefix_;
  std::size_t left_out_ = 0;
  bool listed_ = true;
};

std::string shape_of(const json& value) {
  if (value.is_object()) return "object, " + counted(value.size(), "key", "keys");
  if (value.is_array()) return "list, " + counted(value.size(), "item", "items");
  return value.type_name();
}

void read_object(const ValueSpec& spec, const json& document, DecodedValue& result) {
  result.decoded = shape_of(document);
  if (spec.fields.empty()) return;
  if (!document.is_object()) {
    result.decoded.reset();
    return add_type_drift(spec, "no object", result);
  }
  FieldReader reader(spec, result);
  reader.read(document, "", true);
  reader.finish(1);
}

void read_list(const ValueSpec& spec, const json& document, DecodedValue& result) {
  if (!document.is_structured()) return add_type_drift(spec, "neither list nor object", result);
  FieldReader reader(spec, result);
  std::size_t others = 0;
  const std::size_t size = document.is_object() ? 1 : document.size();
  for (std::size_t i = 0; i < size; ++i) {
    const json& element = document.is_object() ? document : document[i];
    if (!element.is_object()) {
      ++others;
      continue;
    }
    const std::string prefix = document.is_object() ? "" : fmt::format("/{}", i);
    reader.read(element, prefix, i < kMaxListedElements);
    ++result.elements;
  }
  result.decoded = counted(result.elements, "object", "objects");
  reader.finish(result.elements);
  if (others == 0) return;
  result.fields_complete = false;
  result.drift.push_back(
      {"field",
       fmt::format("expected a list of objects: {} of {} elements are none", others, size)});
}

}  // namespace

void decode_json(const ValueSpec& spec, std::string_view text, DecodedValue& result) {
  ParsedJson parsed = parse_json(text);
  if (!parsed.document) return add_type_drift(spec, parsed.problem, result);
  std::ranges::move(parsed.steps, std::back_inserter(result.steps));
  result.fields_complete = parsed.repeated_keys == 0;
  if (spec.type == ValueType::json_array) return read_list(spec, *parsed.document, result);
  read_object(spec, *parsed.document, result);
}

}  // namespace crumbs
