// The tiles of matrix products, compiled once for each instruction set by the file that includes this one.
// SPDX-License-Identifier: Apache-2.0

// No "pragma once": the including file defines Vector<R> (a vector type with `lanes`) and the functions zero, load,
// store, broadcast and fused for it, all in its own unnamed namespace, so that no other file can be given code of a
// newer processor. Source: Van Zee, van de Geijn 2015.

// Elements of the last vector that exist are stored one by one.
template <class R>
inline void store_some(Vector<R> value, R* to, Index count, R factor, bool add) {
  R lanes[Vector<R>::lanes];
  store(lanes, value);
  for (Index l = 0; l < count; ++l) to[l] = add ? std::fma(factor, lanes[l], to[l]) : factor * lanes[l];
}

template <class R>
inline void store_all(Vector<R> value, R* to, R factor, bool add) {
  const Vector<R> by = broadcast(factor);
  store(to, add ? fused(by, value, load(to)) : times(by, value));
}

// `step` is 0 where it is known only at run time.
template <class R, int rows, int vectors, int step>
inline void run_tile(const Tile<R>& tile, Index first) {
  constexpr int lanes = Vector<R>::lanes;
  Vector<R> sums[rows][vectors];
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i)
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) sums[i][v] = zero<R>();
  const Index row = tile.left.row, by = step ? step : tile.left.step;
  const R* left = tile.left.data + first * row;
  const R* right = tile.right;
  for (Index l = 0; l < tile.inner; ++l, left += by, right += vectors * lanes) {
    Vector<R> b[vectors];
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) b[v] = load(right + v * lanes);
#pragma GCC unroll 16
    for (int i = 0; i < rows; ++i) {
      const Vector<R> a = broadcast(left[i * row]);
#pragma GCC unroll 4
      for (int v = 0; v < vectors; ++v) sums[i][v] = fused(a, b[v], sums[i][v]);
    }
  }
  const Index whole = tile.cols / lanes;
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i) {
    R* to = tile.out + (first + i) * tile.out_stride;
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) {
      if (v < whole) store_all(sums[i][v], to + v * lanes, tile.factor, tile.add);
      else store_some(sums[i][v], to + v * lanes, tile.cols - v * lanes, tile.factor, tile.add);
    }
  }
}

template <class R, int rows, int vectors>
inline void run_rows(const Tile<R>& tile, Index first) {
  if (tile.left.row == 1) run_tile<R, rows, vectors, most_rows>(tile, first);
  else run_tile<R, rows, vectors, 1>(tile, first);
}

template <class R, int vectors>
void run_strip(const Tile<R>& tile) {
  Index first = 0;
  for (; first + most_rows <= tile.rows; first += most_rows) run_rows<R, most_rows, vectors>(tile, first);
  for (; first + 2 <= tile.rows; first += 2) run_rows<R, 2, vectors>(tile, first);
  if (first < tile.rows) run_rows<R, 1, vectors>(tile, first);
}

template <class R>
void run(const Tile<R>& tile) {
  const Index vectors = (tile.cols + Vector<R>::lanes - 1) / Vector<R>::lanes;
  if (vectors == 1) run_strip<R, 1>(tile);
  else if (vectors == 2) run_strip<R, 2>(tile);
  else run_strip<R, 3>(tile);
}
