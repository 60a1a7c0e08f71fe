#pragma once

/// Items of one kind in the same places: what they share stands above them, once.

#include <string>
#include <vector>

#include "render/text_parts.h"

namespace crumbs {

struct Block {
  ItemKind kind = ItemKind::cookie;
  std::vector<std::string> places;
  std::vector<ItemGroup> items;
};

/// In the order in which they first occur. `where` words the place of an item.
[[nodiscard]] std::vector<Block> blocks_of(const View& view, const Findings& findings,
                                           std::string (*where)(const Finding&));
/// "14 cookies on shop.example.com · expire 2027-05-22 (in 6 months) · not secure", the last where
/// the attributes are asked for.
[[nodiscard]] std::string shared_words(const View& view, const Block& block, bool attributes);

struct Line {
  Span mark;
  Text name, contents, kind, words;
};
/// Mark, name, contents and class of an item in full; what it is depends on where it is told.
[[nodiscard]] Line draft(const View& view, const ItemGroup& item);

inline constexpr std::size_t kLineIndent = 1;
/// The columns of a line: name, contents, class, and what the item is.
struct Columns {
  std::size_t name = 0, contents = 0, kind = 0, words = 0;
  std::size_t gap = 2;
};
/// As wide as the items need, as far as the page has room.
[[nodiscard]] Columns columns_of(const View& view, const std::vector<Block>& blocks);
/// Makes room for one more line.
void widen(const View& view, Columns& columns, const Line& line);
/// draft(), with the contents in the form that the columns have room for.
[[nodiscard]] Line line_of(const View& view, const ItemGroup& item, const Columns& columns);
void write_line(const View& view, const Columns& columns, const Line& line);

}  // namespace crumbs
