// Interpolative decompositions against one matrix product and the pivoted QR of LAPACK and Eigen.
// run. SPDX-License-Identifier: Apache-2.0
//
// bench_interpolative [S|M|T]... ; sizes (rows, columns, rank) are (2000, 2000, 50), (4000, 4000, 100), (8000, 2000,
// 200). LAPACK is looked for when the program runs, so that any can be measured: ORRERY_LAPACK names its library, for
// instance libopenblas.so.0 (with OPENBLAS_CORETYPE=SkylakeX where an old one does not know the processor), and
// ORRERY_GEQP3RK one with dgeqp3rk_ of LAPACK 3.12. Times are process CPU time, the best of several; run it pinned to
// one core.
#include <dlfcn.h>

#include <Eigen/Dense>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "plugins/matrix/core/interpolative.hpp"
#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"

namespace {

using namespace orrery::matrix;

struct Size {
  char name;
  Index rows, cols, rank;
};

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

template <class F>
double best_of(int tries, const F& f, double (*clock)() = cpu_seconds) {
  double best = 1e300;
  for (int i = 0; i < tries; ++i) {
    const double start = clock();
    f();
    best = std::min(best, clock() - start);
  }
  return best;
}

// The caller and one more thread, which spins while it waits.
class Threads : public Workers {
 public:
  Threads() : other_([this] { serve(); }) {}
  ~Threads() override {
    stop_ = true;
    call_.fetch_add(1);
    other_.join();
  }
  int threads() const override { return 2; }
  void for_each(Index n, Index grain, const Body& body) const override {
    if (n <= grain) return body(0, n);
    next_ = 0, n_ = n, grain_ = grain, body_ = &body;
    call_.fetch_add(1);
    take();
    while (done_.load() != call_.load()) std::this_thread::yield();
  }

 private:
  void take() const {
    for (Index begin; (begin = next_.fetch_add(grain_)) < n_;) (*body_)(begin, std::min(begin + grain_, n_));
  }
  void serve() const {
    for (unsigned seen = 0; !stop_;) {
      if (call_.load() == seen) {
        std::this_thread::yield();
        continue;
      }
      if (stop_) return;
      take();
      done_ = ++seen;
    }
  }

  mutable std::atomic<unsigned> call_{0}, done_{0};
  mutable std::atomic<Index> next_{0};
  mutable Index n_ = 0, grain_ = 1;
  mutable const Body* body_ = nullptr;
  std::atomic<bool> stop_{false};
  std::thread other_;
};

Matrix<double> kernel(Index rows, Index cols) {
  constexpr double g = 1.2207440846057596;
  const auto point = [&](Index i, int axis) {
    const double x = 0.5 + static_cast<double>(i + 1) / std::pow(g, axis + 1);
    return x - std::floor(x);
  };
  Matrix<double> a(rows, cols), y(cols, 3);
  for (Index j = 0; j < cols; ++j)
    for (int c = 0; c < 3; ++c) y(j, c) = point(j, c) + (c == 0 ? 1.2 : 0.0);
  for (Index i = 0; i < rows; ++i) {
    const double x[] = {point(i, 0), point(i, 1), point(i, 2)};
    for (Index j = 0; j < cols; ++j)
      a(i, j) =
          1.0 / std::sqrt(std::pow(x[0] - y(j, 0), 2) + std::pow(x[1] - y(j, 1), 2) + std::pow(x[2] - y(j, 2), 2));
  }
  return a;
}

// Turns rows and columns by random reflections, which mix a diagonal matrix thoroughly and keep its singular values.
void mix(Matrix<double>& a, std::uint64_t key) {
  for (std::uint64_t turn = 0; turn < 12; ++turn) {
    std::vector<double> v(static_cast<std::size_t>(turn % 2 ? a.rows() : a.cols()));
    Random(key, turn).normals(0, v);
    double square = 0.0;
    for (const double x : v) square += x * x;
    std::vector<double> sum(static_cast<std::size_t>(a.cols()), 0.0);
    for (Index i = 0; i < a.rows() && turn % 2; ++i)
      for (Index j = 0; j < a.cols(); ++j) sum[static_cast<std::size_t>(j)] += v[static_cast<std::size_t>(i)] * a(i, j);
    for (Index i = 0; i < a.rows(); ++i) {
      double dot = 0.0;
      for (Index j = 0; j < a.cols() && !(turn % 2); ++j) dot += a(i, j) * v[static_cast<std::size_t>(j)];
      for (Index j = 0; j < a.cols(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        a(i, j) -= 2.0 / square * (turn % 2 ? v[static_cast<std::size_t>(i)] * sum[at] : dot * v[at]);
      }
    }
  }
}

Matrix<double> slow(const Size& size) {
  Matrix<double> a(size.rows, size.cols);
  for (Index i = 0; i < size.cols; ++i) a(i, i) = 1.0 / static_cast<double>(i + 1);
  mix(a, 1);
  return a;
}

Matrix<double> noisy(const Size& size) {
  Matrix<double> a(size.rows, size.cols);
  for (Index i = 0; i < size.rank; ++i)
    a(i, i) = 1.0 - 0.95 * static_cast<double>(i) / static_cast<double>(size.rank - 1);
  mix(a, 2);
  const Random random(3);
  std::vector<double> noise(static_cast<std::size_t>(size.cols));
  for (Index i = 0; i < size.rows; ++i) {
    random.normals(static_cast<std::uint64_t>(i * size.cols), noise);
    for (Index j = 0; j < size.cols; ++j)
      a(i, j) += 2e-3 / std::sqrt(static_cast<double>(size.rows)) * noise[static_cast<std::size_t>(j)];
  }
  return a;
}

extern "C" {
using Geqp3 = void (*)(const int*, const int*, double*, const int*, int*, double*, double*, const int*, int*);
using Geqp3rk = void (*)(const int*, const int*, const int*, const int*, const double*, const double*, double*,
                         const int*, int*, double*, double*, int*, double*, double*, const int*, int*, int*);
}

void* symbol(const char* variable, const char* name) {
  const char* library = std::getenv(variable);
  void* handle = library ? dlopen(library, RTLD_NOW | RTLD_GLOBAL) : nullptr;
  if (library && !handle) std::printf("  %s: %s\n", variable, dlerror());
  return handle ? dlsym(handle, name) : nullptr;
}

double seconds_of_geqp3(const Matrix<double>& columns, Geqp3 geqp3) {
  const int rows = static_cast<int>(columns.cols()), cols = static_cast<int>(columns.rows());
  Matrix<double> a = columns.copy();
  std::vector<int> pivots(static_cast<std::size_t>(cols), 0);
  std::vector<double> tau(static_cast<std::size_t>(std::min(rows, cols))),
      work(static_cast<std::size_t>(cols) * 66 + 8);
  const int size = static_cast<int>(work.size());
  int info = 0;
  return best_of(1,
                 [&] { geqp3(&rows, &cols, a.data(), &rows, pivots.data(), tau.data(), work.data(), &size, &info); });
}

double seconds_of_geqp3rk(const Matrix<double>& columns, Index rank, Geqp3rk geqp3rk) {
  const int rows = static_cast<int>(columns.cols()), cols = static_cast<int>(columns.rows()), none = 0;
  const int most = static_cast<int>(rank);
  const double ignored = -1.0;
  double best = 1e300;
  for (int attempt = 0; attempt < 2; ++attempt) {
    Matrix<double> a = columns.copy();
    std::vector<int> pivots(static_cast<std::size_t>(cols), 0), integers(static_cast<std::size_t>(cols), 0);
    std::vector<double> tau(static_cast<std::size_t>(std::min(rows, cols))),
        work(static_cast<std::size_t>(cols) * 66 + 8);
    const int size = static_cast<int>(work.size());
    int found = 0, info = 0;
    double left = 0.0, relative = 0.0;
    best = std::min(best, best_of(1, [&] {
                      geqp3rk(&rows, &cols, &none, &most, &ignored, &ignored, a.data(), &rows, &found, &left, &relative,
                              pivots.data(), tau.data(), work.data(), &size, integers.data(), &info);
                    }));
  }
  return best;
}

double seconds_of_eigen(const Matrix<double>& a) {
  const Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> view(
      a.data(), a.rows(), a.cols());
  const Eigen::MatrixXd copy = view;
  return best_of(1, [&] { Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(copy); });
}

template <class Run>
void on_two_threads(const Run& run, const Interpolation<double>& fast, const Interpolation<double>& fine, int tries) {
  const Threads two;  // its second thread spins, so that it must be gone before CPU time is measured again
  Interpolation<double> same;
  for (const ColumnChoice choice : {ColumnChoice::fast, ColumnChoice::fine}) {
    const double one_wall = best_of(
        tries, [&] { run(choice, in_caller()); }, wall_seconds);
    const double two_wall = best_of(
        tries, [&] { same = run(choice, two); }, wall_seconds);
    const Interpolation<double>& alone = choice == ColumnChoice::fast ? fast : fine;
    bool equal = same.skeleton == alone.skeleton;
    for (Index i = 0; equal && i < same.z.rows() * same.z.cols(); ++i) equal = same.z.data()[i] == alone.z.data()[i];
    std::printf("  %s on two threads: %.2f times as fast, %s bits\n", choice == ColumnChoice::fast ? "fast" : "fine",
                one_wall / two_wall, equal ? "the same" : "OTHER");
  }
}

void measure(const Size& size, const char* name, const Matrix<double>& a, bool peers) {
  const int tries = size.name == 'S' ? 9 : 5;
  const auto run = [&](ColumnChoice choice, const Workers& workers, double bound = 0.0) {
    return choose_columns<double>(a, {.choice = choice, .rank = size.rank, .bound = bound}, Random(7), workers).columns;
  };
  Matrix<double> thin(a.cols(), size.rank + 10);
  fill_normal<double>(thin.view(), Random(1));
  const double gemm = best_of(tries, [&] { product<double>(Op::none, a, Op::none, thin); });
  Interpolation<double> fast, fine, pivots;
  const double fast_time = best_of(tries, [&] { fast = run(ColumnChoice::fast, in_caller()); });
  const double fine_time = best_of(tries, [&] { fine = run(ColumnChoice::fine, in_caller()); });
  const double own_pivots = best_of(2, [&] { pivots = run(ColumnChoice::pivoted_qr, in_caller()); });
  const double error = residual<double>(a, pivots).frobenius;
  double floor = 0.0;
  for (Index i = size.cols; i > size.rank; --i) floor += 1.0 / (static_cast<double>(i) * static_cast<double>(i));
  const bool known = std::string(name) == "slow";
  const auto relative = [&](const Interpolation<double>& found) {
    return residual<double>(a, found).frobenius / error;
  };
  std::printf("%c %-6s product of rank + 10: %7.1f ms; pivoted QR of ours %7.1f ms, |Z| %.1f%s\n", size.name, name,
              1e3 * gemm, 1e3 * own_pivots, largest_entry<double>(pivots.z),
              known ? (", error " + std::to_string(error / std::sqrt(floor)) + " of the optimum").c_str() : "");
  std::printf("  fast %7.1f ms = %.2f products, error %.3f of pivoted QR's, |Z| %.1f\n", 1e3 * fast_time,
              fast_time / gemm, relative(fast), largest_entry<double>(fast.z));
  std::printf("  fine %7.1f ms = %.2f products, error %.3f of pivoted QR's, |Z| %.1f\n", 1e3 * fine_time,
              fine_time / gemm, relative(fine), largest_entry<double>(fine.z));
  const Interpolation<double> bounded = run(ColumnChoice::fine, in_caller(), 2.0);
  std::printf("  fine with |Z| <= 2: |Z| %.3f after %lld swaps, error %.3f of pivoted QR's\n",
              largest_entry<double>(bounded.z), static_cast<long long>(bounded.swaps), relative(bounded));
  on_two_threads(run, fast, fine, tries);
  if (!peers) return;
  const Matrix<double> columns = transposed<double>(a);
  if (const auto geqp3rk = reinterpret_cast<Geqp3rk>(symbol("ORRERY_GEQP3RK", "dgeqp3rk_"))) {
    const double t = seconds_of_geqp3rk(columns, size.rank, geqp3rk);
    std::printf("  LAPACK dgeqp3rk %8.1f ms = %5.1f fine, %5.1f fast\n", 1e3 * t, t / fine_time, t / fast_time);
  }
  if (const auto geqp3 = reinterpret_cast<Geqp3>(symbol("ORRERY_LAPACK", "dgeqp3_"))) {
    const double t = seconds_of_geqp3(columns, geqp3);
    std::printf("  LAPACK dgeqp3   %8.1f ms = %5.1f fine, %5.1f fast\n", 1e3 * t, t / fine_time, t / fast_time);
  }
  const double t = seconds_of_eigen(a);
  std::printf("  Eigen ColPivHouseholderQR %8.1f ms = %5.1f fine, %5.1f fast\n", 1e3 * t, t / fine_time, t / fast_time);
}

}  // namespace

int main(int count, char** arguments) {
  const Size sizes[] = {{'S', 2000, 2000, 50}, {'M', 4000, 4000, 100}, {'T', 8000, 2000, 200}};
  std::string wanted;
  for (int i = 1; i < count; ++i) wanted += arguments[i];
  if (wanted.empty()) wanted = "S";
  for (const Size& size : sizes) {
    if (wanted.find(size.name) == std::string::npos) continue;
    measure(size, "kernel", kernel(size.rows, size.cols), true);
    measure(size, "slow", slow(size), false);
    measure(size, "noisy", noisy(size), false);
    std::fflush(stdout);
  }
}
