// Reading and writing the header of NPY files: a Python dictionary, of which only the three known keys are understood.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/npy_header.hpp"

#include <charconv>

#include "engine/base/text.hpp"
#include "engine/value/npy.hpp"

namespace orrery::value {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::size_t longest_header = 65536;

struct Descr {
  std::string_view text;
  Stored stored;
  std::size_t bytes;
  DType dtype;
};

constexpr Descr descrs[] = {
    {"f8", Stored::f8, 8, DType::f64}, {"f4", Stored::f4, 4, DType::f32}, {"c16", Stored::c16, 16, DType::c128},
    {"i8", Stored::i8, 8, DType::i64}, {"i4", Stored::i4, 4, DType::i64}, {"i2", Stored::i2, 2, DType::i64},
    {"i1", Stored::i1, 1, DType::i64}, {"u8", Stored::u8, 8, DType::i64}, {"u4", Stored::u4, 4, DType::i64},
    {"u2", Stored::u2, 2, DType::i64}, {"u1", Stored::u1, 1, DType::i64}, {"b1", Stored::b1, 1, DType::boolean},
};

Error not_supported(std::string_view descr) {
  const std::string quoted = "'" + base::printable(descr.substr(0, 40)) + "'";
  const std::string_view kind =
      descr.substr(descr.find_first_not_of("<>=|") == descr.npos ? 0 : descr.find_first_not_of("<>=|"));
  if (kind.starts_with('O'))
    return bad_npy("it holds Python objects (" + quoted + "), which are programs, not numbers");
  if (kind.starts_with('S') || kind.starts_with('U')) return bad_npy("it holds texts (" + quoted + ")");
  if (kind.starts_with('M') || kind.starts_with('m')) return bad_npy("it holds dates or time spans (" + quoted + ")");
  return bad_npy("its element type " + quoted + " is not supported");
}

/// The dictionary, character by character.
class HeaderParser {
 public:
  explicit HeaderParser(std::string_view text) : rest_(text) {}

  base::Result<NpyHeader> parse() {
    if (!take('{')) return bad_npy("its header is not a dictionary");
    while (!take('}')) {
      if (auto error = take_entry()) return std::move(*error);
      if (!take(',') && !next_is('}')) return bad_npy("its header has no comma between entries");
    }
    skip_spaces();
    if (!rest_.empty()) return bad_npy("its header goes on after the dictionary");
    if (!has_descr_ || !has_order_ || !has_shape_) {
      return bad_npy("its header lacks '" +
                     std::string(!has_descr_   ? "descr"
                                 : !has_order_ ? "fortran_order"
                                               : "shape") +
                     "'");
    }
    const auto count = checked_count(header_.shape);
    if (!count) return bad_npy("its shape " + to_text(header_.shape) + " is larger than any memory");
    header_.count = *count;
    return header_;
  }

 private:
  void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

  bool next_is(char c) {
    skip_spaces();
    return rest_.starts_with(c);
  }

  bool take(char c) {
    const bool here = next_is(c);
    if (here) rest_.remove_prefix(1);
    return here;
  }

  bool take_word(std::string_view word) {
    skip_spaces();
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  std::optional<std::string_view> take_string() {
    skip_spaces();
    if (!rest_.starts_with('\'') && !rest_.starts_with('"')) return std::nullopt;
    const std::size_t end = rest_.find(rest_.front(), 1);
    if (end == rest_.npos) return std::nullopt;
    const std::string_view inside = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return inside;
  }

  std::optional<Error> take_entry() {
    const auto key = take_string();
    if (!key || !take(':')) return bad_npy("its header has an entry without a key");
    if (*key == "descr") return once(has_descr_, *key, &HeaderParser::take_descr);
    if (*key == "fortran_order") return once(has_order_, *key, &HeaderParser::take_order);
    if (*key == "shape") return once(has_shape_, *key, &HeaderParser::take_shape);
    return bad_npy("its header has an unknown key '" + base::printable(key->substr(0, 40)) + "'");
  }

  std::optional<Error> once(bool& seen, std::string_view key, std::optional<Error> (HeaderParser::*take_value)()) {
    if (seen) return bad_npy("its header has '" + std::string(key) + "' twice");
    seen = true;
    return (this->*take_value)();
  }

  std::optional<Error> take_descr() {
    if (next_is('['))
      return bad_npy("it has named fields (a structured type)").help("save each field as an array of its own");
    const auto text = take_string();
    if (!text || text->empty()) return bad_npy("its element type is not a text");
    if (text->front() == '>')
      return bad_npy("its numbers are big-endian").help("save array.astype(array.dtype.newbyteorder('<'))");
    const bool prefixed = text->front() == '<' || text->front() == '=' || text->front() == '|';
    for (const Descr& descr : descrs) {
      if (descr.text != text->substr(prefixed ? 1 : 0)) continue;
      header_.stored = descr.stored;
      header_.item_bytes = descr.bytes;
      header_.dtype = descr.dtype;
      return std::nullopt;
    }
    return not_supported(*text);
  }

  std::optional<Error> take_order() {
    header_.fortran_order = take_word("True");
    if (!header_.fortran_order && !take_word("False")) return bad_npy("'fortran_order' is neither True nor False");
    return std::nullopt;
  }

  std::optional<Error> take_shape() {
    if (!take('(')) return bad_npy("its shape is not a tuple");
    while (!take(')')) {
      std::int64_t extent = 0;
      skip_spaces();
      const auto [end, fault] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), extent);
      if (fault != std::errc{} || extent < 0)
        return bad_npy("its shape has an extent that is not a whole number from 0 to 2^63-1");
      rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
      if (rest_.starts_with('L')) rest_.remove_prefix(1);  // as Python 2 wrote them
      header_.shape.push_back(extent);
      if (header_.shape.size() > highest_npy_rank) return bad_npy("it has more than 32 axes");
      if (!take(',') && !next_is(')')) return bad_npy("its shape has no comma between extents");
    }
    return std::nullopt;
  }

  std::string_view rest_;
  NpyHeader header_;
  bool has_descr_ = false, has_order_ = false, has_shape_ = false;
};

std::size_t little_endian(std::string_view bytes) {
  std::size_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

std::string_view descr_of(DType dtype) {
  switch (dtype) {
    case DType::f64:
      return "<f8";
    case DType::f32:
      return "<f4";
    case DType::c128:
      return "<c16";
    case DType::i64:
      return "<i8";
    default:
      return "|b1";
  }
}

std::string tuple(const Shape& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

}  // namespace

base::Error bad_npy(std::string_view reason) {
  return {ErrorCode::bad_data_file, "not a usable NPY file: " + std::string(reason)};
}

base::Result<NpyPreamble> parse_npy_preamble(std::string_view bytes) {
  if (!bytes.starts_with(magic)) return bad_npy("it does not begin with the bytes of the format");
  if (bytes.size() < 10) return bad_npy("it ends within its header");
  const int major = bytes[6];
  if (major < 1 || major > 3) return bad_npy("its format version " + std::to_string(major) + " is not known");
  NpyPreamble preamble;
  preamble.bytes = major == 1 ? 10 : 12;
  if (bytes.size() < preamble.bytes) return bad_npy("it ends within its header");
  preamble.text_bytes = little_endian(bytes.substr(8, preamble.bytes - 8));
  if (preamble.text_bytes > longest_header) return bad_npy("its header is longer than 64 KiB");
  return preamble;
}

base::Result<NpyHeader> parse_npy_header(std::string_view text) { return HeaderParser(text).parse(); }

std::string npy_header(DType dtype, const Shape& shape) {
  std::string text =
      "{'descr': '" + std::string(descr_of(dtype)) + "', 'fortran_order': False, 'shape': " + tuple(shape) + ", }";
  // Room for the first extent to grow in place, as NumPy leaves it.
  constexpr std::size_t widest_extent = 21;
  if (!shape.empty()) text.append(widest_extent - std::to_string(shape.front()).size(), ' ');
  constexpr std::size_t preamble = 10, alignment = 64;
  text.append(alignment - (preamble + text.size() + 1) % alignment, ' ');
  text += '\n';
  ORRERY_ASSERT(text.size() < longest_header);
  std::string header(magic);
  header += {'\x01', '\x00', static_cast<char>(text.size() & 0xFF), static_cast<char>(text.size() >> 8)};
  return header + text;
}

}  // namespace orrery::value
