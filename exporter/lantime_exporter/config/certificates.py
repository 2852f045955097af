"""Whether certificate and key files can be used; asked when the configuration is read, not at the first probe."""

import ssl
from pathlib import Path

from lantime_exporter.config.fault import fail


def check_authorities(ca_file: Path) -> None:
    """Raise DecodeError unless the file holds at least one certificate in PEM form."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=ca_file)
    except (OSError, ValueError) as error:
        fail(f"{ca_file}: holds no usable certificate in PEM form{_detail(error)}")


def check_client_certificate(cert_file: Path, key_file: Path | None) -> None:
    """Raise DecodeError unless the certificate and its key, in the same file or its own, fit and are not encrypted."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(cert_file, key_file, password=_no_password)
    except (OSError, ValueError) as error:
        key = f" with key {key_file}" if key_file else ""
        fail(f"{cert_file}{key}: no certificate with its unencrypted key in PEM form{_detail(error)}")


def _no_password() -> str:
    return ""  # without it OpenSSL asks on the terminal


def _detail(error: OSError | ValueError) -> str:
    reason = error.reason if isinstance(error, ssl.SSLError) else None
    return f" ({reason.replace('_', ' ').lower()})" if reason else ""
