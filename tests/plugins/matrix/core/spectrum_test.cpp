// Tests of what singular values say: against sums by hand, and at the ends of the range.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/spectrum.hpp"

#include <doctest/doctest.h>

#include <cmath>

TEST_SUITE_BEGIN("plugins/matrix/core/spectrum");

using namespace orrery::matrix;

TEST_CASE("figures are those of the definitions") {
  const std::vector<double> values{4.0, 3.0, 0.0};
  const SpectrumFigures figures = spectrum_figures(values, 1e-10);
  CHECK(figures.rank == 2);
  CHECK(std::isinf(figures.condition));
  CHECK(figures.frobenius == doctest::Approx(5.0).epsilon(1e-15));
  CHECK(figures.nuclear == doctest::Approx(7.0).epsilon(1e-15));
  CHECK(figures.stable_rank == doctest::Approx(25.0 / 16.0).epsilon(1e-15));
  const double p = 4.0 / 7.0, q = 3.0 / 7.0;
  CHECK(figures.effective_rank == doctest::Approx(std::exp(-p * std::log(p) - q * std::log(q))).epsilon(1e-15));
  CHECK(errors_by_rank(values) == std::vector<double>{5.0, 3.0, 0.0, 0.0});
}

TEST_CASE("equal values have full ranks and condition 1") {
  const std::vector<double> values(17, 0.3);
  const SpectrumFigures figures = spectrum_figures(values, 0.29);
  CHECK(figures.rank == 17);
  CHECK(figures.condition == 1.0);
  CHECK(figures.stable_rank == doctest::Approx(17.0).epsilon(1e-14));
  CHECK(figures.effective_rank == doctest::Approx(17.0).epsilon(1e-14));
}

TEST_CASE("a threshold counts only what is above it") {
  const std::vector<double> values{2.0, 1.0, 1.0, 0.5};
  CHECK(spectrum_figures(values, 1.0).rank == 1);
  CHECK(spectrum_figures(values, 0.99).rank == 3);
  CHECK(spectrum_figures(values, 2.0).rank == 0);
}

TEST_CASE("values near the ends of the range neither overflow nor vanish") {
  for (const double scale : {1e-300, 1e300}) {
    const std::vector<double> values{4.0 * scale, 3.0 * scale};
    CHECK(spectrum_figures(values, 0.0).frobenius == doctest::Approx(5.0 * scale).epsilon(1e-14));
    CHECK(errors_by_rank(values)[0] == doctest::Approx(5.0 * scale).epsilon(1e-14));
  }
}

TEST_CASE("a zero matrix has no rank and an undefined condition") {
  const SpectrumFigures figures = spectrum_figures(std::vector<double>{0.0, 0.0}, 0.0);
  CHECK(figures.rank == 0);
  CHECK(std::isnan(figures.condition));
  CHECK(figures.stable_rank == 0.0);
  CHECK(figures.effective_rank == 0.0);
}

TEST_SUITE_END();
