"""``/``: the targets with their last result, failed ones first, and a form to probe one."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from lantime_exporter.config.settings import Settings
from lantime_exporter.formatting import format_age, format_count, format_duration, format_timestamp
from lantime_exporter.probe.service import LastProbe, TargetStatus
from lantime_exporter.web.message import Response
from lantime_exporter.web.pages.html import chip, document, failure, link, natural_order, span, table, template

SYNCHRONIZED = "synchronized"

_FORM = template("form.html")
_STATES = ("answering", "not synchronized", "failing", "not probed yet")
_COLUMNS = ("Target", "Result", "Sync", "Last probe", "Collectors", "Address", "Module", "Auth")


def page(settings: Settings, targets: Sequence[TargetStatus], now: float) -> Response:
    """Return the page as of ``now`` (Unix time)."""
    listed = table(_COLUMNS, (_row(target, now) for target in sorted(targets, key=_place))) if targets else ""
    return document("Targets", _summary(targets) + listed + _form(settings, targets))


def _summary(targets: Sequence[TargetStatus]) -> str:
    if not targets:
        return "<p>No target is configured, and none was probed.</p>"
    states = Counter(map(_state, targets))
    states["answering"] += states["not synchronized"]
    shown = ", ".join(f"{states[state]} {state}" for state in _STATES if states[state])
    return f"<p>{format_count(len(targets), 'target')}: {shown}.</p>"


def _row(target: TargetStatus, now: float) -> Sequence[str]:
    last = target.last
    probed = (_sync_state(last), _last_probe(last, now), _collectors(last)) if last else ("", "", "")
    address = f"<code>{escape(target.address)}</code>"
    return (_links(target), _result(target, now), *probed, address, escape(target.module), escape(target.auth))


def _links(target: TargetStatus) -> str:
    name = target.name
    probe = {"target": name, "module": target.module, "auth": target.auth}  # a target may be probed in several ways
    debug = link("probe", "Debug", label=f"Debug {name}", **probe, debug="true")
    sessions = link("sessions", "Sessions", label=f"Sessions with {name}", target=name)
    return f"{link('probe', name, **probe)} {span(f'{debug} {sessions}', 'links small')}"


def _result(target: TargetStatus, now: float) -> str:
    if target.last is None:
        result = chip("not probed yet")
    elif target.last.reason == "none":
        result = chip("up", "good")
    else:
        result = failure(target.last.reason, target.last.error or "")
    if target.locked_until is None or target.locked_until <= now:
        return result
    remaining = format_duration(round(target.locked_until - now))
    lock = span(f"The device rejected the credentials. No requests for another {remaining}.", "long")
    return f"{result} {lock}"


def _sync_state(last: LastProbe) -> str:
    if last.sync_state is None:
        return ""
    return chip(last.sync_state, "good" if last.sync_state == SYNCHRONIZED else "bad")


def _last_probe(last: LastProbe, now: float) -> str:
    age = f'<span class="number" title="{format_timestamp(last.ended_at)} UTC">{format_age(last.ended_at, now)}</span>'
    return f"{age} {span(f'took {format_duration(last.duration)}', 'quiet number')}"


def _collectors(last: LastProbe) -> str:
    if not last.collectors:
        return span("not run", "quiet")
    states = Counter(_outcome(each.error) for each in last.collectors)
    counts = ", ".join(f"{count} {state}" for state, count in states.items())
    items = "".join(
        f"<li>{escape(each.name)}: {_outcome(each.error)}, {format_duration(each.seconds)}</li>"
        for each in last.collectors
    )
    return f'<details><summary>{counts}</summary><ul class="collectors">{items}</ul></details>'


def _outcome(error: str) -> str:
    return "failed" if error else "done"


def _form(settings: Settings, targets: Sequence[TargetStatus]) -> str:
    return _FORM.substitute(
        targets="".join(f'<option value="{escape(target.name)}"></option>' for target in targets),
        modules="".join(f"<option>{escape(name)}</option>" for name in settings.modules),
        auths="".join(f"<option>{escape(name)}</option>" for name in settings.auths),
    )


def _state(target: TargetStatus) -> str:
    last = target.last
    if last is None:
        return "not probed yet"
    if last.reason != "none":
        return "failing"
    return "answering" if last.sync_state in (None, SYNCHRONIZED) else "not synchronized"


def _place(target: TargetStatus) -> tuple[bool, bool, list[tuple[str, int]]]:
    """Return the place of a target on the page: failing ones first, then those that are not synchronized."""
    state = _state(target)
    return state != "failing", state != "not synchronized", natural_order(target.name)
