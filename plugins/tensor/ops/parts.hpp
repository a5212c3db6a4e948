// Several tensors of one element type, as stack and concatenate take them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "plugins/tensor/core/rearrange.hpp"
#include "plugins/tensor/ops/views.hpp"

namespace orrery::tensor {

class Parts {
 public:
  /// @throws std::invalid_argument if there is no part, or the parts differ in element type
  explicit Parts(std::vector<sdk::AnyView> parts) : parts_(std::move(parts)) {
    if (parts_.empty()) throw std::invalid_argument("'parts' needs at least one tensor; it has 0");
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (parts_[i].dtype() != dtype())
        throw std::invalid_argument("'parts' must share one element type; part " + std::to_string(i) +
                                    " has another than part 0");
      shapes_.push_back(shape_of(parts_[i]));
    }
  }
  std::uint32_t dtype() const { return parts_.front().dtype(); }
  const std::vector<Shape>& shapes() const { return shapes_; }

  /// Calls f with a vector of views of the element type that all parts have.
  template <class F>
  void visit(const F& f) const {
    parts_.front().visit([&]<class T>(sdk::DynamicView<T>) {
      std::vector<View<Stored<T>>> views;
      for (const sdk::AnyView& part : parts_) views.push_back(view_of(part.as<T>()));
      f(views);
    });
  }

 private:
  std::vector<sdk::AnyView> parts_;
  std::vector<Shape> shapes_;
};

}  // namespace orrery::tensor
