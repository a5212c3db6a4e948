// What is printed at the end of a run.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/summary.hpp"

#include <doctest/doctest.h>

#include "engine/store/json.hpp"

using namespace orrery;
using run::StepState;
using run::Verdict;

namespace {

struct Sample {
  std::vector<run::StepReport> steps{
      {"orbit", "orbital.propagate", StepState::done, 0.00235, {}, ""},
      {"fit", "curve.fit", StepState::failed, 0.1, base::Error(base::ErrorCode::step_failed, "no luck"), ""},
      {"rest", "curve.rest", StepState::not_run, 0, {}, "fit"}};
  std::vector<run::NamedValue> records{{"radius", value::Tensor::scalar(5.5, *value::parse_unit("km/s"))}};
  std::shared_ptr<const base::Source> source = std::make_shared<const base::Source>(base::Source{"s.toml", ""});
  std::vector<Verdict> verdicts{
      {"circle", "v is one", Verdict::State::met, "3e-15", "below 1e-13", "", {source, 3, 1, 2}},
      {"order", "h^2", Verdict::State::failed, "-1.71", "between -2.2 and -1.8", "at [3]", {source, 22, 2, 3}},
      {"late", "", Verdict::State::not_judged, "", "below 1", "", {}}};
  report::RunView view() const {
    return {"sample", "A sample",         "failed",        "",      0.5, 4, steps, records,
            verdicts, {"orbit.velocity"}, "runs/sample/x", {"path"}};
  }
};

}  // namespace

TEST_SUITE("engine/report/summary") {
  TEST_CASE("steps and records and verdicts and the two last lines") {
    CHECK(report::summary_text(Sample().view()) ==
          "A sample\n"
          "\n"
          "orbit  orbital.propagate  2.35 ms\n"
          "fit    curve.fit          FAILED   no luck\n"
          "rest   curve.rest         not run  because of 'fit'\n"
          "\n"
          "radius  5.5 km/s\n"
          "\n"
          "circle  met         3e-15  below 1e-13\n"
          "order   FAILED      -1.71  between -2.2 and -1.8\n"
          "    at     s.toml:22:2\n"
          "    found  at [3]\n"
          "    why    h^2\n"
          "late    not judged         below 1\n"
          "\n"
          "expectations  1 of 3 met\n"
          "plot  runs/sample/x/plots/path.svg\n"
          "runs/sample/x\n");
  }

  TEST_CASE("without expectations there is no count of them") {
    Sample sample;
    sample.verdicts.clear();
    const std::string text = report::summary_text(sample.view());
    CHECK(text.find("expectations") == std::string::npos);
    CHECK(text.ends_with("\nruns/sample/x\n"));
  }

  TEST_CASE("text from files cannot steer the terminal") {
    Sample sample;
    sample.verdicts[1].why = "\x1b[2J";
    report::RunView view = sample.view();
    view.title = "\x1b]0;x\a";
    CHECK(report::summary_text(view).find('\x1b') == std::string::npos);
  }

  TEST_CASE("colour marks what failed") {
    CHECK(report::summary_text(Sample().view(), report::Paint(true)).find("\x1b[1;31mFAILED\x1b[0m") !=
          std::string::npos);
  }

  TEST_CASE("JSON has the same facts under stable names") {
    const auto json = store::Json::parse(report::summary_json(Sample().view()));
    CHECK(json["name"] == "sample");
    CHECK(json["exit_code"] == 4);
    CHECK(json["steps"][1]["error"]["code"] == "step_failed");
    CHECK(json["steps"][2]["because"] == "fit");
    CHECK(json["records"][0].dump() == R"({"name":"radius","value":5.5,"unit":"km/s"})");
    CHECK(json["expectations"][1]["state"] == "failed");
    CHECK(json["expectations"][1]["line"] == 22);
    CHECK(json["met"] == 1);
    CHECK(json["saved"][0] == "orbit.velocity");
    CHECK(json["path"] == "runs/sample/x");
  }
}
