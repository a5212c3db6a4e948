// Counter-based random numbers.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/random.hpp"

#include <bit>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <unordered_map>

namespace orrery::matrix {
namespace {

std::array<std::uint64_t, 2> philox(std::uint64_t key, std::uint64_t stream, std::uint64_t index) {
  auto c0 = static_cast<std::uint32_t>(index), c1 = static_cast<std::uint32_t>(index >> 32);
  auto c2 = static_cast<std::uint32_t>(stream), c3 = static_cast<std::uint32_t>(stream >> 32);
  auto key0 = static_cast<std::uint32_t>(key), key1 = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t low = std::uint64_t{0xD2511F53u} * c0, high = std::uint64_t{0xCD9E8D57u} * c2;
    c0 = static_cast<std::uint32_t>(high >> 32) ^ c1 ^ key0;
    c2 = static_cast<std::uint32_t>(low >> 32) ^ c3 ^ key1;
    c1 = static_cast<std::uint32_t>(high), c3 = static_cast<std::uint32_t>(low);
    key0 += 0x9E3779B9u, key1 += 0xBB67AE85u;
  }
  return {c0 | (std::uint64_t{c1} << 32), c2 | (std::uint64_t{c3} << 32)};
}

// The middle of one of 2^53 equal parts of (0, 1).
double open_unit(std::uint64_t word) { return (static_cast<double>(word >> 11) + 0.5) * 0x1p-53; }

// ln x for normal x > 0, of additions, products and one division, so that it has the same bits everywhere: ln 2^e plus
// 2 atanh((m - 1)/(m + 1)) with 1/sqrt 2 <= m < sqrt 2. The next term of the series is below 2^-57 of the sum.
double own_log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  double exponent = static_cast<double>(static_cast<int>(bits >> 52) - 1023);
  double m = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFull) | 0x3FF0000000000000ull);
  if (m > 1.4142135623730951) m *= 0.5, exponent += 1.0;
  const double s = (m - 1.0) / (m + 1.0), z = s * s;
  double sum = 1.0 / 23;
  for (int k = 21; k >= 3; k -= 2) sum = sum * z + 1.0 / k;
  const double tail = 2.0 * s * (z * sum);
  return exponent * 0.693147180369123816490 + ((exponent * 1.90821492927058770002e-10 + tail) + 2.0 * s);
}

double ratio(const std::array<double, 8>& up, const std::array<double, 8>& down, double x) {
  double a = up[7], b = down[7];
  for (std::size_t i = 7; i-- > 0;) a = a * x + up[i], b = b * x + down[i];
  return a / b;
}

constexpr std::array<double, 8> central_up{3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                           1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                           3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr std::array<double, 8> central_down{1.0,
                                             4.2313330701600911252e+1,
                                             6.8718700749205790830e+2,
                                             5.3941960214247511077e+3,
                                             2.1213794301586595867e+4,
                                             3.9307895800092710610e+4,
                                             2.8729085735721942674e+4,
                                             5.2264952788528545610e+3};
constexpr std::array<double, 8> middle_up{
    1.42343711074968357734e0, 4.63033784615654529590e0,  5.76949722146069140550e0,  3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array<double, 8> middle_down{1.0,
                                            2.05319162663775882187e0,
                                            1.67638483018380384940e0,
                                            6.89767334985100004550e-1,
                                            1.48103976427480074590e-1,
                                            1.51986665636164571966e-2,
                                            5.47593808499534494600e-4,
                                            1.05075007164441684324e-9};
constexpr std::array<double, 8> far_up{6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                       2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                       2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array<double, 8> far_down{1.0,
                                         5.99832206555887937690e-1,
                                         1.36929880922735805310e-1,
                                         1.48753612908506148525e-2,
                                         7.86869131145613259100e-4,
                                         1.84631831751005468180e-5,
                                         1.42151175831644588870e-7,
                                         2.04426310338993978564e-15};

}  // namespace

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) return q * ratio(central_up, central_down, 0.180625 - q * q);
  const double r = std::sqrt(-own_log(q < 0.0 ? p : 1.0 - p));
  const double size = r <= 5.0 ? ratio(middle_up, middle_down, r - 1.6) : ratio(far_up, far_down, r - 5.0);
  return q < 0.0 ? -size : size;
}

std::array<std::uint64_t, 2> Random::words(std::uint64_t index) const { return philox(key_, stream_, index); }

double Random::unit(std::uint64_t index) const { return open_unit(words(index / 2)[index % 2]); }

std::uint64_t Random::below(std::uint64_t n, std::uint64_t index) const {
  const auto drawn = words(index);
  // The high word of (128 random bits) * n / 2^64, from two partial products.
  __extension__ using Wide = unsigned __int128;
  const Wide low = static_cast<Wide>(drawn[1]) * n;
  return static_cast<std::uint64_t>((static_cast<Wide>(drawn[0]) * n + (low >> 64)) >> 64);
}

double Random::sign(std::uint64_t index) const {
  const auto drawn = words(index / 128);
  return (drawn[index / 64 % 2] >> (index % 64)) & 1u ? 1.0 : -1.0;
}

double Random::normal(std::uint64_t index) const { return normal_quantile(unit(index)); }

void Random::normals(std::uint64_t first, std::span<double> out) const {
  std::size_t i = 0;
  if (first % 2 && !out.empty()) out[i++] = normal(first);
  for (; i + 1 < out.size(); i += 2) {
    const auto pair = words((first + i) / 2);
    out[i] = normal_quantile(open_unit(pair[0]));
    out[i + 1] = normal_quantile(open_unit(pair[1]));
  }
  if (i < out.size()) out[i] = normal(first + i);
}

template <class T>
void fill_normal(View<T> matrix, const Random& random) {
  const Index per_row = matrix.cols * (is_complex<T> ? 2 : 1);
  std::vector<double> row(static_cast<std::size_t>(per_row));
  for (Index i = 0; i < matrix.rows; ++i) {
    random.normals(static_cast<std::uint64_t>(i * per_row), row);
    for (Index j = 0; j < matrix.cols; ++j) {
      const auto at = static_cast<std::size_t>(j);
      if constexpr (is_complex<T>) {
        constexpr double half = 0.70710678118654752440;
        matrix(i, j) = T(half * row[2 * at], half * row[2 * at + 1]);
      } else {
        matrix(i, j) = static_cast<T>(row[at]);
      }
    }
  }
}

template <class T>
void fill_signs(View<T> matrix, const Random& random) {
  std::uint64_t at = 0;
  std::array<std::uint64_t, 2> drawn{};
  for (Index i = 0; i < matrix.rows; ++i)
    for (Index j = 0; j < matrix.cols; ++j, ++at) {
      if (at % 128 == 0) drawn = random.words(at / 128);
      matrix(i, j) = (drawn[at / 64 % 2] >> (at % 64)) & 1u ? T(1) : T(-1);
    }
}

std::vector<Index> sample_without_replacement(Index n, Index count, const Random& random) {
  if (count > n || count < 0)
    throw std::invalid_argument("a sample without replacement of " + std::to_string(n) + " has 0 to " +
                                std::to_string(n) + " members; " + std::to_string(count) + " are asked for");
  // The first steps of a shuffle, of which only the places that were touched are held.
  std::unordered_map<Index, Index> moved;
  const auto at = [&](Index place) {
    const auto found = moved.find(place);
    return found == moved.end() ? place : found->second;
  };
  std::vector<Index> chosen(static_cast<std::size_t>(count));
  for (Index i = 0; i < count; ++i) {
    const Index j =
        i + static_cast<Index>(random.below(static_cast<std::uint64_t>(n - i), static_cast<std::uint64_t>(i)));
    chosen[static_cast<std::size_t>(i)] = at(j);
    moved[j] = at(i);
  }
  return chosen;
}

template void fill_normal<float>(View<float>, const Random&);
template void fill_normal<double>(View<double>, const Random&);
template void fill_normal<Complex>(View<Complex>, const Random&);
template void fill_signs<float>(View<float>, const Random&);
template void fill_signs<double>(View<double>, const Random&);
template void fill_signs<Complex>(View<Complex>, const Random&);

}  // namespace orrery::matrix
