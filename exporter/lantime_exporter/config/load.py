"""Settings from a file, a text or the environment."""

from collections.abc import Collection, Mapping
from pathlib import Path

from yaml.nodes import Node

from lantime_exporter.config import tree
from lantime_exporter.config.environment import ENVIRONMENT, TARGET
from lantime_exporter.config.fault import DecodeError
from lantime_exporter.config.kinds import Context
from lantime_exporter.config.schema import SETTINGS
from lantime_exporter.config.settings import Settings
from lantime_exporter.config.table import Table, names_in
from lantime_exporter.errors import ConfigError


def load(path: Path, known_collectors: Collection[str] = (), *, reads_secrets: bool = True) -> Settings:
    """Return the settings of a file; relative paths in it start from its folder.

    Without ``known_collectors`` the names of collectors are not checked. Where ``reads_secrets`` is false, the files
    and variables that hold secrets need not be there. Raises ConfigError with one problem for each fault of the file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        # The exception holds the bytes of the file, and with them passwords, so it is not chained.
        raise ConfigError(f"{path}: cannot be read: not UTF-8 text") from None
    # Links are not resolved: where secrets are mounted, the folder behind the link changes with every rotation.
    base = path.absolute().parent
    return parse(text, str(path), base, known_collectors, reads_secrets=reads_secrets)


def parse(
    text: str, source_name: str, base: Path, known_collectors: Collection[str] = (), *, reads_secrets: bool = True
) -> Settings:
    """Return the settings of a YAML text. ``source_name`` begins every problem, ``base`` every relative path.

    Raises ConfigError with one problem for each fault of the text.
    """
    try:
        root = tree.compose(text)
    except DecodeError as error:
        raise _config_error(source_name, error) from None
    context = Context(
        base=base,
        auths=names_in(root, "auths"),
        modules=tuple(dict.fromkeys(("default", *names_in(root, "modules")))),
        collectors=known_collectors,
        reads_secrets=reads_secrets,
    )
    return _decode(SETTINGS, root, context, source_name)


def from_environment(environ: Mapping[str, str]) -> Settings | None:
    """Return settings with the one target that ``LANTIME_TARGET`` and its companions give, None without that variable.

    An empty variable counts as not set. Relative paths start from the working directory. Raises ConfigError with one
    problem for each variable that is missing, wrong or too many.
    """
    given = {key.name: environ[key.name] for key in ENVIRONMENT.keys if environ.get(key.name)}
    if TARGET not in given:
        return None
    context = Context(base=Path())
    return _decode(ENVIRONMENT, tree.text_mapping(given), context, "environment")


def _decode(table: Table[Settings], root: Node, context: Context, source_name: str) -> Settings:
    try:
        return table.decode(root, context)
    except DecodeError as error:
        raise _config_error(source_name, error) from None


def _config_error(source_name: str, error: DecodeError) -> ConfigError:
    return ConfigError(*(f"{source_name}: {fault}" for fault in error.faults))
