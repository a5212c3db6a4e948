// Tests of CSV files as tables.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/csv.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cmath>
#include <random>

#include "engine/base/file.hpp"

using namespace orrery;
using namespace orrery::value;

namespace {

Table parse(std::string_view text) {
  auto table = parse_csv(text, "t.csv");
  REQUIRE_MESSAGE(table, (table ? "" : table.error().message));
  return *table;
}

std::string error_of(std::string_view text) {
  const auto table = parse_csv(text, "t.csv");
  REQUIRE_FALSE_MESSAGE(table, text);
  CHECK(table.error().code == base::ErrorCode::bad_data_file);
  return table.error().message;
}

std::string quoted_cell(const std::string& text) {
  std::string cell = "\"";
  for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
  return cell + "\"";
}

}  // namespace

TEST_SUITE("engine/value/csv") {
  TEST_CASE("columns become numbers or whole numbers or texts") {
    const Table table = parse("name,a [km],n,e\nEarth,149.6e6,3,0.0167\nMars,227.9e6,4,0.0934\n");
    CHECK(table.rows == 2);
    CHECK(table.names() == std::vector<std::string>{"name", "a", "n", "e"});
    CHECK(table.columns[0].texts() == Texts{"Earth", "Mars"});
    CHECK(table.columns[1].tensor().unit().symbol() == "km");
    CHECK(table.columns[1].tensor().number(1) == 227.9e6);
    CHECK(table.columns[2].tensor().dtype() == DType::i64);
    CHECK(table.columns[2].tensor().number(0) == 3.0);
    CHECK(table.columns[3].tensor().dtype() == DType::f64);
    CHECK(table.columns[3].tensor().shape() == Shape{2});
  }

  TEST_CASE("whole numbers with a unit are f64") {
    CHECK(parse("t [s]\n1\n2\n").columns[0].tensor().dtype() == DType::f64);
    CHECK(parse("t [1]\n1\n2\n").columns[0].tensor().dtype() == DType::f64);
  }

  TEST_CASE("an empty cell is NaN among numbers and empty among texts") {
    const Table table = parse("a,b,c\n1,,x\n,2,\n");
    CHECK(table.columns[0].tensor().dtype() == DType::f64);
    CHECK(std::isnan(table.columns[0].tensor().number(1)));
    CHECK(std::isnan(table.columns[1].tensor().number(0)));
    CHECK(table.columns[2].texts() == Texts{"x", ""});
    CHECK(std::isnan(parse("a,b\n,1\n").columns[0].tensor().number(0)));
  }

  TEST_CASE("numbers are read as people write them") {
    const Table table = parse("x\n 1.5 \n+2\n-3e-2\nnan\nNaN\ninf\n-inf\n\"4\"\n");
    const Tensor& x = table.columns[0].tensor();
    REQUIRE(x.count() == 8);
    CHECK(x.number(0) == 1.5);
    CHECK(x.number(1) == 2.0);
    CHECK(x.number(2) == -0.03);
    CHECK(std::isnan(x.number(3)));
    CHECK(std::isnan(x.number(4)));
    CHECK(x.number(5) == INFINITY);
    CHECK(x.number(6) == -INFINITY);
    CHECK(x.number(7) == 4.0);
    for (const char* text : {"x\n0x10\n", "x\n1 2\n", "x\n+-1\n", "x\n++1\n", "x\n1e\n", "x\n+\n"}) {
      CHECK_MESSAGE(parse(text).columns[0].is_text(), text);
    }
  }

  TEST_CASE("whole numbers keep all digits as far as i64 goes") {
    const Table table = parse("a,b\n9223372036854775807,9223372036854775808\n-9223372036854775808,+7\n");
    CHECK(table.columns[0].tensor().data<std::int64_t>()[0] == 9223372036854775807);
    CHECK(table.columns[0].tensor().data<std::int64_t>()[1] == std::numeric_limits<std::int64_t>::min());
    CHECK(table.columns[1].tensor().dtype() == DType::f64);
    CHECK(table.columns[1].tensor().number(0) == 0x1p63);
  }

  TEST_CASE("quotes hold commas and line ends and quotes") {
    const Table table = parse("a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n\"\",\"\"\"\"\n");
    CHECK(table.columns[0].texts() == Texts{"x, \"y\"", ""});
    CHECK(table.columns[1].texts() == Texts{"two\nlines", "\""});
    CHECK(parse("\"a [km]\",\"b \"\"c\"\"\"\n1,2\n").names() == std::vector<std::string>{"a", "b \"c\""});
  }

  TEST_CASE("all line ends and a byte order mark and comments are understood") {
    const std::string_view texts[] = {"a,b\n1,2\n3,4\n",
                                      "a,b\r\n1,2\r\n3,4\r\n",
                                      "a,b\r1,2\r3,4\r",
                                      "a,b\n1,2\n3,4",
                                      "\xEF\xBB\xBF"
                                      "a,b\n1,2\n3,4\n",
                                      "# source: JPL\n\na,b\n# rows\n1,2\n\n  \n3,4\n#end"};
    for (const std::string_view text : texts) {
      const Table table = parse(text);
      CHECK(table.names() == std::vector<std::string>{"a", "b"});
      REQUIRE(table.rows == 2);
      CHECK(table.columns[1].tensor().number(1) == 4.0);
    }
    CHECK(parse("a\n\"#1\"\n").columns[0].texts() == Texts{"#1"});
    CHECK(parse("a,b\n1,#2\n").columns[1].texts() == Texts{"#2"});
  }

  TEST_CASE("a table may have no rows") {
    const Table table = parse("a [km],b\n");
    CHECK(table.rows == 0);
    CHECK(table.columns[0].tensor().count() == 0);
    CHECK(table.columns[1].tensor().dtype() == DType::f64);
  }

  TEST_CASE("rows of another length are named") {
    CHECK(error_of("a,b\n1,2\n3\n") == "t.csv: line 3: this row has 1 cells, but the header has 2");
    CHECK(error_of("a,b\n\"x\n\ny\",2\n1,2,3\n") == "t.csv: line 5: this row has 3 cells, but the header has 2");
    CHECK(error_of("a,b\n1,2\n3,4,\n") == "t.csv: line 3: this row has 3 cells, but the header has 2");
  }

  TEST_CASE("faulty headers are refused") {
    CHECK(error_of("") == "t.csv: there is no header row");
    CHECK(error_of("\n# only comments\n") == "t.csv: there is no header row");
    CHECK(error_of("a,,c\n") == "t.csv: line 1: column 2 has no name");
    CHECK(error_of("a,[km]\n") == "t.csv: line 1: column 2 has no name");
    CHECK(error_of("a,b,a\n") == "t.csv: line 1: two columns are named 'a'");
    CHECK(error_of("a [km],a [m]\n") == "t.csv: line 1: two columns are named 'a'");
    CHECK(error_of("a [kmm]\n") == "t.csv: line 1: column 1: unknown unit 'kmm'");
    CHECK(error_of("a []\n") == "t.csv: line 1: column 1: a unit cannot be empty");
  }

  TEST_CASE("faulty cells are named by line and column") {
    CHECK(error_of("a [km]\n1\nx\n") == "t.csv: line 3: column 'a' is in km, but 'x' is not a number");
    CHECK(error_of("a\n1e999\n") == "t.csv: line 2: column 'a': '1e999' is beyond the range of a 64-bit number");
    CHECK(error_of("a\n\"open\n\n") == "t.csv: line 2: a quote is opened but not closed");
    CHECK(error_of("a\n\"x\" y\n") == "t.csv: line 2: there is text after the closing quote of a cell");
  }

  TEST_CASE("limits hold") {
    std::string wide = "c0";
    for (int i = 1; i <= 100000; ++i) wide += ",c" + std::to_string(i);
    CHECK(error_of(wide) == "t.csv: line 1: there are more than 100000 columns");
    const auto binary = parse_csv("a\n\xff\xfe\n", "t.csv");
    REQUIRE_FALSE(binary);
    CHECK(binary.error().code == base::ErrorCode::not_utf8);
    CHECK(binary.error().message == "t.csv: byte 3 is not UTF-8 text");
  }

  TEST_CASE("random tables come back as they were written") {
    std::mt19937 random(9);
    const std::string alphabet = "ab,\"\n\r #1.\t";
    for (int round = 0; round < 500; ++round) {
      const std::size_t columns = 1 + random() % 4, rows = random() % 6;
      std::string text;
      for (std::size_t c = 0; c < columns; ++c) text += (c > 0 ? "," : "") + std::string("c") + std::to_string(c);
      text += "\n";
      std::vector<Texts> cells(columns);
      for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
          std::string cell = "x";  // so that no column reads as numbers
          for (std::size_t n = random() % 6; n > 0; --n) cell += alphabet[random() % alphabet.size()];
          text += (c > 0 ? "," : "") + quoted_cell(cell);
          cells[c].push_back(cell);
        }
        text += random() % 2 == 0 ? "\n" : "\r\n";
      }
      const Table table = parse(text);
      REQUIRE(table.rows == static_cast<std::int64_t>(rows));
      for (std::size_t c = 0; c < columns && rows > 0; ++c) CHECK(table.columns[c].texts() == cells[c]);
    }
  }

  TEST_CASE("hostile texts are refused or read but nothing else") {
    std::mt19937 random(10);
    const std::string alphabet = "a1,\"\n\r#[] .-e\xC3\xA9";
    for (int round = 0; round < 20000; ++round) {
      std::string text(random() % 40, ' ');
      for (char& c : text) c = alphabet[random() % alphabet.size()];
      if (const auto table = parse_csv(text, "t.csv")) {
        for (const Column& column : table->columns) {
          const auto size =
              column.is_text() ? static_cast<std::int64_t>(column.texts().size()) : column.tensor().count();
          CHECK(size == table->rows);
        }
      } else {
        CHECK_FALSE(table.error().message.empty());
      }
    }
  }

  TEST_CASE("files are read and named in errors") {
    const auto path =
        std::filesystem::temp_directory_path() / ("orrery_csv_test_" + std::to_string(::getpid()) + ".csv");
    REQUIRE(base::write_file(path, "a [km]\n7000\n"));
    const auto table = read_csv(path);
    REQUIRE(table);
    CHECK(table->columns[0].tensor().number(0) == 7000.0);
    REQUIRE(base::write_file(path, "a,a\n"));
    CHECK(read_csv(path).error().message == path.string() + ": line 1: two columns are named 'a'");
    std::filesystem::remove(path);
    CHECK(read_csv(path).error().code == base::ErrorCode::file_not_found);
  }
}
