#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "support/bundles.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

std::string first_hash(const fs::path& file) {
  return test::run({"sha256sum", file.string()}).out.substr(0, 64);
}

void replace(const fs::path& file, const std::string& from, const std::string& to) {
  std::string text = test::read_file(file);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  test::write_file(file, text);
}

/// Makes the hashes right again after a change that is to be found by other means.
void hash_again(const fs::path& bag) {
  const test::ProcessResult result = test::run(
      {"sh", "-c",
       "cd \"$0\" && find data -type f -exec sha256sum {} + >manifest-sha256.txt && sha256sum "
       "bagit.txt bag-info.txt manifest-sha256.txt >tagmanifest-sha256.txt",
       bag.string()});
  REQUIRE(result.code == 0);
}

struct Bundle {
  test::Exported exported{"chromium-156-leveldb"};
  fs::path bag = exported.bag;
  Bundle() { exported.write({.raw = true}); }

  /// Damages a fresh bundle; gives what verify prints after its first line.
  std::string after(const std::function<void()>& damage) {
    fs::remove_all(bag);
    exported.write({.raw = true});
    damage();
    const test::ProcessResult result = test::crumbs({"verify", bag.string()});
    CHECK(result.code == 7);
    CHECK(result.err.starts_with("crumbs: exit 7: verification failed: "));
    const std::size_t line = result.out.find('\n');
    REQUIRE(line != std::string::npos);
    return result.out.substr(line + 1);
  }
};

TEST_CASE("a whole bundle is called whole") {
  const Bundle bundle;
  const test::ProcessResult result = test::crumbs({"verify", bundle.bag.string()});
  CHECK(result.err == "");
  CHECK(result.code == 0);
  CHECK(
      result.out.starts_with(bundle.bag.string() + ": request request-1 of 2026-11-23, 42 items"));
  CHECK(
      result.out.ends_with("\nwhole: every file is listed and is what it was when it was "
                           "listed\n"));
}

TEST_CASE("every kind of damage is found and named") {
  Bundle bundle;
  const fs::path& bag = bundle.bag;
  const fs::path csv = bag / "data/items.csv";
  const std::string oxum = [&] {
    const std::string info = test::read_file(bag / "bag-info.txt");
    const std::size_t at = info.find("Payload-Oxum: ") + 14;
    return info.substr(at, info.find('\n', at) - at);
  }();
  const auto tag_changed = [](const char* name) {
    return fmt::format("{}: is not what it was: tagmanifest-sha256.txt has another SHA-256\n",
                       name);
  };
  CHECK(bundle.after([&] { replace(csv, "true", "fals"); }) ==
        "data/items.csv: is not what it was: manifest-sha256.txt has another SHA-256\n");
  const std::string missing = bundle.after([&] { fs::remove(csv); });
  CHECK(missing.find("data/items.csv: is listed in manifest-sha256.txt, but missing\n") !=
        std::string::npos);
  CHECK(missing.find("bag-info.txt: Payload-Oxum is " + oxum + ", but the payload is ") == 0);
  CHECK(bundle.after([&] { test::write_file(bag / "data/more", ""); })
            .find("data/more: is not listed in manifest-sha256.txt\n") != std::string::npos);
  CHECK(bundle.after([&] { test::write_file(bag / "more.txt", ""); }) ==
        "more.txt: is not listed in tagmanifest-sha256.txt\n");
  CHECK(bundle.after([&] { test::write_file(bag / "bagit.txt", "BagIt-Version: 0.97\n"); }) ==
        "bagit.txt: is not the declaration of a bag of version 1.0 in UTF-8\n" +
            tag_changed("bagit.txt"));
  CHECK(bundle.after([&] { fs::remove(bag / "manifest-sha256.txt"); }) ==
        "manifest-sha256.txt: is missing\nmanifest-sha256.txt: is listed in "
        "tagmanifest-sha256.txt, but missing\n");
  CHECK(bundle.after([&] { fs::remove(bag / "tagmanifest-sha256.txt"); }) ==
        "tagmanifest-sha256.txt: is missing\n");
  CHECK(bundle.after([&] { replace(bag / "bag-info.txt", oxum, "1.2"); }) ==
        "bag-info.txt: Payload-Oxum is 1.2, but the payload is " + oxum + "\n" +
            tag_changed("bag-info.txt"));
  CHECK(bundle.after([&] { replace(bag / "bag-info.txt", "Payload-Oxum", "Payload"); }) ==
        "bag-info.txt: has no Payload-Oxum\n" + tag_changed("bag-info.txt"));
}

TEST_CASE("a manifest that leads elsewhere, repeats itself or is no manifest is refused") {
  Bundle bundle;
  const fs::path manifest = bundle.bag / "manifest-sha256.txt";
  const std::string hash(64, 'a');
  const auto with_line = [&](const std::string& line) {
    return bundle.after([&] {
      test::write_file(manifest, line + "\n" + test::read_file(manifest));
      const std::string tags = "bagit.txt bag-info.txt manifest-sha256.txt";
      REQUIRE(test::run({"sh", "-c", "cd \"$0\" && sha256sum " + tags + " >tagmanifest-sha256.txt",
                         bundle.bag.string()})
                  .code == 0);
    });
  };
  CHECK(with_line(hash + "  /etc/passwd") ==
        "manifest-sha256.txt: line 1: /etc/passwd is absolute\n");
  CHECK(with_line(hash + "  data/../../secret") ==
        "manifest-sha256.txt: line 1: data/../../secret leads out of the bundle\n");
  CHECK(with_line(first_hash(bundle.bag / "data/items.csv") + "  data/items.csv") ==
        fmt::format("manifest-sha256.txt: line {}: data/items.csv is listed twice\n", 5));
  CHECK(with_line("nonsense") == "manifest-sha256.txt: line 1: is no SHA-256 and a path\n");
  CHECK(with_line(hash + "  data/nothing") ==
        "data/nothing: is listed in manifest-sha256.txt, but missing\n");
}

TEST_CASE("links, pipes and devices in a bundle are named and never followed") {
  Bundle bundle;
  const fs::path csv = bundle.bag / "data/items.csv";
  const fs::path moved = bundle.exported.work.path() / "moved.csv";
  std::string out = bundle.after([&] {
    fs::rename(csv, moved);
    fs::create_symlink(moved, csv);
  });
  CHECK(out.find("data/items.csv: is a symbolic link, which is not followed\n") !=
        std::string::npos);
  CHECK(out.find("data/items.csv: is listed in manifest-sha256.txt, but missing\n") !=
        std::string::npos);
  const fs::path elsewhere = bundle.exported.work.path() / "elsewhere";
  out = bundle.after([&] {
    fs::rename(bundle.bag / "data", elsewhere);
    fs::create_directory_symlink(elsewhere, bundle.bag / "data");
  });
  CHECK(out.find("data: is a symbolic link, which is not followed\n") != std::string::npos);
  CHECK(out.find("data/items.json: is missing\n") != std::string::npos);
  out = bundle.after([&] {
    REQUIRE(test::run({"mkfifo", (bundle.bag / "data/pipe").string()}).code == 0);
    REQUIRE(test::run({"mkfifo", (bundle.bag / "manifest-md5.txt").string()}).code == 0);
  });
  CHECK(out ==
        "data/pipe: is a device, a named pipe or a socket\n"
        "manifest-md5.txt: is a device, a named pipe or a socket\n");
  out = bundle.after([&] {
    fs::rename(bundle.bag / "bagit.txt", moved);
    fs::create_symlink(moved, bundle.bag / "bagit.txt");
  });
  CHECK(out.find("bagit.txt: is a symbolic link, which is not followed\n") != std::string::npos);
}

TEST_CASE(
    "a report that is none, and catalogs that it does not name, are found behind good hashes") {
  Bundle bundle;
  const fs::path items = bundle.bag / "data/items.json";
  CHECK(bundle
            .after([&] {
              replace(items, "crumbs-report/1", "crumbs-report/9");
              hash_again(bundle.bag);
            })
            .starts_with("data/items.json: /schema: "));
  const fs::path catalog = bundle.bag / "data/catalog/jivochat.json";
  CHECK(bundle.after([&] {
    replace(catalog, "{", "[");
    hash_again(bundle.bag);
  }) == "data/catalog/: lacks the catalog jivochat with the SHA-256 that data/items.json names\n"
        "data/catalog/jivochat.json: is no catalog that data/items.json names\n");
}

TEST_CASE("what is no bundle is told from what is damaged") {
  const test::TempDir work;
  const auto verify = [](const fs::path& place, int code) {
    const test::ProcessResult result = test::crumbs({"verify", place.string()});
    CHECK(result.code == code);
    CHECK(result.out == "");
    return result.err;
  };
  CHECK(verify(work.path() / "nowhere", 4) ==
        "crumbs: " + (work.path() / "nowhere").string() + ": no such directory\n");
  CHECK(verify(work.path(), 3) ==
        "crumbs: " + work.path().string() +
            ": is no bundle: it has no bagit.txt; expected a directory that crumbs export wrote\n");
  test::write_file(work.path() / "receipt.json", "{}");
  CHECK(verify(work.path() / "receipt.json", 3) ==
        "crumbs: " + (work.path() / "receipt.json").string() +
            ": is no directory; a bundle is the directory that crumbs export wrote\n");
  CHECK(test::crumbs({"verify"}).code == 2);
}

TEST_CASE("a file that may not be read is exit 5, unless something else is wrong already") {
  const Bundle bundle;
  const fs::path csv = bundle.bag / "data/items.csv";
  fs::permissions(csv, fs::perms::none);
  const test::ProcessResult result = test::crumbs_bound_by_modes({"verify", bundle.bag.string()});
  CHECK(result.code == 5);
  CHECK(result.err == "crumbs: exit 5: not all was read: data/items.csv: Permission denied\n");
}

}  // namespace
}  // namespace crumbs
