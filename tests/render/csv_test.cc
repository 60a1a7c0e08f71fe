#include <doctest/doctest.h>

#include <sstream>

#include "crumbs/render.h"
#include "render/csv_writer.h"
#include "support/sample_report.h"

namespace crumbs {
namespace {

std::string cell(std::string_view raw) {
  std::ostringstream out;
  {
    CsvWriter csv(out);
    csv.text(raw);
  }
  return out.str();
}

std::vector<std::string> lines_of(const Report& report, bool mark = false) {
  std::ostringstream out;
  RenderOptions options;
  options.byte_order_mark = mark;
  render(report, "csv", options, out);
  std::vector<std::string> lines;
  const std::string text = out.str();
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = text.find("\r\n", from);
    REQUIRE(end != std::string::npos);
    lines.push_back(text.substr(from, end - from));
    from = end + 2;
  }
  return lines;
}

TEST_CASE("a cell is quoted where RFC 4180 wants it, and where spaces would get lost") {
  CHECK(cell("") == "");
  CHECK(cell("jv_enter_ts") == "jv_enter_ts");
  CHECK(cell("a,b") == "\"a,b\"");
  CHECK(cell("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(cell(" a") == "\" a\"");
  CHECK(cell("Bänk") == "\"Bänk\"");
}

TEST_CASE("a cell holds no line end, no control character and no invalid UTF-8") {
  CHECK(cell("a\r\nb") == "\"a\\r\\nb\"");
  CHECK(cell("\x1b[2J") == "\"\\x1b[2J\"");
  CHECK(cell("\xff") == "\"\\xff\"");
}

TEST_CASE("what a spreadsheet would take for a formula has an apostrophe in front") {
  for (const std::string start : {"=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "  @"}) {
    CAPTURE(start);
    CHECK(cell(start + "1+1") == "\"'" + start + "1+1\"");
  }
  CHECK(cell("\t=1") == "\"'\\t=1\"");
  CHECK(cell("\r=1") == "\"'\\r=1\"");
  CHECK(cell("1-1") == "1-1");
  CHECK(cell("a=b") == "a=b");
}

TEST_CASE("numbers of our own are written as they are") {
  std::ostringstream out;
  {
    CsvWriter csv(out);
    csv.number(-5);
    csv.number(18'446'744'073'709'551'615U);
    csv.end_line();
  }
  CHECK(out.str() == "-5,18446744073709551615\r\n");
}

TEST_CASE("one finding a line, in the order of the header") {
  Report report = test::empty_report();
  Finding finding = test::cookie("city", ".example.com", "example.com");
  test::document(finding, "jivochat/widget/city", ValueType::city, "Łódź, PL");
  finding.times.expires = test::at("2027-11-23T07:20:01Z");
  finding.locator.row = -5;
  finding.fingerprint = "0011";
  report.findings = {finding};
  report.labels = {{"device", "pc12"}};
  const auto lines = lines_of(report);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] ==
        "record,report_complete,id,profile,store,kind,state,status,catalog,entry,site,host,origin,"
        "path,name,partition,container,availability,reason,type,length,masked,value,decoded,"
        "personal_data,created,accessed,updated,expires,session,secure,http_only,same_site,verdict,"
        "consequence,basis,section,held_by,drift,notes,file,table,row,offset,form,form_basis,token,"
        "fingerprint,labels");
  CHECK(lines[1] ==
        "finding,true,f-city,p1,chromium.cookies,cookie,current,documented,jivochat,"
        "jivochat/widget/city,example.com,.example.com,,/,city,,,plain,,city,11,false,\"Łódź, "
        "PL\",,none,,,,2027-11-23T07:20:01Z,,,,,allowed,,interpretation,,,,,Default/"
        "Cookies,cookies,-5,,,,,0011,device: pc12");
}

TEST_CASE("an incomplete report does not look clean, even without a finding") {
  Report report = test::empty_report();
  report.complete = false;
  report.exit = {
      .code = 5,
      .reasons = {{.code = "corrupt", .message = "Default/Cookies (failed): page 7 is damaged"},
                  {.code = "corrupt", .message = "=2"}}};
  auto lines = lines_of(report);
  REQUIRE(lines.size() == 3);
  CHECK(lines[1].starts_with("incomplete,false,,"));
  CHECK(lines[1].find(",Default/Cookies (failed): page 7 is damaged,") != std::string::npos);
  CHECK(lines[2].find(",\"'=2\",") != std::string::npos);
  report.exit.reasons.clear();
  report.findings = {test::cookie("a", ".example.com", "example.com")};
  lines = lines_of(report);
  REQUIRE(lines.size() == 3);
  CHECK(lines[1].find(",no reason given,") != std::string::npos);
  CHECK(lines[2].starts_with("finding,false,f-a,"));
}

TEST_CASE("the byte-order mark comes only where it is asked for") {
  const Report report = test::empty_report();
  CHECK(lines_of(report)[0].starts_with("record,"));
  CHECK(lines_of(report, true)[0].starts_with("\xef\xbb\xbfrecord,"));
}

}  // namespace
}  // namespace crumbs
