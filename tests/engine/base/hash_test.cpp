// Tests of hashes against published values.
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/hash.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace orrery::base;

TEST_SUITE("engine/base/hash") {
  TEST_CASE("SHA-256 gives the values of FIPS 180-4") {
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256_hex(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }

  TEST_CASE("the prefix is the first eight bytes with the lowest first") {
    CHECK(sha256_prefix("abc") == 0xeacf018fbf1678baU);
  }

  TEST_CASE("XXH3 gives the values of its specification") {
    CHECK(xxh3_128_hex("") == "99aa06d3014798d86001c324468d497f");
    CHECK(xxh3_128_hex("a") == "a96faf705af16834e6c632b61e964e1f");
  }

  TEST_CASE("hashes may be taken by many threads at once") {
    std::vector<std::jthread> threads;
    std::vector<std::string> hashes(4);
    for (std::size_t t = 0; t < hashes.size(); ++t)
      threads.emplace_back([&hashes, t] { hashes[t] = sha256_hex("abc"); });
    threads.clear();
    for (const std::string& hash : hashes) CHECK(hash == sha256_hex("abc"));
  }
}
