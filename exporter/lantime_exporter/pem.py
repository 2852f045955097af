"""Certificates and keys in PEM format, and the reasons of TLS errors."""

import ssl
from pathlib import Path

from lantime_exporter.errors import ConfigError, unreadable


def load_authorities(context: ssl.SSLContext, ca_file: Path) -> None:
    """Trust the certificates of a file. Raises ConfigError unless it holds at least one."""
    try:
        context.load_verify_locations(cafile=ca_file)
    except (OSError, ValueError) as error:
        raise ConfigError(_problem(f"{ca_file}", "holds no usable certificate in PEM form", error)) from error


def load_certificate(context: ssl.SSLContext, cert_file: Path, key_file: Path | None) -> None:
    """Load a certificate and its key, from the same file if there is no other.

    Raises ConfigError unless they fit and the key is not encrypted.
    """
    try:
        context.load_cert_chain(cert_file, key_file, password="")  # else OpenSSL asks on the terminal
    except (OSError, ValueError) as error:
        files = f"{cert_file} with key {key_file}" if key_file else f"{cert_file}"
        raise ConfigError(_problem(files, "no certificate with its unencrypted key in PEM form", error)) from error


def check_authorities(ca_file: Path) -> None:
    """Raise ConfigError unless the file holds at least one certificate."""
    load_authorities(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ca_file)


def check_client_certificate(cert_file: Path, key_file: Path | None) -> None:
    """Raise ConfigError unless the certificate and its key can be used."""
    load_certificate(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), cert_file, key_file)


def ssl_reason(error: BaseException) -> str:
    """Return the reason of OpenSSL or the operating system, which contains no text of the peer."""
    reason = getattr(error, "reason", None)
    if not isinstance(reason, str):
        reason = None if isinstance(error, ssl.SSLError) else getattr(error, "strerror", None)
    return (reason or "unknown error").replace("_", " ").lower()


def _problem(files: str, meaning: str, error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
        return f"{files}: {unreadable(error)}"
    return f"{files}: {meaning} ({ssl_reason(error)})"
