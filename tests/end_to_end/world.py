"""All programs between simulated devices and a webhook."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from lantime_simulator import Lantime, SimulatedDevice, SimulatedNetwork, Timetable

from tests.cli.cli_process import Exporter
from tests.end_to_end import shortened
from tests.end_to_end.alertmanager import Alertmanager, notifying
from tests.end_to_end.scenes import ALREADY, SCENES, UNREACHABLE, WRONG_PASSWORD
from tests.end_to_end.shipped import ALERTMANAGER, rule_files
from tests.end_to_end.webhook import Arrival, Webhook
from tests.integration.prometheus import Prometheus, eventually
from tests.integration.scrape_configurations import INTERVAL, adapted, configurations

USER = "monitor"
PASSWORD = "hunter2"

TIMEOUT_OFFSET = 0.1
"""Small, because a scrape may take only a second, and a failed probe restarts every ``for``."""

LEFT_OUT = {"LantimeClockWrong"}
"""Alerts that compare with the clock of Prometheus, which does not run faster like those of the devices."""

MAX_WAIT = 60.0
"""Seconds until an alert must arrive; the slowest takes 15."""


class HurriedClock:
    """A monotonic clock that is zero until it is started, and then runs faster by the factor."""

    def __init__(self) -> None:
        self.started: float | None = None

    def start(self) -> None:
        self.started = time.monotonic()

    def __call__(self) -> float:
        return 0.0 if self.started is None else (time.monotonic() - self.started) * shortened.FACTOR


@dataclass(frozen=True)
class World:
    """The devices by name, the file with the password of one of them, and the programs.

    ``timetable`` is the clock of the devices that keep a timetable.
    """

    lantimes: Mapping[str, Lantime]
    timetable: HurriedClock
    password: Path
    prometheus: Prometheus
    alertmanager: Alertmanager
    webhook: Webhook

    def trouble(self) -> set[str]:
        """Activate all scenarios; return the inhibited alerts of the unreachable device."""
        # Some alerts fire only for parts that were good before.
        self.prometheus.first('instance_slot:lantime_power_supply_ok:last_good{instance="psu-lost"}', 2)
        self.password.write_text("wrong")
        for scene in SCENES:
            self.lantimes[scene.name].activate(*(scene.before or scene.plays))
        self.prometheus.first(f'ALERTS{{alertname="{ALREADY}", alertstate="firing"}}')
        for scene in SCENES:
            self.lantimes[scene.name].activate(*scene.plays)
        return eventually(lambda: self.alertmanager.inhibited(UNREACHABLE) or None)

    def recover(self) -> None:
        """End all scenarios, once all their alerts have arrived."""
        for scene in SCENES:
            for expected in scene.alerts:
                self.arrived("firing", expected.name, expected.severity, scene.name)
        self.password.write_text(PASSWORD)
        for scene in SCENES:
            self.lantimes[scene.name].activate()

    def arrived(self, status: str, alertname: str, severity: str, instance: str) -> Arrival:
        """Wait until an alert arrives, and return it."""
        wanted = {"alertname": alertname, "severity": severity, "instance": instance}

        def look(arrivals: Sequence[Arrival]) -> Arrival | None:
            return next(
                (each for each in arrivals if each.status == status and wanted.items() <= each.labels.items()), None
            )

        found = self.webhook.wait_for(look, MAX_WAIT)
        assert found, f"{wanted} did not arrive {status}, but of this device:\n" + "\n".join(
            f"{each.status} {each.labels}" for each in self.webhook.arrivals if each.labels.get("instance") == instance
        )
        return found


@contextmanager
def world(
    program: Callable[[str], str],
    folder: Path,
    devices: Mapping[str, SimulatedDevice],
    timetables: Mapping[str, Timetable],
) -> Iterator[World]:
    """Start all programs, and yield when all devices are healthy in Prometheus; timetables begin then."""
    began, clock, timetable = time.time(), HurriedClock(), HurriedClock()
    clock.start()
    lantimes = {
        name: Lantime(device, clock=timetable, wall=lambda: began + clock(), timetable=timetables[name])
        if name in timetables
        else Lantime(device, clock=clock, wall=lambda: began + clock())
        for name, device in devices.items()
    }
    password = folder / "password"
    password.write_text(PASSWORD)
    with (
        SimulatedNetwork(lantimes.values(), credentials=(USER, PASSWORD)) as fleet,
        Webhook() as webhook,
        Alertmanager(
            program("prometheus-alertmanager"),
            program("amtool"),
            made(folder / "alertmanager"),
            notifying(yaml.safe_load(ALERTMANAGER.read_text()), webhook.url),
        ) as alertmanager,
        Exporter(
            "--config.file",
            str(watching({name: server.url for name, server in zip(lantimes, fleet.servers, strict=True)}, password)),
            "--web.listen-address=127.0.0.1:0",
        ) as exporter,
        Prometheus(
            program("prometheus"),
            program("promtool"),
            made(folder / "prometheus"),
            scraping(exporter.url.removeprefix("http://"), alertmanager.address, made(folder / "rules"), lantimes),
        ) as prometheus,
    ):
        prometheus.first("lantime_up")
        prometheus.first("lantime_up == 1", len(lantimes))
        timetable.start()
        yield World(lantimes, timetable, password, prometheus, alertmanager, webhook)


def made(folder: Path) -> Path:
    """Create a folder and return it."""
    folder.mkdir()
    return folder


def watching(addresses: Mapping[str, str], password: Path) -> Path:
    """Write the configuration of an exporter for these devices, next to the password of one of them."""
    file = password.with_name("lantime-exporter.yml")
    configuration = {
        "timeout_offset": TIMEOUT_OFFSET,
        "auths": {
            "default": {"username": USER, "password": PASSWORD},
            WRONG_PASSWORD: {"username": USER, "password_file": password.name, "method": "basic"},
        },
        "targets": [
            {"name": name, "address": address, "auth": WRONG_PASSWORD if name == WRONG_PASSWORD else "default"}
            for name, address in addresses.items()
        ],
    }
    file.write_text(yaml.safe_dump(configuration))
    return file


def scraping(exporter: str, alertmanager: str, folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Return the README's configuration of Prometheus with the shortened rules, which it writes to the folder."""
    for file in rule_files():
        content = shortened.rules(yaml.safe_load(file.read_text()))
        for group in content["groups"]:
            group["rules"] = [rule for rule in group["rules"] if rule.get("alert") not in LEFT_OUT]
        (folder / file.name).write_text(yaml.safe_dump(content))
    configuration = adapted(configurations()["static targets"], exporter, list(names))
    return {
        **configuration,
        "global": {**configuration["global"], "evaluation_interval": INTERVAL},
        "rule_files": [str(folder / "*.yml")],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [alertmanager]}]}]},
    }
