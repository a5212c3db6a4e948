// The pages of `orrery explain`, one for every error code.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "engine/report/explain.hpp"

namespace orrery::report {
namespace {

using enum base::ErrorCode;

constexpr Explanation pages[] = {
    // Command line
    {usage,
     "A verb, an option or an argument is not known, is missing, or has a value that it cannot take. Nothing was done.",
     "orrery rnu scenarios/hodograph.toml",
     "orrery --help lists the verbs; orrery VERB --help lists the options of one."},
    {unknown_setting,
     "--set and [override] change values that are already there or that an operation knows: names of [let], inputs of "
     "steps, "
     "keys of the scenario's tables. A path that nobody knows is refused, since a misspelt one would silently change "
     "nothing.",
     "orrery run 1-chain.toml --set step.orbit.sampels=64",
     "Correct the path. orrery plan FILE shows the steps with all their inputs, orrery describe OPERATION those that "
     "could be set."},
    // Files
    {file_not_found,
     "A scenario, an included file, a data file or a plugin folder was named, but nothing of that name is there.",
     "include = [\"base.tmol\"]",
     "Names in a scenario are taken from the folder of the file that they stand in. Correct the name, or put the file "
     "there."},
    {file_unreadable,
     "The file is there, but the system does not let this program read it: its permissions forbid it, it is a "
     "folder or a device, or the disk reported an error.",
     "orrery run /root/secret.toml",
     "See to the permissions with ls -l, and that the name is that of an ordinary file."},
    {file_too_large,
     "Limits keep a hostile or mistaken file from using up the memory of the machine: 16 MiB for each scenario "
     "file, more for data files.",
     "orrery check a-disk-image.iso",
     "If the file is what it should be, move its bulk out of the scenario into data files that it names."},
    {file_outside,
     "A scenario is data that may come from a stranger, so it can only read what lies in its own folder or below. "
     "Links and \"..\" do not lead out of it.",
     "[step.bodies]\nuse  = \"tensor.stack\"\ndata = \"file:/etc/passwd\"",
     "Copy the file to the scenario's folder, or allow its folder on the command line: --data DIR."},
    {bad_data_file,
     "A CSV or NPY file does not hold what its format asks for: a row has more or fewer cells than the header, a "
     "column with a unit holds something that is no number, or the file ends too early.",
     "name,mass [kg]\nearth,5.97e24\nmoon",
     "Mend the line that the message names. The first row of a CSV file is a header; a unit stands in brackets behind "
     "a "
     "column's name; a text with commas stands in double quotes."},
    {cannot_write,
     "The disk is full, the folder is read-only, or the system refused for another reason that the message names. "
     "No half-written file is left under a final name; what had been written before is still there and whole.",
     "orrery run hodograph.toml --out /proc/results",
     "Free some space or choose another folder with --out DIR, then run the same command again."},
    // Scenario text
    {not_utf8,
     "TOML is UTF-8 text. The file has bytes that are not, so it is binary or was written in another encoding.",
     "orrery check results.sqlite", "Save it as UTF-8: iconv -f latin1 -t utf-8 OLD > NEW."},
    {not_toml,
     "The file breaks a rule of TOML at the place shown. Reading stops at the first such place, so there may be more.",
     "a = 10000 km",
     "A value with a unit is written as text: a = \"10000 km\". A table's name stands in brackets, texts in quotes, "
     "and every "
     "key stands once in its table."},
    {too_deep,
     "Lists or tables stand inside each other more deeply than any scenario needs. The limit keeps hostile files from "
     "exhausting the stack.",
     "a = [[[[[[[[[[[[ ... ]]]]]]]]]]]]", "Write large arrays to a data file and name it: \"file:points.npy\"."},
    {format_version,
     "The first key of a scenario says which version of the format it is written in. Without it, a later engine "
     "could not know what was meant.",
     "orrery = 1",
     "Put orrery = 1 at the top of the file. If the number is higher than this engine knows, a newer engine is "
     "needed."},
    {unknown_table,
     "Only the tables of the format may stand at the top level. A misspelt one would be ignored, and with it all "
     "that you meant.",
     "[setp.orbit]\nuse = \"orbital.propagate\"",
     "Correct the name; the message offers the nearest. Steps are [step.NAME], expectations [expect.NAME]."},
    {not_supported_yet,
     "The table belongs to the format, but this version of the engine does not run it. It is refused instead "
     "of being skipped, since the results would not be those that the scenario describes.",
     "[probe.iterations]\nat = \"orbit/kepler_iterations\"", "Use a newer engine, or take the table out."},
    {unknown_key,
     "The table does not have this key. A key that nobody reads is always an error, since it is most often a slip.",
     "[scenario]\ntilte = \"An orbit\"", "Correct the key; the message lists those that the table knows."},
    {missing_key, "The table cannot be understood without this key.", "[step.orbit]\nsamples = 256",
     "Add the key. A step needs 'use', an expectation needs 'that' and something to compare it with."},
    {wrong_type, "The value is a text where a list is wanted, a number where a truth value is wanted, or the like.",
     "[scenario]\nseed = \"seven\"",
     "Write the value in the form that the message asks for. Quotes make a text of anything: 7 is a number, \"7\" is a "
     "text."},
    {bad_name,
     "Names of steps, values and expectations are used in wires and in file names, so they are made of letters, digits "
     "and underscores, do not begin with a digit, and are not words with a meaning of their own.",
     "[step.\"my orbit\"]", "Choose another name, such as my_orbit."},
    {defined_twice, "Two files of one scenario set the same value, and nothing says which of them wins.",
     "include = [\"base.toml\"]    # which has ecc = 0.5\n[let]\necc = 0.9",
     "To change a value of an included file on purpose, write it under [override]: let.ecc = 0.9."},
    {include_cycle, "A file includes itself, directly or through others. The message shows the circle.",
     "include = [\"a.toml\"]    # in a.toml",
     "Take one include out. What two files share belongs into a third one that both include."},
    {unknown_profile, "--profile names a [profile.NAME] that no file of the scenario has.",
     "orrery run fit.toml --profile fastt", "Correct the name; the message lists the profiles that are there."},
    {no_steps,
     "A warning: without steps no operation is run, so the run is over at once and its expectations, if there are any, "
     "say nothing of any plugin. Most often the file that has the steps was not included.",
     "orrery = 1\n[scenario]\nname = \"empty\"", "Add a [step.NAME], or include the file that has them."},
    // Values
    {bad_quantity, "The text stands where a number with a unit is wanted, but does not read as one.",
     "a = \"10,000 km\"",
     "Write NUMBER UNIT: \"10000 km\", \"1e4 km\", \"-9.81 m/s^2\". Digits may be grouped with underscores: \"10_000 "
     "km\"."},
    {unknown_unit,
     "The unit is not in the engine's table. Upper and lower case differ: Mm is a million metres, mm a thousandth "
     "of one.",
     "a = \"10000 kilometers\"",
     "Use the symbol: m, s, kg, K, rad, deg, au, d, yr with the prefixes of the SI, joined by * / ^ as in "
     "\"km^3/s^2\"."},
    {missing_unit,
     "A bare number is accepted only where the value has no dimension, since nobody can see whether 400 means metres "
     "or miles.",
     "gravity = 398600.4418", "Write the number as text with its unit: \"398600.4418 km^3/s^2\"."},
    {wrong_dimension,
     "The value is a length where a time is wanted, or the like. Units of one dimension are converted; a dimension "
     "never is. An angle is not a number: write \"30 deg\" or \"0.5 rad\".",
     "semi_major_axis = \"10000 kg\"",
     "Correct the unit, or wire the value that was meant. orrery describe OPERATION shows the unit of every input."},
    {out_of_range, "The input allows only values in a certain range, and this one lies outside of it.",
     "eccentricity = -0.2",
     "Choose a value in the range that the message names; brackets include their end, parentheses do not: [0, 1)."},
    {not_finite, "The input does not take NaN or infinity. The message names the first position where one stands.",
     "samples = nan",
     "Find where it comes from: orrery show RUN @STEP.OUTPUT shows a saved value; a division by zero or a root of a "
     "negative "
     "number further up is the usual cause."},
    {unknown_choice, "The input takes one of a few words, and this is none of them.", "method = \"newtn\"",
     "Take one of the choices that the message lists."},
    {lossy_conversion,
     "The number cannot be held exactly by the type of element that is wanted: 0.5 as a whole number, 2^53 + 1 as a "
     "real one, or a complex number as a real one.",
     "samples = 10.5", "Write a number that fits, or round it on purpose in an expression or with an operation."},
    {too_large,
     "A literal, a list, a repetition or a value exceeds a limit that keeps mistakes from using up the machine.",
     "points = [ ... a hundred thousand numbers ... ]",
     "Put large arrays into a file, \"file:points.npy\", or let an operation make them."},
    // Expressions
    {bad_expression, "What follows the \"=\" breaks the grammar of expressions at the place shown.",
     "a = \"= 2 * (b + \"",
     "Expressions have + - * / ^, comparisons, and or not, parentheses, names, wires, numbers with units and "
     "functions. "
     "A text that is to begin with = is written with two: \"==...\"."},
    {unknown_name, "The expression uses a name that [let] does not define and that is no constant.",
     "a = \"= 2 * radus\"", "Correct the name, or define it in [let]. A step's output is a wire: @STEP.OUTPUT."},
    {unknown_function, "Expressions have a fixed set of functions, and this is none of them.", "a = \"= sine(b)\"",
     "Correct the name. What the functions cannot do is the work of an operation: orrery ls."},
    {bad_operands,
     "The operands do not fit: a length is added to a time, arrays have different shapes, a text is multiplied.",
     "a = \"= 3 km + 2 s\"",
     "Sums and comparisons want equal dimensions on both sides; functions such as sin want an angle, exp a pure "
     "number."},
    // Wires
    {bad_reference, "A text that begins with @ is a wire, and this one does not read as one.", "points = \"@orbit\"",
     "Write @STEP.OUTPUT, and behind it what is selected: @orbit.velocity[0:10, 1]. A text that is to begin with @ is "
     "written "
     "with two: \"@@...\"."},
    {unknown_operation,
     "The step uses an operation that none of the loaded plugins offers. The name may be misspelt, or its plugin "
     "was not found or was refused.",
     "use = \"orbital.propagte\"",
     "orrery ls lists the plugins and orrery ls PLUGIN the operations of one. orrery doctor shows where plugins are "
     "looked "
     "for and why a file was refused; --plugin-path DIR adds a folder."},
    {unknown_input, "The operation has no input of this name.", "sampels = 256",
     "Correct the name; orrery describe OPERATION lists the inputs with units, ranges and defaults."},
    {missing_input, "The operation has no default for this input, so the scenario must give it.",
     "[step.shape]\nuse = \"curve.fit_circle\"",
     "Give it a value or a wire. orrery describe OPERATION ends with an example step that has all of them."},
    {unknown_step, "The wire begins at a step that the scenario does not have.", "points = \"@orbt.velocity\"",
     "Correct the name, or add the step."},
    {unknown_tap,
     "A probe names its taps by a path, STEP/TAP or LOOP/STEP/TAP, in which '*' stands for any part of a name and '**' "
     "also for '/'. No tap of the scenario's steps has such a path.",
     "at = \"orbit/iteratons\"", "orrery describe OPERATION lists the taps of an operation."},
    {unknown_output,
     "The step is there, but its operation has no output of this name; or a stored run did not keep this value.",
     "points = \"@orbit.speed\"",
     "orrery describe OPERATION lists the outputs. A run keeps what stands in [record] and [save]."},
    {wrong_wire,
     "The wire joins things that do not fit: another kind of value, another type of element, or another dimension. The "
     "message shows both ends.",
     "radius = \"@orbit.velocity\"",
     "Wire another output, select a part of this one, or put an operation between them."},
    {wrong_shape,
     "The numbers of axes differ, or a letter in the shapes of an operation's inputs would stand for two different "
     "numbers.",
     "points = \"@orbit.times\"    # n, where n x 3 is wanted",
     "orrery describe OPERATION shows the shapes. Select with [i] or [a:b], or stack with an operation."},
    {cycle, "The steps cannot be put in an order, because each waits for another. The message draws the circle.",
     "[step.a]\nx = \"@b.y\"\n[step.b]\nx = \"@a.y\"",
     "Take one of the wires out. Feedback needs a loop, in which a value of the last pass is used in the next."},
    {bad_selector,
     "The selection does not fit the value: it has more axes than the value, an index past the end, a step of zero, or "
     "a column that the table does not have.",
     "x = \"@orbit.velocity[:, 7]\"    # of n x 3",
     "Indices begin at 0 and negative ones count from the end; a range a:b goes up to, and not with, b."},
    // Runs
    {step_failed,
     "The operation refused its inputs or could not do its work. The plugin's own words stand in the message. Steps "
     "that "
     "need its outputs were not run; all others were.",
     "error[step_failed]: 'orbit' failed: no convergence after 50 iterations",
     "orrery describe OPERATION tells what its inputs must be like. The run's log.jsonl has what the plugin said "
     "before."},
    {broken_promise,
     "The plugin's description promises a shape, a type or an output, and its operation did something else. That is a "
     "defect of the plugin; the value was not handed on.",
     "error[broken_promise]: 'fast.solve' made 'x' as 4 x 3, but declares n x 3 with n = 5",
     "Tell the author of the plugin, with the run's scenario.toml and manifest.json."},
    {out_of_memory, "The system had no more memory for a value. Nothing else was harmed.", "shape = [1000000, 1000000]",
     "Make the value smaller, run fewer steps at once with --jobs 1, or use a machine with more memory."},
    {interrupted, "The run was stopped by Ctrl-C, by SIGTERM or by a limit. Its directory is whole and says so.",
     "orrery run long.toml    # and Ctrl-C", "The same command runs it again."},
    {expectation_failed,
     "The run worked, but a value is not what the scenario says that it must be. The summary shows the value, the "
     "limit, where it fails worst, and the reason for the expectation. The exit code is 1.",
     "[expect.circle]\nthat  = \"@shape.relative_residual\"\nbelow = 1e-13",
     "Decide which of the two is wrong. Loosen a limit only with a reason that can stand in 'why'."},
    {unknown_run, "No stored run has this name. Runs are looked for in the folder runs/ of the current folder.",
     "orrery show hodogrpah/latest",
     "ls runs shows the names. NAME and NAME/latest are the last run, NAME/latest~1 the one before, latest the newest "
     "of all; a "
     "path works too."},
    {damaged_run,
     "The run's directory lacks a file, or a file of it cannot be read as what it should be. The engine never leaves "
     "such a directory, so something else changed it.",
     "orrery show runs/hodograph/20261124-001200-7f3a", "Run its scenario.toml again: orrery run DIR/scenario.toml."},
    // Plugins
    {plugin_not_found, "No plugin of that name is loaded, or a folder that was named for plugins is not there.",
     "orrery ls obital", "orrery doctor shows the folders that are searched and what is in them."},
    {plugin_not_library,
     "The file is named like a plugin, NAME.orrery.so, but is not a shared library for this system.",
     "echo hello > plugins/x.orrery.so", "Build it again, or take it out of the folder."},
    {plugin_truncated, "The file is shorter than its own headers say. A copy or a download was cut off.",
     "head -c 10000 orbital.orrery.so > plugins/orbital.orrery.so", "Copy or build it again."},
    {plugin_wrong_machine, "The library is for another processor or another word size than this program.",
     "an aarch64 plugin on an x86_64 machine", "Build the plugin on this kind of machine."},
    {plugin_no_symbol,
     "A plugin exports one symbol by which the engine finds its description, and this library does not export it.",
     "g++ -shared -fvisibility=hidden op.cpp -o op.orrery.so",
     "Build with orrery_add_plugin() of the SDK, which exports it; nm -D FILE shows what is exported."},
    {plugin_two_symbols,
     "The library exports descriptions for more than one version of the interface, or other symbols that could "
     "clash with those of other plugins.",
     "a plugin linked with -Wl,--export-dynamic and no version script",
     "Build with orrery_add_plugin(), which hides everything but the one symbol."},
    {plugin_wrong_abi,
     "The plugin was built against headers that this engine does not speak. The message names both versions.",
     "a plugin built with another SDK than that of this engine",
     "Build it again with the SDK that belongs to this engine, or use the engine that belongs to the plugin."},
    {plugin_bad_descriptor,
     "What the plugin says of itself cannot be right: a name is missing or twice there, a shape or a unit cannot "
     "be read, a default lies outside its own range.",
     "error[plugin_bad_descriptor]: operation 'fast.solve': input 'x': unit 'kmm' is not known",
     "That is for the plugin's author; the message names the operation and the port."},
    {plugin_duplicate, "A plugin of this name was loaded from a folder that comes earlier; the first one wins.",
     "orrery ls --plugin-path old --plugin-path new", "Take one of the files out, or put its folder first."},
    {plugin_crashed,
     "A library runs code of its own when it is opened. This one died of a signal, in a process of its own that the "
     "engine uses to look at new libraries.",
     "a global object whose constructor writes through a null pointer",
     "That is for the plugin's author: run orrery __scan FILE in a debugger."},
    {plugin_hung, "The library did not come back from being opened within the time limit.",
     "a global object whose constructor waits for a network",
     "That is for the plugin's author: work belongs into operations, not into constructors of global objects."},
    {plugin_threw, "A constructor of a global object of the library threw an exception that nobody caught.",
     "static Table table = read_table(\"missing.txt\");",
     "That is for the plugin's author: read files when an operation runs, not when the library is opened."},
    {plugin_exited, "The library ended the process that opened it.", "a global object whose constructor calls exit()",
     "That is for the plugin's author: report failures through the operation's status."},
    {plugin_unresolved, "The library needs a symbol or another library that the system does not find.",
     "a plugin that needs libopenblas.so.0, which is not installed",
     "ldd FILE shows what is missing; install it, or put it where the plugin's RPATH points."},
    {plugin_float_environment,
     "Opening the library changes the rounding or flushes small numbers to zero for the whole process, so that "
     "the results of all other plugins would depend on whether it is there. Linking with -ffast-math does this.",
     "g++ -shared -ffast-math op.cpp -o op.orrery.so",
     "Link without -ffast-math and -Ofast; -O3 -fno-math-errno -fno-trapping-math are harmless."},
    {plugin_unsafe_folder,
     "Everybody on this machine could put a library into this folder, and it would then run with your rights.",
     "orrery ls --plugin-path /tmp", "Use a folder of your own, or take the right away: chmod o-w DIR."},
    // Ours
    {internal, "The engine did something that it never should. That is our mistake and not yours.",
     "error[internal]: a defect of orrery: ...",
     "Tell us, with the command, the scenario and the output of orrery doctor."},
};

}  // namespace

const Explanation* explanation_of(base::ErrorCode code) {
  const auto page = std::find_if(std::begin(pages), std::end(pages), [&](const auto& one) { return one.code == code; });
  return page == std::end(pages) ? nullptr : page;
}

}  // namespace orrery::report
