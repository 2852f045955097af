"""The settings of a valid file."""

import re
from pathlib import Path

import pytest
from lantime_exporter.config.load import load, parse
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Allowed, Auth, Module, Proxy, Settings, Target, Tls
from lantime_exporter.config.value_types import Context
from lantime_exporter.errors import ConfigError

AUTH = "auths: {default: {username: monitoring, password: geheim}}\n"
MONITORING = Auth(username="monitoring", password=Secret("geheim"))


def settings_of(text: str, base: Path = Path()) -> Settings:
    return parse(text, "config.yml", Context(base=base))


def module_of(text: str) -> Module:
    return settings_of(f"modules: {{m: {text}}}").modules["m"]


def test_target_without_further_keys_gets_name_auth_and_module_by_default() -> None:
    settings = settings_of(AUTH + "targets: [{address: 'https://Clock1.example.net:8443'}]")
    expected = Target(name="clock1.example.net", address="https://Clock1.example.net:8443")
    assert settings == Settings(auths={"default": MONITORING}, modules={"default": Module()}, targets=(expected,))


def test_every_key_of_a_target_is_taken() -> None:
    settings = settings_of(
        "auths: {lab: {username: monitoring, password: geheim}}\nmodules: {slow: {timeout: 30s}}\n"
        "targets: [{name: studio, address: '[2001:db8::1]:444', auth: lab, module: slow, labels: {rack: '12'}}]"
    )
    expected = Target(name="studio", address="[2001:db8::1]:444", auth="lab", module="slow", labels={"rack": "12"})
    assert settings.targets == (expected,)


def test_every_key_of_allowed_is_taken() -> None:
    settings = settings_of(AUTH + r"allowed: [{pattern: 'clock\d+', auth: default, module: default, plain_http: true}]")
    assert settings.allowed == (Allowed(pattern=re.compile(r"clock\d+"), plain_http=True),)


def test_every_key_of_a_module_is_taken() -> None:
    module = module_of(
        "{timeout: 500ms, min_interval: 1m, max_response_bytes: 4MiB, collectors: [system], "
        "exclude_collectors: [ntp, network], generic_modules: false, generic_status: true, "
        "generic_series_per_slot: 7, position: false}"
    )
    assert module == Module(
        timeout=0.5,
        min_interval=60.0,
        max_response_bytes=4 * 1024 * 1024,
        collectors=("system",),
        exclude_collectors=("ntp", "network"),
        generic_modules=False,
        generic_status=True,
        generic_series_per_slot=7,
        position=False,
    )


def test_every_key_of_proxy_and_tls_is_taken(subtests: pytest.Subtests) -> None:
    fingerprint = ":".join(["AB"] * 32)
    proxy = Proxy(proxy_url="http://u:p@proxy:3128", no_proxy=".example.net")
    cases: list[tuple[str, Module]] = [
        ("{proxy: {proxy_url: 'http://u:p@proxy:3128', no_proxy: .example.net}}", Module(proxy=proxy)),
        ("{proxy: {proxy_from_environment: true}}", Module(proxy=Proxy(proxy_from_environment=True))),
        (f"{{tls: {{fingerprint_sha256: '{fingerprint}'}}}}", Module(tls=Tls(fingerprint_sha256="ab" * 32))),
        ("", Module()),
    ]
    for text, module in cases:
        with subtests.test(text=text):
            assert module_of(text) == module


def test_limits_of_the_exporter_are_taken() -> None:
    settings = settings_of("max_concurrent_probes: 7\ntimeout_offset: 250ms\nsessions_per_device: 0")
    assert (settings.max_concurrent_probes, settings.timeout_offset, settings.sessions_per_device) == (7, 0.25, 0)


def test_the_module_default_always_exists_and_the_auth_default_does_not() -> None:
    settings = settings_of("timeout_offset: 1s")
    assert (settings.modules, settings.auths) == ({"default": Module()}, {})
    assert settings_of("modules: {default: {timeout: 3s}}").modules == {"default": Module(timeout=3.0)}


def test_section_without_entries_is_like_none(subtests: pytest.Subtests) -> None:
    for section in ("auths", "modules", "targets", "allowed"):
        with subtests.test(section=section):
            assert settings_of(f"{section}:") == settings_of("timeout_offset: 500ms")


def test_bearer_may_fall_back_to_basic() -> None:
    text = "auths: {a: {username: u, password: p, method: bearer, fallback_to_basic: true}}"
    auth = settings_of(text).auths["a"]
    assert (auth.method, auth.fallback_to_basic) == ("bearer", True)


def test_alias_stands_for_its_anchor() -> None:
    modules = settings_of("modules: {a: &same {timeout: 3s}, b: *same}").modules
    assert modules["b"] == modules["a"] == Module(timeout=3.0)


def test_collectors_that_are_known_are_accepted() -> None:
    settings = parse("modules: {m: {collectors: [ntp]}}", "config.yml", Context(collectors=["ntp", "system"]))
    assert settings.modules["m"].collectors == ("ntp",)


def test_settings_cannot_be_changed() -> None:
    settings = settings_of(AUTH)
    with pytest.raises(TypeError):
        settings.auths["default"] = MONITORING  # type: ignore[index] # that is the point


def test_relative_paths_start_from_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    (folder / "password").write_text("geheim")
    (folder / "config.yml").write_text("auths: {a: {username: u, password_file: password}}")
    monkeypatch.chdir(tmp_path)
    assert load(Path("etc/config.yml")).auths["a"].password_file == folder / "password"


def test_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_bytes("sessions_per_device: 3".encode("utf-8-sig"))
    assert load(file).sessions_per_device == 3


def test_a_file_that_cannot_be_read_is_named_and_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    with pytest.raises(ConfigError, match=r"config\.yml: cannot be read: No such file or directory$"):
        load(file)
    file.write_bytes(b"auths: {a: {username: u, password: geh\xffim}}")
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert str(caught.value) == f"{file}: cannot be read: not UTF-8 text"


def test_problems_of_a_file_begin_with_its_path(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text("targets: 3")
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert caught.value.problems == (
        f"{file}: targets: must be a list, not a number: begin each item with a dash (line 1)",
    )
