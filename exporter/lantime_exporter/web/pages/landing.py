"""``/``: the targets with their last result, failed ones first, and a form to probe one."""

from collections.abc import Iterable, Sequence
from html import escape

from lantime_exporter.config.settings import Settings
from lantime_exporter.formatting import format_age, format_count, format_duration, format_timestamp
from lantime_exporter.probe.service import CollectorStatus, LastProbe, TargetStatus
from lantime_exporter.web.message import Response
from lantime_exporter.web.pages.html import cell, chip, document, failure, link, natural_order, sentence, table

SYNCHRONIZED = "synchronized"

_COLUMNS = ("Target", "Result", "Sync", "Last probe", "Collectors", "Address", "Module", "Auth")


def page(settings: Settings, targets: Sequence[TargetStatus], now: float) -> Response:
    """Return the page as of ``now`` (Unix time)."""
    return document("Targets", _summary(targets) + _targets(targets, now) + _form(settings, targets))


def _summary(targets: Sequence[TargetStatus]) -> str:
    if not targets:
        return "<p>No target is configured, and none was probed.</p>"
    unprobed = sum(target.last is None for target in targets)
    failing = sum(_is_failing(target) for target in targets)
    answering = len(targets) - unprobed - failing
    unsynchronized = sum(_is_unsynchronized(target) for target in targets)
    counts = [
        f"{answering} answering",
        f"{unsynchronized} not synchronized",
        f"{failing} failing",
        f"{unprobed} not probed yet",
    ]
    shown = [count for count in counts if not count.startswith("0 ")]
    return f"<p>{format_count(len(targets), 'target')}: {', '.join(shown)}.</p>"


def _targets(targets: Sequence[TargetStatus], now: float) -> str:
    ordered = sorted(targets, key=lambda target: (_rank(target), natural_order(target.name)))
    return table(_COLUMNS, "".join(_row(target, now) for target in ordered)) if targets else ""


def _row(target: TargetStatus, now: float) -> str:
    cells = (
        f'<th scope="row" data-label="Target">{_links(target)}</th>',
        cell("Result", _result(target, now)),
        cell("Sync", _sync_state(target.last)),
        cell("Last probe", _last_probe(target.last, now)),
        cell("Collectors", _collectors(target.last)),
        cell("Address", f"<code>{escape(target.address)}</code>"),
        cell("Module", escape(target.module)),
        cell("Auth", escape(target.auth)),
    )
    return f"<tr>{''.join(cells)}</tr>"


def _links(target: TargetStatus) -> str:
    name = target.name
    probe = {"target": name, "module": target.module, "auth": target.auth}  # a target may be probed in several ways
    debug = link("probe", "Debug", label=f"Debug {name}", **probe, debug="true")
    sessions = link("sessions", "Sessions", label=f"Sessions with {name}", target=name)
    return f'{link("probe", name, **probe)} <span class="links small">{debug} {sessions}</span>'


def _result(target: TargetStatus, now: float) -> str:
    if target.last is None:
        result = chip("not probed yet")
    elif target.last.reason == "none":
        result = chip("up", "good")
    else:
        result = failure(target.last.reason, target.last.error or "")
    return result + _lock(target.locked_until, now)


def _lock(until: float | None, now: float) -> str:
    if until is None or until <= now:
        return ""
    return " " + sentence(
        f"The device rejected the credentials. No requests for another {format_duration(round(until - now))}."
    )


def _sync_state(last: LastProbe | None) -> str:
    if last is None or last.sync_state is None:
        return ""
    return chip(last.sync_state, "good" if last.sync_state == SYNCHRONIZED else "bad")


def _last_probe(last: LastProbe | None, now: float) -> str:
    if last is None:
        return ""
    return (
        f'<span class="number" title="{format_timestamp(last.ended_at)} UTC">{format_age(last.ended_at, now)}</span> '
        f'<span class="quiet number">took {format_duration(last.duration)}</span>'
    )


def _collectors(last: LastProbe | None) -> str:
    if last is None:
        return ""
    collectors = last.collectors
    if not collectors:
        return '<span class="quiet">not run</span>'
    states = [collector.state for collector in collectors]
    counts = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    items = "".join(f"<li>{escape(item.name)}: {_collector(item)}</li>" for item in collectors)
    return f'<details><summary>{counts}</summary><ul class="collectors">{items}</ul></details>'


def _collector(status: CollectorStatus) -> str:
    return f"{status.state}, {format_duration(status.duration)}"


def _form(settings: Settings, targets: Sequence[TargetStatus]) -> str:
    names = "".join(f'<option value="{escape(target.name)}"></option>' for target in targets)
    return f"""<h2 id="probe">Probe a device</h2>
<form action="probe" method="get">
<label class="wide">Target
<input name="target" list="targets" required autocomplete="off" autocapitalize="none" spellcheck="false">
</label>
<datalist id="targets">{names}</datalist>
{_choice("Module", "module", settings.modules)}
{_choice("Auth", "auth", settings.auths)}
<label class="check"><input type="checkbox" name="debug" value="true"> Show debug output</label>
<button type="submit">Probe</button>
<button type="reset">Clear</button>
</form>"""


def _choice(label: str, name: str, values: Iterable[str]) -> str:
    # A selected option that is disabled is not sent, so "as configured" leaves the parameter out.
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return (
        f'<label>{label}<select name="{name}" autocomplete="off">'
        f'<option value="" disabled selected>as configured</option>{options}</select></label>'
    )


def _rank(target: TargetStatus) -> int:
    """Return the place of a target on the page: failing ones first, then those that are not synchronized."""
    return 0 if _is_failing(target) else 1 if _is_unsynchronized(target) else 2


def _is_unsynchronized(target: TargetStatus) -> bool:
    return target.last is not None and target.last.sync_state not in (None, SYNCHRONIZED)


def _is_failing(target: TargetStatus) -> bool:
    return target.last is not None and target.last.reason != "none"
