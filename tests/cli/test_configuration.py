"""How ``inspect`` reaches the device: by a configuration, or by options, the environment and a person."""

import getpass
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import trustme
from lantime_exporter import collectors
from lantime_exporter.cli import arguments
from lantime_exporter.cli.configuration import device_settings
from lantime_exporter.config.settings import Module, Settings, Tls
from lantime_exporter.errors import ConfigError, RequestError

ENVIRONMENT = {"LANTIME_USERNAME": "monitor", "LANTIME_PASSWORD": "geheim"}

CONFIGURATION = f"""\
auths:
  default: {{username: hq, password: geheim}}
  lab: {{username: lab, password: geheim}}
modules:
  default: {{timeout: 7s}}
  pinned: {{tls: {{fingerprint_sha256: "{"ab" * 32}"}}}}
targets:
  - {{name: studio, address: clock1.example.net}}
  - {{name: bench, address: clock2.example.net, auth: lab, module: pinned}}
"""


def reach(*words: object, environ: Mapping[str, str] = ENVIRONMENT) -> tuple[Settings, str]:
    return device_settings(arguments.parse(("inspect", *map(str, words))), environ, collectors.load())


def credentials(*words: object, environ: Mapping[str, str] = ENVIRONMENT) -> tuple[str, str]:
    auth = reach(*words, environ=environ)[0].auths["default"]
    return auth.read_username(), auth.read_password()


def module(*words: object, environ: Mapping[str, str] = ENVIRONMENT, name: str = "default") -> Module:
    return reach(*words, environ=environ)[0].modules[name]


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return a function that sets what a person enters, None to end the input, and returns the prompts shown."""

    def enter(username: str | None, password: str | None) -> list[str]:
        prompts: list[str] = []

        def entering(text: str | None) -> Callable[[str], str]:
            def read(prompt: str) -> str:
                prompts.append(prompt)
                if text is None:
                    raise EOFError
                return text

            return read

        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", entering(username))
        monkeypatch.setattr(getpass, "getpass", entering(password))
        return prompts

    return enter


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    file = tmp_path / "config.yml"
    file.write_text(CONFIGURATION)
    return file


def test_credentials_come_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("from the file\n")
    environ = {"LANTIME_USERNAME": "monitor", "LANTIME_PASSWORD_FILE": str(tmp_path / "password")}
    assert credentials("clock1") == ("monitor", "geheim")
    assert credentials("clock1", environ=environ) == ("monitor", "from the file")


def test_options_win_over_the_environment(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("from the file\n")
    found = credentials("clock1", "--username", "eva", "--password-file", tmp_path / "password")
    assert found == ("eva", "from the file")


def test_a_person_enters_what_is_missing(person: Callable[..., list[str]]) -> None:
    prompts = person("eva", "typed")
    assert credentials("clock1", environ={}) == ("eva", "typed")
    assert prompts == ["User on clock1: ", "Password of eva on clock1: "]


def test_there_is_no_prompt_for_what_is_known(person: Callable[..., list[str]]) -> None:
    prompts = person("eva", "typed")
    credentials("clock1")
    assert prompts == []


def test_missing_credentials_are_named(person: Callable[..., list[str]], subtests: pytest.Subtests) -> None:
    no_user = "no user: give --username or LANTIME_USERNAME"
    no_password = "no password: give --password-file, LANTIME_PASSWORD"
    cases: list[tuple[Mapping[str, str], tuple[str | None, str | None] | None, str]] = [
        ({}, None, no_user),
        ({"LANTIME_USERNAME": "eva"}, None, no_password),
        ({}, (None, None), no_user),
        ({"LANTIME_USERNAME": "eva"}, ("eva", ""), no_password),
    ]
    for environ, entered, problem in cases:
        if entered:
            person(*entered)
        with subtests.test(environ=environ, entered=entered), pytest.raises(RequestError, match=problem):
            reach("clock1", environ=environ)


def test_two_passwords_in_the_environment_are_rejected() -> None:
    with pytest.raises(ConfigError, match="LANTIME_PASSWORD_FILE"):
        reach("clock1", environ={**ENVIRONMENT, "LANTIME_PASSWORD_FILE": "/etc/hostname"})


def test_a_missing_password_file_is_named_as_the_option_gave_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        reach("clock1", "--password-file", tmp_path / "nothing")
    assert str(caught.value) == f"{tmp_path / 'nothing'}: cannot be read: No such file or directory"


def test_target_of_the_environment_is_the_default() -> None:
    found, target = reach(environ={**ENVIRONMENT, "LANTIME_TARGET": "clock9"})
    assert (target, found.targets[0].address) == ("clock9", "clock9")


def test_options_that_do_not_fit_together_are_explained(config_file: Path, subtests: pytest.Subtests) -> None:
    configured = ("--config.file", config_file)
    cases: list[tuple[tuple[object, ...], str]] = [
        ((), "TARGET is missing: the address of a device"),
        (("clock1", "--module", "lab"), "--auth and --module name parts of a configuration"),
        (("clock1", "--auth", "lab"), "--auth and --module name parts of a configuration"),
        (("bench", *configured, "--username", "eva"), "use --auth"),
        (configured, "TARGET is missing, configured: studio, bench"),
    ]
    for words, problem in cases:
        with subtests.test(words=words), pytest.raises(RequestError, match=problem):
            reach(*words)


def test_an_invalid_address_is_rejected_without_repeating_it(subtests: pytest.Subtests) -> None:
    for target in ("https://eva:geheim@clock1", "clock1/api", "clock 1", "ftp://clock1", "\n"):
        with subtests.test(target=target):
            with pytest.raises(RequestError, match=r"^TARGET: ") as caught:
                reach(target)
            assert "geheim" not in str(caught.value)


def test_a_configuration_gives_target_credentials_and_module(config_file: Path) -> None:
    found, target = reach("bench", "--config.file", config_file, environ={})
    assert (target, found.auths["lab"].read_username()) == ("bench", "lab")
    assert found.modules["default"].timeout == 7.0


def test_problems_of_the_configuration_are_named(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("auth: {}\n")
    with pytest.raises(ConfigError, match=r"config\.yml: unknown key"):
        reach("bench", "--config.file", tmp_path / "config.yml")


def test_options_win_over_the_module_and_the_environment(config_file: Path, tmp_path: Path) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
    configured: Any = ("bench", "--config.file", config_file)
    insecure = {**ENVIRONMENT, "LANTIME_INSECURE_SKIP_VERIFY": "true"}
    assert module(*configured, "--timeout", 2.5).timeout == 2.5
    assert module(*configured, "--insecure", name="pinned").tls == Tls(insecure_skip_verify=True)
    assert module(*configured, "--fingerprint", "cd" * 32, name="pinned").tls == Tls(fingerprint_sha256="cd" * 32)
    assert module("clock1", environ=insecure).tls == Tls(insecure_skip_verify=True)
    authorities = module("clock1", "--ca-file", tmp_path / "ca.pem", environ=insecure).tls
    assert authorities == Tls(ca_file=tmp_path / "ca.pem")
