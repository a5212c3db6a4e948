// Every operation of the curve domain, declared: geometry of samples, derived curves, topology and fits.
// SPDX-License-Identifier: Apache-2.0
#include "tests/sdk/domains/curve_shapes.hpp"

namespace orrery::domains::curve {

inline constexpr in<"points", f64, "... x n x d"> points{.unit = "*", .doc = "samples in order"};
inline constexpr in<"parameter", f64, "n"> parameter{
    .unit = "*", .optional = true, .doc = "of the samples; left out: 0, 1, 2"};
inline constexpr in<"closed", bool> closed{.fallback = "false", .doc = "the curve returns to its first sample"};
inline constexpr out<"status", i64, "... x n"> status{.doc = "0 fine, 1 the speed vanishes, 2 the curvature vanishes"};

enum class Source { difference, spline, spectral };
inline constexpr in<"method", Choice<Source>> source{
    .fallback = "spline", .choices = {"difference", "spline", "spectral"}, .doc = "where derivatives come from"};
inline constexpr in<"order", i64> order{.fallback = "4", .min = 2, .max = 8, .doc = "of finite differences"};

inline constexpr std::tuple sampled{points, parameter, closed, source, order};
/// Each is ports of samples, and what comes of them.
template <class... Port>
consteval auto with_samples(const Port&... port) {
  return std::tuple_cat(sampled, std::tuple{port...});
}

inline constexpr std::tuple geometry{
    out<"curvature", f64, "... x n">{.unit = "1/points", .doc = "never negative"},
    out<"signed_curvature", f64, "... x n">{.unit = "1/points", .optional = true, .doc = "in the plane"},
    out<"torsion", f64, "... x n">{.unit = "1/points", .optional = true, .doc = "in space"},
    out<"curvatures", f64, "... x n x d-1">{.unit = "1/points", .doc = "generalised"},
    out<"frame", f64, "... x n x d x d">{.doc = "Frenet frame, in rows"},
    out<"speed", f64, "... x n">{.unit = "points/parameter", .doc = "|r'|"}};

struct Curvature : Declared<Curvature> {
  static constexpr Info info = long_running("curvature", "Curvatures and Frenet frame of a sampled curve");
  static constexpr auto ports = std::tuple_cat(sampled, geometry, std::tuple{status});
};

struct CurvatureFromDerivatives : Declared<CurvatureFromDerivatives> {
  static constexpr Info info = about("curvature_from_derivatives", "Curvature, torsion and frame from derivatives");
  static constexpr std::tuple ports{
      in<"first", f64, "... x n x d">{.unit = "*", .doc = "r'"},
      in<"second", f64, "... x n x d">{.unit = "*", .doc = "r''"},
      in<"third", f64, "... x n x d">{.unit = "second^2/first", .optional = true, .doc = "r'''"},
      out<"curvature", f64, "... x n">{.unit = "second/first^2", .doc = "kappa"},
      out<"torsion", f64, "... x n">{.unit = "second/first^2", .optional = true, .doc = "tau"},
      out<"frame", f64, "... x n x d x d">{.doc = "Frenet frame, in rows"},
      status};
};

enum class Smoother { spline, local_polynomial };
struct CurvatureFromNoisySamples : Declared<CurvatureFromNoisySamples> {
  static constexpr Info info = long_running("curvature_from_noisy_samples", "Curvature and torsion with bands");
  static constexpr std::tuple ports{
      points,
      parameter,
      closed,
      in<"smoother", Choice<Smoother>>{
          .fallback = "spline", .choices = {"spline", "local_polynomial"}, .doc = "method"},
      in<"smoothing", f64>{.min = 0, .optional = true, .doc = "left out: chosen by generalised cross-validation"},
      in<"noise", f64>{.unit = "points", .min = 0, .optional = true, .doc = "standard deviation, where it is known"},
      in<"confidence", f64>{
          .fallback = "0.95", .min = 0, .max = 1, .above_min = true, .below_max = true, .doc = "of bands"},
      out<"curvature", f64, "... x n">{.unit = "1/points", .doc = "kappa"},
      out<"curvature_band", f64, "... x n x 2">{.unit = "1/points", .doc = "lower and upper limit"},
      out<"torsion", f64, "... x n">{.unit = "1/points", .optional = true, .doc = "tau, in space"},
      out<"torsion_band", f64, "... x n x 2">{.unit = "1/points", .optional = true, .doc = "lower and upper limit"},
      out<"noise", f64, "...">{.unit = "points", .doc = "standard deviation, estimated"},
      status,
      tap<"score", f64>{.doc = "of each smoothing that was tried"}};
};

struct BsplineCurvature : Declared<BsplineCurvature> {
  static constexpr Info info = about("bspline_curvature", "Exact curvature and torsion of a B-spline curve");
  static constexpr std::tuple ports{
      in<"control_points", f64, "k x d">{.unit = "*", .doc = "of the spline"},
      in<"weights", f64, "k">{.min = 0, .above_min = true, .optional = true, .doc = "NURBS"},
      in<"knots", f64, "j">{.doc = "k + degree + 1, not decreasing"},
      in<"degree", i64>{.fallback = "3", .min = 1, .max = 15, .doc = "of the pieces"},
      in<"parameter", f64, "n">{.doc = "of the points"},
      out<"position", f64, "n x d">{.unit = "control_points", .doc = "r"},
      out<"curvature", f64, "n">{.unit = "1/control_points", .doc = "kappa"},
      out<"torsion", f64, "n">{.unit = "1/control_points", .optional = true, .doc = "tau"}};
};

struct BishopFrame : Declared<BishopFrame> {
  static constexpr Info info = about("bishop_frame", "Rotation-minimising frame, defined where the curvature vanishes");
  static constexpr auto ports =
      with_samples(out<"frame", f64, "... x n x d x d">{.doc = "in rows"},
                   out<"holonomy", f64, "...">{.unit = "rad", .optional = true, .doc = "closed"});
};

struct OsculatingCircle : Declared<OsculatingCircle> {
  static constexpr Info info = about("osculating_circle", "Centre and radius of curvature at each sample");
  static constexpr auto ports = with_samples(out<"centre", f64, "... x n x d">{.unit = "points", .doc = "of curvature"},
                                             out<"radius", f64, "... x n">{.unit = "points", .doc = "1/kappa"}, status);
};

struct OsculatingHelix : Declared<OsculatingHelix> {
  static constexpr Info info = about("osculating_helix", "The helix of the same curvature and torsion at each sample");
  static constexpr auto ports =
      with_samples(out<"axis_point", f64, "... x n x 3">{.unit = "points", .doc = "of the axis"},
                   out<"axis", f64, "... x n x 3">{.doc = "unit vector"},
                   out<"radius", f64, "... x n">{.unit = "points", .doc = "kappa/(kappa^2+tau^2)"},
                   out<"pitch", f64, "... x n">{.unit = "points", .doc = "of a turn"}, status);
};

struct OsculatingSphere : Declared<OsculatingSphere> {
  static constexpr Info info = about("osculating_sphere", "The sphere of third-order contact at each sample");
  static constexpr auto ports =
      with_samples(out<"centre", f64, "... x n x 3">{.unit = "points", .doc = "of the sphere"},
                   out<"radius", f64, "... x n">{.unit = "points", .doc = "of the sphere"}, status);
};

struct ArcLength : Declared<ArcLength> {
  static constexpr Info info = about("arc_length", "Length from the first sample");
  static constexpr auto ports = with_samples(out<"arc_length", f64, "... x n">{.unit = "points", .doc = "s"},
                                             out<"length", f64, "...">{.unit = "points", .doc = "of the whole curve"});
};

struct ResampleByArc : Declared<ResampleByArc> {
  static constexpr Info info = about("resample_by_arc", "Samples at equal steps along the curve");
  static constexpr auto ports =
      with_samples(in<"count", i64>{.min = 2, .doc = "how many"},
                   out<"points", f64, "... x count x d">{.unit = "points", .doc = "equally spaced"},
                   out<"arc_length", f64, "... x count">{.unit = "points", .doc = "s of each"});
};

struct Evolute : Declared<Evolute> {
  static constexpr Info info = about("evolute", "Curve of the centres of curvature");
  static constexpr auto ports =
      with_samples(out<"evolute", f64, "... x n x d">{.unit = "points", .doc = "NaN at inflections"}, status);
};

struct Involute : Declared<Involute> {
  static constexpr Info info = about("involute", "Curve that a taut string describes");
  static constexpr auto ports =
      with_samples(in<"start", f64>{.unit = "points", .fallback = "0", .doc = "arc length of it"},
                   out<"involute", f64, "... x n x d">{.unit = "points", .doc = "points"});
};

struct Offset : Declared<Offset> {
  static constexpr Info info = about("offset", "Parallel curve in the plane");
  static constexpr auto ports = with_samples(in<"distance", f64>{.unit = "points", .doc = "positive to the left"},
                                             out<"offset", f64, "... x n x 2">{.unit = "points", .doc = "points"},
                                             out<"cusps", i64, "c">{.doc = "samples where it turns back"});
};

struct Rotate : Declared<Rotate> {
  static constexpr Info info = about("rotate", "Curve turned about a point or an axis");
  static constexpr std::tuple ports{
      points, in<"angle", f64>{.unit = "rad", .doc = "counter-clockwise"},
      in<"centre", f64, "d">{.unit = "points", .optional = true, .doc = "left out: the origin"},
      in<"axis", f64, "3">{.optional = true, .doc = "in space"},
      out<"result", f64, "... x n x d">{.unit = "points", .in_place = "points", .doc = "turned"}};
};

struct TotalCurvature : Declared<TotalCurvature> {
  static constexpr Info info = about("total_curvature", "Integrals of curvature and torsion");
  static constexpr auto ports =
      with_samples(out<"total_curvature", f64, "...">{.unit = "rad", .doc = "of kappa ds"},
                   out<"total_torsion", f64, "...">{.unit = "rad", .optional = true, .doc = "of tau"});
};

struct TurningNumber : Declared<TurningNumber> {
  static constexpr Info info = about("turning_number", "Turns of the tangent of a closed plane curve");
  static constexpr std::tuple ports{in<"points", f64, "... x n x 2">{.unit = "*", .doc = "closed"},
                                    out<"turning_number", i64, "...">{.doc = "an integer, proved"},
                                    out<"margin", f64, "...">{.doc = "distance of the sum to the integer"}};
};

struct WindingNumber : Declared<WindingNumber> {
  static constexpr Info info = about("winding_number", "Turns of a closed plane curve about points");
  static constexpr std::tuple ports{in<"points", f64, "... x n x 2">{.unit = "*", .doc = "closed"},
                                    in<"about", f64, "p x 2">{.unit = "points", .doc = "not on the curve"},
                                    out<"winding_number", i64, "... x p">{.doc = "an integer, proved"}};
};

struct Writhe : Declared<Writhe> {
  static constexpr Info info = long_running("writhe", "Writhe of a closed polygon in space");
  static constexpr std::tuple ports{in<"points", f64, "... x n x 3">{.unit = "*", .doc = "closed"},
                                    out<"writhe", f64, "...">{.doc = "Gauss integral"}};
};

struct LinkingNumber : Declared<LinkingNumber> {
  static constexpr Info info = long_running("linking_number", "Linking number of two closed polygons");
  static constexpr std::tuple ports{in<"first", f64, "n x 3">{.unit = "*", .doc = "closed"},
                                    in<"second", f64, "m x 3">{.unit = "first", .doc = "closed"},
                                    out<"linking_number", i64>{.doc = "an integer, proved"},
                                    out<"distance", f64>{.unit = "first", .doc = "smallest, between the curves"}};
};

struct SelfLinking : Declared<SelfLinking> {
  static constexpr Info info = long_running("self_linking", "Self-linking = writhe + twist of a ribbon");
  static constexpr std::tuple ports{in<"points", f64, "n x 3">{.unit = "*", .doc = "closed"},
                                    in<"normals", f64, "n x 3">{.optional = true, .doc = "left out: Frenet's"},
                                    out<"self_linking", i64>{.doc = "an integer, proved"},
                                    out<"writhe", f64>{.doc = "Wr"}, out<"twist", f64>{.doc = "Tw"}};
};

struct BertrandMate : Declared<BertrandMate> {
  static constexpr Info info = about("bertrand_mate", "Whether a curve is a Bertrand curve, and its mate");
  static constexpr auto ports = with_samples(out<"is_bertrand", bool, "...">{.doc = "a kappa + b tau = 1 holds"},
                                             out<"distance", f64, "...">{.unit = "points", .doc = "a"},
                                             out<"mate", f64, "... x n x 3">{.unit = "points", .doc = "points"},
                                             out<"residual", f64, "...">{.doc = "of the relation"});
};

struct MannheimMate : Declared<MannheimMate> {
  static constexpr Info info = about("mannheim_mate", "Whether a curve is a Mannheim curve, and its mate");
  static constexpr auto ports =
      with_samples(out<"is_mannheim", bool, "...">{.doc = "kappa = a (kappa^2 + tau^2) holds"},
                   out<"mate", f64, "... x n x 3">{.unit = "points", .doc = "points"},
                   out<"residual", f64, "...">{.doc = "of the relation"});
};

struct SelfIntersections : Declared<SelfIntersections> {
  static constexpr Info info = long_running("self_intersections", "Where a polygon in the plane meets itself");
  static constexpr std::tuple ports{in<"points", f64, "n x 2">{.unit = "*", .doc = "in order"}, closed,
                                    out<"edges", i64, "k x 2">{.doc = "pairs of edges that meet"},
                                    out<"position", f64, "k x 2">{.unit = "points", .doc = "where"}};
};

inline constexpr in<"tolerance", f64> tolerance{
    .fallback = "1e-12", .min = 0, .above_min = true, .doc = "of the verdict"};
enum class Fit { algebraic, geometric };

struct FitCircle : Declared<FitCircle> {
  static constexpr Info info = about("fit_circle", "Circle through points, with a verdict");
  static constexpr std::tuple ports{
      points,
      in<"fit", Choice<Fit>>{.fallback = "geometric", .choices = {"algebraic", "geometric"}, .doc = "what is least"},
      tolerance,
      out<"radius", f64, "...">{.unit = "points", .doc = "of the circle"},
      out<"centre", f64, "... x d">{.unit = "points", .doc = "of the circle"},
      out<"max_residual", f64, "...">{.unit = "points", .doc = "distance"},
      out<"is_circle", bool, "...">{.doc = "verdict"}};
};

struct FitLine : Declared<FitLine> {
  static constexpr Info info = about("fit_line", "Line through points, with a verdict");
  static constexpr std::tuple ports{points,
                                    tolerance,
                                    out<"point", f64, "... x d">{.unit = "points", .doc = "of the line"},
                                    out<"direction", f64, "... x d">{.doc = "unit vector"},
                                    out<"max_residual", f64, "...">{.unit = "points", .doc = "distance"},
                                    out<"is_line", bool, "...">{.doc = "verdict"}};
};

struct FitHelix : Declared<FitHelix> {
  static constexpr Info info = about("fit_helix", "Circular helix through points, with a verdict");
  static constexpr std::tuple ports{
      in<"points", f64, "... x n x 3">{.unit = "*", .doc = "in order"},
      tolerance,
      out<"axis", f64, "... x 3">{.doc = "unit vector"},
      out<"axis_point", f64, "... x 3">{.unit = "points", .doc = "of the axis"},
      out<"radius", f64, "...">{.unit = "points", .doc = "of the helix"},
      out<"pitch", f64, "...">{.unit = "points", .doc = "of a turn, negative to the left"},
      out<"covariance", f64, "... x 7 x 7">{.doc = "of all, relative to the radius"},
      out<"max_residual", f64, "...">{.unit = "points", .doc = "distance"},
      out<"is_helix", bool, "...">{.doc = "verdict"}};
};

struct FitClothoid : Declared<FitClothoid> {
  static constexpr Info info = about("fit_clothoid", "Clothoid with given ends and directions (G1 Hermite)");
  static constexpr std::tuple ports{in<"start", f64, "... x 2">{.unit = "*", .doc = "first end"},
                                    in<"start_angle", f64, "...">{.unit = "rad", .doc = "direction there"},
                                    in<"end", f64, "... x 2">{.unit = "start", .doc = "second end"},
                                    in<"end_angle", f64, "...">{.unit = "rad", .doc = "direction there"},
                                    out<"length", f64, "...">{.unit = "start", .doc = "of the clothoid"},
                                    out<"curvature", f64, "...">{.unit = "1/start", .doc = "at the start"},
                                    out<"sharpness", f64, "...">{.unit = "start^-2", .doc = "d kappa/ds"},
                                    out<"end_error", f64, "...">{.unit = "start", .doc = "distance missed"}};
};

struct RigidAlign : Declared<RigidAlign> {
  static constexpr Info info = about("rigid_align", "The motion that brings one curve closest to another");
  static constexpr std::tuple ports{
      points,
      in<"target", f64, "... x n x d">{.unit = "points", .doc = "sample by sample"},
      in<"reflect", bool>{.fallback = "false", .doc = "whether a reflection is allowed"},
      tolerance,
      out<"rotation", f64, "... x d x d">{.doc = "orthogonal"},
      out<"translation", f64, "... x d">{.unit = "points", .doc = "after the rotation"},
      out<"aligned", f64, "... x n x d">{.unit = "points", .in_place = "points", .doc = "moved"},
      out<"max_residual", f64, "...">{.unit = "points", .doc = "distance"},
      out<"congruent", bool, "...">{.doc = "verdict"}};
};

struct FrechetDistance : Declared<FrechetDistance> {
  static constexpr Info info = long_running("frechet_distance", "Frechet distance of two polygons");
  static constexpr std::tuple ports{in<"first", f64, "n x d">{.unit = "*", .doc = "a curve"},
                                    in<"second", f64, "m x d">{.unit = "first", .doc = "a curve"},
                                    in<"discrete", bool>{.fallback = "false", .doc = "only the vertices count"},
                                    out<"distance", f64>{.unit = "first", .doc = "of the curves"}};
};

struct HausdorffDistance : Declared<HausdorffDistance> {
  static constexpr Info info = long_running("hausdorff_distance", "Hausdorff distance of two polygons");
  static constexpr std::tuple ports{in<"first", f64, "n x d">{.unit = "*", .doc = "a curve"},
                                    in<"second", f64, "m x d">{.unit = "first", .doc = "a curve"},
                                    out<"distance", f64>{.unit = "first", .doc = "of the curves"},
                                    out<"pair", f64, "2 x d">{.unit = "first", .doc = "points that far apart"}};
};

}  // namespace orrery::domains::curve

namespace c = orrery::domains::curve;

ORRERY_PLUGIN((.name = "domain_curve", .version = "0.0.0", .title = "Curve geometry, declared only",
               .license = "Apache-2.0"),
              c::NamedCurve, c::ExpressionCurve, c::ConstantCurvaturePlane, c::ConstantCurvatureSpace,
              c::ConstantCurvatureSphere, c::ConstantCurvatureHyperbolic, c::ReconstructPlane, c::ReconstructSpace,
              c::Reconstruct, c::ComplexOde, c::ComplexProducts, c::Curvature, c::CurvatureFromDerivatives,
              c::CurvatureFromNoisySamples, c::BsplineCurvature, c::BishopFrame, c::OsculatingCircle,
              c::OsculatingHelix, c::OsculatingSphere, c::ArcLength, c::ResampleByArc, c::Evolute, c::Involute,
              c::Offset, c::Rotate, c::TotalCurvature, c::TurningNumber, c::WindingNumber, c::Writhe, c::LinkingNumber,
              c::SelfLinking, c::BertrandMate, c::MannheimMate, c::SelfIntersections, c::FitCircle, c::FitLine,
              c::FitHelix, c::FitClothoid, c::RigidAlign, c::FrechetDistance, c::HausdorffDistance)
