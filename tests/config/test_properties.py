"""Any file gives settings or a list of problems."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from lantime_exporter.config.decoding import keys
from lantime_exporter.config.environment import Environment
from lantime_exporter.config.load import from_environment, load, parse, redacted
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Allowed, Auth, Module, Proxy, Settings, Target, Tls
from lantime_exporter.config.value_types import Context
from lantime_exporter.errors import ConfigError

KEYS = sorted({key.name for section in (Settings, Auth, Module, Tls, Proxy, Target, Allowed) for key in keys(section)})
WORDS = [
    "default",
    "basic",
    "bearer",
    "10s",
    "16MiB",
    "clock1",
    "https://[::1]:443",
    "http://u:p@h:1",
    "no",
    "012",
    ".",
]

# Brackets make Python warn about regular expressions that may change their meaning.
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=8)
values = st.recursive(
    scalars.filter(lambda value: not isinstance(value, str) or "[" not in value or value in WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner),
    max_leaves=20,
)
sections = st.dictionaries(st.sampled_from([key.name for key in keys(Settings)]), values)


def settings_or_problems(text: str) -> Settings | tuple[str, ...]:
    try:
        return parse(text, "config.yml", Context(base=Path("/nowhere")))
    except ConfigError as error:
        return error.problems


def assert_settings_or_problems(result: Settings | tuple[str, ...]) -> None:
    if isinstance(result, tuple):
        assert result
        assert all(len(problem.splitlines()) == 1 for problem in result)
        assert all(problem.startswith("config.yml:") for problem in result)


@given(st.text())
@example("&a [*a]")
@example("modules: &a {m: *a}")
@example("auths: {a: {password: 'x\\u2028y'}}")
@example("'\\x85': 1")
def test_any_text_gives_settings_or_problems_of_one_line(text: str) -> None:
    assert_settings_or_problems(settings_or_problems(text))


@given(sections)
@example({"targets": [{"address": "a"}], "auths": {"\x1e": None}})
def test_any_document_gives_settings_or_problems_of_one_line(document: dict[str, Any]) -> None:
    assert_settings_or_problems(settings_or_problems(yaml.safe_dump(document, allow_unicode=True)))


@given(st.binary())
def test_any_bytes_give_settings_or_problems(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any-bytes.yml"
    file.write_bytes(content)
    try:
        load(file)
    except ConfigError as error:
        assert error.problems  # noqa: PT017 - settings are as good a response


@given(st.dictionaries(st.sampled_from([key.name for key in keys(Environment)]), st.sampled_from(WORDS) | st.text()))
def test_any_environment_gives_settings_or_problems(environ: dict[str, str]) -> None:
    try:
        from_environment(environ)
    except ConfigError as error:
        assert all(problem.startswith("environment: ") for problem in error.problems)  # noqa: PT017 - as above


texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8)
names = st.sampled_from(["system", "ntp", "no", "012", "Haupt-Uhr 1"])
lists_of_names = st.lists(names, max_size=2).map(tuple)
milliseconds = st.integers(10, 3_600_000).map(lambda count: count / 1000)
auths = st.builds(
    Auth,
    username=texts,
    password=st.just(Secret("<secret>")),
    method=st.just("bearer"),
    fallback_to_basic=st.booleans(),
)
modules = st.builds(
    Module,
    timeout=milliseconds,
    min_interval=milliseconds,
    max_response_bytes=st.integers(1024, 1024**3),
    collectors=lists_of_names,
    exclude_collectors=lists_of_names,
    generic_modules=st.booleans(),
    generic_status=st.booleans(),
    generic_series_per_slot=st.integers(0, 100_000),
    position=st.booleans(),
    tls=st.builds(Tls, fingerprint_sha256=st.none() | st.just("ab" * 32), server_name=st.none() | names),
    proxy=st.builds(Proxy) | st.builds(Proxy, proxy_url=st.just("http://<secret>@proxy:3128"), no_proxy=texts),
)
targets = st.builds(
    Target,
    name=names,
    address=st.just("https://[2001:db8::1]:8443"),
    auth=st.just("012"),
    module=st.sampled_from(["default", "no"]),
    labels=st.dictionaries(st.sampled_from(["rack", "yes"]), texts),
)
settings = st.builds(
    Settings,
    auths=st.fixed_dictionaries({"012": auths}),
    modules=st.fixed_dictionaries({"default": modules, "no": modules}),
    targets=st.lists(targets, max_size=1).map(tuple),
    allowed=st.lists(
        st.builds(Allowed, pattern=texts.map(re.escape).map(re.compile), auth=st.just("012"), plain_http=st.booleans())
    ).map(tuple),
    max_concurrent_probes=st.integers(1, 100_000),
    timeout_offset=st.integers(0, 60_000).map(lambda count: count / 1000),
    sessions_per_device=st.integers(0, 10_000),
)


@given(settings)
def test_masked_settings_read_as_the_same_settings_but_for_the_secrets(original: Settings) -> None:
    assert parse(redacted(original), "redacted") == original
