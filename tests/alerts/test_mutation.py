"""Every mutant of a rule makes a case fail; and the mutants themselves are as intended."""

import re
from collections.abc import Callable
from pathlib import Path

from tests.alerts.alerts_mutation import EQUIVALENT, Mutant, changed, evaluate, mutants, pooled, survivors
from tests.alerts.alerts_slices import run, slices


def test_mutation_every_change_of_a_rule_makes_a_case_fail(program: Callable[[str], str]) -> None:
    count, alive = survivors(program("promtool"))
    assert count > 1000
    assert evaluate(alive) == []


CHANGES: tuple[tuple[str, list[str]], ...] = (
    ("lantime_x == 0", ["lantime_x != 0", "lantime_x == 2"]),
    ("lantime_x > 4", ["lantime_x <= 4", "lantime_x > 5", "lantime_x > 3"]),
    ("lantime_x < 0.5", ["lantime_x >= 0.5", "lantime_x < 0.375", "lantime_x < 0.65"]),
    ("lantime_x < -4", ["lantime_x >= -4", "lantime_x < -5", "lantime_x < -3"]),
    (
        "2 * lantime_x + 5e-03",
        ["3 * lantime_x + 5e-03", "1 * lantime_x + 5e-03"] + [f"2 * lantime_x + {n}" for n in ("0.00375", "0.0065")],
    ),
    ('lantime_x{a="b"}', ['lantime_x{a!="b"}']),
    ('lantime_x{a=~"b == 1 or c"}', ['lantime_x{a!~"b == 1 or c"}']),
    ("lantime_x unless lantime_y", ["lantime_x and lantime_y"]),
    ("lantime_x or lantime_y", ["lantime_x and lantime_y"]),
    (
        "max_over_time(lantime_x[7d])",
        [
            "min_over_time(lantime_x[7d])",
            "max_over_time(lantime_x[1209600s])",
            "max_over_time(lantime_x[302400s])",
        ],
    ),
    ("rate(lantime_x[15m])", ["rate(lantime_x[1800s])", "rate(lantime_x[450s])"]),
)


def test_mutation_changes_one_thing_at_a_time() -> None:
    found = [(expr, [rule["expr"] for _, rule in changed({"record": "r", "expr": expr})]) for expr, _ in CHANGES]
    assert found == list(CHANGES)


def test_mutation_changes_the_times_of_an_alert() -> None:
    rule = {"alert": "A", "expr": "lantime_x", "for": "5m"}
    times = [(rule.get("for"), rule.get("keep_firing_for")) for _, rule in changed(rule)]
    assert times == [("600s", None), ("150s", None), ("5m", "10m")]


def test_mutation_names_what_it_changes_and_where() -> None:
    assert "LantimeExporterDown (critical): 1:22 == -> !=" in {
        str(mutant) for cut in slices() for mutant in mutants(cut)
    }
    for cut in slices():
        named = [str(mutant) for mutant in mutants(cut)]
        assert len(set(named)) == len(named)


def test_mutation_reports_survivors_and_explanations_that_nothing_needs() -> None:
    faults = evaluate([Mutant(rule="A (info)", change="1:1 > -> <=", rules=())])
    assert faults[0] == "survives: A (info): 1:1 > -> <="
    assert len(faults) == 1 + len(EQUIVALENT)


def test_mutation_a_pool_with_no_change_passes_and_one_with_a_change_names_it(
    program: Callable[[str], str], tmp_path: Path
) -> None:
    cut = next(cut for cut in slices() if cut.name == "LantimeReferenceLost")
    unchanged = Mutant(rule="", change="", rules=cut.rules)
    [passed] = run(program("promtool"), [pooled(cut, [unchanged, unchanged])], tmp_path)
    [failed] = run(program("promtool"), [pooled(cut, [unchanged, next(mutants(cut))])], tmp_path)
    assert passed == ""
    assert set(re.findall(r"_mutant\d", failed)) == {"_mutant1"}
