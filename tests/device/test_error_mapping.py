import http.client
import socket
import ssl

import pytest
import requests
from lantime_exporter.bounds import Deadline
from lantime_exporter.device.deadline_socket import RequestTiming
from lantime_exporter.device.error_mapping import device_error
from lantime_exporter.errors import ContentError


def test_each_exception_has_its_reason_and_a_text_without_data(subtests: pytest.Subtests) -> None:
    for error, reason, text in [
        (ContentError("the response is empty"), "content", "the response is empty"),
        (TimeoutError(), "timeout", "the deadline after 0.0 s passed while connecting"),
        (ConnectionRefusedError(111, "Connection refused"), "connect", "connection refused"),
        (OSError(113, "No route to host"), "connect", "no route to host"),
        (socket.gaierror(-2, "Name or service not known"), "connect", "the name cannot be resolved: name or service"),
        (http.client.RemoteDisconnected("s3cret"), "connect", "closed before a response arrived"),
        (requests.ConnectionError("s3cret"), "connect", "the connection failed"),
        (ssl.SSLError(1, "s3cret"), "tls", "TLS failed: unknown error"),
        (ssl.SSLEOFError(8, "s3cret"), "connect", "closed before a response arrived"),
        (ssl.SSLZeroReturnError(6, "s3cret"), "connect", "closed before a response arrived"),
        (http.client.BadStatusLine("s3cret"), "content", "the response is not HTTP"),
        (http.client.LineTooLong("s3cret"), "content", "the response is not HTTP"),
    ]:
        with subtests.test(reason=reason, text=text):
            translated = device_error(error, "lt1:443", RequestTiming(Deadline.after(0), 1000))
            assert translated.reason == reason
            assert str(translated).startswith("lt1:443: ")
            assert text in str(translated)
            assert "s3cret" not in str(translated)


@pytest.mark.parametrize("error", [http.client.IncompleteRead(b"s3cret", 5), ssl.SSLEOFError(8, "s3cret")])
def test_an_end_after_the_first_byte_is_one_within_the_response(error: Exception) -> None:
    timing = RequestTiming(Deadline.after(60), 1000)
    timing.sent()
    timing.received(1)
    assert str(device_error(error, "lt1:443", timing)) == "lt1:443: the connection ended during the response"


def test_a_plain_connection_that_is_closed_at_once_may_be_https() -> None:
    timing = RequestTiming(Deadline.after(60), 1000)
    timing.phases["connect"] = 0.001
    closed = http.client.RemoteDisconnected("closed")
    assert "does the port speak HTTPS?" in str(device_error(closed, "lt1:80", timing))
    timing.phases["tls"] = 0.001
    assert "does the port speak HTTPS?" not in str(device_error(closed, "lt1:443", timing))
