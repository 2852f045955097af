"""The summary of a reload."""

import pytest
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Module, Settings, Target
from lantime_exporter.web.reload import describe_changes
from msgspec.structs import replace

A, B, C = (Target(name=name, address=f"{name}.example.net") for name in "abc")
AUTH = Auth(username="u", password=Secret("p"))


def settings(*targets: Target, password: str = "", timeout: float = 10.0, **options: int) -> Settings:
    return Settings(
        auths={"default": replace(AUTH, password=Secret(password)) if password else AUTH, "other": AUTH},
        modules={"default": Module(timeout=timeout)},
        targets=targets,
        **options,  # type: ignore[arg-type]
    )


def test_reload_counts_what_is_new(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Settings, str]] = [
        (settings(A, B), "2 targets: no change"),
        (settings(A), "1 target: 1 removed"),
        (settings(), "0 targets: 2 removed"),
        (settings(B, A), "2 targets: no change; other settings changed"),
        (settings(A, B, C), "3 targets: 1 added"),
        (settings(A, replace(B, address="other"), C), "3 targets: 1 added, 1 changed"),
        (settings(replace(A, labels={"site": "x"}), C), "2 targets: 1 added, 1 changed, 1 removed"),
        (settings(A, replace(B, auth="other")), "2 targets: 1 changed"),
        (settings(A, B, password="new"), "2 targets: 2 changed"),
        (settings(A, B, timeout=5.0), "2 targets: 2 changed"),
        (settings(A, B, max_concurrent_probes=7), "2 targets: no change; other settings changed"),
    ]
    for new, text in cases:
        with subtests.test(new=new):
            assert describe_changes(settings(A, B), new) == text
