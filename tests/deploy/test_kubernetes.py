"""The manifests for Kubernetes: valid by its schemas, consistent with each other and with the exporter.

Objects of the Prometheus Operator pass its schemas in test_deploy_operator.py, and promtool in test_deploy_scraping.py.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml
from lantime_exporter import __version__
from lantime_exporter.cli.arguments import PORT, parser

from tests.deploy.conftest import DEPLOY, ROOT

KUBERNETES = DEPLOY / "kubernetes"
BASE = KUBERNETES / "exporter"
OPERATOR = KUBERNETES / "operator"
ROOTS = (BASE, OPERATOR, ROOT / "dashboards")
VERSIONS = ("1.29", "1.37")
LIMIT = 1024 * 1024
"""Maximum size of a ConfigMap in bytes."""

Manifest = dict[str, Any]


def loaded(file: Path) -> Manifest:
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))


MANIFESTS = {
    file.relative_to(KUBERNETES).as_posix(): loaded(file)
    for file in sorted(KUBERNETES.rglob("*.yaml"))
    if file.name != "kustomization.yaml"
}
OWN = [name for name, manifest in MANIFESTS.items() if "coreos.com" not in manifest["apiVersion"]]
FOREIGN = [name for name in MANIFESTS if name not in OWN]

DEPLOYMENT = MANIFESTS["exporter/deployment.yaml"]
POD = DEPLOYMENT["spec"]["template"]["spec"]
(EXPORTER,) = POD["containers"]
LABELS = DEPLOYMENT["spec"]["template"]["metadata"]["labels"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", OWN)
def test_kubernetes_takes_the_manifest(name: str, version: str) -> None:
    kubernetes_validate.validate(MANIFESTS[name], version, strict=True)


def test_kubernetes_an_object_of_the_operator_has_its_parts(subtests: pytest.Subtests) -> None:
    for name in FOREIGN:
        with subtests.test(name=name):
            manifest = MANIFESTS[name]
            group = "monitoring.coreos.com"
            assert manifest.keys() == {"apiVersion", "kind", "metadata", "spec"}
            assert (manifest["apiVersion"], manifest["kind"]) in {
                (f"{group}/v1alpha1", "ScrapeConfig"),
                (f"{group}/v1", "ServiceMonitor"),
            }


def mentioned(kustomization: Path) -> Iterator[Path]:
    """Yield every path that a kustomization names."""
    content = loaded(kustomization / "kustomization.yaml")
    for name in content.get("resources", ()):
        yield (kustomization / name).resolve()
    for generator in content.get("configMapGenerator", ()):
        yield from ((kustomization / name).resolve() for name in generator["files"])


@pytest.mark.parametrize("kustomization", ROOTS, ids=lambda path: path.name)
def test_kubernetes_everything_a_kustomization_names_is_there(kustomization: Path) -> None:
    assert [path for path in mentioned(kustomization) if not path.exists()] == []
    folders = [path for path in mentioned(kustomization) if path.is_dir()]
    assert [path for path in folders if not (path / "kustomization.yaml").is_file()] == []


@pytest.mark.parametrize("kustomization", ROOTS, ids=lambda path: path.name)
def test_kubernetes_kubectl_builds_the_kustomization(kustomization: Path, optional: Callable[[str], str]) -> None:
    done = subprocess.run(  # noqa: S603
        [optional("kubectl"), "kustomize", str(kustomization)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for manifest in yaml.safe_load_all(done.stdout):
        if "coreos.com" not in manifest["apiVersion"]:
            kubernetes_validate.validate(manifest, VERSIONS[-1], strict=True)


def test_kubernetes_every_dashboard_is_a_config_map_that_is_small_enough() -> None:
    files = [path for path in mentioned(ROOT / "dashboards") if path.suffix == ".json"]
    assert sorted(files) == sorted((ROOT / "dashboards").glob("*.json"))
    assert [file.name for file in files if file.stat().st_size > LIMIT] == []


def test_kubernetes_the_exporter_understands_its_arguments() -> None:
    parser().parse_args(EXPORTER["args"])


def test_kubernetes_arguments_name_files_that_are_mounted() -> None:
    given = parser().parse_args(EXPORTER["args"])
    (mount,) = (mount for mount in EXPORTER["volumeMounts"] if mount["mountPath"] == str(given.config_file.parent))
    (volume,) = (volume for volume in POD["volumes"] if volume["name"] == mount["name"])
    (generated,) = loaded(BASE / "kustomization.yaml")["configMapGenerator"]
    assert volume["configMap"]["name"] == generated["name"]
    assert given.config_file.name in generated["files"]


def test_kubernetes_the_example_reads_the_password_where_the_secret_is_mounted() -> None:
    secret = MANIFESTS["exporter/secret.example.yaml"]
    (volume,) = (volume for volume in POD["volumes"] if "secret" in volume)
    (mount,) = (mount for mount in EXPORTER["volumeMounts"] if mount["name"] == volume["name"])
    assert volume["secret"]["secretName"] == secret["metadata"]["name"]
    (key,) = secret["stringData"]
    example = loaded(BASE / "lantime-exporter.yml")
    assert example["auths"]["default"]["password_file"] == f"{mount['mountPath']}/{key}"


def test_kubernetes_the_image_has_the_tag_of_the_one_version() -> None:
    (image,) = loaded(BASE / "kustomization.yaml")["images"]
    assert image["newTag"] == __version__
    assert image["name"] == EXPORTER["image"]


def test_kubernetes_service_and_network_policy_select_the_pod() -> None:
    assert MANIFESTS["exporter/service.yaml"]["spec"]["selector"] == LABELS
    assert MANIFESTS["exporter/networkpolicy.yaml"]["spec"]["podSelector"]["matchLabels"] == LABELS
    assert DEPLOYMENT["spec"]["selector"]["matchLabels"] == LABELS


def test_kubernetes_ports_are_the_exporters_own() -> None:
    assert [(port["name"], port["containerPort"]) for port in EXPORTER["ports"]] == [("http", PORT)]
    assert [(port["port"], port["targetPort"]) for port in MANIFESTS["exporter/service.yaml"]["spec"]["ports"]] == [
        (PORT, "http")
    ]


def test_kubernetes_no_probe_of_the_pod_touches_a_device(subtests: pytest.Subtests) -> None:
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        with subtests.test(probe=probe):
            assert EXPORTER[probe]["httpGet"]["path"] in {"/-/healthy", "/-/ready"}


def test_kubernetes_the_pod_keeps_the_restricted_pod_security_standard() -> None:
    pod, container = POD["securityContext"], EXPORTER["securityContext"]
    assert pod["runAsNonRoot"] is True
    assert pod["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["allowPrivilegeEscalation"] is False
    assert container["capabilities"] == {"drop": ["ALL"]}
    assert container["readOnlyRootFilesystem"] is True


@pytest.fixture(scope="module")
def prometheus_rule(checked: Callable[..., str]) -> Manifest:
    return dict(yaml.safe_load(checked(sys.executable, "tools/prometheus_rule.py", cwd=ROOT)))


def test_kubernetes_the_prometheus_rule_holds_all_rule_files(prometheus_rule: Manifest) -> None:
    groups = [group for file in sorted((ROOT / "alerts").glob("*.yml")) for group in loaded(file)["groups"]]
    assert prometheus_rule["kind"] == "PrometheusRule"
    assert prometheus_rule["spec"] == {"groups": groups}


def test_kubernetes_prometheus_takes_the_rules(
    prometheus_rule: Manifest, program: Callable[[str], str], checked: Callable[..., str], tmp_path: Path
) -> None:
    rules = tmp_path / "rules.yml"
    rules.write_text(yaml.safe_dump(prometheus_rule["spec"]))
    checked(program("promtool"), "check", "rules", rules)
