"""The response of a simulated LANTIME to a request, before transport faults."""

import json
from http import HTTPStatus

from lantime_simulator.access import Access
from lantime_simulator.http import HttpRequest, HttpResponse, page
from lantime_simulator.lantime import Lantime

TOKEN_PATH = "/api/get-token"  # noqa: S105 - a path

UNAUTHORIZED = page(HTTPStatus.UNAUTHORIZED, WWW_Authenticate='Basic realm="LANTIME"')


def respond(lantime: Lantime, access: Access, request: HttpRequest) -> HttpResponse:
    """Return the response of the REST API: any node by ``GET``, a token by ``PUT`` if the firmware has tokens."""
    authorization = request.headers.get("authorization", "")
    path = request.path.rstrip("/")
    if path == TOKEN_PATH and lantime.device.issues_tokens:
        return _token(access, request, authorization)
    if not access.admits(authorization):
        return UNAUTHORIZED
    if request.method != "GET":
        return page(HTTPStatus.METHOD_NOT_ALLOWED, Allow="GET")
    try:
        return HttpResponse(HTTPStatus.OK, lantime.body(path, raw=request.query == "raw"))
    except LookupError:
        return page(HTTPStatus.NOT_FOUND)


def _token(access: Access, request: HttpRequest, authorization: str) -> HttpResponse:
    if request.method != "PUT":
        return page(HTTPStatus.METHOD_NOT_ALLOWED, Allow="PUT")
    if not access.by_password(authorization):
        return UNAUTHORIZED
    return HttpResponse(HTTPStatus.OK, json.dumps({"token": access.issue_token()}).encode())
