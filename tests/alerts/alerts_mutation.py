"""Mutation test of the rules: each mutant must make at least one case fail.

A mutant is one change in one rule: the opposite of a comparison, a set operator, a label matcher or a range
function; a larger or smaller number, window, ``for`` or ``keep_firing_for``, or an added one. The rules of
``lantime-history`` are changed with their own cases.

``make mutation`` prints the survivors. It ends with 1 if ``EQUIVALENT`` does not explain one of them, or explains a
mutant that is killed or no longer exists.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path

from tests.alerts.alerts_rules import GROUPS, Rule, seconds
from tests.alerts.alerts_slices import Slice, history_slices, levels, run
from tests.alerts.cases.promtool import Test

COMPARISONS = {"==": "!=", "!=": "==", ">": "<=", "<": ">=", ">=": "<", "<=": ">"}
SETS = {"and": "unless", "unless": "and", "or": "and"}
FUNCTIONS = {"max_over_time": "min_over_time", "min_over_time": "max_over_time"}
MATCHERS = {"=": "!=", "!=": "=", "=~": "!~", "!~": "=~"}

NUMBER = r"\d+(?:\.\d+)?(?:e[-+]?\d+)?"
TOKEN = re.compile(
    rf'(?P<matcher>(?<=\w)(?:=~|!~|!=|=)(?="))|"[^"]*"|(?P<comparison>==|!=|>=|<=|>|<)(?: (?P<number>{NUMBER}))?'
    r"|\b(?P<set>and|unless|or)\b|\b(?P<function>max_over_time|min_over_time)\b|\[(?P<window>\d+[mhd])\]"
    rf"|(?:(?<=[-+/^] )|(?<= -))(?P<right>{NUMBER})|(?<![\w.])(?P<left>{NUMBER})(?= \*)"
)


HISTORY = {rule["record"] for rule in GROUPS["lantime-history"]}

SMALL = 20
"""Integers up to this are counts and change by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change in one rule, and the slice with it; ``rule`` and ``change`` name it."""

    rule: str
    change: str
    rules: tuple[Rule, ...]

    def __str__(self) -> str:
        return f"{self.rule}: {self.change}"


EQUIVALENT: Mapping[str, str] = {
    "instance:lantime_up:last_seen: 2:49 1d -> 172800s": (
        "the comparison behind it leaves out what is older than a day, however far the window reaches"
    ),
    "instance_slot_ptp_port:lantime_synce_quality_level:last_usual: 1:234 0 -> 1": (
        "the number guards a division by the samples of a day; 0 and 1 differ only for a day with one sample"
    ),
}
"""Mutants that no case can kill, and why."""


def mutants(cut: Slice) -> Iterator[Mutant]:
    """Yield all mutants of a slice."""
    for place, rule in enumerate(cut.rules):
        if rule.get("record") in HISTORY and cut.group != "lantime-history":
            continue
        name = rule["record"] if "record" in rule else f"{rule['alert']} ({rule['labels']['severity']})"
        for change, mutated in changed(rule):
            yield Mutant(rule=name, change=change, rules=(*cut.rules[:place], mutated, *cut.rules[place + 1 :]))


def changed(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Yield every change of a rule: its description, and the changed rule."""
    yield from _expressions(rule)
    yield from _times(rule)


def _expressions(rule: Rule) -> Iterator[tuple[str, Rule]]:
    text = rule["expr"]
    for token in TOKEN.finditer(text):
        for old, new, start in _changes(token):
            line = text.count("\n", 0, start) + 1
            column = start - (text.rfind("\n", 0, start) + 1) + 1
            mutated = text[:start] + new + text[start + len(old) :]
            yield f"{line}:{column} {old} -> {new}", {**rule, "expr": mutated}


def _changes(token: re.Match[str]) -> Iterator[tuple[str, str, int]]:
    """Yield the text, its replacement, and the position."""
    for kind, opposites in (("matcher", MATCHERS), ("comparison", COMPARISONS), ("set", SETS), ("function", FUNCTIONS)):
        if token[kind]:
            yield token[kind], opposites[token[kind]], token.start(kind)
    if token["window"]:
        window = seconds(token["window"])
        for length in (window * 2, window / 2):
            yield token["window"], f"{length:.0f}s", token.start("window")
    for kind in ("number", "left", "right"):
        for number in _numbers(float(token[kind]), exact=token["comparison"] in ("==", "!=")) if token[kind] else ():
            yield token[kind], f"{number:g}", token.start(kind)


def _numbers(number: float, *, exact: bool) -> Sequence[float]:
    """Return the replacements of a threshold; of an exact comparison only one."""
    if exact:
        return (number + 2,)
    if number % 1 or number > SMALL:
        return (number * 0.75, number * 1.3)
    return (number + 1, number - 1) if number else (1,)


def _times(rule: Rule) -> Iterator[tuple[str, Rule]]:
    if "alert" not in rule:
        return
    for key in ("for", "keep_firing_for"):
        found = rule.get(key)
        if found is None:
            yield f"{key} none -> 10m", {**rule, key: "10m"}
            continue
        for length in (f"{seconds(found) * 2:.0f}s", f"{seconds(found) / 2:.0f}s"):
            yield f"{key} {found} -> {length}", {**rule, key: length}


def pooled(cut: Slice, together: Sequence[Mutant]) -> Slice:
    """Return a slice of several mutants under different names, so that series are loaded once."""
    marks = [f"{MARK}{number}" for number in range(len(together))]
    return replace(
        cut,
        rules=tuple(chain.from_iterable(map(_marked, (mutant.rules for mutant in together), marks))),
        tests=tuple(_for_all(test, cut.name, marks) for test in cut.tests),
    )


MARK = "_mutant"


def _marked(rules: Sequence[Rule], mark: str) -> Iterator[Rule]:
    """Yield rules whose alerts and records have a mark at the end of their names."""
    records = [rule["record"] for rule in rules if "record" in rule]
    for rule in rules:
        name = "record" if "record" in rule else "alert"
        expr = rule["expr"]
        for record in records:
            expr = expr.replace(record, record + mark)
        yield {**rule, name: rule[name] + mark, "expr": expr}


def _for_all(test: Test, name: str, marks: Sequence[str]) -> Test:
    """Return a test that checks the alert of each mark."""
    return {
        key: [_for_one(check, name, mark) for mark in marks for check in value] if key.endswith("_test") else value
        for key, value in test.items()
    }


def _for_one(check: Test, name: str, mark: str) -> Test:
    """Return a check of the alert with a mark."""
    text = json.dumps(check)
    if name in HISTORY:
        text = text.replace(name, name + mark)
    for quoted in (f'\\"{name}\\"', f'"{name}"'):
        text = text.replace(quoted, quoted.replace(name, name + mark))
    found: Test = json.loads(text)
    return found


def survivors(promtool: str) -> tuple[int, list[Mutant]]:
    """Return the number of mutants, and the survivors.

    A recording rule is read by several alerts: its mutants survive if they survive with each of them.
    """
    records = groupby(history_slices(), key=lambda cut: cut.name)
    proofs = [*levels(), *(list(cuts) for _, cuts in records)]
    alive = list(chain.from_iterable(unnoticed(promtool, proofs)))
    tried = Counter(str(mutant) for cuts in proofs for mutant in mutants(cuts[0]))
    left = Counter(map(str, alive))
    by_name = {str(mutant): mutant for mutant in alive}
    return len(tried), [mutant for name, mutant in by_name.items() if left[name] == tried[name]]


def unnoticed(promtool: str, proofs: Sequence[Sequence[Slice]]) -> list[Sequence[Mutant]]:
    """Return for each rule, given by its slices, the mutants for which promtool reports no failure.

    In each round, each rule has one more of its tests run with the mutants that are left: the first test kills most.
    """
    alive: list[Sequence[Mutant]] = [list(mutants(cuts[0])) for cuts in proofs]
    tests = [[replace(cut, tests=(test,)) for cut in cuts for test in cut.tests] for cuts in proofs]
    for number in range(max(map(len, tests))):
        places = [place for place, own in enumerate(tests) if number < len(own) and alive[place]]
        pools = [pooled(tests[place][number], alive[place]) for place in places]
        with tempfile.TemporaryDirectory() as folder:
            outcomes = run(promtool, pools, Path(folder))
        for place, outcome in zip(places, outcomes, strict=True):
            killed = set(re.findall(rf"{MARK}(\d+)", outcome))
            alive[place] = [mutant for number, mutant in enumerate(alive[place]) if str(number) not in killed]
    return alive


def evaluate(alive: Sequence[Mutant]) -> list[str]:
    """Return the problems: unexplained survivors, and unnecessary explanations."""
    names = [str(mutant) for mutant in alive]
    return [
        *(f"survives: {name}" for name in names if name not in EQUIVALENT),
        *(f"explained, but killed or gone: {name}" for name in EQUIVALENT if name not in names),
    ]


def main() -> int:
    """Run the check and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.alerts.alerts_mutation", description=__doc__)
    parser.add_argument("--promtool", default="promtool")
    arguments = parser.parse_args()
    count, alive = survivors(arguments.promtool)
    faults = evaluate(alive)
    explained = "".join(f"{name}\n    {reason}\n" for name, reason in EQUIVALENT.items())
    sys.stdout.write(
        f"{count} mutants, {len(alive)} survivors\n{explained}" + "".join(f"{fault}\n" for fault in faults)
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
