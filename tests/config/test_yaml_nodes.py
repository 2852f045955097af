"""Errors for a text that is not YAML, with the parser in C and the one in Python."""

import pytest
import yaml
from lantime_exporter.config.problems import InvalidError
from lantime_exporter.config.yaml_nodes import compose

LOADERS = (yaml.SafeLoader, yaml.CSafeLoader)


def problems_of(text: str) -> list[str]:
    """Return the problem of a text for each parser."""
    return [problem_of(text, loader) for loader in LOADERS]


def problem_of(text: str, loader: type) -> str:
    with pytest.raises(InvalidError) as caught:
        compose(text, loader)
    (problem,) = caught.value.problems
    return problem.text


def test_syntax_error_names_line_and_column(subtests: pytest.Subtests) -> None:
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
            assert [problem for problem in problems_of(text) if not problem.startswith(beginning)] == []


def test_a_text_that_is_not_one_document_is_rejected(subtests: pytest.Subtests) -> None:
    for text in ("", "\n", "# comment", "---", "~"):
        with subtests.test(text=text):
            assert problems_of(text) == ["is empty", "is empty"]
    assert all("but found another document" in problem for problem in problems_of("a: 1\n---\nb: 1"))
    assert set(problems_of("a: \x00")) == {"not valid YAML: it contains control characters"}


def test_deep_nesting_is_rejected_in_one_line(subtests: pytest.Subtests) -> None:
    """The parser in C may have its own limit and its own message."""
    for level in ("[", "- ", "{a: "):
        for problem in problems_of(level * 50_000):
            with subtests.test(level=level):
                assert "nest" in problem
                assert "\n" not in problem


def test_an_unquoted_password_that_breaks_the_syntax_is_not_shown(subtests: pytest.Subtests) -> None:
    for password in ("*geheim", "!geheim!x", "&a geheim\nd: &a geheim", "'geheim", "@geheim", "[geheim"):
        with subtests.test(password=password):
            assert "geheim" not in str(problems_of(f"a: {{username: u, password: {password}"))


def test_an_unquoted_text_that_begins_with_a_special_character_is_explained() -> None:
    for text, character in (("password: *geheim", "*"), ("password: !geheim!x", "!")):
        advice = f"a text that begins with {character} must be quoted"
        assert [problem for problem in problems_of(text) if not problem.endswith(advice)] == []
