// The operations of the engine itself: averages of what is seen one value after the other.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/averages.hpp"

#include <algorithm>
#include <cmath>
#include <complex>

namespace orrery::run {
namespace {

using catalog::Call;
using catalog::Kind;
using catalog::OperationFacts;
using catalog::Outcome;
using catalog::Port;
using value::DType;
using value::Tensor;

constexpr value::DTypeMask any_dtype = value::mask_of(DType::f64) | value::mask_of(DType::f32) |
                                       value::mask_of(DType::c128) | value::mask_of(DType::i64) |
                                       value::mask_of(DType::boolean);

Port port(const std::string& name, value::DTypeMask dtypes, const std::string& shape, const std::string& doc) {
  Port made;
  made.name = name;
  made.doc = doc;
  made.dtypes = dtypes;
  made.shape = *catalog::parse_shape_pattern(shape);
  made.unit = *catalog::parse_unit_pattern("1", {});
  return made;
}

Port like_value(Port made) {
  made.unit = *catalog::parse_unit_pattern(made.name == "value" ? "*" : "value", {"value"});
  return made;
}

Port optional(Port made) {
  made.optional = true;
  return made;
}

Port with_default(Port made, const std::string& text, double minimum = std::nan(""), double maximum = std::nan("")) {
  made.default_text = text;
  made.minimum = minimum;
  made.maximum = maximum;
  return made;
}

Port choice(const std::string& name, const std::string& text, std::vector<std::string> choices,
            const std::string& doc) {
  Port made;
  made.name = name;
  made.doc = doc;
  made.kind = Kind::text;
  made.default_text = text;
  made.choices = std::move(choices);
  return made;
}

std::vector<Port> shared_inputs() {
  return {like_value(port("value", any_dtype, "...", "what is averaged; whole numbers and truth values are handed on")),
          optional(like_value(port("average", any_dtype, "...", "of the values before"))),
          optional(port("updates", value::mask_of(DType::i64), "", "how many values are in it")),
          optional(port("pass", value::mask_of(DType::i64), "", "of the loop; 0 for first values of states"))};
}

std::vector<Port> shared_outputs() {
  Port average = like_value(port("average", any_dtype, "...", "the average"));
  average.dtype_like = "value";
  average.in_place = "average";
  return {std::move(average), port("updates", value::mask_of(DType::i64), "", "how many values are in it")};
}

enum SharedInput : std::size_t { value_in, average_in, updates_in, pass_in, first_own_input };
enum SharedOutput : std::size_t { average_out, updates_out, weight_out };

const Tensor* given(const Call& call, std::size_t input) {
  return call.inputs[input].empty() ? nullptr : &std::get<Tensor>(*call.inputs[input].front());
}

std::int64_t whole(const Call& call, std::size_t input, std::int64_t otherwise) {
  const Tensor* tensor = given(call, input);
  return tensor ? tensor->data<std::int64_t>()[0] : otherwise;
}

double number(const Call& call, std::size_t input, double otherwise = 0.0) {
  const Tensor* tensor = given(call, input);
  return tensor ? tensor->data<double>()[0] : otherwise;
}

Outcome refuse(const std::string& message) { return {Outcome::Kind::failed, "invalid_argument", message, {}}; }

/// Each element on its own, on all threads.
template <class Body>
void for_elements(const Call& call, std::int64_t count, Body body) {
  constexpr std::uint64_t grain = 1 << 16;
  const auto run = [](void* user, std::uint64_t begin, std::uint64_t end) -> std::int32_t {
    const Body& inner = *static_cast<const Body*>(user);
    for (std::uint64_t i = begin; i < end; ++i) inner(static_cast<std::int64_t>(i));
    return 0;
  };
  if (count <= static_cast<std::int64_t>(grain)) run(&body, 0, static_cast<std::uint64_t>(count));
  else call.services->parallel_for(static_cast<std::uint64_t>(count), grain, run, &body);
}

/// average + share (value - average), or the value itself.
template <class T>
void mix(const Call& call, const Tensor& value, const Tensor& average, double share, Tensor& into) {
  const T *x = value.data<T>(), *m = average.data<T>();
  T* y = into.data<T>();
  // Without a difference, so that a share of one gives the value to its last bit, and of zero the average.
  for_elements(call, value.count(),
               [=](std::int64_t i) { y[i] = static_cast<T>(m[i] * T(1.0 - share) + x[i] * T(share)); });
}

void mix(const Call& call, const Tensor& value, const Tensor& average, double share, Tensor& into) {
  if (value.dtype() == DType::f64) mix<double>(call, value, average, share, into);
  else if (value.dtype() == DType::f32) {
    // Small shares would be lost in sums of single precision sooner than in its numbers.
    const float *x = value.data<float>(), *m = average.data<float>();
    float* y = into.data<float>();
    for_elements(call, value.count(), [=](std::int64_t i) {
      y[i] = static_cast<float>(static_cast<double>(m[i]) * (1.0 - share) + static_cast<double>(x[i]) * share);
    });
  } else mix<std::complex<double>>(call, value, average, share, into);
}

bool is_averaged(DType dtype) { return dtype == DType::f64 || dtype == DType::f32 || dtype == DType::c128; }

/// Memory of the output: that of the average before if nobody else reads it, else new.
base::Result<Tensor> room(Call& call, const Tensor& value) {
  auto* left = std::get_if<Tensor>(&call.outputs[average_out].place());
  const bool fits = left && left->dtype() == value.dtype() && value::same_extents(left->shape(), value.shape());
  const Tensor* average = given(call, average_in);
  // The output and the input it would lie in are all that may know this memory.
  const bool in_place =
      fits && average && left->buffer() && left->buffer() == average->buffer() && left->buffer().use_count() == 2;
  if (in_place || (fits && left->is_sole_owner())) {
    Tensor taken = std::move(*left);
    taken.set_unit(value.unit());
    return taken;
  }
  return Tensor::allocate(value.dtype(), value.shape(), value.unit());
}

/// Leaves the average as it is for share 0, takes the value for share 1.
Outcome update(Call& call, double share) {
  const Tensor& value = *given(call, value_in);
  const Tensor* average = given(call, average_in);
  if (average && (average->dtype() != value.dtype() || !value::same_extents(average->shape(), value.shape())))
    return refuse("the value is " + std::string(value::name_of(value.dtype())) + "[" + value::to_text(value.shape()) +
                  "], but the average of those before is " + std::string(value::name_of(average->dtype())) + "[" +
                  value::to_text(average->shape()) + "]");
  auto made = room(call, value);
  if (!made) return {Outcome::Kind::failed, "out_of_memory", made.error().message, {}};
  if (!is_averaged(value.dtype()) || (share == 1.0 || !average)) std::copy_n(value.raw(), value.bytes(), made->raw());
  else mix(call, value, *average, share, *made);
  call.outputs[average_out] = std::move(*made);
  return {};
}

class Ema final : public catalog::Operation {
 public:
  explicit Ema(const std::shared_ptr<const catalog::PluginFacts>& plugin) : Operation(describe(plugin)) {}

  Outcome run(Call& call) const override {
    enum : std::size_t { decay_in = first_own_input, start_in, warmup_in, weight_in };
    const bool from_zero = std::get<std::string>(*call.inputs[start_in].front()) == "zero";
    const bool first = !given(call, average_in);
    const bool initial = whole(call, pass_in, -1) == 0;
    const auto updates = whole(call, updates_in, 0);
    double decay = number(call, decay_in);
    if (given(call, warmup_in)->data<bool>()[0]) {
      const auto n = static_cast<double>(updates);
      decay = std::min(decay, (1.0 + n) / (10.0 + n));
    }
    // An average that starts at a value has all of its weight from there on; what starts at zero has none yet.
    const bool counts = from_zero ? !initial : !first;
    const double before = number(call, weight_in, from_zero ? 0.0 : 1.0);
    const double weight = from_zero && counts ? before * decay + (1.0 - decay) : before;
    const double share = first ? 1.0 : !counts || weight == 0.0 ? 0.0 : (1.0 - decay) / weight;
    if (auto outcome = update(call, share); outcome.kind != Outcome::Kind::done) return outcome;
    call.outputs[updates_out] = Tensor::scalar<std::int64_t>(updates + (counts ? 1 : 0));
    call.outputs[weight_out] = Tensor::scalar(weight);
    return {};
  }

 private:
  static OperationFacts describe(const std::shared_ptr<const catalog::PluginFacts>& plugin) {
    OperationFacts facts;
    facts.name = "engine.ema";
    facts.version = plugin->version;
    facts.title = "Exponential moving average";
    facts.doc =
        "average = decay * average + (1 - decay) * value. It starts at the first value, or at zero with the bias "
        "corrected, so that it is the weighted mean of what it has seen. For [observe.NAME]: what it hands on to "
        "itself "
        "are the inputs average, updates and weight.";
    facts.example = "[observe.smooth]\nuse   = \"engine.ema\"\nwatch = \"@LOOP.STATE\"\ndecay = 0.999";
    facts.deterministic = true;
    facts.plugin = plugin;
    facts.inputs = shared_inputs();
    const auto f64 = value::mask_of(DType::f64);
    facts.inputs.push_back(
        with_default(port("decay", f64, "", "what stays of the average at each update"), "0.9999", 0, 1));
    facts.inputs.push_back(choice("start", "first", {"first", "zero"}, "where the average begins"));
    facts.inputs.push_back(with_default(
        port("warmup", value::mask_of(DType::boolean), "", "decay is at most (1 + n)/(10 + n) in update n, from 0"),
        "false"));
    facts.inputs.push_back(optional(port("weight", f64, "", "of all values before")));
    facts.outputs = shared_outputs();
    facts.outputs.push_back(port("weight", f64, "", "the sum of the weights of the values: 1 - decay^n from zero"));
    return facts;
  }
};

class Mean final : public catalog::Operation {
 public:
  explicit Mean(const std::shared_ptr<const catalog::PluginFacts>& plugin) : Operation(describe(plugin)) {}

  Outcome run(Call& call) const override {
    enum : std::size_t { from_in = first_own_input };
    const std::int64_t from = whole(call, from_in, 1), pass = whole(call, pass_in, from);
    const auto updates = whole(call, updates_in, 0) + (pass >= from ? 1 : 0);
    // Before it begins, the average goes along with the value.
    if (auto outcome = update(call, 1.0 / static_cast<double>(std::max<std::int64_t>(updates, 1)));
        outcome.kind != Outcome::Kind::done)
      return outcome;
    call.outputs[updates_out] = Tensor::scalar<std::int64_t>(updates);
    return {};
  }

 private:
  static OperationFacts describe(const std::shared_ptr<const catalog::PluginFacts>& plugin) {
    OperationFacts facts;
    facts.name = "engine.mean";
    facts.version = plugin->version;
    facts.title = "Mean of all values from a pass on";
    facts.doc =
        "The average of iterates that Polyak and Ruppert proposed, and of stochastic weight averaging with 'every'. "
        "For "
        "[observe.NAME]: what it hands on to itself are the inputs average and updates.";
    facts.example = "[observe.swa]\nuse   = \"engine.mean\"\nwatch = \"@LOOP.STATE\"\nfrom  = 100";
    facts.deterministic = true;
    facts.plugin = plugin;
    facts.inputs = shared_inputs();
    facts.inputs.push_back(
        with_default(port("from", value::mask_of(DType::i64), "", "the first pass whose value counts"), "1", 0));
    facts.outputs = shared_outputs();
    return facts;
  }
};

}  // namespace

base::Result<base::Done> add_engine_operations(catalog::Catalog& catalog, const std::string& version) {
  catalog::PluginFacts facts;
  facts.name = "engine";
  facts.version = version;
  facts.title = "Operations of the engine itself";
  facts.license = "Apache-2.0";
  const auto plugin = std::make_shared<const catalog::PluginFacts>(std::move(facts));
  std::vector<std::unique_ptr<catalog::Operation>> operations;
  operations.push_back(std::make_unique<Ema>(plugin));
  operations.push_back(std::make_unique<Mean>(plugin));
  return catalog.add(plugin, std::move(operations));
}

}  // namespace orrery::run
