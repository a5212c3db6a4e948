// Tests of NPY files against bytes that NumPy 1.24 wrote, and against bytes that nobody should write.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/npy.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <random>

#include "engine/base/file.hpp"

using namespace orrery;
using namespace orrery::value;
using namespace std::string_literals;

namespace {

constexpr auto text_bytes = 118;  ///< of the headers that NumPy 1.24 writes for small arrays; 128 with the preamble

/// A file as numpy.save of NumPy 1.24 writes it.
std::string numpy_file(std::string dictionary, const std::string& data) {
  dictionary.resize(text_bytes - 1, ' ');
  return "\x93NUMPY\x01\x00v\x00"s + dictionary + "\n" + data;
}

std::string header(const std::string& descr, const std::string& order, const std::string& shape) {
  return "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
}

Tensor parse(const std::string& bytes) {
  auto tensor = parse_npy(bytes);
  REQUIRE_MESSAGE(tensor, (tensor ? "" : tensor.error().message));
  return *tensor;
}

std::string error_of(const std::string& bytes) {
  const auto tensor = parse_npy(bytes);
  REQUIRE_FALSE(tensor);
  CHECK(tensor.error().code == base::ErrorCode::bad_data_file);
  const std::string prefix = "not a usable NPY file: ";
  REQUIRE(tensor.error().message.starts_with(prefix));
  return tensor.error().message.substr(prefix.size());
}

std::vector<double> numbers(const Tensor& tensor) {
  std::vector<double> all;
  for (std::int64_t i = 0; i < tensor.count(); ++i) all.push_back(tensor.number(i));
  return all;
}

struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("orrery_npy_test_" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

// numpy.save of numpy.arange(6.).reshape(2, 3) / 4
const std::string six_quarters =
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xd0?\x00\x00\x00\x00\x00\x00\xe0?"
    "\x00\x00\x00\x00\x00\x00\xe8?\x00\x00\x00\x00\x00\x00\xf0?\x00\x00\x00\x00\x00\x00\xf4?"s;

// numpy.save of numpy.asfortranarray(numpy.arange(6.).reshape(2, 3))
const std::string six_in_columns =
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08@\x00\x00\x00\x00\x00\x00\xf0?"
    "\x00\x00\x00\x00\x00\x00\x10@\x00\x00\x00\x00\x00\x00\x00@\x00\x00\x00\x00\x00\x00\x14@"s;

}  // namespace

TEST_SUITE("engine/value/npy") {
  TEST_CASE("arrays that NumPy wrote are read") {
    const Tensor matrix = parse(numpy_file(header("<f8", "False", "(2, 3)"), six_quarters));
    CHECK(matrix.dtype() == DType::f64);
    CHECK(matrix.shape() == Shape{2, 3});
    CHECK(numbers(matrix) == std::vector{0.0, 0.25, 0.5, 0.75, 1.0, 1.25});
    const Tensor scalar = parse(numpy_file(header("<f8", "False", "()"), "\x00\x00\x00\x00\x00\x00\x04@"s));
    CHECK(scalar.rank() == 0);
    CHECK(scalar.number(0) == 2.5);
    const Tensor whole = parse(numpy_file(header("<i2", "False", "(2,)"), "\xfe\xff,\x01"s));
    CHECK(whole.dtype() == DType::i64);
    CHECK(numbers(whole) == std::vector{-2.0, 300.0});
    const Tensor flags = parse(numpy_file(header("|b1", "False", "(2,)"), "\x01\x00"s));
    CHECK(flags.dtype() == DType::boolean);
    CHECK(numbers(flags) == std::vector{1.0, 0.0});
    const Tensor complex = parse(
        numpy_file(header("<c16", "False", "(1,)"), "\x00\x00\x00\x00\x00\x00\xf0?\x00\x00\x00\x00\x00\x00\x00@"s));
    CHECK(complex.data<std::complex<double>>()[0] == std::complex<double>(1, 2));
  }

  TEST_CASE("Fortran order is turned into rows") {
    const Tensor matrix = parse(numpy_file(header("<f8", "True", "(2, 3)"), six_in_columns));
    CHECK(matrix.shape() == Shape{2, 3});
    CHECK(numbers(matrix) == std::vector{0.0, 1.0, 2.0, 3.0, 4.0, 5.0});
    // Three axes: byte k of the file belongs to index (k % 2, k / 2 % 3, k / 6).
    std::string bytes(24, '\0');
    for (int k = 0; k < 24; ++k) bytes[static_cast<std::size_t>(k)] = static_cast<char>(k);
    const Tensor cube = parse(numpy_file(header("|u1", "True", "(2, 3, 4)"), bytes));
    for (int i = 0; i < 2; ++i) {
      for (int j = 0; j < 3; ++j) {
        for (int k = 0; k < 4; ++k) CHECK(cube.number((i * 3 + j) * 4 + k) == i + 2 * j + 6 * k);
      }
    }
    CHECK(parse(numpy_file(header("<f8", "True", "(0, 3)"), "")).count() == 0);
  }

  TEST_CASE("versions 2 and 3 are read") {
    for (const char version : {'\x02', '\x03'}) {
      std::string text = header("<f8", "False", "(1,)");
      text.resize(115, ' ');
      const std::string bytes =
          "\x93NUMPY"s + version + "\x00t\x00\x00\x00"s + text + "\n\x00\x00\x00\x00\x00\x00\xf8?"s;
      CHECK(parse(bytes).number(0) == 1.5);
    }
  }

  TEST_CASE("all integers become i64") {
    CHECK(numbers(parse(numpy_file(header("|i1", "False", "(2,)"), "\xff\x7f"s))) == std::vector{-1.0, 127.0});
    CHECK(numbers(parse(numpy_file(header("|u1", "False", "(1,)"), "\xff"s))) == std::vector{255.0});
    CHECK(numbers(parse(numpy_file(header("<u2", "False", "(1,)"), "\xff\xff"s))) == std::vector{65535.0});
    CHECK(numbers(parse(numpy_file(header("<i4", "False", "(1,)"), "\xfe\xff\xff\xff"s))) == std::vector{-2.0});
    CHECK(numbers(parse(numpy_file(header("<u4", "False", "(1,)"), "\xff\xff\xff\xff"s))) == std::vector{4294967295.0});
    CHECK(numbers(parse(numpy_file(header("<i8", "False", "(1,)"), "\xff\xff\xff\xff\xff\xff\xff\xff"s))) ==
          std::vector{-1.0});
    CHECK(numbers(parse(numpy_file(header("<u8", "False", "(1,)"), "\x05\x00\x00\x00\x00\x00\x00\x00"s))) ==
          std::vector{5.0});
    CHECK(error_of(numpy_file(header("<u8", "False", "(1,)"), "\xff\xff\xff\xff\xff\xff\xff\xff"s)) ==
          "it holds the unsigned number 18446744073709551615, which is larger than 2^63-1");
  }

  TEST_CASE("any byte that is not zero is true") {
    const Tensor flags = parse(numpy_file(header("|b1", "False", "(3,)"), "\x02\xff\x00"s));
    CHECK(numbers(flags) == std::vector{1.0, 1.0, 0.0});
  }

  TEST_CASE("headers are the bytes that NumPy writes") {
    CHECK(npy_header(DType::f64, {2, 3}) == numpy_file(header("<f8", "False", "(2, 3)"), ""));
    CHECK(npy_header(DType::f64, {}) == numpy_file(header("<f8", "False", "()"), ""));
    CHECK(npy_header(DType::boolean, {2}) == numpy_file(header("|b1", "False", "(2,)"), ""));
    CHECK(npy_header(DType::c128, {1}) == numpy_file(header("<c16", "False", "(1,)"), ""));
  }

  TEST_CASE("headers are aligned and leave room to grow in place") {
    const std::size_t size = npy_header(DType::f64, {1, 7}).size();
    for (std::int64_t rows = 1; rows < 1000000000000000000; rows *= 10)
      CHECK(npy_header(DType::f64, {rows, 7}).size() == size);
    for (std::size_t rank = 0; rank <= 32; ++rank) {
      const std::string bytes = npy_header(DType::f32, Shape(rank, 1));
      CHECK(bytes.size() % 64 == 0);
      CHECK(bytes.back() == '\n');
    }
  }

  TEST_CASE("what is written is read again bit by bit") {
    const Folder folder;
    std::mt19937_64 random(7);
    const auto path = folder.path / "x.npy";
    for (const DType type : {DType::f64, DType::f32, DType::c128, DType::i64, DType::boolean}) {
      for (const Shape& shape : {Shape{}, Shape{0}, Shape{7}, Shape{3, 5}, Shape{2, 1, 4}}) {
        Tensor tensor = *Tensor::allocate(type, shape);
        for (std::size_t i = 0; i < tensor.bytes(); ++i) {
          tensor.raw()[i] = static_cast<std::byte>(type == DType::boolean ? random() % 2 : random() % 256);
        }
        REQUIRE(write_npy(path, tensor));
        const auto again = read_npy(path);
        REQUIRE(again);
        CHECK(same_bits(*again, tensor));
        CHECK(again->unit().is_number());
        // The file is the header and the elements and nothing else; and bytes in memory read as the file does.
        const auto bytes = base::read_file(path, 1 << 20);
        CHECK(bytes->size() == npy_header(type, shape).size() + tensor.bytes());
        CHECK(same_bits(parse(*bytes), tensor));
      }
    }
  }

  TEST_CASE("bytes after the elements are passed over as NumPy does") {
    CHECK(parse(numpy_file(header("<f8", "False", "(2, 3)"), six_quarters + "more")).count() == 6);
  }

  TEST_CASE("element types that are no numbers are refused by name") {
    const auto refused = [](const std::string& descr) {
      return error_of(numpy_file(header(descr, "False", "(1,)"), std::string(64, '\0')));
    };
    CHECK(refused("|O") == "it holds Python objects ('|O'), which are programs, not numbers");
    CHECK(refused(">f8") == "its numbers are big-endian");
    CHECK(refused("<U5") == "it holds texts ('<U5')");
    CHECK(refused("|S3") == "it holds texts ('|S3')");
    CHECK(refused("<M8[ns]") == "it holds dates or time spans ('<M8[ns]')");
    CHECK(refused("<f2") == "its element type '<f2' is not supported");
    CHECK(refused("<c8") == "its element type '<c8' is not supported");
    CHECK(refused("") == "its element type is not a text");
    CHECK(error_of(numpy_file("{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (1,), }", "")) ==
          "it has named fields (a structured type)");
  }

  TEST_CASE("malformed headers are refused") {
    const auto refused = [](const std::string& dictionary) {
      return error_of(numpy_file(dictionary, std::string(64, '\0')));
    };
    CHECK(refused("") == "its header is not a dictionary");
    CHECK(refused("[]") == "its header is not a dictionary");
    CHECK(refused("{'descr': '<f8', 'fortran_order': False}") == "its header lacks 'shape'");
    CHECK(refused("{'descr': '<f8', 'shape': (1,)}") == "its header lacks 'fortran_order'");
    CHECK(refused("{'shape': (1,), 'fortran_order': True}") == "its header lacks 'descr'");
    CHECK(refused("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}") ==
          "its header has 'descr' twice");
    CHECK(refused("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}") ==
          "its header has an unknown key 'x'");
    CHECK(refused("{'descr': '<f8', 'fortran_order': false, 'shape': (1,)}") ==
          "'fortran_order' is neither True nor False");
    CHECK(refused("{'descr': '<f8' 'fortran_order': False, 'shape': (1,)}") ==
          "its header has no comma between entries");
    CHECK(refused("{'descr': '<f8', 'fortran_order': False, 'shape': 1}") == "its shape is not a tuple");
    CHECK(refused("{'descr': '<f8', 'fortran_order': False, 'shape': (1 2)}") ==
          "its shape has no comma between extents");
    CHECK(refused("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x") ==
          "its header goes on after the dictionary");
    CHECK(refused("{'descr': '<f8', 'fortran_order': False, 'shape': (1,") ==
          "its shape has an extent that is not a whole number from 0 to 2^63-1");
    CHECK(refused("{'descr") == "its header has an entry without a key");
  }

  TEST_CASE("impossible shapes are refused before memory is asked for") {
    const auto refused = [](const std::string& shape) {
      return error_of(numpy_file(header("<f8", "False", shape), six_quarters));
    };
    CHECK(refused("(-1,)") == "its shape has an extent that is not a whole number from 0 to 2^63-1");
    CHECK(refused("(9223372036854775808,)") == "its shape has an extent that is not a whole number from 0 to 2^63-1");
    CHECK(refused("(4294967296, 4294967296)") == "its shape 4294967296 x 4294967296 is larger than any memory");
    CHECK(refused("(9223372036854775807,)") ==
          "its shape 9223372036854775807 needs 9223372036854775807 numbers of 8 bytes, but it has 48 bytes of them");
    CHECK(refused("(7,)") == "its shape 7 needs 7 numbers of 8 bytes, but it has 48 bytes of them");
    std::string axes = "(";
    for (int i = 0; i < 33; ++i) axes += "1,";
    CHECK(refused(axes + ")") == "it has more than 32 axes");
  }

  TEST_CASE("files that are cut off or are something else are refused") {
    const std::string whole = numpy_file(header("<f8", "False", "(2, 3)"), six_quarters);
    for (std::size_t size = 0; size < whole.size(); ++size)
      CHECK_FALSE(parse_npy(std::string_view(whole).substr(0, size)));
    CHECK(error_of("") == "it does not begin with the bytes of the format");
    CHECK(error_of("PK\x03\x04") == "it does not begin with the bytes of the format");
    CHECK(error_of("\x93NUMPY\x04\x00v\x00"s + std::string(200, ' ')) == "its format version 4 is not known");
    CHECK(error_of("\x93NUMPY\x02\x00\xff\xff\xff\xff"s + std::string(200, ' ')) == "its header is longer than 64 KiB");
    CHECK(error_of("\x93NUMPY\x01\x00\x00\x00"s + std::string(200, ' ')) == "its header is not a dictionary");
  }

  TEST_CASE("damaged files are refused or read but nothing else") {
    std::mt19937 random(8);
    const std::string whole = numpy_file(header("<f8", "True", "(2, 3)"), six_in_columns);
    for (int round = 0; round < 20000; ++round) {
      std::string bytes = whole;
      for (unsigned i = 0; i < 1 + random() % 3; ++i) bytes[random() % 80] = static_cast<char>(random() % 256);
      if (const auto tensor = parse_npy(bytes)) {
        CHECK(tensor->bytes() <= 8 * whole.size());
      } else {
        CHECK_FALSE(tensor.error().message.empty());
      }
    }
  }

  TEST_CASE("errors of files name the file") {
    const Folder folder;
    const auto missing = read_npy(folder.path / "no.npy");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == base::ErrorCode::file_not_found);
    CHECK(read_npy(folder.path).error().code == base::ErrorCode::file_unreadable);
    const auto path = folder.path / "bad.npy";
    REQUIRE(base::write_file(path, "hello"));
    const auto bad = read_npy(path);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().message ==
          "'" + path.string() + "' is not a usable NPY file: it does not begin with the bytes of the format");
    std::ofstream(folder.path / "sparse.npy").put('x');
    std::filesystem::resize_file(folder.path / "sparse.npy", (std::uintmax_t{64} << 30) + 1);
    CHECK(read_npy(folder.path / "sparse.npy").error().code == base::ErrorCode::too_large);
  }

  TEST_CASE("what cannot be written is an error") {
    const Tensor tensor = Tensor::scalar(1.0);
    const auto nowhere = write_npy("/nonexistent-folder/x.npy", tensor);
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().code == base::ErrorCode::cannot_write);
    const Folder folder;
    const Tensor deep = tensor.reshaped(Shape(33, 1));
    CHECK(write_npy(folder.path / "deep.npy", deep).error().code == base::ErrorCode::cannot_write);
    CHECK(std::filesystem::is_empty(folder.path));
  }
}
