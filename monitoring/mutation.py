"""Whether the cases notice it when a rule is changed: each mutant must make at least one of them fail.

A mutant is one change in one rule: a comparison, a set operator, a label matcher or a range function turned into its
opposite; a number that is compared with, a window up to an hour, ``for`` or ``keep_firing_for`` made larger or
smaller, or added. Longer windows (``[7d]``) are history that no case lasts for.

``python -m monitoring.mutation`` prints the survivors and ends with 1 when there is one that ``EQUIVALENT`` does not
explain, or an explanation without survivor.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from monitoring.deployment import Deployment
from monitoring.rules import Rule
from monitoring.slices import Slice, run, slices
from monitoring.thresholds import Profile, seconds

COMPARISONS = {"==": "!=", "!=": "==", ">": "<=", "<": ">=", ">=": "<", "<=": ">"}
SETS = {"and": "unless", "unless": "and", "or": "and"}
FUNCTIONS = {"max_over_time": "min_over_time", "min_over_time": "max_over_time"}
MATCHERS = {"=": "!=", "!=": "=", "=~": "!~", "!~": "=~"}

NUMBER = r"\d+(?:\.\d+)?(?:e[-+]?\d+)?"
TOKEN = re.compile(
    rf'(?P<matcher>(?<=\w)(?:=~|!~|!=|=)(?="))|"[^"]*"|(?P<comparison>==|!=|>=|<=|>|<)(?: (?P<number>{NUMBER}))?'
    r"|\b(?P<set>and|unless|or)\b|\b(?P<function>max_over_time|min_over_time)\b|\[(?P<window>\d+[mh])\]"
)


SMALL = 20
"""Whole numbers up to here are counts and change by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A slice with one change in one rule; ``rule`` and ``change`` name it."""

    rule: str
    change: str
    cut: Slice

    def __str__(self) -> str:
        return f"{self.rule}: {self.change}"


SECOND = "a second more or less of a file that is valid for a year"
STEADY = "packets come at a steady pace in the cases, and whatever the window, their rate is the same"

EQUIVALENT: Mapping[str, str] = {
    "LantimeLeapFileExpiring (warning): 4:5 0 -> 1": SECOND,
    "LantimeLeapFileExpired (warning): 4:6 0 -> 1": SECOND,
    "instance_port:lantime_network_errors:ratio_rate15m: 3:46 15m -> 1800s": STEADY,
    "instance_port:lantime_network_errors:ratio_rate15m: 3:46 15m -> 450s": STEADY,
    "instance_port:lantime_network_errors:ratio_rate15m: 3:98 15m -> 1800s": STEADY,
    "instance_port:lantime_network_errors:ratio_rate15m: 3:98 15m -> 450s": STEADY,
}
"""Mutants that no case can kill, and why."""


def mutants(profile: Profile, deployment: Deployment) -> Iterator[Mutant]:
    """Yield all mutants of the rules of a profile."""
    for cut in slices(profile, deployment):
        for place, rule in enumerate(cut.rules):
            for change, mutated in changed(rule):
                rules = (*cut.rules[:place], mutated, *cut.rules[place + 1 :])
                yield Mutant(rule=_name(rule), change=change, cut=replace(cut, rules=rules))


def changed(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Yield every change of a rule: what is changed, and the rule that comes of it."""
    yield from _expressions(rule)
    yield from _times(rule)


def _name(rule: Rule) -> str:
    return rule["record"] if "record" in rule else f"{rule['alert']} ({rule['labels']['severity']})"


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


def survivors(promtool: str, profile: Profile, deployment: Deployment) -> tuple[int, list[Mutant]]:
    """Return how many mutants there are, and those that no case noticed."""
    every = list(mutants(profile, deployment))
    with tempfile.TemporaryDirectory() as directory:
        verdicts = run(promtool, [mutant.cut for mutant in every], Path(directory))
    return len(every), [mutant for mutant, verdict in zip(every, verdicts, strict=True) if not verdict]


def judge(alive: Sequence[Mutant]) -> list[str]:
    """Return what is wrong: survivors that nothing explains, explanations that nothing needs."""
    names = [str(mutant) for mutant in alive]
    return [
        *(f"survives: {name}" for name in names if name not in EQUIVALENT),
        *(f"explained, but killed or gone: {name}" for name in EQUIVALENT if name not in names),
    ]


def main() -> int:
    """Run the check and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m monitoring.mutation", description=__doc__)
    parser.add_argument("--promtool", default="promtool")
    parser.add_argument("--profile", type=Profile, default=Profile.PTP, choices=list(Profile))
    arguments = parser.parse_args()
    count, alive = survivors(arguments.promtool, arguments.profile, Deployment())
    faults = judge(alive)
    explained = "".join(f"{name}\n    {reason}\n" for name, reason in EQUIVALENT.items())
    sys.stdout.write(
        f"{count} mutants, {len(alive)} survivors\n{explained}" + "".join(f"{fault}\n" for fault in faults)
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
