"""The end of a certificate's validity, read from its DER form.

The standard library decodes only certificates that it verified, but the expiry of a self-signed one is wanted as well.
"""

import re
from datetime import UTC, datetime

_SEQUENCE = 0x30
_VERSION = 0xA0
_UTC_TIME = 0x17
_GENERALIZED_TIME = 0x18
_FIELDS_BEFORE_VALIDITY = 3  # serialNumber, signature, issuer
_DIGITS = re.compile(rb"[0-9]{12,14}Z")


def not_after(der: bytes) -> float | None:
    """Return the ``notAfter`` of an X.509 certificate (RFC 5280, section 4.1) as Unix time, None when it has none."""
    try:
        _, certificate, _ = _element(der)
        _, to_be_signed, _ = _element(certificate)
        tag, _, rest = _element(to_be_signed)
        fields = rest if tag == _VERSION else to_be_signed
        for _ in range(_FIELDS_BEFORE_VALIDITY):
            _, _, fields = _element(fields)
        tag, validity, _ = _element(fields)
        _, _, after_not_before = _element(validity)
        kind, text, _ = _element(after_not_before)
        return _unix_time(kind, text) if tag == _SEQUENCE else None
    except ValueError:
        return None


def _element(data: bytes) -> tuple[int, bytes, bytes]:
    """Split off the first element: its tag, its content, what follows it. Raises ValueError when it is not whole."""
    if len(data) < 2:
        raise ValueError("truncated")
    tag, length, start = data[0], data[1], 2
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(data[2:start])
    if len(data) < start + length:
        raise ValueError("truncated")
    return tag, data[start : start + length], data[start + length :]


def _unix_time(kind: int, text: bytes) -> float | None:
    if not _DIGITS.fullmatch(text):
        return None
    digits = text[:-1].decode("ascii")
    if kind == _UTC_TIME and len(digits) == 12:
        century = "20" if digits[:2] < "50" else "19"
        digits = century + digits
    elif kind != _GENERALIZED_TIME or len(digits) != 14:
        return None
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()
