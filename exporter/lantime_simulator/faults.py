"""Faults of the exchange: what the transport scenarios make of an answer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus

from lantime_simulator.api import UNAUTHORIZED
from lantime_simulator.http import Answer, page
from lantime_simulator.scenarios import Scenario

LOGIN_PAGE = b"<!DOCTYPE html>\n<html><head><title>LANTIME</title></head><body><form>Login</form></body></html>\n"


@dataclass(frozen=True, slots=True)
class Exchange:
    """How an answer goes out: after ``delay`` seconds, only ``sent`` bytes of its body when that is not all."""

    answer: Answer
    delay: float = 0.0
    sent: int | None = None


def apply_faults(answer: Answer, scenarios: Iterable[Scenario]) -> Exchange:
    """Return the exchange that the transport scenarios make of an answer."""
    exchange = Exchange(answer)
    for scenario in scenarios:
        exchange = _with_fault(exchange, scenario)
    return exchange


def _with_fault(exchange: Exchange, scenario: Scenario) -> Exchange:
    answer = exchange.answer
    match scenario.name:
        case "slow":
            return replace(exchange, delay=float(scenario.target or 0))
        case "truncated":
            return replace(exchange, sent=len(answer.body) // 2)
        case "broken-json":
            half = len(answer.body) // 2
            return replace(exchange, answer=replace(answer, body=answer.body[:half] + b'"}]' + answer.body[half:]))
        case "html":
            return replace(exchange, answer=Answer(HTTPStatus.OK, LOGIN_PAGE, "text/html; charset=utf-8"))
        case "empty":
            return replace(exchange, answer=replace(answer, body=b""))
        case "line-breaks":
            return replace(exchange, answer=replace(answer, body=b"\r\n\n" + answer.body + b"\r\n\n"))
        case "status-500":
            return replace(exchange, answer=page(HTTPStatus.INTERNAL_SERVER_ERROR))
        case "wrong-password":
            return replace(exchange, answer=UNAUTHORIZED)
        case _:
            return exchange
