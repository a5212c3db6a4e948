// One-sided limits of frames and curvatures: Kuehnel 2015; Bishop 1975; the Wronskian of monomials.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/frame_limits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/orthonormal.hpp"

namespace orrery::curve {

namespace {

using Real = long double;
using Vector = std::vector<Real>;

struct Direction {
  Vector unit;
  std::size_t order = 0;  // of the derivative that brings it
  Real size = 0.0L;       // k |new part of r^(k)| / k!
};

struct Input {
  std::span<const std::span<const double>> derivatives;
  std::span<const std::vector<double>> rounding;
  std::size_t d = 0;
  FrameOptions options;
};

Real length(const Vector& v) {
  Real largest = 0.0L, sum = 0.0L;
  for (const Real x : v) {
    largest = std::max(largest, std::abs(x));
  }
  for (const Real x : v) {
    sum += largest > 0.0L ? (x / largest) * (x / largest) : 0.0L;
  }
  return largest * std::sqrt(sum);
}

Vector derivative_row(const Input& in, std::size_t k, std::size_t row) {
  const auto source = in.derivatives[k - 1].subspan(row * in.d, in.d);
  return {source.begin(), source.end()};
}

// What derivative k adds over the length of the parameter that the caller has in mind.
Real contribution(const Input& in, std::size_t k, std::size_t row) {
  Real result = length(derivative_row(in, k, row));
  for (std::size_t j = 1; j <= k; ++j) {
    result *= in.options.parameter_scale / static_cast<Real>(j);
  }
  return result;
}

Real largest_contribution(const Input& in, std::size_t row) {
  Real largest = 0.0L;
  for (std::size_t k = 1; k <= in.derivatives.size(); ++k) {
    largest = std::max(largest, contribution(in, k, row));
  }
  return largest;
}

bool counts_as_zero(const Input& in, std::size_t k, std::size_t row, Real part, Real whole, Real largest) {
  const Real tolerance = in.options.degeneracy.relative_tolerance;
  const Real noise = in.rounding.empty() ? 0.0L : Real(in.rounding[k - 1][row]);
  const bool negligible =
      in.options.parameter_scale > 0.0 && contribution(in, k, row) * part <= tolerance * largest * whole;
  return part <= tolerance * whole + 8.0L * noise || negligible;
}

// The directions of a sample in the order in which derivatives bring them, twice orthogonalised.
std::vector<Direction> directions(const Input& in, std::size_t row) {
  std::vector<Direction> found;
  const Real largest = in.options.parameter_scale > 0.0 ? largest_contribution(in, row) : 0.0L;
  Real factorial = 1.0L;  // (k - 1)!
  for (std::size_t k = 1; k <= in.derivatives.size() && found.size() < in.d; ++k) {
    Vector v = derivative_row(in, k, row);
    const Real whole = length(v);
    for (int pass = 0; pass < 2; ++pass) {
      for (const Direction& other : found) {
        Real overlap = 0.0L;
        for (std::size_t c = 0; c < in.d; ++c) {
          overlap += v[c] * other.unit[c];
        }
        for (std::size_t c = 0; c < in.d; ++c) {
          v[c] -= overlap * other.unit[c];
        }
      }
    }
    const Real part = length(v);
    if (whole > 0.0L && !counts_as_zero(in, k, row, part, whole, largest)) {
      std::for_each(v.begin(), v.end(), [part](Real& x) { x /= part; });
      found.push_back({std::move(v), k, part / factorial});
    }
    factorial *= static_cast<Real>(k);
  }
  return found;
}

// kappa_j = prod_(i <= j) (k_(j+1) - k_i) / prod_(i < j) (k_j - k_i) * size_(j+1) / (size_j size_1) h^exponent
Real curvature_limit(const std::vector<Direction>& e, std::size_t j) {
  const auto order = [&](std::size_t i) { return static_cast<Real>(e[i].order); };
  const int exponent = static_cast<int>(e[j + 1].order) - static_cast<int>(e[j].order) - static_cast<int>(e[0].order);
  if (exponent != 0) {
    return exponent > 0 ? 0.0L : std::numeric_limits<Real>::infinity();
  }
  Real value = e[j + 1].size / e[j].size / e[0].size;
  for (std::size_t i = 0; i <= j; ++i) {
    value *= order(j + 1) - order(i);
  }
  for (std::size_t i = 0; i < j; ++i) {
    value /= order(j) - order(i);
  }
  return value;
}

void store_limit(const Input& in, const std::vector<Direction>& e, std::size_t row, FrameTable& out) {
  const std::size_t d = in.d, given = std::min(e.size(), d - 1);
  const std::span<double> frame = std::span(out.frame).subspan(row * d * d, d * d);
  for (std::size_t j = 0; j < given; ++j) {
    const bool turned = in.options.side == Side::left && (e[j].order + j + 1) % 2 == 1;
    for (std::size_t c = 0; c < d; ++c) {
      frame[j * d + c] = static_cast<double>(turned ? -e[j].unit[c] : e[j].unit[c]);
    }
  }
  for (std::size_t j = 0; j < e.size(); ++j) {
    out.order[row * d + j] = e[j].order;
  }
  for (std::size_t j = 0; j + 1 < e.size(); ++j) {
    out.curvatures[row * (d - 1) + j] = static_cast<double>(curvature_limit(e, j));
  }
  if (given == d - 1) {
    complete_frame(frame, d);
    out.status[row] = FrameStatus::limit;
    // The last vector is there for orientation; the last curvature has the sign of its side.
    Real along = 0.0L;
    for (std::size_t c = 0; c < d && e.size() == d; ++c) {
      along += e[d - 1].unit[c] * frame[(d - 1) * d + c];
    }
    const bool turned = in.options.side == Side::left && e.size() == d && (e[d - 1].order + d) % 2 == 1;
    if ((along < 0.0L) != turned && e.size() == d) {
      out.curvatures[row * (d - 1) + d - 2] *= -1.0;
    }
  } else {
    out.status[row] = given > 0 ? FrameStatus::transported : FrameStatus::unknown;
  }
}

bool is_complete(FrameStatus status) { return status == FrameStatus::regular || status == FrameStatus::limit; }

// Frames of rows that lack normals, from a row that has them.
void transport(FrameTable& out, std::size_t from, std::size_t row) {
  const std::size_t size = out.d * out.d;
  const std::span<const double> source = std::span(out.frame).subspan(from * size, size);
  const std::span<double> target = std::span(out.frame).subspan(row * size, size);
  if (out.status[row] == FrameStatus::unknown) {
    std::copy(source.begin(), source.end(), target.begin());
    return;
  }
  carry_frame(source, target.first(out.d), target, out.d);
}

void fill_gaps(FrameTable& out) {
  std::vector<bool> done(out.n);
  std::size_t first = out.n;
  for (std::size_t row = 0; row < out.n; ++row) {
    done[row] = is_complete(out.status[row]);
    first = done[row] ? std::min(first, row) : first;
  }
  if (first == out.n) {  // no sample has all its vectors: any normals of the first tangent will do
    first = 0;
    while (first + 1 < out.n && out.status[first] == FrameStatus::unknown) {
      ++first;
    }
    const std::span<double> frame = std::span(out.frame).subspan(first * out.d * out.d, out.d * out.d);
    any_frame(out.status[first] == FrameStatus::unknown, frame, out.d);
    done[first] = true;
  }
  for (std::size_t row = first; row-- > 0;) {
    transport(out, row + 1, row);
  }
  for (std::size_t row = first + 1; row < out.n; ++row) {
    if (!done[row]) {
      transport(out, row - 1, row);
    }
  }
}

void store_regular(const FrenetData& data, std::size_t row, FrameTable& out) {
  const std::size_t d = out.d;
  std::copy_n(data.frame.begin() + static_cast<std::ptrdiff_t>(row * d * d), d * d,
              out.frame.begin() + static_cast<std::ptrdiff_t>(row * d * d));
  std::copy_n(data.curvatures.begin() + static_cast<std::ptrdiff_t>(row * data.curvature_count), data.curvature_count,
              out.curvatures.begin() + static_cast<std::ptrdiff_t>(row * (d - 1)));
  for (std::size_t j = 0; j < d; ++j) {
    out.order[row * d + j] = j + 1;
  }
}

FrameTable assemble(const Input& in, const FrenetData& data) {
  const std::size_t n = data.n, d = in.d;
  FrameTable out{n,
                 d,
                 data.speed,
                 std::vector<double>(n * d * d, 0.0),
                 std::vector<double>(n * (d - 1), 0.0),
                 std::vector<FrameStatus>(n, FrameStatus::regular),
                 std::vector<std::size_t>(n * d, 0)};
  for (std::size_t row = 0; row < n; ++row) {
    // A point counts as regular when all its directions come in turn; a plane curve's normal alone is no sign of that.
    if (data.rank[row] == d && data.status[row] == PointStatus::ok) {
      store_regular(data, row, out);
    } else {
      store_limit(in, directions(in, row), row, out);
    }
  }
  if (n > 0) {
    fill_gaps(out);
  }
  return out;
}

void require_dimension(std::size_t d) {
  if (d < 2) {
    throw std::invalid_argument("a frame needs a dimension of at least 2; it is " + std::to_string(d));
  }
}

}  // namespace

FrameTable frames_with_limits(std::span<const std::span<const double>> derivatives, std::size_t n, std::size_t d,
                              const FrameOptions& options, std::span<const std::vector<double>> rounding) {
  require_dimension(d);
  const FrenetData data = curvature_from_derivatives(derivatives, n, d, options.degeneracy);
  return assemble({derivatives, rounding, d, options}, data);
}

FrameTable frames_with_limits(const DerivativeTable& table, const FrameOptions& options) {
  require_dimension(table.d);
  const FrenetData data = curvature_from_table(table, options.degeneracy);
  FrameOptions scaled = options;
  scaled.parameter_scale /= table.unit;
  const std::vector<std::span<const double>> derivatives(table.values.begin(), table.values.end());
  // Curvatures do not depend on the parameter, so the table's own does.
  return assemble({derivatives, table.rounding, table.d, scaled}, data);
}

}  // namespace orrery::curve
