"""``/sd``: the configured targets as Prometheus' HTTP service discovery reads them."""

from lantime_exporter.config.settings import Settings, Target


def groups(settings: Settings) -> list[dict[str, object]]:
    """Return one target group for each target: its name, and its labels from the configuration.

    Address, module and auth come along as ``__meta_lantime_*``, for relabelling; Prometheus drops those afterwards.
    """
    return [{"targets": [target.name], "labels": _labels(target)} for target in settings.targets]


def _labels(target: Target) -> dict[str, str]:
    return {
        "__meta_lantime_address": target.address,
        "__meta_lantime_module": target.module,
        "__meta_lantime_auth": target.auth,
        **target.labels,
    }
