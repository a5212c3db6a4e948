// Writes a tree as TOML that reads back as the same tree, each value with the place that it came from.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "engine/base/text.hpp"
#include "engine/scenario/scenario.hpp"

namespace orrery::scenario {
namespace {

std::string quoted(const std::string& text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string written = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      written += '\\';
      written += c;
    } else if (c == '\n') {
      written += "\\n";
    } else if (c == '\t') {
      written += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      written += "\\u00";
      written += digits[byte >> 4];
      written += digits[byte & 15];
    } else {
      written += c;
    }
  }
  return written + '"';
}

bool is_bare(const std::string& key) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !key.empty() && std::all_of(key.begin(), key.end(), good);
}

std::string key_text(const std::string& key) { return is_bare(key) ? key : quoted(key); }

/// A number with a point or an exponent, so that it stays a number of that kind.
std::string real_text(double value) {
  std::string text = base::shortest(value);
  if (std::isfinite(value) && text.find_first_of(".e") == text.npos) text += ".0";
  return text;
}

std::string inline_text(const Node& node);

struct Inline {
  std::string operator()(bool truth) const { return truth ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return real_text(number); }
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(const Node::Date& date) const { return date.text; }
  std::string operator()(const Node::Array& items) const {
    std::string text = "[";
    for (std::size_t i = 0; i < items.size(); ++i) text += (i ? ", " : "") + inline_text(items[i]);
    return text + "]";
  }
  std::string operator()(const Node::Table& members) const {
    std::string text = "{";
    for (std::size_t i = 0; i < members.size(); ++i) {
      text += (i ? ", " : " ") + key_text(members[i].key) + " = " + inline_text(members[i].node);
    }
    return text + (members.empty() ? "}" : " }");
  }
};

std::string inline_text(const Node& node) { return std::visit(Inline{}, node.value); }

std::string origin(const Node& node) {
  if (!node.span) return "";
  return "  # from " + base::printable(node.span.source->name) + ":" + std::to_string(node.span.line);
}

bool is_table_list(const Node& node) {
  return node.is_array() && !node.array().empty() &&
         std::all_of(node.array().begin(), node.array().end(), [](const Node& item) { return item.is_table(); });
}

bool is_leaf(const Node& node) { return !node.is_table() && !is_table_list(node); }

class Writer {
 public:
  void write_table(const Node::Table& members, const std::string& path) {
    for (const Member& member : members) {
      if (is_leaf(member.node)) write_leaf(member);
    }
    for (const Member& member : members) {
      const std::string below = path.empty() ? key_text(member.key) : path + "." + key_text(member.key);
      if (member.node.is_table()) {
        write_header(member.node.table(), below);
      } else if (is_table_list(member.node)) {
        write_list(member.node.array(), below);
      }
    }
  }

  std::string text;

 private:
  void write_leaf(const Member& member) {
    text += key_text(member.key) + " = " + inline_text(member.node) + origin(member.node) + "\n";
  }

  void write_header(const Node::Table& members, const std::string& path) {
    const bool only_tables =
        std::none_of(members.begin(), members.end(), [](const Member& m) { return is_leaf(m.node); });
    if (!only_tables || members.empty()) start_table("[" + path + "]");
    write_table(members, path);
  }

  void write_list(const Node::Array& items, const std::string& path) {
    for (const Node& item : items) {
      start_table("[[" + path + "]]");
      write_table(item.table(), path);
    }
  }

  void start_table(const std::string& header) { text += (text.empty() ? "" : "\n") + header + "\n"; }
};

}  // namespace

std::string inline_toml(const Node& node) { return inline_text(node); }

std::string to_toml(const Node& merged) {
  Writer writer;
  writer.write_table(merged.table(), "");
  return std::move(writer.text);
}

}  // namespace orrery::scenario
