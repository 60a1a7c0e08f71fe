#include <doctest/doctest.h>

#include "crumbs/bundle.h"
#include "crumbs/error.h"
#include "support/support.h"

namespace crumbs {
namespace {

struct File {
  test::TempDir directory;
  std::filesystem::path path = directory.path() / "controller.json";
  explicit File(std::string_view text) { test::write_file(path, text); }
};

std::string refusal(std::string_view text) {
  const File file(text);
  try {
    (void)read_controller(file.path);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::invalid);
    const std::string message = error.what();
    CHECK(message.starts_with(file.path.string() + ": "));
    return message.substr(file.path.string().size() + 2);
  }
  return "read";
}

TEST_CASE("a controller is read in full, and only the name is needed") {
  const File full(R"({"name": "Example Shop Ltd", "contact": "privacy@shop.example.com",
    "data_protection_contact": "dpo@shop.example.com", "recipients": ["A", "B ü"],
    "rights": "You may complain to the authority."})");
  CHECK(read_controller(full.path) == Controller{.name = "Example Shop Ltd",
                                                 .contact = "privacy@shop.example.com",
                                                 .data_protection_contact = "dpo@shop.example.com",
                                                 .recipients = {"A", "B ü"},
                                                 .rights = "You may complain to the authority."});
  Controller only_name;
  only_name.name = "X";
  CHECK(read_controller(File(R"({"name": "X"})").path) == only_name);
}

TEST_CASE("a controller that is not right is refused, with the place of the mistake") {
  CHECK(refusal("{}").starts_with("/name: found nothing, expected a non-empty string"));
  CHECK(refusal(R"({"name": ""})").starts_with("/name: found \"\", expected a non-empty string"));
  CHECK(refusal(R"({"name": 5})").starts_with("/name: found 5, expected"));
  CHECK(refusal(R"({"name": "a\nb"})").starts_with("/name: found \"a\\nb\", expected"));
  CHECK(refusal(R"({"name": "a", "email": "b"})")
            .starts_with("/email: found an unknown key, expected \"name\", \"contact\""));
  CHECK(refusal(R"({"name": "a", "recipients": "b"})").starts_with("/recipients: found \"b\""));
  CHECK(refusal(R"({"name": "a", "recipients": ["b", null]})")
            .starts_with("/recipients/1: found null"));
  CHECK(refusal(R"({"name": "a", "name": "b"})").starts_with("/name: found the key a second time"));
  CHECK(refusal(R"({"name": "a", "rights": ")" + std::string(16'001, 'x') + "\"}")
            .starts_with("/rights: found \"xxx"));
  CHECK(refusal("[]").starts_with("found an empty array, expected an object"));
  CHECK(refusal("{\"name\": ").starts_with("found a mistake at line 1"));
  CHECK(refusal("{\"name\": \"\xff\"}").starts_with("found a mistake at line 1"));
  CHECK(refusal("").starts_with("found a mistake at line 1"));
  CHECK(refusal(std::string((256U << 10U) + 1, ' ')) == "has more than 262144 bytes");
}

TEST_CASE("a controller comes from a file, not from a device or from nowhere") {
  CHECK_THROWS_WITH_AS((void)read_controller("/dev/zero"), "/dev/zero: is no regular file", Error);
  CHECK_THROWS_WITH_AS((void)read_controller("/nowhere/c.json"),
                       "/nowhere/c.json: No such file or directory", Error);
}

}  // namespace
}  // namespace crumbs
