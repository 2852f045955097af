"""Transport faults: how the scenarios of the transport change a response and its delivery."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus

from lantime_simulator.api import UNAUTHORIZED
from lantime_simulator.http import HttpResponse, page
from lantime_simulator.scenarios import Scenario

LOGIN_PAGE = b"<!DOCTYPE html>\n<html><head><title>LANTIME</title></head><body><form>Login</form></body></html>\n"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a response goes out: after ``delay`` seconds, only ``sent`` bytes of its body when that is not all."""

    answer: HttpResponse
    delay: float = 0.0
    sent: int | None = None


def apply_faults(answer: HttpResponse, scenarios: Iterable[Scenario]) -> Delivery:
    """Return the delivery that the transport scenarios make of a response."""
    delivery = Delivery(answer)
    for scenario in scenarios:
        delivery = _with_fault(delivery, scenario)
    return delivery


def _with_fault(delivery: Delivery, scenario: Scenario) -> Delivery:
    answer = delivery.answer
    match scenario.name:
        case "slow":
            return replace(delivery, delay=float(scenario.target or 0))
        case "truncated":
            return replace(delivery, sent=len(answer.body) // 2)
        case "broken-json":
            half = len(answer.body) // 2
            return replace(delivery, answer=replace(answer, body=answer.body[:half] + b'"}]' + answer.body[half:]))
        case "html":
            return replace(delivery, answer=HttpResponse(HTTPStatus.OK, LOGIN_PAGE, "text/html; charset=utf-8"))
        case "empty":
            return replace(delivery, answer=replace(answer, body=b""))
        case "line-breaks":
            return replace(delivery, answer=replace(answer, body=b"\r\n\n" + answer.body + b"\r\n\n"))
        case "status-500":
            return replace(delivery, answer=page(HTTPStatus.INTERNAL_SERVER_ERROR))
        case "wrong-password":
            return replace(delivery, answer=UNAUTHORIZED)
        case _:
            return delivery
