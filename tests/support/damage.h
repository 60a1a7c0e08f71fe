#pragma once

/// Damage to the files of a store, made from a seed, and the judgement of what is read after it.
///
/// The rules. What was read of the undamaged store is the truth. An item is paired with one of the
/// truth by all that it says but for where it lies.
///  * told: something is `incomplete` or the store failed. Items may be missing then, but none may
///    be there that never was: where every byte has a checksum, none with a value that the truth
///    does not have under that name in any state (where a deletion is lost the older value is there
///    again, and where a value is lost the record of its deletion stands alone: neither is an
///    invention); where a damaged byte may change any name, no more items than the truth has, and
///    no more current ones, but for those of an unfinished transaction.
///  * clean: the items pair with the truth one to one, states and all: unharmed. Fewer: lost. More,
///    or one twice that the truth has once: invented. As many, and some of them with other content:
///    altered, which is a failure where every byte has a checksum and allowed elsewhere, for SQLite
///    and JSON have none and no reader can know what a byte was.
///  * torn: what was read is to the item what the store held after an earlier commit, only the end
///    of the newest log was damaged, and a note says that the log is torn; without a note only
///    where the log was cut between two commits. These are the files of a browser that was killed
///    before it wrote the rest, byte for byte, and nothing can tell the two apart.

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/types.h"

namespace crumbs::test {

/// Numbers from a seed, the same with every compiler and library (SplitMix64 of Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators").
class Dice {
 public:
  explicit Dice(std::uint64_t seed) noexcept : state_(seed) {}
  std::uint64_t next() noexcept;
  /// Less than `bound`, which is not 0.
  std::size_t below(std::size_t bound) noexcept { return static_cast<std::size_t>(next() % bound); }

 private:
  std::uint64_t state_;
};

/// Contents of files by their paths below the profile.
using Files = std::map<std::string, std::string>;

enum class DamageKind : std::uint8_t {
  flip,      ///< one bit
  byte,      ///< one byte overwritten
  cut,       ///< the file ends earlier
  zeros,     ///< a range overwritten with zeros
  swap,      ///< two units change places
  copy,      ///< a unit is written over another
  garbage,   ///< a unit is overwritten with anything
  append,    ///< 4096 bytes of anything follow the end
  exchange,  ///< two files of one kind change names
};
[[nodiscard]] std::string_view to_string(DamageKind kind);

struct Mutation {
  DamageKind kind = DamageKind::flip;
  std::string file;
  std::string other_file;    ///< exchange
  std::size_t offset = 0;    ///< what is damaged begins here
  std::size_t length = 0;    ///< zeros, swap, copy, garbage, append
  std::size_t other = 0;     ///< swap, copy: the offset of the other unit
  unsigned detail = 0;       ///< flip: the bit; byte: what it becomes
  std::uint64_t filler = 0;  ///< garbage, append: the seed of the bytes

  [[nodiscard]] std::string describe() const;
};

/// What may be damaged in a store.
struct DamageTargets {
  std::vector<std::string> files;  ///< damaged in turn
  std::size_t unit = 0;            ///< bytes of a page or a block
  bool exchange = false;           ///< tables may change names
};

/// The `index`th of the mutations that a seed gives. Changes at least one byte.
[[nodiscard]] Mutation make_mutation(const Files& files, const DamageTargets& targets,
                                     std::uint64_t seed, std::size_t index);
/// The files that it changes, as they are then.
[[nodiscard]] Files damaged(const Mutation& mutation, const Files& files);

inline constexpr std::string_view kDeletion = "deletion";

/// What was read of a store.
struct Reading {
  struct Item {
    std::string name;   ///< what it is called, and whose it is
    std::string value;  ///< kDeletion: there is but the record of a deletion
    std::string facts;  ///< all else but its state and where it lies
    ItemState state = ItemState::current;
    // NOLINTNEXTLINE(modernize-use-nullptr): false alarm of clang-tidy 14 on <=>
    friend auto operator<=>(const Item&, const Item&) = default;
  };
  std::vector<Item> items;  ///< sorted
  bool told = false;        ///< a store failed or says `incomplete`
  bool torn = false;        ///< says `torn_tail`
  std::string messages;
};

enum class Outcome : std::uint8_t { told, unharmed, altered, torn, lost, invented };
inline constexpr std::size_t kOutcomes = 6;
[[nodiscard]] std::string_view to_string(Outcome outcome);

struct Truth {
  std::vector<Reading::Item> items;  ///< sorted
  /// What the store held before its last commits; for damage to the end of the newest log.
  std::vector<std::vector<Reading::Item>> earlier;
  bool checksummed = false;  ///< every byte of every file
  /// How many more an unfinished transaction was about to make of them: these lie in the database,
  /// and where its journal is damaged nothing can take them away again.
  std::size_t unfinished = 0;
};

/// What was damaged of the newest log.
enum class LogEnd : std::uint8_t {
  elsewhere,  ///< more than its end, or nothing
  inside,     ///< its end, as where a writer was stopped
  between,    ///< it was cut behind a commit
};

[[nodiscard]] Outcome judge(const Truth& truth, const Reading& reading, LogEnd end);
[[nodiscard]] bool is_failure(const Truth& truth, Outcome outcome);

}  // namespace crumbs::test
