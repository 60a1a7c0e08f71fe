#include "formats/ini.h"

#include <doctest/doctest.h>

namespace crumbs {

TEST_CASE("sections and keys are read in order, whatever the line ends") {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const auto sections = parse_ini("[Profile0]" + end + "Name=default" + end + "Path=a=b c" + end +
                                    end + "[General]" + end + "Version=2");
    REQUIRE(sections.size() == 2);
    CHECK(sections[0].name == "Profile0");
    CHECK(sections[0].get("Name") == "default");
    CHECK(sections[0].get("Path") == "a=b c");
    CHECK(sections[0].get("path") == "");
    CHECK(sections[1].get("Version") == "2");
  }
}

TEST_CASE("comments, a byte order mark and blanks before a key are passed over") {
  const auto sections = parse_ini("\xef\xbb\xbf[A]\n; x=1\n#y=2\n \tz=3\n");
  REQUIRE(sections.size() == 1);
  CHECK(sections[0].values == decltype(sections[0].values){{"z", "3"}});
}

TEST_CASE("the last of equal keys counts") {
  CHECK(parse_ini("[A]\nk=1\nk=2\n").at(0).get("k") == "2");
}

TEST_CASE("lines that belong to no section are dropped") {
  CHECK(parse_ini("k=1\n").empty());
  const auto sections = parse_ini("[A]\nk=1\n[B\nk=2\nno equals sign\n");
  REQUIRE(sections.size() == 1);
  CHECK(sections[0].get("k") == "1");
  CHECK(parse_ini("").empty());
  CHECK(parse_ini("[]\n=\n").at(0).get("") == "");
}

}  // namespace crumbs
