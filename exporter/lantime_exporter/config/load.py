"""Settings from a file, a text or the environment, and settings as readable text."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from lantime_exporter.config import yaml_nodes
from lantime_exporter.config.decoding import config_error, decode, encode, keys, names_in
from lantime_exporter.config.environment import Environment
from lantime_exporter.config.problems import InvalidError
from lantime_exporter.config.secret import without_additions
from lantime_exporter.config.settings import Settings
from lantime_exporter.config.value_types import Context
from lantime_exporter.errors import ConfigError, unreadable

ANY_NAMES = Context()
"""All names of collectors and labels are valid."""


def load(path: Path, context: Context = ANY_NAMES) -> Settings:
    """Return the settings of a file; relative paths in it start from its folder.

    Raises ConfigError with one line for each problem of the file.
    """
    # Links are not resolved: where secrets are mounted, the folder behind the link changes with every rotation.
    return parse(read_file(path), str(path), replace(context, base=path.absolute().parent))


def read_file(path: Path) -> str:
    """Return the text of a configuration file. Raises ConfigError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: {unreadable(error)}") from error
    except UnicodeDecodeError:
        # Not chained: the exception contains the bytes of the file, and with them passwords.
        raise ConfigError(f"{path}: cannot be read: not UTF-8 text") from None


def parse(text: str, source_name: str, context: Context = ANY_NAMES) -> Settings:
    """Return the settings of a YAML text. ``source_name`` begins every problem.

    Raises ConfigError with one line for each problem of the text.
    """
    try:
        root = yaml_nodes.compose(text)
        modules = tuple(dict.fromkeys(("default", *names_in(root, "modules"))))
        return decode(Settings, root, replace(context, auths=names_in(root, "auths"), modules=modules))
    except InvalidError as error:
        raise config_error(source_name, error) from None


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Return settings with the target of ``LANTIME_TARGET`` and related variables.

    An empty variable counts as unset. Relative paths start from the working directory. Raises ConfigError with one line
    for each missing, invalid or redundant variable.
    """
    given = {key.name: text for key in keys(Environment) if (text := without_additions(environ.get(key.name, "")))}
    try:
        return decode(Environment, yaml_nodes.text_mapping(given), ANY_NAMES).settings()
    except InvalidError as error:
        raise config_error("environment", error) from None


def redacted(settings: Settings) -> str:
    """Return the effective settings as YAML, defaults included and secrets shown as ``<secret>``.

    A secret from a file or a variable is shown as its path or name, a proxy URL without user and password.
    """
    return yaml.safe_dump(encode(settings), sort_keys=False, allow_unicode=True)
