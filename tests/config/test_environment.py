"""One device from environment variables."""

from pathlib import Path

import pytest
import trustme
from lantime_exporter.config.load import from_environment
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Module, Settings, Target, Tls
from lantime_exporter.errors import ConfigError

MINIMUM = {"LANTIME_TARGET": "clock1:8443", "LANTIME_USERNAME": "monitoring", "LANTIME_PASSWORD": "12345"}


def problems_of(environ: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        from_environment(environ)
    return caught.value.problems


def test_environment_without_target_is_rejected(subtests: pytest.Subtests) -> None:
    for environ in ({}, {"LANTIME_TARGET": ""}, {"LANTIME_USERNAME": "u", "LANTIME_PASSWORD": "p"}):
        with subtests.test(environ=environ):
            assert problems_of(environ)[0] == "environment: LANTIME_TARGET: is missing"


def test_target_user_and_password_make_settings_with_one_target() -> None:
    assert from_environment(MINIMUM) == Settings(
        auths={"default": Auth(username="monitoring", password=Secret("12345"))},
        modules={"default": Module()},
        targets=(Target(name="clock1", address="clock1:8443"),),
    )


def test_password_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("geheim\n")
    environ = {**MINIMUM, "LANTIME_PASSWORD": "", "LANTIME_PASSWORD_FILE": str(file)}
    assert from_environment(environ).auths["default"].password_file == file


def test_trust_is_configured_by_a_variable(tmp_path: Path, subtests: pytest.Subtests) -> None:
    file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(file)
    cases: list[tuple[dict[str, str], Tls]] = [
        ({"LANTIME_CA_FILE": str(file), "LANTIME_INSECURE_SKIP_VERIFY": "false"}, Tls(ca_file=file)),
        ({"LANTIME_INSECURE_SKIP_VERIFY": "true"}, Tls(insecure_skip_verify=True)),
        ({"LANTIME_FINGERPRINT_SHA256": ":".join(["AB"] * 32)}, Tls(fingerprint_sha256="ab" * 32)),
    ]
    for variables, tls in cases:
        with subtests.test(variables=variables):
            assert from_environment({**MINIMUM, **variables}).modules["default"].tls == tls


def test_other_variables_do_not_matter() -> None:
    assert from_environment({**MINIMUM, "LANTIME_COLOUR": "blue", "PATH": "/bin"}) == from_environment(MINIMUM)


def test_a_problem_names_its_variable(subtests: pytest.Subtests) -> None:
    cases: list[tuple[dict[str, str], str]] = [
        ({"LANTIME_TARGET": "ftp://clock"}, "LANTIME_TARGET: the scheme of an address is https or http"),
        ({"LANTIME_USERNAME": ""}, "LANTIME_USERNAME: is missing"),
        ({"LANTIME_PASSWORD": ""}, "one of LANTIME_PASSWORD, LANTIME_PASSWORD_FILE is missing"),
        ({"LANTIME_PASSWORD_FILE": "/dev/null/x"},
         "LANTIME_PASSWORD_FILE: /dev/null/x: cannot be read: Not a directory"),
        ({"LANTIME_INSECURE_SKIP_VERIFY": "yes"},
         'LANTIME_INSECURE_SKIP_VERIFY: must be one of true, false, not "yes"'),
        ({"LANTIME_CA_FILE": "/nowhere/ca.pem"},
         "LANTIME_CA_FILE: /nowhere/ca.pem: cannot be read: No such file or directory"),
    ]  # fmt: skip
    for changes, problem in cases:
        with subtests.test(changes=changes):
            assert f"environment: {problem}" in problems_of({**MINIMUM, **changes})


def test_a_target_alone_names_all_missing_variables() -> None:
    assert problems_of({"LANTIME_TARGET": "clock"}) == (
        "environment: LANTIME_USERNAME: is missing",
        "environment: one of LANTIME_PASSWORD, LANTIME_PASSWORD_FILE is missing",
    )


def test_two_passwords_are_rejected(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("geheim")
    assert problems_of({**MINIMUM, "LANTIME_PASSWORD_FILE": str(file)}) == (
        "environment: LANTIME_PASSWORD and LANTIME_PASSWORD_FILE exclude each other: keep one",
    )


def test_authorities_and_no_verification_are_rejected(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(file)
    environ = {**MINIMUM, "LANTIME_CA_FILE": str(file), "LANTIME_INSECURE_SKIP_VERIFY": "true"}
    assert problems_of(environ) == (
        "environment: LANTIME_CA_FILE has no effect with LANTIME_INSECURE_SKIP_VERIFY: remove one",
    )
