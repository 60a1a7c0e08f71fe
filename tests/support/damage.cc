#include "support/damage.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace crumbs::test {
namespace {

constexpr std::size_t kAppended = 4096;
/// Half of the small damage is done so near the beginning of a page or a block, where the structure
/// is.
constexpr std::size_t kStructure = 64;

/// Small damage is more often than large: there is more of it to be done.
constexpr std::array kDice = {
    DamageKind::flip,  DamageKind::flip,    DamageKind::flip,   DamageKind::flip,
    DamageKind::flip,  DamageKind::flip,    DamageKind::byte,   DamageKind::byte,
    DamageKind::byte,  DamageKind::cut,     DamageKind::cut,    DamageKind::zeros,
    DamageKind::zeros, DamageKind::swap,    DamageKind::swap,   DamageKind::copy,
    DamageKind::copy,  DamageKind::garbage, DamageKind::append, DamageKind::exchange,
};

std::string anything(std::uint64_t seed, std::size_t length) {
  Dice dice(seed);
  std::string bytes;
  while (bytes.size() < length) bytes += static_cast<char>(dice.next());
  return bytes;
}

std::string_view kind_of_file(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(dot);
}

/// Another file of that kind among the targets; empty: there is none.
std::string partner(const DamageTargets& targets, const std::string& file, Dice& dice) {
  std::vector<std::string> others;
  for (const std::string& other : targets.files)
    if (other != file && kind_of_file(other) == kind_of_file(file)) others.push_back(other);
  return others.empty() ? std::string() : others[dice.below(others.size())];
}

std::size_t small_offset(std::size_t size, std::size_t unit, Dice& dice) {
  const bool anywhere = dice.below(2) == 0;
  if (anywhere) return dice.below(size);
  const std::size_t begin = dice.below((size + unit - 1) / unit) * unit;
  return begin + dice.below(std::min({kStructure, unit, size - begin}));
}

/// Two different whole units; false: there are no two.
bool choose_units(std::size_t size, std::size_t unit, Dice& dice, Mutation& mutation) {
  const std::size_t units = size / unit;
  if (units < 2) return false;
  const std::size_t one = dice.below(units);
  const std::size_t other = (one + 1 + dice.below(units - 1)) % units;
  mutation.offset = one * unit;
  mutation.other = other * unit;
  mutation.length = unit;
  return true;
}

void place_range(std::size_t size, std::size_t unit, Dice& dice, Mutation& mutation) {
  mutation.offset = dice.below(size);
  mutation.length = std::min(1 + dice.below(unit), size - mutation.offset);
}

/// False: this file has no such damage.
bool place(const DamageTargets& targets, const std::string& bytes, Dice& dice, Mutation& mutation) {
  const std::size_t size = bytes.size();
  switch (mutation.kind) {
    case DamageKind::flip:
    case DamageKind::byte:
      mutation.offset = small_offset(size, targets.unit, dice);
      mutation.detail = static_cast<unsigned>(dice.below(256));
      return true;
    case DamageKind::cut:
      mutation.offset = dice.below(size);
      return true;
    case DamageKind::zeros:
      place_range(size, targets.unit, dice, mutation);
      return true;
    case DamageKind::garbage:
      mutation.filler = dice.next();
      place_range(size, targets.unit, dice, mutation);
      return true;
    case DamageKind::append:
      mutation.filler = dice.next();
      mutation.offset = size;
      mutation.length = kAppended;
      return true;
    case DamageKind::swap:
    case DamageKind::copy:
      return choose_units(size, targets.unit, dice, mutation);
    case DamageKind::exchange:
      if (targets.exchange) mutation.other_file = partner(targets, mutation.file, dice);
      return !mutation.other_file.empty();
  }
  return false;
}

void change(const Mutation& mutation, std::string& bytes) {
  const std::size_t at = mutation.offset, length = mutation.length;
  switch (mutation.kind) {
    case DamageKind::flip:
      bytes[at] =
          static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << (mutation.detail % 8)));
      break;
    case DamageKind::byte:
      bytes[at] = static_cast<char>(mutation.detail);
      break;
    case DamageKind::cut:
      bytes.resize(at);
      break;
    case DamageKind::zeros:
      bytes.replace(at, length, length, '\0');
      break;
    case DamageKind::swap:
      std::swap_ranges(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                       bytes.begin() + static_cast<std::ptrdiff_t>(at + length),
                       bytes.begin() + static_cast<std::ptrdiff_t>(mutation.other));
      break;
    case DamageKind::copy:
      bytes.replace(at, length, std::string(bytes, mutation.other, length));
      break;
    case DamageKind::garbage:
      bytes.replace(at, length, anything(mutation.filler, length));
      break;
    case DamageKind::append:
      bytes += anything(mutation.filler, length);
      break;
    case DamageKind::exchange:
      break;
  }
}

using Items = std::vector<Reading::Item>;

std::size_t current_ones(const Items& items) {
  return static_cast<std::size_t>(
      std::ranges::count(items, ItemState::current, &Reading::Item::state));
}

/// By name and value: whether the truth has it.
bool is_known(const Truth& truth, const Reading::Item& item) {
  return std::ranges::any_of(truth.items, [&](const Reading::Item& known) {
    const bool deleted = item.value == kDeletion && known.state == ItemState::deleted;
    return known.name == item.name && (deleted || known.value == item.value);
  });
}

/// An item that the truth has, more often than the truth has it.
bool has_doubles(const Truth& truth, const Items& items) {
  Items excess;
  std::ranges::set_difference(items, truth.items, std::back_inserter(excess));
  return std::ranges::any_of(excess, [&](const Reading::Item& item) {
    return std::ranges::binary_search(truth.items, item);
  });
}

bool invents(const Truth& truth, const Reading& reading) {
  if (truth.checksummed && reading.told)
    return !std::ranges::all_of(reading.items,
                                [&](const Reading::Item& item) { return is_known(truth, item); });
  const std::size_t more = reading.told ? truth.unfinished : 0;
  return reading.items.size() > truth.items.size() + more ||
         current_ones(reading.items) > current_ones(truth.items) + more;
}

}  // namespace

std::uint64_t Dice::next() noexcept {
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31U);
}

std::string_view to_string(DamageKind kind) {
  constexpr std::array<std::string_view, 9> kWords = {
      "flip", "byte", "cut", "zeros", "swap", "copy", "garbage", "append", "exchange"};
  return kWords.at(static_cast<std::size_t>(kind));
}

std::string_view to_string(Outcome outcome) {
  constexpr std::array<std::string_view, kOutcomes> kWords = {"told", "unharmed", "altered",
                                                              "torn", "lost",     "invented"};
  return kWords.at(static_cast<std::size_t>(outcome));
}

std::string Mutation::describe() const {
  std::string text = fmt::format("{} of {} at {}", to_string(kind), file, offset);
  if (kind == DamageKind::flip) text += fmt::format(" bit {}", detail % 8);
  if (kind == DamageKind::byte) text += fmt::format(" to {:#04x}", detail);
  if (length != 0) text += fmt::format(" length {}", length);
  if (kind == DamageKind::swap || kind == DamageKind::copy) text += fmt::format(" with {}", other);
  if (!other_file.empty()) text += " with " + other_file;
  return text;
}

Mutation make_mutation(const Files& files, const DamageTargets& targets, std::uint64_t seed,
                       std::size_t index) {
  const std::string& file = targets.files[index % targets.files.size()];
  const std::string& bytes = files.at(file);
  Dice dice(seed ^ Dice(index).next());
  for (;;) {
    Mutation mutation;
    mutation.kind = kDice.at(dice.below(kDice.size()));
    mutation.file = file;
    if (place(targets, bytes, dice, mutation) && damaged(mutation, files).at(file) != bytes)
      return mutation;
  }
}

Files damaged(const Mutation& mutation, const Files& files) {
  Files changed;
  changed[mutation.file] = files.at(mutation.file);
  if (mutation.kind == DamageKind::exchange) {
    changed[mutation.other_file] = files.at(mutation.file);
    changed[mutation.file] = files.at(mutation.other_file);
  }
  change(mutation, changed[mutation.file]);
  return changed;
}

Outcome judge(const Truth& truth, const Reading& reading, LogEnd end) {
  if (!reading.told && reading.items == truth.items) return Outcome::unharmed;
  const bool may_be_torn = end == LogEnd::between || (end == LogEnd::inside && reading.torn);
  if (!reading.told && may_be_torn && std::ranges::count(truth.earlier, reading.items) != 0)
    return Outcome::torn;
  if (invents(truth, reading)) return Outcome::invented;
  if (reading.told) return Outcome::told;
  if (has_doubles(truth, reading.items)) return Outcome::invented;
  return reading.items.size() < truth.items.size() ? Outcome::lost : Outcome::altered;
}

bool is_failure(const Truth& truth, Outcome outcome) {
  return outcome == Outcome::lost || outcome == Outcome::invented ||
         (outcome == Outcome::altered && truth.checksummed);
}

}  // namespace crumbs::test
