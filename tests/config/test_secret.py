"""Secrets are read from their sources, and never shown."""

import logging
import os
import traceback
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from lantime_exporter.config import Secret, Settings, Source, load, parse, redacted
from lantime_exporter.errors import ConfigError

LITERAL = "auths: {a: {username: u, password: geheim}}"
PROXY = "modules: {m: {proxy: {proxy_url: 'http://user:geheim@proxy:3128'}}}"


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text("geheim\r\n")
    return file


def test_secret_in_a_file_is_read_without_its_line_end(password_file: Path) -> None:
    assert Secret(file=password_file).read() == "geheim"


def test_secret_in_a_file_keeps_its_blanks(password_file: Path) -> None:
    password_file.write_text(" ge heim \n")
    assert Secret(file=password_file).read() == " ge heim "


def test_secret_in_a_file_is_read_again_at_every_use(password_file: Path) -> None:
    secret = parse("auths: {a: {username: u, password_file: password}}", "", password_file.parent).auths["a"].password
    password_file.write_text("neu")
    assert secret.read() == "neu"


def test_secret_in_the_environment_is_read_again_at_every_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HQ_PASSWORD", "geheim")
    secret = parse("auths: {a: {username: u, password_env: HQ_PASSWORD}}", "", Path()).auths["a"].password
    monkeypatch.setenv("HQ_PASSWORD", "neu")
    assert secret.read() == "neu"


def test_user_name_can_come_from_a_file(password_file: Path) -> None:
    auth = parse("auths: {a: {username_file: password, password: p}}", "", password_file.parent).auths["a"]
    assert auth.username.read() == "geheim"


def test_user_name_can_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HQ_USERNAME", "monitoring")
    auth = parse("auths: {a: {username_env: HQ_USERNAME, password: p}}", "", Path()).auths["a"]
    assert auth.username.read() == "monitoring"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"\n", "empty"),
        (b"geh\xffeim", "cannot be read: not UTF-8 text"),
    ],
)
def test_secret_file_that_cannot_be_used_is_named_when_the_configuration_is_read(
    problems: Callable[[str], list[str]], tmp_path: Path, content: bytes | None, reason: str
) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    found = problems("auths: {a: {username: u, password_file: password}}")
    assert found == [f"auths.a.password_file: {file}: {reason}"]


@pytest.mark.parametrize(("value", "reason"), [(None, "not set"), ("", "empty")])
def test_variable_that_cannot_be_used_is_named_when_the_configuration_is_read(
    problems: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch, value: str | None, reason: str
) -> None:
    monkeypatch.delenv("HQ_PASSWORD", raising=False)
    if value is not None:
        monkeypatch.setenv("HQ_PASSWORD", value)
    found = problems("auths: {a: {username: u, password_env: HQ_PASSWORD}}")
    assert found == [f"auths.a.password_env: environment variable HQ_PASSWORD: {reason}"]


def test_source_that_vanished_since_raises_an_error_that_names_it(password_file: Path) -> None:
    source = Source(file=password_file)
    password_file.unlink()
    with pytest.raises(ConfigError, match=r"password: cannot be read: No such file or directory$"):
        source.read()


def test_secret_shows_as_secret(subtests: pytest.Subtests) -> None:
    for show in (repr, str, "{}".format, "%s".__mod__):
        with subtests.test(show=show):
            assert show(Secret(literal="geheim")) == "<secret>"


def test_settings_never_show_a_secret(subtests: pytest.Subtests) -> None:
    functions: tuple[Callable[[Settings], str], ...] = (repr, str, redacted)
    for text, show in product((LITERAL, PROXY), functions):
        with subtests.test(text=text, show=show):
            assert "geheim" not in show(parse(text, "config.yml", Path()))


def test_logged_settings_do_not_show_a_secret(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").warning("%s %r", parse(LITERAL, "", Path()), parse(PROXY, "", Path()))
    assert "geheim" not in caplog.text


def test_fault_beside_a_secret_does_not_show_it_even_in_a_traceback(tmp_path: Path, subtests: pytest.Subtests) -> None:
    cases: list[str] = [
        "auths: {a: {username: u, password: abc,geheim}}",
        "auths: {a: {username: u, password: 'a', geheim}}",
        "auths: {a: {username: u, password:geheim}}",
        "auths: {a: {username: u, password: !geheim x}}",
        "auths: {a: {username: u, password: *geheim}}",
        "auths: {a: {username: u, password: {geheim: x}}}",
        "auths: {a: {username: u, password: [geheim]}}",
        "auths: {a: {username: u, password: 'geheim', password: 'geheim'}}",
        "auths: {a: {username: u, password: \"geheim\\0\"}}",
        "auths: {a: {username: u, password: geheim",
        "auths: {a: {username: u, passwort: geheim}}",
        "auths: {a: {password: geheim}}",
        "auths: {password: geheim}",
        "auths: {a: geheim}",
        "auths: geheim",
        "auths: [geheim]",
        "targets: [{address: 'https://u:geheim@clock'}]",
        "modules: {m: {proxy: {proxy_url: 'http://u:geheim@'}}}",
        "modules: {m: {proxy: {proxy_url: 'u:geheim@proxy'}}}",
        "modules: {m: {proxy: {proxy_url: http://u:a,geheim@proxy}}}",
        "modules: {m: {proxy: geheim}}",
    ]  # fmt: skip
    for text in cases:
        with subtests.test(text=text):
            file = tmp_path / "config.yml"
            file.write_text(text)
            with pytest.raises(ConfigError) as caught:
                load(file)
            assert "geheim" not in "".join(traceback.format_exception(caught.value))


def test_what_editors_add_is_not_part_of_a_secret(password_file: Path, subtests: pytest.Subtests) -> None:
    for content in (b"\xef\xbb\xbfgeheim\r\n", b"geheim\n\n", b"\xef\xbb\xbfgeheim"):
        with subtests.test(content=content):
            password_file.write_bytes(content)
            assert Secret(file=password_file).read() == "geheim"


def test_what_shells_add_is_not_part_of_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HQ_PASSWORD", "\ufeffgeheim\r\n")
    assert Secret(environment="HQ_PASSWORD").read() == "geheim"


def test_control_characters_inside_a_secret_are_an_error_that_names_the_file(
    password_file: Path, subtests: pytest.Subtests
) -> None:
    for text in ("ge\theim", "ge\nheim", "geheim\ufeff", "\x00geheim", "ge\x7fheim"):
        with subtests.test(text=text):
            password_file.write_text(text, encoding="utf-8")
            with pytest.raises(
                ConfigError, match=r"^/.*password: contains a line break or another control character"
            ) as caught:
                Secret(file=password_file).read()
            assert "heim" not in str(caught.value)


def test_secret_file_must_be_a_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConfigError, match=r"pipe: is not a regular file"):
        Secret(file=tmp_path / "pipe").read()


def test_secret_file_of_more_than_64_kib_is_refused(password_file: Path) -> None:
    password_file.write_text("x" * 65_537)
    with pytest.raises(ConfigError, match=r"password: longer than 65536 bytes"):
        Secret(file=password_file).read()
