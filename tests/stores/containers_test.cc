#include "stores/shared/containers.h"

#include <doctest/doctest.h>

#include "support/support.h"

namespace crumbs {

TEST_CASE("containers have the names that people see") {
  auto names = ContainerNames::parse(R"json({"version":6,"identities":[
    {"userContextId":1,"l10nId":"user-context-personal"},
    {"userContextId":2,"l10nID":"userContextWork.label"},
    {"userContextId":3,"l10nId":"userContextBanking.label","name":""},
    {"userContextId":4,"name":"Mine","l10nId":"user-context-shopping"},
    {"userContextId":5,"l10nId":"user-context-unheard-of"},
    {"userContextId":4294967295,"name":"userContextIdInternal.webextStorageLocal"}]})json");
  CHECK(names.container(1) == Container{1, "Personal"});
  CHECK(names.container(2) == Container{2, "Work"});
  CHECK(names.container(3) == Container{3, "Banking"});
  CHECK(names.container(4) == Container{4, "Mine"});
  CHECK(names.container(5) == Container{5, "user-context-unheard-of"});
  CHECK(names.container(4294967295).name == "userContextIdInternal.webextStorageLocal");
  CHECK(names.container(9) == Container{9, ""});
}

TEST_CASE("a damaged containers.json gives no names and does no harm") {
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string(R"({"identities":5})"),
        std::string(
            R"({"identities":[5,{},{"userContextId":"1","name":"x"},{"userContextId":-1,"name":"x"},
                                        {"userContextId":4294967297,"name":"x"}]})"),
        std::string(100'000, '['),
        R"({"identities":[{"userContextId":1,"name":)" + std::string(5000, '[')}) {
    CHECK(ContainerNames::parse(text).container(1) == Container{1, ""});
  }
  auto wrong = ContainerNames::parse(R"({"identities":[{"userContextId":1,"name":["x"]}]})");
  CHECK(wrong.container(1).name.empty());
  auto named = ContainerNames::parse(R"({"identities":[{"userContextId":1,"name":")" +
                                     std::string(5000, 'x') + R"("}]})");
  CHECK(named.container(1).name == std::string(256, 'x'));
}

TEST_CASE("containers.json is not followed where it is a link") {
  const test::TempDir directory;
  test::write_file(directory.path() / "real.json",
                   R"({"identities":[{"userContextId":1,"name":"x"}]})");
  CHECK(ContainerNames::read(directory.path()).container(1).name.empty());
  std::filesystem::create_symlink("real.json", directory.path() / "containers.json");
  CHECK(ContainerNames::read(directory.path()).container(1).name.empty());
  std::filesystem::remove(directory.path() / "containers.json");
  std::filesystem::rename(directory.path() / "real.json", directory.path() / "containers.json");
  CHECK(ContainerNames::read(directory.path()).container(1).name == "x");
}

}  // namespace crumbs
