"""How long a probe may take."""

import time

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lantime_exporter.config.settings import Module
from lantime_exporter.probe.probe import ProbeRequest, prepare_probe
from lantime_exporter.probe.targets import TargetRegistry

from tests.probe.conftest import Simulate, Watch
from tests.probe.probe_pages import probe, read
from tests.probe.probe_settings import watching


def timeout_of(own: float, scrape: float | None, offset: float) -> float:
    targets = TargetRegistry(watching("192.0.2.10", module=Module(timeout=own), timeout_offset=offset))
    return prepare_probe(ProbeRequest(target="lantime-1", scrape_timeout=scrape), targets).timeout


@pytest.mark.parametrize(
    ("own", "scrape", "offset", "timeout"),
    [
        pytest.param(10.0, None, 0.5, 10.0, id="without a scrape timeout the module's"),
        pytest.param(10.0, 10.0, 0.5, 9.5, id="the scrape timeout less the offset"),
        pytest.param(10.0, 15.0, 0.5, 10.0, id="the module's where it is smaller"),
        pytest.param(5.0, 10.0, 0.5, 5.0, id="a smaller module's is not shrunk by the offset"),
        pytest.param(9.7, 10.0, 0.5, 9.5, id="a module's within the offset is cut"),
        pytest.param(9.5, 10.0, 0.5, 9.5, id="equal"),
        pytest.param(10.0, 1.0, 0.5, 0.5, id="a short scrape timeout"),
        pytest.param(10.0, 0.8, 0.5, 0.4, id="less than twice the offset leaves half"),
        pytest.param(10.0, 0.4, 0.5, 0.2, id="less than the offset leaves half"),
        pytest.param(0.1, 0.4, 0.5, 0.1, id="a tiny module's below that"),
        pytest.param(10.0, 10.0, 0.0, 10.0, id="no offset"),
        pytest.param(10.0, 8.0, 2.0, 6.0, id="another offset"),
    ],
)
def test_the_timeout_is_the_smaller_of_both(own: float, scrape: float | None, offset: float, timeout: float) -> None:
    assert timeout_of(own, scrape, offset) == pytest.approx(timeout)


@hypothesis_settings(max_examples=50)
@given(
    own=st.floats(0.001, 1e4),
    scrape=st.floats(1e-6, 1e6),
    offset=st.floats(0.0, 1e3),
)
def test_no_timeout_is_zero_or_too_long(own: float, scrape: float, offset: float) -> None:
    assert 0 < timeout_of(own, scrape, offset) <= min(own, scrape)


def test_a_probe_exports_its_timeout_and_keeps_it(watch: Watch, simulate: Simulate) -> None:
    exporter = watch(watching(simulate("slow@5").url))
    began = time.monotonic()
    samples = probe(exporter, scrape_timeout=0.8)
    assert time.monotonic() - began == pytest.approx(0.4, abs=0.2)
    assert samples.one("lantime_probe_timeout_seconds") == pytest.approx(0.4)
    assert samples.reason == "timeout"


@pytest.mark.parametrize(
    ("scrape_timeout", "bound"),
    [(None, "10 s by timeout of module default"), (4.0, "3.5 s by scrape timeout less timeout_offset")],
)
def test_the_debug_output_says_which_setting_bound_the_probe(
    watch: Watch, simulate: Simulate, scrape_timeout: float | None, bound: str
) -> None:
    exporter = watch(watching(simulate().url))
    result = exporter.probe(ProbeRequest(target="lantime-1", scrape_timeout=scrape_timeout))
    assert bound in result.debug()
    assert read(result).reason == "none"


@pytest.mark.parametrize(
    ("module", "limit"), [(Module(max_series=100), "max_series"), (Module(max_page_bytes=100), "max_page_bytes")]
)
def test_a_status_that_gives_too_many_series_fails_with_the_setting_named(
    watch: Watch, simulate: Simulate, module: Module, limit: str
) -> None:
    exporter = watch(watching(simulate().url, module=module))
    samples = probe(exporter)
    assert samples.reason == "content"
    assert f"more than {limit}" in str(exporter.targets()[0].last)
