// What a loop's results depend on, as one key.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/loop_key.hpp"

#include "engine/base/hash.hpp"

namespace orrery::run {
namespace {

using value::Tensor;
using value::Value;

std::string bytes_hash(const Tensor& tensor) {
  return base::xxh3_128_hex({reinterpret_cast<const char*>(tensor.raw()), tensor.bytes()});
}

std::string described(const Tensor& tensor) {
  return std::string(value::name_of(tensor.dtype())) + "[" + value::to_text(tensor.shape()) + "] " +
         tensor.unit().symbol() + " " + bytes_hash(tensor) + "\n";
}

std::string described(const Value& value) {
  if (const auto* tensor = std::get_if<Tensor>(&value)) return described(*tensor);
  if (const auto* text = std::get_if<std::string>(&value)) return "text " + base::xxh3_128_hex(*text) + "\n";
  std::string all = "table\n";
  for (const value::Column& column : std::get<std::shared_ptr<const value::Table>>(value)->columns) {
    all += column.name + " ";
    if (!column.is_text()) all += described(column.tensor());
    else
      for (const std::string& text : column.texts()) all += base::xxh3_128_hex(text) + "\n";
  }
  return all;
}

void add_operations(const plan::Plan& plan, std::string& text) {
  for (const plan::PlannedStep& step : plan.steps) {
    const catalog::OperationFacts& facts = step.operation->facts();
    text +=
        step.name + " " + facts.name + " " + facts.version + " " + (facts.plugin ? facts.plugin->sha256 : "") + "\n";
  }
}

}  // namespace

std::string loop_key(const plan::PlannedLoop& loop, const catalog::Call& call, const std::string& engine) {
  std::string text = "orrery-loop-1\n" + engine + "\n" + loop.text;
  add_operations(loop.body, text);
  // Of series only those are kept that somebody reads.
  for (const catalog::Port& output : loop.facts->facts().outputs) text += output.name + "\n";
  for (const plan::PlannedObserver& observer : loop.observers) add_operations(observer.calls.first.plan, text);
  for (const plan::PlannedBatches& source : loop.sources) add_operations(source.items.calls.first.plan, text);
  for (std::size_t i = 1; i < call.inputs.size(); ++i)
    for (const Value* value : call.inputs[i]) text += described(*value);
  return base::sha256_hex(text);
}

}  // namespace orrery::run
