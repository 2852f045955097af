"""``python -m tests.load.soak [--minutes 10] [--devices 200] [--interval 5]``; the exit code is 0 if all is well."""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import requests
import yaml
from lantime_simulator import CATALOGUE, Lantime, SimulatedDevice
from lantime_simulator import SimulatedNetwork as Devices

from tests.cli.cli_process import Exporter
from tests.integration.prometheus import Prometheus
from tests.load.soak.fault_injector import FAULTS, FaultInjector
from tests.load.soak.process_sampler import ProcessSampler
from tests.load.soak.report import Line, log, usage

KINDS = ("m600", "m600", "m300", "m500", "m1000", "m3000")
USER, PASSWORD = "monitor", "soak"
BETWEEN_RELOADS = 60.0
JOB = 'job="lantime"'


def main() -> int:
    """Run the soak test, and print the report."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="duration (default: %(default)s)")
    parser.add_argument("--devices", type=int, default=200, help="number of devices (default: %(default)s)")
    parser.add_argument("--interval", type=int, default=5, help="seconds between scrapes (default: %(default)s)")
    given = parser.parse_args()
    report = list(soak(given.minutes * 60, given.devices, given.interval))
    print("\n".join(map(str, report)))  # noqa: T201 - what the command is for
    return int(any(line.is_good is False for line in report))


def soak(seconds: float, count: int, interval: int) -> Iterator[Line]:
    """Run for so many seconds, then yield the report."""
    lantimes = {f"d{number}": Lantime(kind(number)) for number in range(count)}
    with (
        tempfile.TemporaryDirectory(prefix="soak-") as name,
        Devices(lantimes.values(), credentials=(USER, PASSWORD)) as devices,
    ):
        folder = Path(name)
        addresses = dict(zip(lantimes, (server.url for server in devices.servers), strict=True))
        file = folder / "config.yml"
        file.write_text(yaml.safe_dump(configuration(addresses)))
        with (
            Exporter("--config.file", str(file), "--web.listen-address", "127.0.0.1:0") as exporter,
            Prometheus(program("prometheus"), program("promtool"), folder, scraping(exporter.url, interval)) as server,
            ProcessSampler(exporter._process.pid) as sampler,
            FaultInjector(list(lantimes.values())) as injector,
        ):
            server.first(f"up{{{JOB}}}", count)
            reloads = wait(seconds, exporter)
            window = f"[{int(seconds)}s]"
            yield Line("devices, minutes, interval", f"{count}, {seconds / 60:g}, {interval} s")
            yield Line("scenarios, including faults", f"{injector.changes.total()}, {faults(injector)}")
            yield from scraped(server, lantimes, injector, window, seconds / interval)
            yield from usage(sampler.samples, count / interval)
            yield from counted(exporter)
            exporter.send(signal.SIGTERM)
            yield Line("exit code", str(exporter.wait()), exporter.wait() == 0)
            yield from log(exporter.stderr.splitlines(), faults(injector), reloads)


def kind(number: int) -> SimulatedDevice:
    """Return the number-th device."""
    return CATALOGUE[KINDS[number % len(KINDS)]](number)


def faults(injector: FaultInjector) -> int:
    """Return the number of faults."""
    return sum(injector.changes[name] for name in FAULTS)


def program(name: str) -> str:
    """Return the path of a program. Raises SystemExit if it is not installed."""
    path = shutil.which(name)
    if path is None:
        sys.exit(f"{name} is not installed")
    return path


def configuration(addresses: Mapping[str, str]) -> dict[str, Any]:
    """Return the configuration of the exporter."""
    return {
        "auths": {"default": {"username": USER, "password": PASSWORD}},
        "targets": [{"name": name, "address": address} for name, address in addresses.items()],
    }


def scraping(url: str, interval: int) -> dict[str, Any]:
    """Return the configuration of Prometheus, with service discovery."""
    address = url.partition("://")[2]
    relabel = [
        {"source_labels": ["__address__"], "target_label": "__param_target"},
        {"source_labels": ["__param_target"], "target_label": "instance"},
        {"target_label": "__address__", "replacement": address},
    ]
    job = {"job_name": "lantime", "metrics_path": "/probe", "http_sd_configs": [{"url": f"{url}/sd"}]}
    return {
        "global": {"scrape_interval": f"{interval}s", "scrape_timeout": f"{interval}s"},
        "scrape_configs": [{**job, "relabel_configs": relabel}],
    }


def wait(seconds: float, exporter: Exporter) -> int:
    """Wait, with periodic reloads; return their number."""
    end = time.monotonic() + seconds
    reloads = 0
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, BETWEEN_RELOADS))
        reloads += requests.post(f"{exporter.url}/-/reload", timeout=10).ok
    return reloads


def scraped(
    server: Prometheus, lantimes: Mapping[str, Lantime], injector: FaultInjector, window: str, scrapes: float
) -> Iterator[Line]:
    """Yield the results in Prometheus."""
    made = [value for _, value in server.query(f"count_over_time(up{{{JOB}}}{window})")]
    yield Line("scrapes", f"{sum(made):.0f}", len(made) == len(lantimes))
    yield Line("fewest scrapes of a device, of", f"{min(made):.0f}, {scrapes:.0f}", min(made) >= scrapes - 3)
    failed = server.query(f"min_over_time(up{{{JOB}}}{window}) == 0")
    yield Line("devices with a failed scrape", str(len(failed)), not failed)
    steady = [name for number, name in enumerate(lantimes) if number in injector.steady()]
    down = {labels["instance"] for labels, _ in server.query(f"min_over_time(lantime_up{{{JOB}}}{window}) == 0")}
    yield Line("devices with faults, and failed", f"{len(lantimes) - len(steady)}, {len(down)}", bool(down))
    yield Line(
        "devices without faults, and failed", f"{len(steady)}, {len(down & set(steady))}", not down & set(steady)
    )
    serials: dict[str, set[str]] = {}
    for labels, _ in server.query(f"count_over_time(lantime_device_info{{{JOB}}}{window})"):
        serials.setdefault(labels["instance"], set()).add(labels["serial_number"])
    mixed = [name for name, found in serials.items() if found != {lantimes[name].device.serial_number}]
    yield Line("devices with another's serial number", str(len(mixed)), not mixed)
    yield Line("devices whose serial number was seen", str(len(serials)), set(steady) <= serials.keys())
    failing = server.query(f"min_over_time(lantime_collector_success{{{JOB}}}{window}) == 0")
    yield Line("collectors that failed", str(len(failing)), not failing)


def counted(exporter: Exporter) -> Iterator[Line]:
    """Yield the counters of the exporter."""
    lines = exporter.get("/metrics").text.splitlines()
    prefix = "lantime_exporter_probes_total{"
    found = {line.split('"')[1]: float(line.rpartition(" ")[2]) for line in lines if line.startswith(prefix)}
    counts: Sequence[str] = [f"{result} {number:.0f}" for result, number in found.items() if number]
    yield Line("probes by result", "")
    yield from (Line(f"  {each.partition(' ')[0]}", each.partition(" ")[2]) for each in counts)
    wrong = found["fault"] + found["rejected"]
    yield Line("probes that were a fault or rejected", f"{wrong:.0f}", not wrong)


if __name__ == "__main__":
    sys.exit(main())
