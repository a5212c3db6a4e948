// Finds members of a table by key, fast also in tables of many thousand members.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <unordered_map>

#include "engine/scenario/node.hpp"

namespace orrery::scenario {

/// An index over a table that may grow by `room` members while the index is in use, and in no other way.
class TableIndex {
 public:
  TableIndex(Node::Table& table, std::size_t room) : table_(table), indexed_(room > 8) {
    if (!indexed_) return;
    // Without this a growing table would move its keys, and the index would look at freed memory.
    table_.reserve(table_.size() + room);
    for (std::size_t i = 0; i < table_.size(); ++i) places_.emplace(table_[i].key, i);
  }

  Member* find(std::string_view key) {
    if (indexed_) {
      const auto place = places_.find(key);
      return place == places_.end() ? nullptr : &table_[place->second];
    }
    for (Member& member : table_) {
      if (member.key == key) return &member;
    }
    return nullptr;
  }

  Member& add(Member member) {
    table_.push_back(std::move(member));
    if (indexed_) places_.emplace(table_.back().key, table_.size() - 1);
    return table_.back();
  }

 private:
  Node::Table& table_;
  bool indexed_;
  std::unordered_map<std::string_view, std::size_t> places_;
};

}  // namespace orrery::scenario
