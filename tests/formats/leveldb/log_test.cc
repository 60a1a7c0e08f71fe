#include "formats/leveldb/log.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crumbs/error.h"
#include "support/leveldb_files.h"

/// What the end of a log says, and what the middle of one must not hide.

namespace crumbs {
namespace {

constexpr std::size_t kBlock = 32768;
constexpr std::size_t kHeader = 7;

struct ReadLog {
  std::vector<std::string> records, damage;
  std::optional<std::uint64_t> torn, unwritten;
};

ReadLog read(const std::string& bytes) {
  ReadLog result;
  leveldb::LogReader log(
      leveldb::Input(std::string_view(bytes)), 1U << 20U,
      [&](std::uint64_t, const std::string& what) { result.damage.push_back(what); });
  while (const auto record = log.next()) result.records.emplace_back(record->bytes);
  result.torn = log.torn();
  result.unwritten = log.unwritten();
  return result;
}

/// A record whose length is stated wrong by one bit, and nothing else.
std::string with_length_bit(std::string record, unsigned bit) {
  char& byte = record[4 + bit / 8];
  byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << (bit % 8)));
  return record;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a last record whose length is wrong is damage, not a torn one") {
  const std::string first = test::log_record("first");
  for (unsigned bit = 0; bit < 16; ++bit) {
    CAPTURE(bit);
    const ReadLog log = read(first + with_length_bit(test::log_record("a last record"), bit));
    CHECK(log.records == Texts{"first"});
    CHECK(log.damage.size() == 1);
    CHECK_FALSE(log.torn);
  }
}

TEST_CASE("damage with whole records behind it is damage though the log is torn as well") {
  const std::string first = test::log_record("first");
  const std::string third = test::log_record("third");
  const std::string torn = test::log_record("fourth, which is cut").substr(0, 15);
  // The length says that the damaged record cannot be the torn one: the third is read.
  std::string second = test::log_record("second");
  second[9] = 'x';
  const ReadLog inside = read(first + second + third + torn);
  CHECK(inside.records == Texts{"first", "third"});
  CHECK(inside.damage.size() == 1);
  CHECK(inside.torn == first.size() + second.size() + third.size());
  // Here it may be. What it would hold is not taken for records, but they are not passed over.
  const ReadLog past_end =
      read(first + with_length_bit(test::log_record("second"), 14) + third + torn);
  CHECK(past_end.records == Texts{"first"});
  CHECK(past_end.damage == Texts{"record with an impossible length"});
  CHECK_FALSE(past_end.torn);
  CHECK(read(first + third + torn).torn == first.size() + third.size());
}

TEST_CASE("a header that no writer leaves is damage, also where the file ends") {
  const std::string first = test::log_record("first");
  const auto header = [](std::size_t length, char type) {
    return std::string("\1\2\3\4", 4) + test::little(length, 2) + type + "begin";
  };
  const std::size_t to_end = kBlock - first.size() - kHeader;
  CHECK(read(first + header(100, 1)).torn == first.size());
  CHECK(read(first + header(to_end, 1)).torn == first.size());
  CHECK(read(first + header(to_end, 2)).torn == first.size());
  for (const std::string& wrong : {header(to_end + 1, 1), header(100, 2), header(100, 0),
                                   header(100, 5), header(to_end, 3), header(100, 4)}) {
    const ReadLog log = read(first + wrong);
    CHECK(log.records == Texts{"first"});
    CHECK(log.damage.size() == 1);
    CHECK_FALSE(log.torn);
  }
  const std::string part = test::log_record(std::string(kBlock - kHeader, 'p'), 2);
  CHECK(read(part + header(100, 4)).torn == 0U);
  CHECK(read(part + header(kBlock - kHeader, 3)).torn == 0U);
  CHECK(read(part + header(100, 1)).damage.size() == 1);
}

TEST_CASE("zeros are no damage at the end of a log, and a hole in front of records") {
  const std::string first = test::log_record("first");
  const std::string last = test::log_record("last");
  const std::string filled = first + std::string(kBlock - first.size(), '\0');
  const ReadLog hole = read(filled + last);
  CHECK(hole.records == Texts{"first", "last"});
  CHECK(hole.damage == Texts{"zeros in front of records"});
  CHECK_FALSE(hole.unwritten);
  CHECK(read(std::string(kBlock, '\0') + last).damage.size() == 1);
  CHECK(read(filled + std::string(kBlock, '\0') + last).damage.size() == 1);
  for (const std::size_t zeros : {std::size_t{1}, kHeader, kBlock, 3 * kBlock}) {
    CAPTURE(zeros);
    const ReadLog tail = read(first + std::string(zeros, '\0'));
    CHECK(tail.records == Texts{"first"});
    CHECK(tail.damage.empty());
    CHECK(tail.unwritten == first.size());
  }
}

TEST_CASE("padding at the end of a block is no hole") {
  for (std::size_t left = 0; left < kHeader; ++left) {
    CAPTURE(left);
    const std::string filling(kBlock - kHeader - left, 'f');
    const ReadLog log =
        read(test::log_record(filling) + std::string(left, '\0') + test::log_record("last"));
    CHECK(log.records == Texts{filling, "last"});
    CHECK(log.damage.empty());
    CHECK_FALSE(log.unwritten);
  }
}

TEST_CASE("a hole inside a record costs the record once") {
  const std::string part(kBlock - kHeader, 'p');
  const ReadLog log = read(test::log_record(part, 2) + std::string(kBlock, '\0') +
                           test::log_record("rest", 4) + test::log_record("next"));
  CHECK(log.records == Texts{"next"});
  CHECK(log.damage.size() == 1);
}

/// The operations that a batch gives before it is refused, and why it is.
std::pair<std::vector<std::string>, std::string> read_batch(const std::string& batch) {
  std::vector<std::string> operations;
  try {
    leveldb::read_write_batch(batch, [&](const leveldb::Operation& operation) {
      operations.push_back((operation.deletion ? "-" : "+") + std::string(operation.key));
    });
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::corrupt);
    return {operations, error.what()};
  }
  return {operations, ""};
}

TEST_CASE("a write batch holds as many operations as it says, of the kinds that there are") {
  using Read = std::pair<std::vector<std::string>, std::string>;
  const std::string batch = test::write_batch(7, {{"a", "v", false}, {"b", "", true}});
  CHECK((read_batch(batch) == Read{{"+a", "-b"}, ""}));
  const std::string more = batch + '\0' + test::prefixed("c");
  CHECK((read_batch(more) == Read{{"+a", "-b"}, "write batch longer than its count says"}));
  const std::string other = test::little(7, 8) + test::little(1, 4) + '\2' + test::prefixed("c");
  CHECK((read_batch(other) == Read{{}, "write batch with an unknown operation"}));
  CHECK(read_batch(batch.substr(0, batch.size() - 2)).first == std::vector<std::string>{"+a"});
  CHECK_FALSE(read_batch(batch.substr(0, batch.size() - 2)).second.empty());
}

}  // namespace crumbs
