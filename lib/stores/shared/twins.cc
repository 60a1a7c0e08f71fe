#include "stores/shared/twins.h"

#include <algorithm>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "stores/shared/firefox_marks.h"
#include "stores/shared/locate.h"

namespace crumbs {
namespace {

using States = std::vector<TwinState>;
using Twins = std::span<const Twin>;

constexpr std::string_view kLevelDb = "chromium.local_storage";
constexpr std::string_view kDomStorage = "chromium.dom_storage";
constexpr std::string_view kWebappsstore = "firefox.webappsstore";

/// The twin of this store that something was read from; nullptr where there is none.
const Twin* find_filled(Twins twins, std::string_view store) {
  const auto found = std::ranges::find_if(
      twins, [&](const Twin& twin) { return twin.store == store && twin.items > 0; });
  return found == twins.end() ? nullptr : &*found;
}

TwinState& state_of(States& states, Twins twins, const Twin& twin) {
  return states[static_cast<std::size_t>(&twin - twins.data())];
}

std::string moment(const Time& time) {
  return to_iso8601(whole_second(time));
}

/// Which of two is newer by one measure, and how that is told.
struct Comparison {
  int sign = 0;        ///< > 0: the first is newer; 0: it does not tell
  std::string ground;  ///< of the newer one against the other
};

Comparison compare_schemas(const Twin& one, const Twin& other) {
  if (!one.schema || !other.schema || *one.schema == *other.schema) return {};
  const auto [older, newer] = std::minmax(*one.schema, *other.schema);
  return {*one.schema > *other.schema ? 1 : -1, fmt::format("schema {} against {}", newer, older)};
}

Comparison compare_times(const Twin& one, const Twin& other) {
  if (!one.newest || !other.newest || one.newest->unix_us == other.newest->unix_us) return {};
  const bool first = one.newest->unix_us > other.newest->unix_us;
  const Time& newer = first ? *one.newest : *other.newest;
  const Time& older = first ? *other.newest : *one.newest;
  return {first ? 1 : -1,
          fmt::format("its newest time is {} against {}", moment(newer), moment(older))};
}

std::string open_note(std::string_view other, std::string_view why) {
  return fmt::format("in use, and {} too, as far as can be told: {}", other, why);
}

void leave_open(States& states, Twins twins, const Twin& one, const Twin& other,
                std::string_view why) {
  state_of(states, twins, one).note = open_note(other.path, why);
  state_of(states, twins, other).note = open_note(one.path, why);
}

void decide(States& states, Twins twins, const Twin& used, const Twin& left,
            const std::string& ground) {
  if (used.damaged)
    return leave_open(states, twins, used, left, fmt::format("{} is damaged", used.path));
  state_of(states, twins, used).note = "in use: " + ground;
  state_of(states, twins, left) = {true,
                                   fmt::format("left over: {} is in use: {}", used.path, ground)};
}

/// Two measures that agree, or the one that tells.
void settle_by(States& states, Twins twins, const Twin& one, const Twin& other,
               const Comparison& first, const Comparison& second) {
  const int sign = first.sign != 0 ? first.sign : second.sign;
  if (first.sign * second.sign < 0)
    return leave_open(states, twins, one, other, "schema and times disagree");
  if (sign == 0) return leave_open(states, twins, one, other, "neither is the newer one");
  const std::string_view between = first.sign != 0 && second.sign != 0 ? ", " : "";
  decide(states, twins, sign > 0 ? one : other, sign > 0 ? other : one,
         fmt::format("{}{}{}", first.ground, between, second.ground));
}

/// `Cookies` and `Network/Cookies`: builds for Windows moved from the first to the second, and a
/// profile that was carried between systems may have both.
States settle_cookies(Twins twins) {
  States states(twins.size());
  std::vector<const Twin*> filled;
  for (const Twin& twin : twins) {
    if (twin.items > 0) filled.push_back(&twin);
  }
  if (filled.size() == 2)
    settle_by(states, twins, *filled[0], *filled[1], compare_schemas(*filled[0], *filled[1]),
              compare_times(*filled[0], *filled[1]));
  return states;
}

/// LevelDB, SQLite, and one file an origin before 61. The file `exp-v1` marks profiles
/// whose browser was told to stay with LevelDB.
States settle_dom_storage(const Profile& profile, Twins twins) {
  States states(twins.size());
  const Twin* leveldb = find_filled(twins, kLevelDb);
  const Twin* sqlite = find_filled(twins, kDomStorage);
  if (leveldb != nullptr && sqlite != nullptr) {
    if (exists_below(profile.path, leveldb->path + "/exp-v1"))
      decide(states, twins, *leveldb, *sqlite, "exp-v1 keeps the browser with LevelDB");
    else
      settle_by(states, twins, *leveldb, *sqlite, {}, compare_times(*leveldb, *sqlite));
  }
  const auto whole = [](const Twin* twin) { return twin != nullptr && !twin->damaged; };
  if (!whole(leveldb) && !whole(sqlite)) return states;
  for (const Twin& twin : twins) {
    if (twin.store == kLevelDb || twin.store == kDomStorage) continue;
    state_of(states, twins, twin) = {
        true, "left over: builds since about 61 keep local storage elsewhere"};
  }
  return states;
}

/// A database for each origin, or webappsstore.sqlite for all.
States settle_firefox_storage(const Profile& profile, Twins twins) {
  States states(twins.size());
  const Twin* old = find_filled(twins, kWebappsstore);
  const bool any_new = std::ranges::any_of(twins, [](const Twin& twin) {
    return twin.store != kWebappsstore && twin.items > 0 && !twin.damaged;
  });
  if (old == nullptr || old->damaged || !any_new) return states;
  const FirefoxStorageMark mark = firefox_storage_mark(profile.path);
  for (const Twin& twin : twins) {
    TwinState& state = state_of(states, twins, twin);
    const bool is_old = &twin == old;
    const std::string other = is_old ? "storage/default/*/ls" : old->path;
    if (!mark.next_generation)
      state.note = open_note(other, mark.ground);
    else if (*mark.next_generation == is_old)
      state = {true, fmt::format("left over: {} is in use: {}", other, mark.ground)};
    else if (is_old)
      state.note = "in use: " + mark.ground;
  }
  return states;
}

/// Firefox loads the first of its session files that is not damaged, whatever it holds. Of a file
/// that could not be read at all it is not known whether Firefox can.
States settle_sessions(Twins twins) {
  States states(twins.size());
  const auto loaded =
      std::ranges::find_if(twins, [](const Twin& twin) { return !twin.bare && !twin.damaged; });
  for (auto twin = twins.begin(); twin != twins.end(); ++twin) {
    TwinState& state = state_of(states, twins, *twin);
    if (loaded == twins.end())
      state.note = "none of the session files could be read whole";
    else if (twin < loaded && twin->items == 0)
      state.note = fmt::format("could not be read, so that {} counts", loaded->path);
    else if (twin < loaded)
      state = {true, fmt::format("left over: it is damaged, so that {} is loaded", loaded->path)};
    else if (twin > loaded)
      state = {true, fmt::format("left over: {} is loaded first", loaded->path)};
    else if (loaded != twins.begin())
      state.note = fmt::format("in use: {} could not be read whole", twins.front().path);
  }
  return states;
}

States settle(TwinKind kind, const Profile& profile, Twins twins) {
  switch (kind) {
    case TwinKind::chromium_cookies:
      return settle_cookies(twins);
    case TwinKind::chromium_local_storage:
      return settle_dom_storage(profile, twins);
    case TwinKind::firefox_local_storage:
      return settle_firefox_storage(profile, twins);
    case TwinKind::firefox_session:
      return settle_sessions(twins);
    case TwinKind::none:
      break;
  }
  return States(twins.size());
}

}  // namespace

States settle_twins(TwinKind kind, const Profile& profile, Twins twins) {
  States states = settle(kind, profile, twins);
  for (const Twin& twin : twins) {
    if (twin.bare)
      state_of(states, twins, twin).note = "empty: it says nothing about what is in use";
  }
  return states;
}

}  // namespace crumbs
