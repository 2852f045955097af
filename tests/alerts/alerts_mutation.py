"""Whether the cases notice it when a rule is changed: each mutant must make at least one of them fail.

A mutant is one change in one rule: a comparison, a set operator, a label matcher or a range function turned into its
opposite; a number that is compared with, a window, ``for`` or ``keep_firing_for`` made larger or smaller, or added.
The rules of ``lantime-history`` are changed where their own cases prove them.

``make mutation`` prints the survivors and ends with 1 when there is one that neither ``EQUIVALENT`` explains nor
``UNPROVED`` lists, or an entry of these without survivor.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from tests.alerts.alerts_rules import GROUPS, Rule, seconds
from tests.alerts.alerts_slices import Slice, history_slices, run, slices
from tests.alerts.cases.promtool import Test

COMPARISONS = {"==": "!=", "!=": "==", ">": "<=", "<": ">=", ">=": "<", "<=": ">"}
SETS = {"and": "unless", "unless": "and", "or": "and"}
FUNCTIONS = {"max_over_time": "min_over_time", "min_over_time": "max_over_time"}
MATCHERS = {"=": "!=", "!=": "=", "=~": "!~", "!~": "=~"}

NUMBER = r"\d+(?:\.\d+)?(?:e[-+]?\d+)?"
TOKEN = re.compile(
    rf'(?P<matcher>(?<=\w)(?:=~|!~|!=|=)(?="))|"[^"]*"|(?P<comparison>==|!=|>=|<=|>|<)(?: (?P<number>{NUMBER}))?'
    r"|\b(?P<set>and|unless|or)\b|\b(?P<function>max_over_time|min_over_time)\b|\[(?P<window>\d+[mhd])\]"
)


HISTORY = {rule["record"] for rule in GROUPS["lantime-history"]}

SMALL = 20
"""Whole numbers up to here are counts and change by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change in one rule, and the rules of its slice with it; ``rule`` and ``change`` name it."""

    rule: str
    change: str
    rules: tuple[Rule, ...]

    def __str__(self) -> str:
        return f"{self.rule}: {self.change}"


STEADY = "packets come at a steady pace in the cases, and whatever the window, their rate is the same"

EQUIVALENT: Mapping[str, str] = {
    "instance_port:lantime_network_errors:ratio_rate: 3:46 15m -> 1800s": STEADY,
    "instance_port:lantime_network_errors:ratio_rate: 3:46 15m -> 450s": STEADY,
    "instance_port:lantime_network_errors:ratio_rate: 3:98 15m -> 1800s": STEADY,
    "instance_port:lantime_network_errors:ratio_rate: 3:98 15m -> 450s": STEADY,
}
"""Mutants that no case can kill, and why."""

UNPROVED = frozenset(
    line
    for line in (Path(__file__).parent / "unproved_changes.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
"""Mutants that a case could kill and none does yet."""


def mutants(cut: Slice) -> Iterator[Mutant]:
    """Yield all mutants of a slice."""
    for place, rule in enumerate(cut.rules):
        if rule.get("record") in HISTORY and cut.group != "lantime-history":
            continue
        name = rule["record"] if "record" in rule else f"{rule['alert']} ({rule['labels']['severity']})"
        for change, mutated in changed(rule):
            yield Mutant(rule=name, change=change, rules=(*cut.rules[:place], mutated, *cut.rules[place + 1 :]))


def changed(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Yield every change of a rule: what is changed, and the rule that comes of it."""
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
    """Yield what stands there, what comes in its place, and where."""
    for kind, opposites in (("matcher", MATCHERS), ("comparison", COMPARISONS), ("set", SETS), ("function", FUNCTIONS)):
        if token[kind]:
            yield token[kind], opposites[token[kind]], token.start(kind)
    if token["window"]:
        window = seconds(token["window"])
        for length in (window * 2, window / 2):
            yield token["window"], f"{length:.0f}s", token.start("window")
    if token["number"]:
        for number in _numbers(float(token["number"]), exact=token["comparison"] in ("==", "!=")):
            yield token["number"], f"{number:g}", token.start("number")


def _numbers(number: float, *, exact: bool) -> Sequence[float]:
    """Return the numbers that a threshold is changed to; that of an exact comparison becomes another one."""
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
    """Return a slice of several mutants side by side, each under names of its own, so that series are loaded once."""
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
    """Return how many mutants there are, and those that no case noticed: promtool complains of none of their names."""
    every = [(cut, list(mutants(cut))) for cut in (*slices(), *history_slices())]
    with tempfile.TemporaryDirectory() as directory:
        verdicts = run(promtool, [pooled(cut, found) for cut, found in every], Path(directory))
    alive: list[Mutant] = []
    for (_, found), verdict in zip(every, verdicts, strict=True):
        killed = {int(number) for number in re.findall(rf"{MARK}(\d+)", verdict)}
        alive += [mutant for number, mutant in enumerate(found) if number not in killed]
    return sum(len(found) for _, found in every), alive


def judge(alive: Sequence[Mutant]) -> list[str]:
    """Return what is wrong: survivors that nothing explains, explanations that nothing needs."""
    names = [str(mutant) for mutant in alive]
    return [
        *(f"survives: {name}" for name in names if name not in EQUIVALENT and name not in UNPROVED),
        *(f"explained, but killed or gone: {name}" for name in EQUIVALENT if name not in names),
        *(f"listed as unproved, but killed or gone: {name}" for name in sorted(UNPROVED) if name not in names),
    ]


def main() -> int:
    """Run the check and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.alerts.alerts_mutation", description=__doc__)
    parser.add_argument("--promtool", default="promtool")
    arguments = parser.parse_args()
    count, alive = survivors(arguments.promtool)
    faults = judge(alive)
    explained = "".join(f"{name}\n    {reason}\n" for name, reason in EQUIVALENT.items())
    sys.stdout.write(
        f"{count} mutants, {len(alive)} survivors\n{explained}" + "".join(f"{fault}\n" for fault in faults)
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
