#include "formats/leveldb/log.h"

#include <algorithm>
#include <utility>

#include "decode/bytes.h"
#include "formats/leveldb/crc32c.h"

namespace crumbs::leveldb {
namespace {

constexpr std::size_t kBlock = 32768;
constexpr std::size_t kHeader = 7;  ///< checksum, length, type
constexpr std::uint64_t kSearchBudget = std::uint64_t{64} << 20U;

}  // namespace

LogReader::LogReader(Input input, std::size_t record_limit, Damage damage)
    : input_(std::move(input)),
      record_limit_(record_limit),
      damage_(std::move(damage)),
      search_budget_(kSearchBudget) {}

bool LogReader::load_block() {
  block_offset_ = next_block_;
  block_ = input_.fetch(block_offset_, kBlock);
  next_block_ += kBlock;
  position_ = 0;
  return !block_.empty();
}

/// A record with a right checksum at `position` of the block.
std::optional<LogReader::Fragment> LogReader::fragment_at(std::size_t position) const {
  if (block_.size() - position < kHeader) return std::nullopt;
  ByteReader header(block_.substr(position, kHeader));
  const std::uint32_t crc = unmask_crc32c(header.u32le());
  const std::size_t length = header.u16le();
  const std::uint8_t type = header.u8();
  if (type == 0 || type > 4 || length > block_.size() - position - kHeader) return std::nullopt;
  if (crc32c(block_.substr(position + kHeader - 1, length + 1)) != crc) return std::nullopt;
  return Fragment{.type = static_cast<Type>(type),
                  .bytes = block_.substr(position + kHeader, length),
                  .offset = block_offset_ + position,
                  .end = position + kHeader + length};
}

/// The rest of the block holds no record: padding, or space that was set aside and never written.
bool LogReader::unused_at(std::size_t position) const {
  const std::string_view rest = block_.substr(position);
  if (rest.size() < kHeader && block_.size() == kBlock) return true;
  return rest.find_first_not_of('\0') == std::string_view::npos;
}

/// Padding is shorter than a header and at the end of a whole block; a writer leaves no other
/// zeros.
void LogReader::pass_unused() {
  const std::size_t left = block_.size() - position_;
  const bool padding = left < kHeader && block_.size() == kBlock;
  if (left > 0 && !padding && !unwritten_) unwritten_ = block_offset_ + position_;
}

std::optional<LogReader::Fragment> LogReader::next_fragment() {
  for (;;) {
    if (position_ >= block_.size() || unused_at(position_)) {
      pass_unused();
      if (!load_block()) return std::nullopt;
      continue;
    }
    if (unwritten_) lose(*std::exchange(unwritten_, std::nullopt), "zeros in front of records");
    if (auto fragment = fragment_at(position_)) {
      position_ = fragment->end;
      return fragment;
    }
    if (!skip_damage()) return std::nullopt;
  }
}

/// The file ends inside the header at `position` of the block, or inside what its length says.
bool LogReader::length_past_end(std::size_t position) const {
  const std::size_t left = block_.size() - position;
  return left < kHeader || little_endian(block_.substr(position + 4, 2)) > left - kHeader;
}

/// Of a file that may be torn only whole records count: what is inside of the torn one was chosen
/// by whoever wrote it.
bool LogReader::chain_reaches_end(std::size_t position) {
  const bool torn_end = last_block() && !length_past_end(position_);
  bool any = false;
  while (position < block_.size()) {
    const auto fragment = fragment_at(position);
    if (!fragment) return any && (unused_at(position) || (torn_end && length_past_end(position)));
    const std::uint64_t cost = fragment->bytes.size() + kHeader;
    search_budget_ -= std::min(search_budget_, cost);
    position = fragment->end;
    any = true;
  }
  return any;
}

/// Where intact records go on after the damaged one at position_; the block's end if nowhere.
std::size_t LogReader::resume_position() {
  ByteReader header(block_.substr(position_));
  if (block_.size() - position_ >= kHeader) {
    (void)header.u32le();
    const std::size_t after = position_ + kHeader + header.u16le();
    if (after < block_.size() && fragment_at(after)) return after;
  }
  return search(&LogReader::chain_reaches_end);
}

/// The first place behind the damaged record for which `good` holds; the block's end if none.
std::size_t LogReader::search(bool (LogReader::*good)(std::size_t)) {
  for (std::size_t at = position_ + 1; at + kHeader <= block_.size(); ++at) {
    if (search_budget_ == 0) break;
    // A failing candidate costs its length too; type and length rule nearly all of them out first.
    const auto type = static_cast<unsigned char>(block_[at + kHeader - 1]);
    if (type == 0 || type > 4) continue;
    const std::size_t length = little_endian(block_.substr(at + 4, 2));
    if (length > block_.size() - at - kHeader) continue;
    search_budget_ -= std::min<std::uint64_t>(search_budget_, length + kHeader);
    if ((this->*good)(at)) return at;
  }
  return block_.size();
}

/// The record at position_ has a right checksum if it is as long as the file.
bool LogReader::whole_but_for_length() const {
  if (block_.size() - position_ < kHeader) return false;
  const auto crc = static_cast<std::uint32_t>(little_endian(block_.substr(position_, 4)));
  return crc32c(block_.substr(position_ + kHeader - 1)) == unmask_crc32c(crc);
}

/// The header at position_, as far as it is there, is one that a writer may put there: a fragment
/// ends with its block at the latest, and one that goes on in the next block fills its own.
bool LogReader::torn_header() const {
  if (block_.size() - position_ < kHeader) return true;
  const auto type = static_cast<unsigned char>(block_[position_ + kHeader - 1]);
  const std::size_t end = position_ + kHeader + little_endian(block_.substr(position_ + 4, 2));
  const bool begins = type == 1 || type == 2;
  const bool goes_on = type == 2 || type == 3;
  return type >= 1 && type <= 4 && begins != assembly_offset_.has_value() &&
         (goes_on ? end == kBlock : end <= kBlock);
}

/// The file ends inside the record at position_, and no damage only makes it look so.
bool LogReader::torn_here() {
  return length_past_end(position_) && last_block() && torn_header() && !whole_but_for_length() &&
         search(&LogReader::intact_at) == block_.size() && search_budget_ > 0;
}

/// Moves behind what cannot be read. False: the file ends here, inside a record.
bool LogReader::skip_damage() {
  const std::size_t start = position_;
  const bool past_end = length_past_end(start);
  const std::size_t resume = resume_position();
  if (resume == block_.size() && torn_here()) {
    torn_ = assembly_offset_.value_or(block_offset_ + start);
    return false;
  }
  position_ = resume;
  lose(block_offset_ + start,
       past_end ? "record with an impossible length" : "record with a wrong checksum");
  return true;
}

void LogReader::lose(std::uint64_t offset, const std::string& what) {
  damage_(offset, what);
  assembly_offset_.reset();
  loss_told_ = true;
  lost_ = true;
}

bool LogReader::append(const Fragment& fragment) {
  if (!assembly_offset_) {
    if (!lost_) lose(fragment.offset, "part of a record without its beginning");
    return false;
  }
  if (fragment.bytes.size() > record_limit_ - assembly_.size()) {
    lose(*assembly_offset_, "record over the size limit");
    return false;
  }
  assembly_.append(fragment.bytes);
  return true;
}

std::optional<LogRecord> LogReader::next() {
  while (const auto fragment = next_fragment()) {
    const bool begins = fragment->type == Type::full || fragment->type == Type::first;
    if (begins) {
      if (assembly_offset_) lose(*assembly_offset_, "record without its end");
      lost_ = false;
    }
    if (fragment->type == Type::full)
      return LogRecord{.bytes = fragment->bytes,
                       .offset = fragment->offset,
                       .after_loss = std::exchange(loss_told_, false)};
    if (fragment->type == Type::first) {
      assembly_.clear();
      assembly_offset_ = fragment->offset;
    }
    if (!append(*fragment) || fragment->type != Type::last) continue;
    const std::uint64_t offset = *std::exchange(assembly_offset_, std::nullopt);
    return LogRecord{
        .bytes = assembly_, .offset = offset, .after_loss = std::exchange(loss_told_, false)};
  }
  if (assembly_offset_ && !torn_) torn_ = assembly_offset_;
  return std::nullopt;
}

void read_write_batch(std::string_view batch, const std::function<void(const Operation&)>& visit) {
  ByteReader reader(batch);
  Operation operation{.key = {}, .value = {}, .sequence = reader.u64le(), .deletion = false};
  const std::uint32_t count = reader.u32le();
  for (std::uint32_t i = 0; i < count; ++i, ++operation.sequence) {
    const std::uint8_t tag = reader.u8();
    if (tag > 1) throw Error(ErrorCode::corrupt, "write batch with an unknown operation");
    if (operation.sequence > kMaxSequence)
      throw Error(ErrorCode::corrupt, "write batch with an impossible sequence number");
    operation.deletion = tag == 0;
    operation.key = reader.length_prefixed();
    operation.value = operation.deletion ? std::string_view() : reader.length_prefixed();
    visit(operation);
  }
  if (!reader.done()) throw Error(ErrorCode::corrupt, "write batch longer than its count says");
}

}  // namespace crumbs::leveldb
