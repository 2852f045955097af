"""How the device is reached: from a configuration, or from options, the environment and a person."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import trustme
from lantime_exporter.config.settings import Auth, Module, Tls
from lantime_exporter.errors import ConfigError, RequestError
from lantime_exporter.inspection.device_options import DeviceOptions, Terminal, settings

ENVIRONMENT = {"LANTIME_USERNAME": "monitor", "LANTIME_PASSWORD": "geheim"}

CONFIGURATION = """\
auths:
  default: {username: hq, password: geheim}
  lab: {username: lab, password: geheim}
modules:
  default: {timeout: 7s}
  pinned: {tls: {fingerprint_sha256: "%s"}}
targets:
  - {name: studio, address: clock1.example.net}
  - {name: bench, address: clock2.example.net, auth: lab, module: pinned}
""" % ("ab" * 32)


class Person:
    """Answers the two questions, and remembers them."""

    def __init__(self, username: str | None, password: str | None) -> None:
        self.asked: list[str] = []
        self.terminal = Terminal(ask=self._answer(username), ask_secretly=self._answer(password))

    def _answer(self, text: str | None) -> Any:
        def answer(prompt: str) -> str:
            self.asked.append(prompt)
            if text is None:
                raise EOFError
            return text

        return answer


def reach(access: DeviceOptions, environ: Mapping[str, str] = ENVIRONMENT, person: Person | None = None) -> Any:
    return settings(access, environ, person.terminal if person else None, ("sync",))


def credentials(access: DeviceOptions, environ: Mapping[str, str] = ENVIRONMENT, person: Person | None = None) -> Any:
    found, _ = reach(access, environ, person)
    auth: Auth = found.auths["default"]
    return auth.username.read(), auth.password.read()


def module(access: DeviceOptions, environ: Mapping[str, str] = ENVIRONMENT, name: str = "default") -> Module:
    found, _ = reach(access, environ)
    chosen: Module = found.modules[name]
    return chosen


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    file = tmp_path / "config.yml"
    file.write_text(CONFIGURATION)
    return file


def test_credentials_come_from_the_environment() -> None:
    assert credentials(DeviceOptions(target="clock1")) == ("monitor", "geheim")


def test_password_file_of_the_environment_is_read(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("aus der Datei\n")
    environ = {"LANTIME_USERNAME": "monitor", "LANTIME_PASSWORD_FILE": str(tmp_path / "password")}
    assert credentials(DeviceOptions(target="clock1"), environ) == ("monitor", "aus der Datei")


def test_options_win_over_the_environment(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("aus der Datei\n")
    access = DeviceOptions(target="clock1", username="eva", password_file=tmp_path / "password")
    assert credentials(access) == ("eva", "aus der Datei")


def test_person_is_asked_for_what_is_missing() -> None:
    person = Person("eva", "getippt")
    assert credentials(DeviceOptions(target="clock1"), {}, person) == ("eva", "getippt")
    assert person.asked == ["User on clock1: ", "Password of eva on clock1: "]


def test_person_is_not_asked_for_what_is_known() -> None:
    person = Person("eva", "getippt")
    credentials(DeviceOptions(target="clock1"), ENVIRONMENT, person)
    assert person.asked == []


def test_missing_credentials_are_named(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Mapping[str, str], Person | None, str]] = [
        ({}, None, "no user: give --username or LANTIME_USERNAME"),
        ({}, Person(None, None), "no user: give --username or LANTIME_USERNAME"),
        ({"LANTIME_USERNAME": "eva"}, None, "no password: give --password-file, LANTIME_PASSWORD"),
        ({"LANTIME_USERNAME": "eva"}, Person("eva", ""), "no password: give --password-file, LANTIME_PASSWORD"),
    ]
    for environ, person, problem in cases:
        with subtests.test(environ=environ), pytest.raises(RequestError, match=problem):
            reach(DeviceOptions(target="clock1"), environ, person)


def test_two_passwords_in_the_environment_are_refused() -> None:
    with pytest.raises(ConfigError, match="LANTIME_PASSWORD_FILE"):
        reach(DeviceOptions(target="clock1"), {**ENVIRONMENT, "LANTIME_PASSWORD_FILE": "/etc/hostname"})


def test_password_file_that_is_missing_is_named_as_the_option_gave_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        reach(DeviceOptions(target="clock1", password_file=tmp_path / "nothing"))
    assert str(caught.value) == f"{tmp_path / 'nothing'}: cannot be read: No such file or directory"


def test_target_of_the_environment_is_the_default() -> None:
    found, target = reach(DeviceOptions(), {**ENVIRONMENT, "LANTIME_TARGET": "clock9"})
    assert (target, found.targets[0].address) == ("clock9", "clock9")


def test_target_is_needed() -> None:
    with pytest.raises(RequestError, match="TARGET is missing"):
        reach(DeviceOptions())


def test_target_that_is_no_address_is_refused_without_repeating_it(subtests: pytest.Subtests) -> None:
    for target in ("https://eva:geheim@clock1", "clock1/api", "clock 1", "ftp://clock1"):
        with subtests.test(target=target):
            with pytest.raises(RequestError, match=r"^TARGET: ") as caught:
                reach(DeviceOptions(target=target))
            assert "geheim" not in str(caught.value)


def test_parts_of_a_configuration_need_one() -> None:
    with pytest.raises(RequestError, match="--auth and --module name parts of a configuration"):
        reach(DeviceOptions(target="clock1", module="lab"))


def test_configuration_gives_targets_and_credentials(config_file: Path) -> None:
    found, target = reach(DeviceOptions(target="bench", config_file=config_file), {})
    assert (target, found.auths["lab"].username.read()) == ("bench", "lab")


def test_configuration_and_user_do_not_go_together(config_file: Path) -> None:
    with pytest.raises(RequestError, match="use --auth"):
        reach(DeviceOptions(target="bench", config_file=config_file, username="eva"))


def test_missing_target_of_a_configuration_names_those_it_has(config_file: Path) -> None:
    with pytest.raises(RequestError, match="configured: studio, bench"):
        reach(DeviceOptions(config_file=config_file))


def test_fault_of_the_configuration_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("auth: {}\n")
    with pytest.raises(ConfigError, match=r"config\.yml: unknown key"):
        reach(DeviceOptions(target="bench", config_file=tmp_path / "config.yml"))


def test_timeout_wins_over_that_of_the_module(config_file: Path) -> None:
    assert module(DeviceOptions(target="studio", config_file=config_file, timeout=2.5)).timeout == 2.5


def test_timeout_of_the_module_is_the_default(config_file: Path) -> None:
    assert module(DeviceOptions(target="studio", config_file=config_file)).timeout == 7.0


def test_insecure_wins_over_what_the_module_trusts(config_file: Path) -> None:
    access = DeviceOptions(target="bench", config_file=config_file, insecure=True)
    assert module(access, name="pinned").tls == Tls(insecure_skip_verify=True)


def test_authorities_win_over_what_the_environment_says(tmp_path: Path) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
    environ = {**ENVIRONMENT, "LANTIME_INSECURE_SKIP_VERIFY": "true"}
    access = DeviceOptions(target="clock1", ca_file=tmp_path / "ca.pem")
    assert module(access, environ).tls == Tls(ca_file=tmp_path / "ca.pem")


def test_trust_of_the_environment_is_the_default() -> None:
    environ = {**ENVIRONMENT, "LANTIME_INSECURE_SKIP_VERIFY": "true"}
    assert module(DeviceOptions(target="clock1"), environ).tls == Tls(insecure_skip_verify=True)
