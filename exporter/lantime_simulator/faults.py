"""Transport faults: they change a response or its delivery."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus

from lantime_simulator.api import UNAUTHORIZED
from lantime_simulator.http import HttpResponse, page
from lantime_simulator.scenarios import Scenario

LOGIN_PAGE = b"<!DOCTYPE html>\n<html><head><title>LANTIME</title></head><body><form>Login</form></body></html>\n"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a response is sent: after ``delay`` seconds, with only ``sent`` bytes of its body unless None."""

    response: HttpResponse
    delay: float = 0.0
    sent: int | None = None


def apply_faults(response: HttpResponse, scenarios: Iterable[Scenario]) -> Delivery:
    """Apply the transport scenarios to a response, and return its delivery."""
    delivery = Delivery(response)
    for scenario in scenarios:
        delivery = _with_fault(delivery, scenario)
    return delivery


def _with_fault(delivery: Delivery, scenario: Scenario) -> Delivery:
    response = delivery.response
    match scenario.name:
        case "slow":
            return replace(delivery, delay=float(scenario.target or 0))
        case "truncated":
            return replace(delivery, sent=len(response.body) // 2)
        case "broken-json":
            half = len(response.body) // 2
            return replace(
                delivery, response=replace(response, body=response.body[:half] + b'"}]' + response.body[half:])
            )
        case "html":
            return replace(delivery, response=HttpResponse(HTTPStatus.OK, LOGIN_PAGE, "text/html; charset=utf-8"))
        case "empty":
            return replace(delivery, response=replace(response, body=b""))
        case "line-breaks":
            return replace(delivery, response=replace(response, body=b"\r\n\n" + response.body + b"\r\n\n"))
        case "status-500":
            return replace(delivery, response=page(HTTPStatus.INTERNAL_SERVER_ERROR))
        case "wrong-password":
            return replace(delivery, response=UNAUTHORIZED)
        case _:
            return delivery
