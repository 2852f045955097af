"""The stack for Docker Compose, without an engine: its files are valid, and everything that they mount exists."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lantime_exporter.cli.arguments import parser

from tests.deploy.conftest import DEPLOY, ROOT
from tests.deploy.dockerfile import instructions
from tests.programs import newer

COMPOSE = DEPLOY / "compose"
FILES = ("compose.yml", "devices.yml")
DASHBOARDS = ROOT / "dashboards"
PROVISIONING = DASHBOARDS / "provisioning"


def loaded(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def services() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every service of every file."""
    for name in FILES:
        yield from loaded(COMPOSE / name)["services"].items()


def mounts(service: str) -> dict[str, Path]:
    """Return the mounts of a service from the checkout, by the path in the container."""
    found = {}
    for name, settings in services():
        for volume in settings.get("volumes", ()) if name == service else ():
            source, target, *_ = volume.split(":")
            if source.startswith("."):
                found[target] = (COMPOSE / source).resolve()
    return found


STACK = loaded(COMPOSE / "compose.yml")["services"]


def test_compose_its_schema_takes_the_files(checked: Callable[..., str]) -> None:
    check = Path(sys.executable).with_name("check-jsonschema")
    checked(check, "--builtin-schema", "vendor.compose-spec", *(COMPOSE / name for name in FILES))


@pytest.mark.parametrize("files", [FILES[:1], FILES])
def test_compose_docker_compose_takes_the_files(files: tuple[str, ...], checked: Callable[..., str]) -> None:
    checked(newer("docker-compose"), *(f"--file={COMPOSE / name}" for name in files), "config", "--quiet")


def test_compose_everything_mounted_is_there(subtests: pytest.Subtests) -> None:
    for service in STACK:
        with subtests.test(service=service):
            assert [path for path in mounts(service).values() if not path.exists()] == []


def test_compose_what_is_mounted_from_the_checkout_is_read_only(subtests: pytest.Subtests) -> None:
    for service in STACK:
        with subtests.test(service=service):
            volumes = [
                volume for name, settings in services() if name == service for volume in settings.get("volumes", ())
            ]
            assert [volume for volume in volumes if volume.startswith(".") and not volume.endswith(":ro")] == []


def test_compose_ports_are_open_on_this_machine_only(subtests: pytest.Subtests) -> None:
    for service in STACK:
        with subtests.test(service=service):
            assert [port for port in STACK[service]["ports"] if not port.startswith("127.0.0.1:")] == []


def test_compose_the_exporter_understands_its_command(subtests: pytest.Subtests) -> None:
    for arguments in [settings["command"] for name, settings in services() if name == "exporter"]:
        with subtests.test(arguments=arguments):
            parser().parse_args(arguments)


def test_compose_builds_the_image_from_the_dockerfile_of_the_checkout() -> None:
    context = (COMPOSE / STACK["exporter"]["build"]).resolve()
    assert instructions(context / "Dockerfile")


def test_compose_prometheus_takes_its_configuration_with_the_rules(
    program: Callable[[str], str], checked: Callable[..., str], tmp_path: Path
) -> None:
    for target, source in mounts("prometheus").items():
        (tmp_path / Path(target).relative_to("/etc/prometheus")).symlink_to(source)
    output = checked(program("promtool"), "check", "config", tmp_path / "prometheus.yml")
    assert output.count("rules found") == len(list((ROOT / "alerts").glob("*.yml")))


def test_compose_alertmanager_takes_its_configuration(
    program: Callable[[str], str], checked: Callable[..., str]
) -> None:
    checked(program("amtool"), "check-config", mounts("alertmanager")["/etc/alertmanager/alertmanager.yml"])


def test_compose_names_of_other_services_are_services() -> None:
    prometheus = loaded(COMPOSE / "prometheus.yml")
    (manager,) = (group["targets"] for group in prometheus["alerting"]["alertmanagers"][0]["static_configs"])
    assert [target.partition(":")[0] for target in manager] == ["alertmanager"]
    assert "prometheus" in STACK
    assert loaded(COMPOSE / "datasource.yml")["datasources"][0]["url"] == "http://prometheus:9090"


def test_compose_the_data_source_is_the_provisioned_one_at_another_address() -> None:
    def source(file: Path) -> dict[str, Any]:
        (found,) = loaded(file)["datasources"]
        return {**found, "url": ""}

    assert source(COMPOSE / "datasource.yml") == source(PROVISIONING / "datasources/prometheus.yml")


def test_compose_grafana_shows_the_dashboards_of_the_checkout() -> None:
    (provider,) = loaded(mounts("grafana")["/etc/grafana/provisioning/dashboards"] / "lantime.yml")["providers"]
    folder = mounts("grafana")[provider["options"]["path"]]
    assert folder == DASHBOARDS
    assert list(folder.glob("*.json"))


def test_compose_grafana_begins_with_a_dashboard_that_is_there() -> None:
    home = Path(STACK["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"])
    assert json.loads((mounts("grafana")[str(home.parent)] / home.name).read_text())["title"]


def test_compose_and_others_have_an_example_that_the_exporter_takes(
    tmp_path: Path, checked: Callable[..., str], subtests: pytest.Subtests
) -> None:
    for example in ("compose/lantime-exporter", "systemd", "kubernetes/exporter"):
        with subtests.test(example=example):
            settings = loaded(DEPLOY / example / "lantime-exporter.yml")
            (tmp_path / "password").write_text("a password")
            settings["auths"]["default"]["password_file"] = "password"
            (tmp_path / "lantime-exporter.yml").write_text(yaml.safe_dump(settings))
            checked(sys.executable, "-m", "lantime_exporter", "check", tmp_path / "lantime-exporter.yml", cwd=ROOT)


def test_compose_the_example_reads_configuration_and_password_from_the_mounted_folder() -> None:
    folder = COMPOSE / "lantime-exporter"
    assert mounts("exporter") == {"/etc/lantime-exporter": folder}
    password = loaded(folder / "lantime-exporter.yml")["auths"]["default"]["password_file"]
    assert password == "/etc/lantime-exporter/password"
    assert loaded(COMPOSE / "devices.yml")["services"]["exporter"]["command"] == [
        *("--config.file", "/etc/lantime-exporter/lantime-exporter.yml"),
    ]
