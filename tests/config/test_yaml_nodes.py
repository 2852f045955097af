"""Errors for a text that is not YAML, with the parser in C and the one in Python."""

import pytest
import yaml
from lantime_exporter.config.problems import InvalidError
from lantime_exporter.config.yaml_nodes import compose

pytestmark = pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.CSafeLoader])


def fault_of(text: str, loader: type) -> str:
    with pytest.raises(InvalidError) as caught:
        compose(text, loader)
    (problem,) = caught.value.problems
    return str(problem)


def test_syntax_error_names_line_and_column(loader: type, subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("a: 1\nb: 'x", "line 2, column 4: not valid YAML: a quote is not closed"),
        ("a: 1\nb: @x", "line 2, column 4: not valid YAML: a text must not begin with this character"),
        ("a:\n\t- b", "line 2, column 1: not valid YAML: a tab: indent with spaces"),
        ("a: b: c", "line 1, column 5: not valid YAML: unexpected colon: check the indentation"),
        ("a: 1\n  b: 2", "line 2, column 4: not valid YAML: unexpected colon: check the indentation"),
        ("a:\n  b: 1\n c: 2", "line 3, column 2: not valid YAML: wrong indentation"),
        ("a:\n  - b: 1\n   c: 2", "line 3, column 4: not valid YAML: wrong indentation"),
        ("a:\n  - b: 1\n   - c: 2", "line 3, column 4: not valid YAML: wrong indentation"),
        ('a:\n  b: "c" d', "line 2, column 10: not valid YAML: text after the end of a value"),
        ("a: 1\nb\nc: 2", "line 2, column 1: not valid YAML: a key without a colon"),
        ("a: [b\nc: 1", "line 1, column 4: not valid YAML: a bracket or brace is not closed"),
        ("a: - b", "line 1, column 4: not valid YAML: a list begins in a new line"),
        ('a: "\\q"', "line 1, column "),
    ]
    for text, beginning in cases:
        with subtests.test(text=text):
            assert fault_of(text, loader).startswith(beginning)


def test_second_document_is_refused(loader: type) -> None:
    assert "but found another document" in fault_of("a: 1\n---\nb: 1", loader)


def test_control_characters_are_refused(loader: type) -> None:
    assert fault_of("a: \x00", loader) == "not valid YAML: it contains control characters"


def test_text_without_content_is_called_empty(loader: type, subtests: pytest.Subtests) -> None:
    for text in ("", "\n", "# comment", "---", "~"):
        with subtests.test(text=text):
            assert fault_of(text, loader) == "is empty"


@pytest.mark.parametrize("level", ["[", "- ", "{a: "])
def test_deep_nesting_is_refused_in_one_line(loader: type, level: str) -> None:
    """The parser in C may have its own limit and message."""
    fault = fault_of(level * 50_000, loader)
    assert "nest" in fault
    assert "\n" not in fault


def test_unquoted_password_that_breaks_the_syntax_is_not_shown(loader: type, subtests: pytest.Subtests) -> None:
    for password in ("*geheim", "!geheim!x", "&a geheim\nd: &a geheim", "'geheim", "@geheim", "[geheim"):
        with subtests.test(password=password):
            assert "geheim" not in fault_of(f"a: {{username: u, password: {password}", loader)


def test_unquoted_asterisk_is_explained(loader: type) -> None:
    assert fault_of("password: *geheim", loader).endswith("a text that begins with * must be quoted")


def test_unquoted_exclamation_mark_is_explained(loader: type) -> None:
    assert fault_of("password: !geheim!x", loader).endswith("a text that begins with ! must be quoted")
