// Values of sine, cosine and exp at multiples of 1/16, and multiples of pi and ln 2, each to 106 bits or more.
// SPDX-License-Identifier: Apache-2.0
//
// Computed with 400-bit arithmetic and cut into doubles.
#pragma once

#include <array>

#include "plugins/orbital/core/double_double.hpp"

namespace orrery::orbital::detail {

struct SineNode {
  DoubleDouble sine;
  DoubleDouble cosine;
};

/// sin(k/16), cos(k/16) for k = 0..50, up to pi.
inline constexpr std::array<SineNode, 51> sine_nodes{{
    {{0x0.0p+0, 0x0.0p+0}, {0x1.0000000000000p+0, 0x0.0p+0}},
    {{0x1.ffaaaeeed4edbp-5, -0x1.2d16d32684b69p-59}, {0x1.ff0015549f4d3p-1, 0x1.328387b99426fp-55}},
    {{0x1.feaaeee86ee36p-4, -0x1.afcb2bcc6f03bp-59}, {0x1.fc015527d5bd3p-1, 0x1.b68f35094efb8p-55}},
    {{0x1.7dc102fbaf2b5p-3, 0x1.5ab50e23c97c3p-59}, {0x1.f706bdf9ece1cp-1, -0x1.698c80c36dcb4p-55}},
    {{0x1.faaeed4f31577p-3, -0x1.15d88508e32b8p-57}, {0x1.f01549f7deea1p-1, 0x1.d3c1e99e5cafdp-55}},
    {{0x1.3ad129769d3d8p-2, 0x1.03d550487839ap-63}, {0x1.e733ea0193d40p-1, -0x1.6428b3546ce13p-55}},
    {{0x1.7710255764214p-2, -0x1.6ead7314bb6cep-57}, {0x1.dc6b7eb995912p-1, 0x1.4b364776dcd35p-58}},
    {{0x1.b1d8305321617p-2, -0x1.ae242cb99f519p-56}, {0x1.cfc6cfa52ad9fp-1, 0x1.8b5b5508f2a0dp-55}},
    {{0x1.eaee8744b05f0p-2, -0x1.789b43c9b027dp-58}, {0x1.c1528065b7d50p-1, -0x1.892111312e828p-55}},
    {{0x1.110d0c4b69c3bp-1, 0x1.d918998809981p-55}, {0x1.b11d04162a4c6p-1, 0x1.1dd561efbc0c2p-56}},
    {{0x1.2b91dea88421ep-1, -0x1.fa371db216ab0p-55}, {0x1.9f368ed912f85p-1, -0x1.1d200c5791606p-55}},
    {{0x1.44eb381cf386bp-1, -0x1.3ed6c1e6a5505p-55}, {0x1.8bb105a5dc900p-1, 0x1.863e03e9474c1p-55}},
    {{0x1.5cffc16bf8f0dp-1, 0x1.96cb370eb578ap-55}, {0x1.769fec655211fp-1, -0x1.827d5cf8c68c5p-57}},
    {{0x1.73b7680dea578p-1, -0x1.2248306dc12a2p-56}, {0x1.6018526f563dfp-1, 0x1.46ca5e0e432d0p-55}},
    {{0x1.88fb7640b8da2p-1, -0x1.49987c11efaa3p-55}, {0x1.4830bd7d4ceb3p-1, 0x1.df77ff20d5448p-55}},
    {{0x1.9cb6a9bbce64bp-1, -0x1.4f3e7a32f8d0cp-56}, {0x1.2f011326420e4p-1, 0x1.8e30efe9e96c2p-56}},
    {{0x1.aed548f090ceep-1, 0x1.06374f484e288p-59}, {0x1.14a280fb5068cp-1, -0x1.b71edcc9344bcp-55}},
    {{0x1.bf4536c24bb85p-1, 0x1.97632053703f0p-55}, {0x1.f25ec6b852fc2p-2, 0x1.445cbca9a80a8p-56}},
    {{0x1.cdf604a1cadcep-1, -0x1.6b50757f2fa40p-56}, {0x1.b9865639d0596p-2, -0x1.931bd06786cb9p-56}},
    {{0x1.dad902fa8ac87p-1, 0x1.ea5e370875907p-58}, {0x1.7ef4842f0bccdp-2, 0x1.83529407722f1p-56}},
    {{0x1.e5e14fe11418cp-1, 0x1.f26492c1c25a0p-57}, {0x1.42e3dd88bd952p-2, -0x1.353a9f74bf255p-57}},
    {{0x1.ef03e3f3d42a2p-1, 0x1.0572b0573c404p-59}, {0x1.05906dec537dap-2, 0x1.12c3f77448473p-61}},
    {{0x1.f6379d619369dp-1, 0x1.6b296ac1928abp-55}, {0x1.8e6f075a987d6p-3, 0x1.a57e7fd1918d8p-62}},
    {{0x1.fb75490a83c2cp-1, 0x1.d9fbeed39ae46p-55}, {0x1.102ee507ff5f0p-3, -0x1.77ec7eee89a9bp-57}},
    {{0x1.feb7a9b2c6d8bp-1, -0x1.0c8f40129a886p-56}, {0x1.21bd54fc5f9a7p-4, 0x1.0fcb936b1ce7ep-58}},
    {{0x1.fffb7d3f3a253p-1, -0x1.2d4934e6c1f3dp-56}, {0x1.0fd9d5c093df5p-7, -0x1.50076d7383a18p-64}},
    {{0x1.ff3f7ff74c9a7p-1, -0x1.10dae3aca52fep-55}, {-0x1.bbd1afe4369efp-5, 0x1.50fbc01ce6562p-59}},
    {{0x1.fc846dc89c3afp-1, 0x1.75931f07e378ap-55}, {-0x1.dcef1441cb33cp-4, -0x1.f2bc7445c5208p-58}},
    {{0x1.f7cd018b18246p-1, -0x1.c06b85582fc39p-56}, {-0x1.6d0c449d3e98ap-3, -0x1.623c28c417034p-58}},
    {{0x1.f11df24662dadp-1, -0x1.09b7c1ab8f94bp-56}, {-0x1.ea34113fa728fp-3, 0x1.abd498353e0e9p-57}},
    {{0x1.e87dee7b2f393p-1, -0x1.06241f0ee8310p-59}, {-0x1.32b8e9548fce1p-2, 0x1.3fc0930cc38b6p-56}},
    {{0x1.ddf595754e444p-1, -0x1.4ce8990cb150ep-56}, {-0x1.6f252aae8625bp-2, 0x1.ae75f52c15a19p-57}},
    {{0x1.d18f6ead1b446p-1, -0x1.02a3dbf3bffb2p-56}, {-0x1.aa22657537205p-2, 0x1.6f3341d4d1235p-56}},
    {{0x1.c357df40e4024p-1, -0x1.f162bd32468fep-56}, {-0x1.e375a15821ab9p-2, -0x1.a0e030d758208p-59}},
    {{0x1.b35d1d90d2dd6p-1, -0x1.d3d716afba31dp-57}, {-0x1.0d72c7f114e12p-1, 0x1.6788abb417645p-55}},
    {{0x1.a1af2309bdca6p-1, -0x1.8b169e843eaf8p-55}, {-0x1.281d62e1a3938p-1, 0x1.6a2cae7608016p-55}},
    {{0x1.8e5f9c2d0e3a9p-1, 0x1.5dc0da4ffdf4ep-55}, {-0x1.419ff91b9ba6dp-1, 0x1.9a10a4b5cbe7ep-55}},
    {{0x1.7981d6e5b8b11p-1, -0x1.9fcdb3acf5b70p-57}, {-0x1.59e10a28e82edp-1, 0x1.f53d598593a6cp-57}},
    {{0x1.632aaf3bed93bp-1, 0x1.0637f900540a7p-60}, {-0x1.70c856fdd6b67p-1, 0x1.a18459c4d6abdp-55}},
    {{0x1.4b707a7acdecdp-1, -0x1.ef71ae7061d34p-55}, {-0x1.863efa361dc25p-1, -0x1.5e50f57769cbap-56}},
    {{0x1.326af0dcfcab1p-1, -0x1.fd42734161659p-55}, {-0x1.9a2f7ef858b7dp-1, -0x1.587cfaa17e973p-56}},
    {{0x1.183315d65df2ap-1, -0x1.41089cbc8c0afp-55}, {-0x1.ac85f6691793ep-1, 0x1.eb962bc7b74a0p-55}},
    {{0x1.f9c63e25718c7p-2, -0x1.da7d3b28b8de6p-58}, {-0x1.bd300b98112c3p-1, -0x1.0e2cbb26ca4edp-55}},
    {{0x1.c12cb48474a24p-2, -0x1.7eea8e847d17dp-56}, {-0x1.cc1d15d38c71cp-1, -0x1.6b76b64db6c33p-55}},
    {{0x1.86d2239c183fbp-2, 0x1.f838db9ee6256p-56}, {-0x1.d93e294faed14p-1, 0x1.421d74d654ed8p-56}},
    {{0x1.4af0e1208cd6dp-2, 0x1.4923b3ae7090ap-56}, {-0x1.e486261109c75p-1, -0x1.e72962145517bp-59}},
    {{0x1.0dc4c95708521p-2, 0x1.4fefad09e5717p-60}, {-0x1.ede9c50b7e58fp-1, -0x1.739952d0f281fp-57}},
    {{0x1.9f16067cfb738p-3, 0x1.4786db3b8ead4p-57}, {-0x1.f55fa36858a40p-1, 0x1.b5642982a1298p-55}},
    {{0x1.210386db6d55bp-3, 0x1.3c7205d08d063p-57}, {-0x1.fae04be85e5d2p-1, -0x1.83effc17efb54p-55}},
    {{0x1.43a0378fadb65p-4, 0x1.7317f6e0fc189p-59}, {-0x1.fe663e586ef52p-1, 0x1.44a72b25b459cp-55}},
    {{0x1.0fd770a03e5aap-6, -0x1.96353881cf537p-60}, {-0x1.ffedf51141634p-1, 0x1.e060226d9f29ep-59}},
}};

/// exp(k/16) for k = -6..6, that is |x| <= ln(2)/2.
inline constexpr std::array<DoubleDouble, 13> exponential_nodes{{
    {0x1.5fe4615e98e8fp-1, -0x1.5613923fd9eeep-55},
    {0x1.769652df22f7ep-1, 0x1.3445f7544e0efp-57},
    {0x1.8ebef9eac820bp-1, -0x1.797d4686c5393p-57},
    {0x1.a876812c0877cp-1, -0x1.fd36226fadd44p-56},
    {0x1.c3d6a24ed8222p-1, -0x1.e1e0a76cb0685p-55},
    {0x1.e0fabfbc702a4p-1, -0x1.8d0e700fcfb65p-56},
    {0x1.0000000000000p+0, 0x0.0p+0},
    {0x1.1082b577d34edp+0, 0x1.f56c680678897p-54},
    {0x1.2216045b6f5cdp+0, -0x1.8c4a5df1ec7e5p-58},
    {0x1.34cb8170b5835p+0, 0x1.6a7062465be33p-55},
    {0x1.48b5e3c3e8186p+0, 0x1.9d9ef0eda6eabp-54},
    {0x1.5de9176045ff5p+0, 0x1.da89923298baap-55},
    {0x1.747a513dbef6ap+0, 0x1.88d1e2d966c25p-54},
}};

/// 2 pi in four doubles.
inline constexpr std::array<double, 4> two_pi_parts{0x1.921fb54442d18p+2, 0x1.1a62633145c07p-52,
                                                    -0x1.f1976b7ed8fbcp-108, 0x1.4cf98e804177dp-162};

/// ln 2 in three doubles, the first of 40 bits, so that its product with an exponent is exact.
inline constexpr std::array<double, 3> ln_two_parts{0x1.62e42fefa2000p-1, 0x1.9ef35793c7673p-41,
                                                    0x1.f97b57a079a19p-103};

}  // namespace orrery::orbital::detail
