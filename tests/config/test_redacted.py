"""The effective settings as text."""

from pathlib import Path

import pytest
import yaml
from lantime_exporter.config.load import parse, redacted
from lantime_exporter.config.settings import Module, Settings
from lantime_exporter.config.value_types import Context


def shown(text: str, base: Path = Path()) -> dict[str, object]:
    document: dict[str, object] = yaml.safe_load(redacted(parse(text, "config.yml", Context(base=base))))
    return document


def test_defaults_are_shown() -> None:
    assert yaml.safe_load(redacted(Settings(auths={}, modules={"default": Module()}))) == {
        "auths": {},
        "modules": {
            "default": {
                "timeout": "10s",
                "min_interval": "0s",
                "max_response_bytes": "16MiB",
                "max_series": 50_000,
                "max_page_bytes": "16MiB",
                "collectors": [],
                "exclude_collectors": [],
                "generic_modules": True,
                "generic_status": False,
                "generic_series_per_slot": 500,
                "position": True,
                "tls": {"insecure_skip_verify": False, "allow_legacy_ciphers": False},
                "proxy": {"proxy_from_environment": False},
            }
        },
        "targets": [],
        "allowed": [],
        "max_concurrent_probes": 500,
        "timeout_offset": "0.5s",
        "sessions_per_device": 20,
    }


def test_literal_password_is_masked_and_its_user_name_shown() -> None:
    assert shown("auths: {a: {username: u, password: geheim}}")["auths"] == {
        "a": {"username": "u", "password": "<secret>", "method": "basic", "fallback_to_basic": False}
    }


def test_path_and_variable_of_secrets_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "password").write_text("geheim")
    monkeypatch.setenv("HQ_USERNAME", "u")
    auths = shown("auths: {a: {username_env: HQ_USERNAME, password_file: password}}", tmp_path)["auths"]
    assert auths == {
        "a": {
            "username_env": "HQ_USERNAME",
            "password_file": str(tmp_path / "password"),
            "method": "basic",
            "fallback_to_basic": False,
        }
    }


def test_user_and_password_of_a_proxy_are_masked(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("http://user:geheim@proxy:3128", "http://<secret>@proxy:3128"),
        ("http://user:ge@heim@proxy:3128", "http://<secret>@proxy:3128"),
        ("http://geheim@[2001:db8::1]", "http://<secret>@[2001:db8::1]"),
        ("http://proxy:3128", "http://proxy:3128"),
    ]
    for url, masked_url in cases:
        with subtests.test(url=url):
            settings = parse(f"modules: {{default: {{proxy: {{proxy_url: '{url}'}}}}}}", "config.yml")
            document = yaml.safe_load(redacted(settings))
            assert document["modules"]["default"]["proxy"]["proxy_url"] == masked_url
