"""Settings for the devices of a test."""

from typing import Any

from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Module, Settings, Target

USER = "monitor"
PASSWORD = "hunter2"
AUTH = Auth(username=USER, password=Secret(PASSWORD))


def watching(*addresses: str, module: Module | None = None, **changes: Any) -> Settings:
    """Return settings with a target for each address, named ``lantime-1`` and so on."""
    targets = tuple(
        Target(name=f"lantime-{number}", address=address) for number, address in enumerate(addresses, start=1)
    )
    given: dict[str, Any] = {"auths": {"default": AUTH}, "modules": {"default": module or Module()}, "targets": targets}
    return Settings(**(given | changes))
