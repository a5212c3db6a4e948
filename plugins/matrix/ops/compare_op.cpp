// The operation matrix.compare.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/compare_op.hpp"

#include "plugins/matrix/core/column_search.hpp"
#include "plugins/matrix/core/comparison.hpp"

namespace orrery::matrix {
namespace {

std::vector<ColumnChoice> rules_of(const sdk::Call<Compare>& call, Index cols) {
  std::vector<ColumnChoice> rules = call.list<"methods">();
  if (!rules.empty()) return rules;
  const bool few = choices(cols, call.in<"rank">()) <= call.in<"most_choices">();
  for (int i = 0; i < column_choices; ++i)
    if (const auto rule = static_cast<ColumnChoice>(i); few || rule != ColumnChoice::exhaustive) rules.push_back(rule);
  return rules;
}

template <class T, class F>
void fill(const sdk::Call<Compare>& call, const char* column, const Comparison& comparison, const F& value) {
  T* to = call.out_column<"table", T>(column);
  for (const Compared& row : comparison.rows) *to++ = static_cast<T>(value(row));
}

}  // namespace

void Compare::run(sdk::Call<Compare>& call) {
  const HostWorkers workers(call);
  const InterpolativeOptions options{.rank = call.in<"rank">(),
                                     .bound = call.maybe<"bound">().value_or(0.0),
                                     .oversample = call.in<"oversample">(),
                                     .sample = call.maybe<"sample">().value_or(0),
                                     .most_choices = call.in<"most_choices">()};
  const Comparison made = visit_matrix(call.in<"matrix">(), [&]<class T>(View<const T> a) {
    if (options.rank > std::min(a.rows, a.cols))
      throw std::domain_error("the rank of a " + std::to_string(a.rows) + " x " + std::to_string(a.cols) +
                              " matrix must be between 1 and " + std::to_string(std::min(a.rows, a.cols)) + "; it is " +
                              std::to_string(options.rank));
    return compare_choices<T>(a, rules_of(call, a.cols), options, Random(call.random_key()), workers);
  });
  call.out_table<"table">(static_cast<std::int64_t>(made.rows.size()));
  std::vector<std::string_view> names;
  for (const Compared& row : made.rows) names.push_back(name_of(row.choice));
  call.out_column_text<"table">("method", names);
  fill<double>(call, "relative_error", made, [](const Compared& row) { return row.relative_error; });
  fill<double>(call, "ratio", made, [](const Compared& row) { return row.ratio; });
  fill<double>(call, "largest_coefficient", made, [](const Compared& row) { return row.largest_coefficient; });
  fill<std::int64_t>(call, "chosen", made, [](const Compared& row) { return row.chosen; });
  fill<std::int64_t>(call, "swaps", made, [](const Compared& row) { return row.swaps; });
  fill<double>(call, "flops", made, [](const Compared& row) { return row.flops; });
  fill<double>(call, "seconds", made, [](const Compared& row) { return row.seconds; });
  call.set<"floor">(made.floor);
}

}  // namespace orrery::matrix
