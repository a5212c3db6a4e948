// Sine, cosine, x - sin x and 1 - cos x at sixteen nodes from zero to pi, each to 106 bits.
// SPDX-License-Identifier: Apache-2.0
//
// Computed with 400-bit arithmetic and cut into doubles. Tabulated nodes: Gal and Bachelis, ACM TOMS 17 (1991) 26.
#pragma once

#include <cstddef>

namespace orrery::orbital::detail {

/// Distance of two nodes; node k is k times this.
inline constexpr double node_step = 13.0 / 64.0;

enum NodeColumn : std::size_t {
  defect_hi,
  defect_lo,
  sine_hi,
  sine_lo,
  versed_hi,
  versed_lo,
  cosine_hi,
  cosine_lo,
  node_columns
};

alignas(64) inline constexpr double sine_nodes_by_column[node_columns][16] = {
    // x - sin x
    {0x0.0p+0, 0x1.6d697989e76e6p-10, 0x1.6b282c157276bp-7, 0x1.2f446c877444cp-5, 0x1.6244bf90ad441p-4,
     0x1.5396bcaa485c5p-3, 0x1.1ecd895652e14p-2, 0x1.bb557d33af35bp-2, 0x1.40c08008b3659p-1, 0x1.b8dbc58a87083p-1,
     0x1.22a9824dacf1ap+0, 0x1.72533220b58fdp+0, 0x1.ca47c2c29909ap+0, 0x1.14865d675e94fp+1, 0x1.466ff36fff2afp+1,
     0x1.79e4ee3dd88cdp+1},
    // and its rest
    {0x0.0p+0, 0x1.de13fa7764161p-65, 0x1.39c27cd07eaf8p-61, 0x1.5c2fdba84331ap-60, 0x1.1241836e09511p-59,
     0x1.351b056ea3a9ap-57, 0x1.f26cc0d6a7cecp-58, 0x1.baae86e2dccb6p-58, 0x1.10dae3aca52fep-55, -0x1.a85ba2a25daa0p-55,
     -0x1.8102b6ef77e4fp-54, -0x1.d89f64ea58d61p-54, -0x1.084728c7cf166p-54, 0x1.16a5e08f0f3d2p-53,
     0x1.71b5d3dff4cd2p-53, 0x1.b3697beb63532p-54},
    // sin x
    {0x0.0p+0, 0x1.9d252d0cec312p-3, 0x1.94a6be9f546c5p-2, 0x1.250bb93788bbbp-1, 0x1.73b7680dea578p-1,
     0x1.b31a50d56de8fp-1, 0x1.e0993b54d68f6p-1, 0x1.fa55416628652p-1, 0x1.ff3f7ff74c9a7p-1, 0x1.ef243a7578f7dp-1,
     0x1.caacfb64a61cdp-1, 0x1.93599bbe94e07p-1, 0x1.4b707a7acdecdp-1, 0x1.ebcd14c50b586p-2, 0x1.2c80648006a85p-2,
     0x1.83623844ee659p-4},
    // and its rest
    {0x0.0p+0, 0x1.9c43d80b1137dp-58, -0x1.69ce13e683f58p-56, 0x1.ea3d02457bccep-56, -0x1.2248306dc12a2p-56,
     -0x1.4d46c15ba8ea7p-55, -0x1.f26cc0d6a7cecp-58, 0x1.c8aa2f23a4669p-55, -0x1.10dae3aca52fep-55,
     0x1.a85ba2a25daa0p-55, -0x1.fbf52442206c4p-56, -0x1.3b04d8ad394fbp-57, -0x1.ef71ae7061d34p-55,
     -0x1.6a5e08f0f3d1ep-57, 0x1.c9458401665b5p-58, 0x1.92d08293959bbp-59},
    // 1 - cos x
    {0x0.0p+0, 0x1.50d6e60130d1cp-6, 0x1.4d607c60dfe03p-4, 0x1.70a0bf2b508c5p-3, 0x1.3fcf5b2153841p-2,
     0x1.e442ce7ae73b1p-2, 0x1.4f73d6828fc4cp-1, 0x1.b408a7199c792p-1, 0x1.0dde8d7f21b4fp+0, 0x1.4126c97fbbec2p+0,
     0x1.71c138b4ec330p+0, 0x1.9dae3f28e48cbp+0, 0x1.c31f7d1b0ee13p+0, 0x1.e08ad20e8edeap+0, 0x1.f4ba91762b1dep+0,
     0x1.feda3e67bbc17p+0},
    // and its rest
    {0x0.0p+0, 0x1.c5f2c1fc4e2bap-61, -0x1.3b93796827917p-60, 0x1.a36ebb28659a5p-57, 0x1.726b43e379a60p-56,
     -0x1.3c5c690512a94p-57, -0x1.a3b635b1ca146p-55, 0x1.dec24705a8250p-55, 0x1.d57821ff18cd5p-54,
     -0x1.8dc8aaa7afd48p-56, -0x1.04242308503b4p-54, -0x1.9390d314ba7d8p-55, -0x1.a86bc2a2258d1p-54,
     -0x1.9f763470c0286p-54, -0x1.35dac6006c32ap-55, 0x1.7094308d7aedcp-54},
    // cos x
    {0x1.0000000000000p+0, 0x1.f57948cff6797p-1, 0x1.d653f073e4040p-1, 0x1.a3d7d0352bdcfp-1, 0x1.6018526f563dfp-1,
     0x1.0dde98c28c628p-1, 0x1.611852fae0769p-2, 0x1.2fdd63998e1b6p-3, -0x1.bbd1afe4369efp-5, -0x1.049b25feefb08p-2,
     -0x1.c704e2d3b0cbfp-2, -0x1.3b5c7e51c9196p-1, -0x1.863efa361dc25p-1, -0x1.c115a41d1dbd3p-1, -0x1.e97522ec563bcp-1,
     -0x1.fdb47ccf7782fp-1},
    // and its rest
    {0x0.0p+0, 0x1.e3a0d3e03b1d4p-57, -0x1.76236434bec37p-55, -0x1.68dbaeca19669p-55, 0x1.46ca5e0e432d0p-55,
     -0x1.b0e8e5bebb55bp-55, -0x1.71272938d7ae8p-57, 0x1.09edc7d2bed7dp-58, 0x1.50fbc01ce6562p-59,
     0x1.8dc8aaa7afd48p-56, 0x1.0908c2140ecf5p-60, 0x1.9390d314ba7d8p-55, -0x1.5e50f57769cbap-56,
     -0x1.82272e3cff5e9p-56, 0x1.35dac6006c32ap-55, 0x1.1ed79ee50a248p-55},
};

}  // namespace orrery::orbital::detail
