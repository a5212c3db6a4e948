// NPY files as tensors: straight into the tensor's memory where the file has its layout, widened or transposed else.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/npy.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <limits>

#include "engine/base/file.hpp"
#include "engine/base/file_reader.hpp"
#include "engine/base/text.hpp"
#include "engine/value/npy_header.hpp"

namespace orrery::value {
namespace {

static_assert(std::endian::native == std::endian::little, "NPY files are read without swapping bytes");

using base::Error;
using base::ErrorCode;

constexpr std::uint64_t largest_file = std::uint64_t{64} << 30;

/// Bytes in memory, read as a file is.
class MemoryReader {
 public:
  explicit MemoryReader(std::string_view bytes) : size_(bytes.size()), rest_(bytes) {}
  std::uint64_t size() const { return size_; }

  base::Result<std::size_t> read(std::span<std::byte> into) {
    const std::size_t count = std::min(into.size(), rest_.size());
    if (count > 0) std::memcpy(into.data(), rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::uint64_t size_;
  std::string_view rest_;
};

Error too_short(std::uint64_t has, std::uint64_t needs) {
  return bad_npy("its shape needs " + std::to_string(needs) + " bytes of numbers, but it has " + std::to_string(has));
}

bool has_layout_of_tensor(const NpyHeader& header) {
  const bool one_axis = header.shape.size() < 2;
  return header.item_bytes == size_of(header.dtype) && header.stored != Stored::u8 && header.stored != Stored::b1 &&
         (!header.fortran_order || one_axis);
}

/// Calls f(row-major position, position in the file) for every element of an array in Fortran order.
template <class F>
void each_position(const Shape& shape, std::int64_t count, F f) {
  Shape index(shape.size(), 0), stride(shape.size(), 1);
  for (std::size_t axis = 1; axis < shape.size(); ++axis) stride[axis] = stride[axis - 1] * shape[axis - 1];
  std::int64_t from = 0;
  for (std::int64_t to = 0; to < count; ++to) {
    f(to, from);
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      from += stride[axis];
      if (++index[axis] < shape[axis]) break;
      from -= stride[axis] * shape[axis];
      index[axis] = 0;
    }
  }
}

template <class From, class To>
void copy_elements(const std::byte* in, Tensor& out, const NpyHeader& header) {
  const auto copy = [&](std::int64_t to, std::int64_t from) {
    From x;
    std::memcpy(&x, in + static_cast<std::size_t>(from) * sizeof(From), sizeof(From));
    out.data<To>()[to] = static_cast<To>(x);
  };
  if (header.fortran_order) {
    each_position(header.shape, header.count, copy);
  } else {
    for (std::int64_t i = 0; i < header.count; ++i) copy(i, i);
  }
}

std::optional<Error> check_unsigned(const std::byte* in, const NpyHeader& header) {
  for (std::int64_t i = 0; i < header.count; ++i) {
    std::uint64_t x = 0;
    std::memcpy(&x, in + static_cast<std::size_t>(i) * sizeof x, sizeof x);
    if (x > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return bad_npy("it holds the unsigned number " + std::to_string(x) + ", which is larger than 2^63-1");
    }
  }
  return std::nullopt;
}

/// Booleans pass through a byte, because a bool of another byte than 0 or 1 is undefined.
void copy_converted(const std::byte* in, Tensor& out, const NpyHeader& header) {
  switch (header.stored) {
    case Stored::f8:
      return copy_elements<double, double>(in, out, header);
    case Stored::f4:
      return copy_elements<float, float>(in, out, header);
    case Stored::c16:
      return copy_elements<std::complex<double>, std::complex<double>>(in, out, header);
    case Stored::i8:
    case Stored::u8:
      return copy_elements<std::int64_t, std::int64_t>(in, out, header);
    case Stored::i4:
      return copy_elements<std::int32_t, std::int64_t>(in, out, header);
    case Stored::i2:
      return copy_elements<std::int16_t, std::int64_t>(in, out, header);
    case Stored::i1:
      return copy_elements<std::int8_t, std::int64_t>(in, out, header);
    case Stored::u4:
      return copy_elements<std::uint32_t, std::int64_t>(in, out, header);
    case Stored::u2:
      return copy_elements<std::uint16_t, std::int64_t>(in, out, header);
    case Stored::u1:
      return copy_elements<std::uint8_t, std::int64_t>(in, out, header);
    case Stored::b1:
      return copy_elements<std::uint8_t, bool>(in, out, header);
  }
}

template <class Reader>
base::Result<base::Done> fill(Reader& reader, std::byte* into, std::uint64_t bytes) {
  const base::Result<std::size_t> got = reader.read({into, static_cast<std::size_t>(bytes)});
  if (!got) return got.errors();
  if (*got < bytes) return too_short(*got, bytes);
  return base::Done{};
}

template <class Reader>
base::Result<Tensor> read_elements(Reader& reader, const NpyHeader& header) {
  const std::uint64_t bytes = static_cast<std::uint64_t>(header.count) * header.item_bytes;
  base::Result<Tensor> tensor = Tensor::allocate(header.dtype, header.shape);
  if (!tensor) return tensor;
  if (has_layout_of_tensor(header)) {
    if (const auto filled = fill(reader, tensor->raw(), bytes); !filled) return filled.errors();
    return tensor;
  }
  // Counted in eights, since tensors have no element of one byte that may hold any bits.
  base::Result<Tensor> raw = Tensor::allocate(DType::i64, {static_cast<std::int64_t>((bytes + 7) / 8)});
  if (!raw) return raw;
  if (const auto filled = fill(reader, raw->raw(), bytes); !filled) return filled.errors();
  if (header.stored == Stored::u8) {
    if (auto error = check_unsigned(raw->raw(), header)) return std::move(*error);
  }
  copy_converted(raw->raw(), *tensor, header);
  return tensor;
}

struct Text {
  std::string text;
  std::uint64_t end = 0;  ///< where the elements begin
};

/// Reads the header's text and leaves the reader behind it.
template <class Reader>
base::Result<Text> read_text(Reader& reader) {
  std::array<char, longest_preamble> first{};
  const base::Result<std::size_t> got = reader.read(std::as_writable_bytes(std::span(first)));
  if (!got) return got.errors();
  const std::string_view begin(first.data(), *got);
  const base::Result<NpyPreamble> preamble = parse_npy_preamble(begin);
  if (!preamble) return preamble.errors();
  const auto [preamble_bytes, text_bytes] = *preamble;
  // Of version 1 the preamble is shorter than what was read, and the rest is text already.
  std::string text(begin.substr(preamble_bytes));
  const std::size_t known = text.size();
  if (text_bytes < known) return bad_npy("its header is not a dictionary");
  text.resize(text_bytes);
  const base::Result<std::size_t> more = reader.read(std::as_writable_bytes(std::span(text).subspan(known)));
  if (!more) return more.errors();
  if (known + *more < text_bytes) return bad_npy("it ends within its header");
  return Text{std::move(text), preamble_bytes + text_bytes};
}

template <class Reader>
base::Result<Tensor> read_from(Reader& reader) {
  const base::Result<Text> text = read_text(reader);
  if (!text) return text.errors();
  const base::Result<NpyHeader> header = parse_npy_header((*text).text);
  if (!header) return header.errors();
  // Before any memory is asked for, since the shape may be a lie.
  const std::uint64_t has = reader.size() - std::min(reader.size(), (*text).end);
  const auto count = static_cast<std::uint64_t>((*header).count);
  if (count > has / (*header).item_bytes) {
    return bad_npy("its shape " + to_text((*header).shape) + " needs " + std::to_string(count) + " numbers of " +
                   std::to_string((*header).item_bytes) + " bytes, but it has " + std::to_string(has) +
                   " bytes of them");
  }
  return read_elements(reader, *header);
}

base::Errors about(const std::filesystem::path& path, base::Errors errors) {
  for (Error& error : errors) {
    if (error.code == ErrorCode::bad_data_file)
      error.message = "'" + base::printable(path.native()) + "' is " + error.message;
    if (error.code == ErrorCode::file_too_large) error.code = ErrorCode::too_large;
  }
  return errors;
}

}  // namespace

base::Result<Tensor> read_npy(const std::filesystem::path& path) {
  base::Result<base::FileReader> reader = base::FileReader::open(path, largest_file);
  if (!reader) return about(path, std::move(reader).errors());
  base::Result<Tensor> tensor = read_from(*reader);
  if (!tensor) return about(path, std::move(tensor).errors());
  return tensor;
}

base::Result<Tensor> parse_npy(std::string_view bytes) {
  MemoryReader reader(bytes);
  return read_from(reader);
}

base::Result<base::Done> write_npy(const std::filesystem::path& path, const Tensor& tensor) {
  if (tensor.rank() > highest_npy_rank) {
    return Error{ErrorCode::cannot_write, "cannot write '" + base::printable(path.native()) +
                                              "': NPY files have at most " + std::to_string(highest_npy_rank) +
                                              " axes, and the value has " + std::to_string(tensor.rank())};
  }
  const std::string header = npy_header(tensor.dtype(), tensor.shape());
  const std::string_view elements(reinterpret_cast<const char*>(tensor.raw()), tensor.bytes());
  return base::write_file_parts(path, std::array{std::string_view(header), elements});
}

}  // namespace orrery::value
