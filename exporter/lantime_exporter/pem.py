"""Certificates and keys in PEM form: whether files of them can be used, and why not in words."""

import ssl
from pathlib import Path

from lantime_exporter.errors import ConfigError


def check_authorities(ca_file: Path) -> None:
    """Raise ConfigError unless the file holds at least one certificate."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=ca_file)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{ca_file}: holds no usable certificate in PEM form{_detail(error)}") from error


def check_client_certificate(cert_file: Path, key_file: Path | None) -> None:
    """Raise ConfigError unless the certificate and its key, in the same file or its own, fit and are not encrypted."""
    try:
        load_certificate(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), cert_file, key_file)
    except (OSError, ValueError) as error:
        key = f" with key {key_file}" if key_file else ""
        raise ConfigError(
            f"{cert_file}{key}: no certificate with its unencrypted key in PEM form{_detail(error)}"
        ) from error


def load_certificate(context: ssl.SSLContext, cert_file: Path, key_file: Path | None) -> None:
    """Load a certificate and its key. Raises OSError or ValueError, also where the key is encrypted."""
    context.load_cert_chain(cert_file, key_file, password=_no_password)


def _no_password() -> str:
    return ""  # without it OpenSSL asks on the terminal


def _detail(error: OSError | ValueError) -> str:
    reason = error.reason if isinstance(error, ssl.SSLError) else None
    return f" ({reason.replace('_', ' ').lower()})" if reason else ""
