#pragma once

/// Texts that a report masks as values, and where else they stand: what is masked as a value is
/// masked in names and paths as well.

#include <bitset>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crumbs {

/// What stands for a masked text that has no token.
inline constexpr std::string_view kMaskedText = "•••";

/// Memory: what is added, of each text at most kLongest bytes. Looking into a text: linear in it; a
/// text made to cost more is masked as a whole. One thread.
class Secrets {
 public:
  using Id = std::uint32_t;
  static constexpr std::size_t kShortest = 4, kLongest = 256;  ///< bytes that are looked for

  /// Where a text stands says how much of a chance likeness has to be borne there.
  enum class Place { name, path };

  /// What stands for a secret; nullopt leaves it as it is.
  using Put = std::function<std::optional<std::string>(Id)>;

  /// The id of a text; that of an equal one where there is one. `links`: it tells persons apart.
  Id add(std::string_view text, bool links);
  /// Another spelling of a text.
  void add_spelling(Id id, std::string_view text);

  [[nodiscard]] std::size_t size() const noexcept { return links_.size(); }
  [[nodiscard]] bool links(Id id) const noexcept { return links_[id]; }

  /// The text with what `put` gives in place of every secret, of those that overlap the first and
  /// longest. A secret of four bytes or more is found that links, one of six that does not; in
  /// paths one of six bytes that links and has more than letters. Up to eleven bytes it must not go
  /// on in a character of its kind on either side: 1234 is not in 12345, and is in a_1234.
  /// A text that is too long for that is found where it is the whole of a name.
  [[nodiscard]] std::string replaced(std::string_view text, Place place, const Put& put) const;

 private:
  struct Hash {
    // NOLINTNEXTLINE(readability-identifier-naming): the standard's name
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  struct Found {
    Id id;
    std::size_t length;
  };

  struct Replacement {
    std::size_t length = 0;  ///< of what is replaced
    std::string text;
  };

  [[nodiscard]] bool counts(std::string_view text, std::size_t at, Found found, Place place) const;
  [[nodiscard]] std::optional<std::string> replace_whole(std::string_view text,
                                                         const Put& put) const;
  /// Of the secret at `at`.
  [[nodiscard]] std::optional<Replacement> replace_at(std::string_view text, std::size_t at,
                                                      Place place, const Put& put,
                                                      std::size_t& tries) const;
  void index(std::string_view text);

  std::unordered_map<std::string, Id, Hash, std::equal_to<>> ids_;
  std::vector<bool> links_;
  std::unordered_map<std::uint32_t, std::vector<std::uint16_t>> lengths_;  ///< by the first bytes
  std::bitset<std::size_t{1} << 16U> begins_;  ///< most texts begin like no secret
};

}  // namespace crumbs
