"""Secrets are read from their sources, and never shown."""

import logging
import os
import traceback
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from lantime_exporter.config.load import load, parse, redacted
from lantime_exporter.config.secret import Secret, read_text_file, read_variable
from lantime_exporter.config.settings import Auth, Settings
from lantime_exporter.config.value_types import Context
from lantime_exporter.errors import ConfigError

LITERAL = "auths: {a: {username: u, password: geheim}}"
PROXY = "modules: {m: {proxy: {proxy_url: 'http://user:geheim@proxy:3128'}}}"


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text("geheim\r\n")
    return file


def test_a_secret_in_a_file_keeps_its_blanks(password_file: Path) -> None:
    password_file.write_text(" ge heim \n")
    assert read_text_file(password_file) == " ge heim "


def test_a_secret_is_read_again_at_every_use(password_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HQ_PASSWORD", "geheim")
    text = "auths: {f: {username: u, password_file: password}, e: {username: u, password_env: HQ_PASSWORD}}"
    auths = parse(text, "", Context(base=password_file.parent)).auths
    assert [auths[name].read_password() for name in "fe"] == ["geheim", "geheim"]
    password_file.write_text("new")
    monkeypatch.setenv("HQ_PASSWORD", "new")
    assert [auths[name].read_password() for name in "fe"] == ["new", "new"]


def test_a_user_name_may_come_from_a_file_or_the_environment(
    password_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HQ_USERNAME", "monitoring")
    text = "auths: {f: {username_file: password, password: p}, e: {username_env: HQ_USERNAME, password: p}}"
    auths = parse(text, "", Context(base=password_file.parent)).auths
    assert [auths[name].read_username() for name in "fe"] == ["geheim", "monitoring"]


def test_a_secret_that_cannot_be_used_is_named_when_the_configuration_is_read(
    problems: Callable[[str], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    file = tmp_path / "password"
    monkeypatch.setenv("EMPTY", "")
    monkeypatch.delenv("MISSING", raising=False)
    files = [(b"\n", "is empty"), (b"geh\xffeim", "cannot be read: not UTF-8 text")]
    cases: list[tuple[str, bytes | None, str]] = [
        ("password_file: password", None, f"{file}: cannot be read: No such file or directory"),
        *(("password_file: password", content, f"{file}: {reason}") for content, reason in files),
        ("password_env: MISSING", None, "environment variable MISSING: not set"),
        ("password_env: EMPTY", None, "environment variable EMPTY: is empty"),
    ]
    for key, content, reason in cases:
        if content is not None:
            file.write_bytes(content)
        with subtests.test(key=key, content=content):
            assert problems(f"auths: {{a: {{username: u, {key}}}}}") == [f"auths.a.{key.partition(':')[0]}: {reason}"]


def test_source_that_vanished_since_raises_an_error_that_names_it(password_file: Path) -> None:
    auth = Auth(username="u", password_file=password_file)
    password_file.unlink()
    with pytest.raises(ConfigError, match=r"password: cannot be read: No such file or directory$"):
        auth.read_password()


def test_settings_never_show_a_secret(caplog: pytest.LogCaptureFixture, subtests: pytest.Subtests) -> None:
    for show in (repr, str, "{}".format, "%s".__mod__):
        with subtests.test(show=show):
            assert show(Secret("geheim")) == "<secret>"
    functions: tuple[Callable[[Settings], str], ...] = (repr, str, redacted)
    for text, show_settings in product((LITERAL, PROXY), functions):
        with subtests.test(text=text, show=show_settings):
            assert "geheim" not in show_settings(parse(text, "config.yml"))
    logging.getLogger("test").warning("%s %r", parse(LITERAL, ""), parse(PROXY, ""))
    assert "geheim" not in caplog.text


def test_a_problem_beside_a_secret_does_not_show_it_even_in_a_traceback(
    tmp_path: Path, subtests: pytest.Subtests
) -> None:
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


def test_a_byte_order_mark_and_line_ends_are_not_part_of_a_secret(
    password_file: Path, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    for content in (b"\xef\xbb\xbfgeheim\r\n", b"geheim\n\n", b"\xef\xbb\xbfgeheim"):
        with subtests.test(content=content):
            password_file.write_bytes(content)
            assert read_text_file(password_file) == "geheim"
    monkeypatch.setenv("HQ_PASSWORD", "\ufeffgeheim\r\n")
    assert read_variable("HQ_PASSWORD") == "geheim"


def test_control_characters_inside_a_secret_are_an_error_that_names_the_file(
    password_file: Path, subtests: pytest.Subtests
) -> None:
    for text in ("ge\theim", "ge\nheim", "geheim\ufeff", "\x00geheim", "ge\x7fheim"):
        with subtests.test(text=text):
            password_file.write_text(text, encoding="utf-8")
            with pytest.raises(
                ConfigError, match=r"^/.*password: contains a line break or another control character"
            ) as caught:
                read_text_file(password_file)
            assert "heim" not in str(caught.value)


def test_a_secret_file_must_be_regular_and_at_most_64_kib(password_file: Path) -> None:
    os.mkfifo(password_file.parent / "pipe")
    with pytest.raises(ConfigError, match=r"pipe: is not a regular file"):
        read_text_file(password_file.parent / "pipe")
    password_file.write_text("x" * 65_537)
    with pytest.raises(ConfigError, match=r"password: longer than 65536 bytes"):
        read_text_file(password_file)
