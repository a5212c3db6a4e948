// The operations tensor.uniform and tensor.normal.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/ops/random_op.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "plugins/tensor/core/random_numbers.hpp"

namespace orrery::tensor {
namespace {

constexpr std::uint64_t grain = 1 << 14;  // pairs; about half a millisecond

/// Calls make(pair of words, place of the first number) for each two numbers, on all threads.
template <class Op, class Make>
void fill_pairs(sdk::Call<Op>& call, std::span<double> numbers, const Make& make) {
  const std::uint64_t pairs = (numbers.size() + 1) / 2;
  call.parallel_for(pairs, grain, [&](std::uint64_t begin, std::uint64_t end) {
    call.poll(begin, pairs);
    for (std::uint64_t pair = begin; pair < end; ++pair) {
      const auto [first, second] = make(call.random_words(0, pair));
      numbers[2 * pair] = first;
      if (2 * pair + 1 < numbers.size()) numbers[2 * pair + 1] = second;
    }
  });
}

}  // namespace

void Uniform::run(sdk::Call<Uniform>& call) {
  const double low = call.in<"low">(), high = call.in<"high">();
  if (!(low < high))
    throw std::out_of_range("'low' must be less than 'high'; they are " + std::to_string(low) + " and " +
                            std::to_string(high));
  const auto result = call.out<"result">(static_cast<std::size_t>(call.in<"count">())).span();
  fill_pairs(call, result, [=](const std::array<std::uint64_t, 2>& words) {
    const auto place = [=](std::uint64_t bits) {
      const double u = unit_interval(bits);
      // As a mean of the ends, since their difference may not be a number.
      return std::min(low * (1.0 - u) + high * u, std::nextafter(high, low));
    };
    return std::array{place(words[0]), place(words[1])};
  });
}

void Normal::run(sdk::Call<Normal>& call) {
  const double mean = call.in<"mean">(), deviation = call.in<"deviation">();
  const auto result = call.out<"result">(static_cast<std::size_t>(call.in<"count">())).span();
  fill_pairs(call, result, [=](const std::array<std::uint64_t, 2>& words) {
    const auto [first, second] = normal_pair(words);
    return std::array{mean + deviation * first, mean + deviation * second};
  });
}

}  // namespace orrery::tensor
