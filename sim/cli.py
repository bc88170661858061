"""The command line: ``omnijourney compare``, ``describe``, ``story``, ``survey`` and the rest.

Bad input ends with exit code 2 and one line on stderr, before anything is simulated or written;
what goes wrong later ends with 1 and one line. What a command needs is imported inside it, so
that ``--help`` and bad input answer at once.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130

OVERRIDES = """\
overrides are key=value, as many as you like:
  scale=tiny                     a file of configs/scale (also market, company, scenario)
  experiment=return_offers       a file of experiments/
  scale.customers=2000           one number; `omnijourney settings --list` shows them all
  'strategies=[leader,us]'       a list; quote it for the shell
  'variants.us={from: danish_average, maturity: {collection: 3}}'
"""
COMPARE = """\
examples:
  omnijourney compare experiment=default
  omnijourney compare scale=workshop 'strategies=[danish_average,leader]'
  omnijourney compare --config-dir mine 'strategies=[danish_average,us]'
  omnijourney compare experiment=discipline_sweep scale.seeds=16
"""
DESCRIBE = """\
examples:
  omnijourney describe mine/us.yaml
  omnijourney describe us --config-dir mine
  omnijourney describe mine/us.yaml scale.seeds=8 company.size.active_share=0.31
"""
DESCRIBE_SCALE = ("scale.seeds=4", "scale.horizon_days=365")
"""Levels need fewer seeds than differences."""
STORY = """\
examples:
  omnijourney story --customer anders
  omnijourney story --customer anders --strategies immature leader --seed 5
  omnijourney story --config-dir mine --customer mette --days 180
  omnijourney story --customer 1234             one of the simulated people, by number
  omnijourney story journey=web_to_store --strategies immature leader
"""
JOURNEYS = """\
examples:
  omnijourney journeys
  omnijourney journeys journey=complaint
  omnijourney journeys --config-dir mine --strategies us leader
"""
STORY_SCALE = ("scale.customers=3000", "scale.warmup_days=365", "scale.horizon_days=365")
NUMBER = re.compile("[0-9]{1,9}")  # of a simulated customer
STORY_SEED = 2
"""A choice, not a draw: with it the worlds of anders under immature and leader part over a mail.
At other seeds it may be anything else.
"""
MECHANISMS = """\
examples:
  omnijourney mechanisms                        the table, from a fresh run of some minutes
  omnijourney mechanisms scale.seeds=8
  omnijourney mechanisms --write                bring docs/mechanisms.md in step
"""
MECHANISMS_SCALE = ("scale.customers=6000", "scale.seeds=6", "scale.horizon_days=365")
MEASURES = """\
examples:
  omnijourney measures                          the Danish average and a leader, some minutes
  omnijourney measures experiment=measures      one company, steered by each measure
  omnijourney measures scale=default            at full size
  omnijourney measures --config-dir mine 'strategies=[danish_average,us]'
"""
MEASURES_SCALE = (
    "scale.customers=8000",
    "scale.warmup_days=1460",
    "scale.horizon_days=730",
    "scale.seeds=4",
)
"""A smaller sample: a year under its own steering, and one replayed without each thing."""
PROPENSITY = """\
examples:
  omnijourney propensity                        a leader, from a fresh run of some minutes
  omnijourney propensity scale.customers=10000 scale.seeds=8
  omnijourney propensity --config-dir mine 'strategies=[danish_average,us]'
"""
PROPENSITY_SCALE = (
    "name=propensity",
    "scale.customers=6000",
    "scale.seeds=6",
    "scale.horizon_days=560",
)
"""Half a year to learn, a year to remind."""
SURVEY = """\
examples:
  omnijourney survey                            the Danish survey, drawn 1,000 times: seconds
  omnijourney survey 'survey.loading=[0.5,0.5,0.5,0.5,0.5,0.5]'
  omnijourney survey --simulate                 what one level more is worth to its first firms
  omnijourney survey --simulate survey.simulated=32 scale.seeds=2
  omnijourney survey --scenario stores_closed   how far a shock drives them apart
"""
SURVEY_SCALE = (
    "scale.customers=5000",
    "scale.warmup_days=1460",
    "scale.horizon_days=1095",
    "scale.seeds=1",
)
"""Three years, as H9 asks; each firm settles in at its own levels for four."""
STAGE_SCALE = ("scale.customers=1800", "scale.warmup_days=1460", "scale.horizon_days=150")
"""Journeys need no more people than play, and four years of a strategy's own past."""
JOURNEY = "journey="
PAGE = """\
examples:
  omnijourney page                              on this machine only: http://127.0.0.1:8777/
  omnijourney page --host 0.0.0.0               open to a room: everybody in its network
  omnijourney page --check                      the evening before: computes ahead, says what works
  omnijourney page --config-dir mine scale.customers=3000 company.size.active_customers=42000
"""
STUDY = """\
examples:
  omnijourney studies                           what there is to be asked
  omnijourney study return_options
  omnijourney study mine/study.yaml scale.customers=5000 replications.most=32
  omnijourney study return_options --shard 3/10 --folder shared/returns    one job of an array
  omnijourney study return_options cluster=tcp://host:8786                 on a Dask cluster
Stop it at any moment: what has been simulated is kept, and the same command goes on.
"""
SWEEP = """\
examples:
  omnijourney sweep 'strategies=[danish_average,leader]' leader.maturity.analysis=0,1,2,3
  omnijourney sweep leader.maturity.analysis=range(0,3,0.5) market.people.need_rate_year=5,8,12
  omnijourney sweep 'market.people.need_rate_year=interval(5,12)' draw.by=random draw.points=200
Stop it at any moment: what has been simulated is kept, and the same command goes on.
"""
PORT, MOST_PORT = 8777, 65_535
MOST_MINUTES = 1440  # a day
HANDOUTS = """\
examples:
  omnijourney handouts                          all sheets: results/handouts.html
  omnijourney handouts --sheets roles card      these only
  omnijourney handouts output.folder=print
"""
SETTINGS = """\
examples:
  omnijourney settings                          what a run would use, as commented YAML
  omnijourney settings scale=tiny interaction=false
  omnijourney settings --list                   one line a number: unit, bounds, source
  omnijourney settings --write                  bring configs/ in step with the schema
"""


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with the command line."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = _parser()
    args, rest = parser.parse_known_args(arguments)
    if rest and (rest[0].startswith("-") or not hasattr(args, "overrides")):
        parser.error(f"unknown argument {rest[0]}")
    if rest:
        args.overrides += rest
    with _channels() as (out, _):
        code = _answered(args)
        out.flush()
        if out.problem is None or isinstance(out.problem, BrokenPipeError):
            return code
        said = getattr(out.problem, "strerror", None) or out.problem
        print(f"standard output: {said}", file=sys.stderr)
        return code or FAILED


def _answered(args: argparse.Namespace) -> int:
    from sim.settings.complaints import BadInput, Stopped

    try:
        args.command(args)
    except KeyboardInterrupt:
        print("stopped: no results were written", file=sys.stderr)
        return INTERRUPTED
    except (BadInput, Stopped) as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT if isinstance(problem, BadInput) else FAILED
    except MemoryError:
        print("not enough memory: scale.customers and scale.workers ask for it", file=sys.stderr)
        return FAILED
    return 0


class _Channel:
    """A standard stream that may be closed, full or broken: what is lost is noted, not raised."""

    def __init__(self, stream: Any) -> None:
        self._stream, self.problem = stream, None

    def write(self, text: str) -> int:
        if self.problem is None:
            try:
                return self._stream.write(text)
            except UnicodeEncodeError:
                return self._stream.write(_spelled(text, self._stream.encoding))
            except (OSError, ValueError) as problem:
                self._lost(problem)
        return len(text)

    def flush(self) -> None:
        if self.problem is None:
            try:
                self._stream.flush()
            except (OSError, ValueError) as problem:
                self._lost(problem)

    def _lost(self, problem: OSError | ValueError) -> None:
        self.problem = problem
        with contextlib.suppress(OSError, ValueError):  # what is still to be flushed goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _spelled(text: str, encoding: str) -> str:
    """``text`` in the signs that ``encoding`` has: a minus stays a minus, the rest becomes ?."""
    from sim.study.summary import IN_ASCII

    return text.translate(IN_ASCII).encode(encoding, "replace").decode(encoding)


@contextlib.contextmanager
def _channels() -> Iterator[tuple[_Channel, _Channel]]:
    """Standard output and error for one command, whatever the caller made of them."""
    theirs = sys.stdout, sys.stderr
    for stream in theirs:
        if stream is None:  # closed: its place is taken, so that no file of ours gets it
            os.open(os.devnull, os.O_WRONLY)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        out, err = (_Channel(stream or nowhere) for stream in theirs)
        sys.stdout, sys.stderr = out, err
        try:
            yield out, err
        finally:
            sys.stdout, sys.stderr = theirs


@contextlib.contextmanager
def _writing(place: str) -> Iterator[None]:
    """A run folder is written below ``place``; Stopped, in one line, where it cannot be."""
    from sim.settings.complaints import Stopped

    try:
        yield
    except OSError as problem:
        raise Stopped(f"nothing was written to {place}: {problem.strerror or problem}") from None


def compare(args: argparse.Namespace) -> None:
    """Replay strategies on the same customers, print the comparison, leave a folder."""
    from sim.settings.load import load

    settings, strategies = load(args.overrides, args.config_dir)
    from sim.study.results import prepared

    prepared(settings.output.folder, settings.name)
    _announce_compiling()
    from sim.report import write
    from sim.study.replay import compare as replayed
    from sim.study.summary import print_comparison
    from sim.study.warming import compile_rules

    compile_rules()
    if not settings.has_intervals:
        print("note: 1 seed gives no intervals; scale.seeds=8 does", file=sys.stderr)
    comparison = replayed(settings, strategies, quiet=args.quiet)
    print_comparison(comparison)
    with _writing(settings.output.folder):
        folder = write(comparison)
    print(f"Report:  {folder}/report.html\nNumbers: {folder}/metrics.csv")


def describe(args: argparse.Namespace) -> None:
    """Simulate a company as it is today, and set its key figures beside the simulated ones."""
    from sim.settings.load import load

    name, folder = _whom(args)
    alone = [f"strategies=[{name}]", f"baseline={name}", "carries.pair=[]", "scale.steady_days=0"]
    usual = _scale(args, DESCRIBE_SCALE)
    settings, (strategy,) = load([*usual, *args.overrides, *alone], folder)
    _announce_compiling()
    from sim.study.describing import describe as simulated
    from sim.study.describing import print_description
    from sim.study.warming import compile_rules

    compile_rules()
    if not settings.has_intervals:
        print("note: 1 seed gives no intervals; scale.seeds=4 does", file=sys.stderr)
    print_description(simulated(settings, strategy, args.quiet))


def _whom(args: argparse.Namespace) -> tuple[str, Path | None]:
    """The strategy that describes the company, and the folder in which its file lies."""
    from sim.settings.complaints import BadInput

    if "=" in args.who:
        said = "must be a strategy's name or file, and key=value after it"
        raise BadInput("describe", args.who, said)
    path = Path(args.who)
    if path.suffix != ".yaml":
        return args.who, args.config_dir
    if not path.is_file():
        raise BadInput("describe", args.who, "no such file")
    if args.config_dir is not None:
        said = "must be left out with a file, whose folder it is"
        raise BadInput("--config-dir", str(args.config_dir), said)
    folder = path.parent
    return path.stem, folder.parent if folder.name == "strategy" else folder


def story(args: argparse.Namespace) -> None:
    """Tell one customer's year, or one scripted journey, under two strategies, side by side."""
    from sim.settings.load import load

    strategies_of = args.strategies or ["danish_average", "leader"]
    chosen = [f"strategies=[{','.join(strategies_of)}]"]
    names = _journey_names(args.overrides)
    if names:
        _tell_journey(args, names[-1], chosen)
        return
    given = {"seed": args.seed, "scale.horizon_days": args.days}
    chosen += [f"{key}={value}" for key, value in given.items() if value is not None]
    usual = [f"seed={STORY_SEED}", *_scale(args, STORY_SCALE)]
    settings, strategies = load([*usual, *args.overrides, *chosen], args.config_dir)
    name = args.customer or "anders"
    if NUMBER.fullmatch(name):
        from sim.story import present_throughout

        someone = present_throughout(settings, int(name))
    else:
        from sim.settings.protagonist import load_protagonist

        someone = load_protagonist(name, settings.market, args.config_dir)
    _announce_compiling()
    from sim.language import speaking
    from sim.story import tell

    with speaking(settings.output.language):
        print(tell(settings, strategies, someone))


def mechanisms(args: argparse.Namespace) -> None:
    """Run each mechanism with it and without it, and print or write docs/mechanisms.md."""
    from sim.settings.load import load
    from sim.settings.places import ROOT

    if args.write:
        _must_be_checkout()
    pair = "strategies=[danish_average,leader]"
    settings, (baseline, leader) = load([*MECHANISMS_SCALE, *args.overrides, pair], args.config_dir)
    _announce_compiling()
    from sim.settings.complaints import Stopped
    from sim.study.mechanisms import measured, page
    from sim.study.warming import compile_rules

    compile_rules()
    text = page(measured(settings, baseline, leader, args.quiet), settings, leader)
    if not args.write:
        print(text, end="")
        return
    path = ROOT / "docs" / "mechanisms.md"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise Stopped(f"{path} cannot be written: {problem.strerror}") from None
    print(path)


def measures(args: argparse.Namespace) -> None:
    """Set beside what a company's measures say of each ad, mail and coupon what is true of it."""
    from sim.settings.complaints import BadInput
    from sim.settings.load import load

    usual = ["name=measures", "strategies=[danish_average,leader]", "carries.pair=[]"]
    given = [*usual, *_scale(args, MEASURES_SCALE), *args.overrides]
    settings, strategies = load(given, args.config_dir)
    from sim.study import yardsticks as study
    from sim.study.results import prepared
    from sim.study.warming import compile_rules

    days = settings.scale.horizon_days
    if days <= study.RUN_IN_DAYS:
        said = f"must be more than {study.RUN_IN_DAYS}: a year under its own steering comes first"
        raise BadInput("scale.horizon_days", days, said)
    prepared(settings.output.folder, settings.name)
    _announce_compiling()
    compile_rules()
    from sim.report.yardsticks import print_yardsticks

    found = study.yardsticked(settings, strategies, args.quiet)
    print_yardsticks(found)
    with _writing(settings.output.folder):
        folder = study.write(found)
    print(f"Numbers: {folder}/measures.csv")


def propensity(args: argparse.Namespace) -> None:
    """Print whom a reminder moves: by how likely each was to buy, with it and without it."""
    from sim.settings.complaints import BadInput
    from sim.settings.load import load
    from sim.study.results import prepared

    pair = "strategies=[danish_average,leader]"
    given = [*PROPENSITY_SCALE, pair, *args.overrides]
    settings, chosen = load(given, args.config_dir)
    if len(chosen) != 2:
        raise BadInput("strategies", [s.name for s in chosen], "must be two: a past, and one told")
    baseline = next(s for s in chosen if s.name == settings.baseline)
    strategy = next(s for s in chosen if s.name != settings.baseline)
    prepared(settings.output.folder, settings.name)
    from sim.study.propensity import LEARNS, measured, told, write
    from sim.study.warming import compile_rules

    least = (LEARNS + 3) * settings.company.analysing.analysis_days
    if settings.scale.horizon_days < least:
        said = f"must be {least} or more, of which the first months are for learning"
        raise BadInput("scale.horizon_days", settings.scale.horizon_days, said)
    _announce_compiling()
    compile_rules()
    found = measured(settings, baseline, strategy, args.quiet)
    print(told(found, settings, strategy))
    with _writing(settings.output.folder):
        folder = write(found, settings, strategy)
    print(f"Numbers: {folder}/propensity.csv")


def _tell_journey(args: argparse.Namespace, name: str, chosen: list[str]) -> None:
    """Tell the journey of this name."""
    from sim.settings.complaints import BadInput

    for option in ("customer", "days"):
        if getattr(args, option) is not None:
            said = "must be left out with a journey, whose script says it"
            raise BadInput(f"--{option}", getattr(args, option), said)
    if args.seed is not None:
        chosen = [*chosen, f"seed={args.seed}"]
    (script,), stages = _staged(args, [name], chosen)
    from sim.language import speaking
    from sim.story import tell_journey

    with speaking(stages[0].world.settings.output.language):
        print(tell_journey(script, stages))


def journeys(args: argparse.Namespace) -> None:
    """Print for how many of 100 people each scripted journey hangs together."""
    from sim.settings.script import script_files

    names = _journey_names(args.overrides) or list(script_files(args.config_dir))
    scripts, stages = _staged(args, names, [f"strategies=[{','.join(args.strategies)}]"])
    from sim.language import speaking
    from sim.story import print_table

    with speaking(stages[0].world.settings.output.language):
        print_table(scripts, stages)


def survey(args: argparse.Namespace) -> None:
    """Draw the Danish survey as firms, print its shares, and simulate its firms where asked."""
    from sim.settings.load import load

    usual = ["name=survey", "strategies=[danish_average]", *_scale(args, SURVEY_SCALE)]
    repeated = args.config_dir and (args.config_dir / "config.yaml").is_file()
    given = [*([] if repeated else usual), *args.overrides]
    settings, (strategy, *_) = load(given, args.config_dir)
    shock = (
        load([*given, f"scenario={args.scenario}"], args.config_dir)[0] if args.scenario else None
    )
    from sim.report import survey as report
    from sim.study import survey as study
    from sim.study.results import prepared
    from sim.study.warming import compile_rules

    prepared(settings.output.folder, settings.name)
    found = study.survey(settings, strategy)
    if args.simulate or shock:
        study.simulated_firms(found)
    report.print_survey(found)
    if args.simulate or shock:
        _announce_compiling()
        compile_rules()
    if args.simulate:
        study.simulate_investments(found, args.quiet)
        report.print_investments(found)
    if shock:
        study.simulate_shock(found, shock, args.quiet)
        report.print_spread(found)
    with _writing(settings.output.folder):
        folder = study.write(found, report.publish)
    print(f"Figure:  {folder}/figures/survey.png\nNumbers: {folder}/shares.csv")


def _staged(args: argparse.Namespace, names: list[str], chosen: list[str]) -> tuple[list, list]:
    """The scripts of these names, and a settled world under each strategy to play them in."""
    from sim.settings.load import load
    from sim.settings.script import load_script

    own = [o for o in args.overrides if not o.startswith(JOURNEY)]
    settings, strategies = load([*_scale(args, STAGE_SCALE), *own, *chosen], args.config_dir)
    scripts = [load_script(name, settings, args.config_dir) for name in names]
    _announce_compiling()
    from sim.story import set_stage

    return scripts, [set_stage(settings, strategy) for strategy in strategies]


def _journey_names(overrides: list[str]) -> list[str]:
    """The journeys asked for by name among the overrides."""
    return [o.removeprefix(JOURNEY) for o in overrides if o.startswith(JOURNEY)]


def _scale(args: argparse.Namespace, usual: tuple[str, ...]) -> tuple[str, ...]:
    """How large the world is, unless the command line names a scale."""
    return () if any(o.startswith("scale=") for o in args.overrides) else usual


def _announce_compiling() -> None:
    """Say so if the rules are about to be compiled."""
    from sim.world.drivers import rules_are_compiled

    if not rules_are_compiled():
        print(
            "first run: compiling the rules, a minute or two; later runs start at once",
            file=sys.stderr,
        )


def settings(args: argparse.Namespace) -> None:
    """Print what a run would use, or rewrite the defaults in configs/."""
    from sim.settings.complaints import Stopped
    from sim.settings.document import document, table
    from sim.settings.load import defaults, load

    if args.write:
        _must_be_checkout()
        for path, text in defaults().items():
            try:
                path.write_text(text, encoding="utf-8")
            except OSError as problem:
                raise Stopped(f"{path} cannot be written: {problem.strerror}") from None
            print(path)
        return
    run, strategies = load(args.overrides, args.config_dir)
    if args.list:
        print(table(run, strategies[0]), end="")
    else:
        print(document(run), end="")


def page(args: argparse.Namespace) -> None:
    """Serve the workshop's page: sliders, pictures within a second, why, and what to take home."""
    from sim.settings.complaints import BadInput, Stopped

    if not 1 <= args.port <= MOST_PORT:
        raise BadInput("--port", args.port, f"must be 1 to {MOST_PORT}")
    if not 0 < args.minutes <= MOST_MINUTES:
        raise BadInput("--minutes", args.minutes, f"must be above 0, at most {MOST_MINUTES}")
    from sim.page.server import Page
    from sim.page.serving import check, serve

    folder = None if args.config_dir is None else str(args.config_dir)
    made = Page(tuple(args.overrides), folder)
    _announce_compiling()
    from sim.study.warming import compile_rules

    compile_rules()
    if not args.check:
        serve(made, args.host, args.port)
    elif not check(made, args.minutes):
        raise Stopped("the page is not ready: see above")


def handouts(args: argparse.Namespace) -> None:
    """Write sheets of A4 for the workshop, ready to be printed: one HTML file."""
    from sim.language import speaking
    from sim.page.handouts import chosen, written
    from sim.settings.load import load
    from sim.study.results import prepared

    names = chosen(args.sheets)
    alone = ["strategies=[danish_average]", "baseline=danish_average", "carries.pair=[]"]
    settings, (average,) = load([*args.overrides, *alone], args.config_dir)
    folder = prepared(settings.output.folder, settings.name)
    with _writing(settings.output.folder), speaking(settings.output.language):
        path, found = written(names, average.maturity.model_dump(), folder)
    print(f"Handouts: {path}")
    for name, sheets in found.items():
        print(f"  {name:{max(map(len, found))}}  {sheets} {'sheet' if sheets == 1 else 'sheets'}")


def study(args: argparse.Namespace) -> None:
    """Carry out a study of experiments/: supported, refuted or undecided, and how sure."""
    from sim.studies.question import asked_with, load_study

    own, rest, cluster = _of_a_study(args.overrides)
    _carry_out(asked_with(load_study(args.who, args.config_dir), own), rest, cluster, args)


def sweep(args: argparse.Namespace) -> None:
    """Go through values of settings, as in key=1,2,3: one tidy table, one row a run."""
    from sim.studies.question import asked_with
    from sim.studies.sweeping import sweep_of

    own, rest, cluster = _of_a_study(args.overrides)
    asked, rest = sweep_of(rest, args.config_dir)
    _carry_out(asked_with(asked, own), rest, cluster, args)


def _of_a_study(overrides: list[str]) -> tuple[list[str], list[str], str]:
    """What is said of the study itself, what of its settings, and where it is carried out."""
    own = [o for o in overrides if o.startswith(("replications.", "draw."))]
    cluster = [o.removeprefix("cluster=") for o in overrides if o.startswith("cluster=")]
    rest = [o for o in overrides if o not in own and not o.startswith("cluster=")]
    return own, rest, cluster[-1] if cluster else ""


def _carry_out(asked: Any, overrides: list[str], cluster: str, args: argparse.Namespace) -> None:
    from sim.studies.plan import planned
    from sim.studies.studied import Way, carried_out, shard_of
    from sim.studies.told import verdict_text, write

    way = Way(cluster, shard_of(args.shard), args.folder, args.quiet)
    plan = planned(asked, tuple(overrides), args.config_dir)
    _announce_compiling()
    try:
        found = carried_out(plan, way)
    except KeyboardInterrupt:
        print("stopped: what was simulated is kept; the same command goes on", file=sys.stderr)
        raise SystemExit(INTERRUPTED) from None
    with _writing(plan.settings.output.folder):
        folder = write(found)
    print(verdict_text(found), end="")
    print(f"Runs:       {folder}/runs.csv")


def studies(args: argparse.Namespace) -> None:
    """List the studies there are, with their questions."""
    from sim.settings.complaints import BadInput
    from sim.studies.question import load_study, study_files

    found = study_files(args.config_dir)
    width = max(map(len, found), default=0)
    for name in found:
        try:
            print(f"{name:{width}}  {load_study(name, args.config_dir).question}")
        except BadInput as problem:
            print(f"left out: {problem}", file=sys.stderr)


def _must_be_checkout() -> None:
    from sim.settings.complaints import NOTHING, BadInput
    from sim.settings.places import IS_CHECKOUT

    if not IS_CHECKOUT:
        raise BadInput("--write", NOTHING, "rewrites configs/ of a checkout, and this is none")


def strategies(args: argparse.Namespace) -> None:
    """List the strategies there are, with their six levels."""
    from sim.settings.load import catalogue
    from sim.settings.strategy import DISCIPLINES

    found, refused = catalogue(args.config_dir)
    width = max(len(strategy.name) for strategy, _ in found)
    print(f"{'':{width}}  {'  '.join(d[:6] for d in DISCIPLINES)}  levels 0..3")
    for strategy, path in found:
        levels = "  ".join(f"{getattr(strategy.maturity, d):6.2f}" for d in DISCIPLINES)
        print(f"{strategy.name:{width}}  {levels}  {strategy.title} ({path.parent})")
    for problem in refused:
        print(f"left out: {problem}", file=sys.stderr)


def _parser() -> Parser:
    parser = Parser(
        prog="omnijourney",
        description="Replay company strategies on the same simulated customers.",
        epilog="omnijourney COMMAND --help tells more, with examples.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    replaying = _command(commands, compare, COMPARE + "\n" + OVERRIDES)
    replaying.add_argument("--quiet", action="store_true", help="no progress bar")

    describing = _command(commands, describe, DESCRIBE + "\n" + OVERRIDES, who=True)
    describing.add_argument("--quiet", action="store_true", help="no progress bar")

    telling = _command(commands, story, STORY + "\n" + OVERRIDES)
    telling.add_argument(
        "--customer",
        metavar="NAME",
        help="a file of configs/customer, or of customer/ in your folder, or the number of one of "
        "the simulated people; default: anders",
    )
    telling.add_argument(
        "--strategies", nargs=2, metavar="NAME", help="two of them; default: danish_average leader"
    )
    telling.add_argument(
        "--seed",
        metavar="N",
        help=f"other luck; default: {STORY_SEED}, chosen, not drawn: there the worlds of anders "
        "under immature and leader part over a mail",
    )
    telling.add_argument("--days", metavar="N", help="days told; default: 365")

    yardsticks = _command(commands, measures, MEASURES + "\n" + OVERRIDES)
    yardsticks.add_argument("--quiet", action="store_true", help="no progress bar")
    deleting = _command(commands, mechanisms, MECHANISMS + "\n" + OVERRIDES)
    deleting.add_argument("--quiet", action="store_true", help="no progress bar")
    deleting.add_argument("--write", action="store_true", help="rewrite docs/mechanisms.md")
    targeting = _command(commands, propensity, PROPENSITY + "\n" + OVERRIDES)
    targeting.add_argument("--quiet", action="store_true", help="no progress bar")
    playing = _command(commands, journeys, JOURNEYS + "\n" + OVERRIDES)
    playing.add_argument(
        "--strategies",
        nargs="+",
        default=["immature", "danish_average", "leader"],
        metavar="NAME",
        help="default: immature danish_average leader",
    )

    asking = _command(commands, survey, SURVEY + "\n" + OVERRIDES)
    asking.add_argument("--simulate", action="store_true", help="what its firms' investments bring")
    asking.add_argument(
        "--scenario", metavar="NAME", help="a file of configs/scenario: its firms under that shock"
    )
    asking.add_argument("--quiet", action="store_true", help="no progress bar")

    for command, epilog in ((study, STUDY), (sweep, SWEEP)):
        studying = _command(commands, command, epilog + "\n" + OVERRIDES, who=command is study)
        studying.add_argument("--shard", default="1/1", metavar="i/k", help="this part of k jobs")
        studying.add_argument(
            "--folder", type=Path, metavar="DIR", help="the study's own; else one below results/"
        )
        studying.add_argument("--quiet", action="store_true", help="no progress bar")
        if command is sweep:
            studying.add_argument("-m", action="store_true", help="as in Hydra; changes nothing")
    _command(commands, studies, "", overrides=False)
    serving = _command(commands, page, PAGE)
    serving.add_argument("--host", default="127.0.0.1", help="address; 0.0.0.0 opens it to a room")
    serving.add_argument("--port", type=int, default=PORT, help=f"default: {PORT}")
    serving.add_argument(
        "--check", action="store_true", help="compute ahead, say what works, and end"
    )
    serving.add_argument(
        "--minutes", type=float, default=15, help="that --check may take; default: 15"
    )
    printing = _command(commands, handouts, HANDOUTS + "\n" + OVERRIDES)
    printing.add_argument(
        "--sheets", nargs="+", default=[], metavar="NAME", help="which sheets; default: all"
    )
    showing = _command(commands, settings, SETTINGS + "\n" + OVERRIDES)
    how = showing.add_mutually_exclusive_group()
    how.add_argument("--list", action="store_true", help="every number as a table")
    how.add_argument("--write", action="store_true", help="rewrite the defaults in configs/")

    _command(commands, strategies, "", overrides=False)
    return parser


def _command(
    commands: argparse._SubParsersAction,
    run: Callable[[argparse.Namespace], None],
    epilog: str,
    overrides: bool = True,
    who: bool = False,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        run.__name__,
        help=run.__doc__,
        description=run.__doc__,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=run)
    parser.add_argument(
        "--config-dir", type=Path, metavar="DIR", help="your folder; its files come before ours"
    )
    if who:
        of = "study" if run is study else "strategy"
        parser.add_argument("who", metavar="WHO", help=f"a {of}'s file, or its name")
    if overrides:
        parser.add_argument("overrides", nargs="*", metavar="key=value", help="see below")
    return parser


if __name__ == "__main__":
    sys.exit(main())
