#include "bundle/manifest.h"

#include <doctest/doctest.h>

#include "bundle/raw.h"

namespace crumbs {
namespace {

const std::string kHash(64, 'a');

TEST_CASE("percent, CR and LF of a path are encoded in a manifest, and nothing else") {
  CHECK(encode_bag_path("data/plain name.txt") == "data/plain name.txt");
  CHECK(encode_bag_path("data/50%\r\n\t~\\ä") == "data/50%25%0D%0A\t~\\ä");
  for (const char* path : {"data/a%b", "data/a\nb", "data/a\rb", "data/%0A", "data/%%25"})
    CHECK(decode_bag_path(encode_bag_path(path)) == path);
  CHECK(decode_bag_path("a%0a%0d%2541%zz%4") == "a\n\r%41%zz%4");
}

TEST_CASE("a manifest is sorted lines of hash and path") {
  CHECK(to_manifest({{"data/b", 1, kHash}, {"data/a\n", 2, std::string(64, 'b')}}) ==
        std::string(64, 'b') + "  data/a%0A\n" + kHash + "  data/b\n");
}

TEST_CASE("a manifest is read with either line end, and hashes in either case") {
  const std::string upper(64, 'A');
  const ManifestReading read = read_manifest(
      kHash + "  data/a b\r\n" + upper + "\tdata/c%0Ad\r" + kHash + " data/e", "m", true);
  CHECK(read.problems.empty());
  CHECK(read.files == std::map<std::string, std::string, std::less<>>{
                          {"data/a b", kHash}, {"data/c\nd", kHash}, {"data/e", kHash}});
}

TEST_CASE("a manifest's mistakes are named, each with its line") {
  const auto problem = [](const std::string& line, bool payload = true) {
    const ManifestReading read = read_manifest(line + "\n", "m", payload);
    CHECK(read.files.size() + read.problems.size() >= 1);
    return read.problems.size() == 1 ? read.problems[0] : "none or several";
  };
  const auto path = [&](const std::string& text) { return problem(kHash + "  " + text); };
  CHECK(problem("data/a") == "m: line 1: is no SHA-256 and a path");
  CHECK(problem("") == "m: line 1: is no SHA-256 and a path");
  CHECK(problem(kHash) == "m: line 1: is no SHA-256 and a path");
  CHECK(problem(kHash + "a  data/a") == "m: line 1: is no SHA-256 and a path");
  CHECK(problem(std::string(64, 'g') + "  data/a") == "m: line 1: is no SHA-256 and a path");
  CHECK(path("/etc/passwd") == "m: line 1: /etc/passwd is absolute");
  CHECK(path("~/a") == "m: line 1: ~/a is absolute");
  CHECK(path("data/../../a") == "m: line 1: data/../../a leads out of the bundle");
  CHECK(path("data/..") == "m: line 1: data/.. leads out of the bundle");
  CHECK(path("data//a") == "m: line 1: data//a has an empty part");
  CHECK(path("data/./a") == "m: line 1: data/./a has an empty part");
  CHECK(path("data/") == "m: line 1: data/ has an empty part");
  CHECK(path("bagit.txt") == "m: line 1: bagit.txt does not lie in data/");
  CHECK(problem(kHash + "  data/a", false) == "m: line 1: data/a lies in data/");
  CHECK(problem(kHash + "  data/a\n" + kHash + "  data/%61\n" + kHash + "  data/a") ==
        "m: line 3: data/a is listed twice");
  CHECK(path("data/\x1b[31m/../a").find('\x1b') == std::string::npos);
}

TEST_CASE("a manifest of nothing but mistakes does not fill the memory with complaints") {
  const std::string lines(100'000, '\n');
  const ManifestReading read = read_manifest(lines, "m", true);
  REQUIRE(read.problems.size() == kMostProblems + 1);
  CHECK(read.problems.back() == "m: and more");
  CHECK(read_bag_info(std::string(5000, 'x') + "\nx").problems.size() == 2);
}

TEST_CASE("bag-info.txt is labels and values, which may go on in the next line") {
  const BagInfo info = read_bag_info(
      "Payload-Oxum: 12.3\r\nDescription:one\n  two\n\tthree\n: none\nnonsense\npayload-oxum:  4.5 "
      "\n");
  CHECK(info.values("PAYLOAD-oxum") == std::vector<std::string>{"12.3", "4.5"});
  CHECK(info.values("Description") == std::vector<std::string>{"one two three"});
  CHECK(info.problems == std::vector<std::string>{"bag-info.txt: line 5: is no label and value",
                                                  "bag-info.txt: line 6: is no label and value"});
}

TEST_CASE("names of sources hold nothing that a manifest would have to encode") {
  CHECK(raw_name("Default/Cookies") == "Default/Cookies");
  CHECK(raw_name("https+++a.example^partitionKey=%28https%2Cb%29/ä") ==
        "https+++a.example^partitionKey=~2528https~252Cb~2529/ä");
  CHECK(raw_name("a%28b") == "a~2528b");
  CHECK(raw_name("a~b\\c\r\n\x7f") == "a~7Eb~5Cc~0D~0A~7F");
  CHECK(raw_name("\xff/ä") == "~FF/~C3~A4");
}

}  // namespace
}  // namespace crumbs
