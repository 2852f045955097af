"""Almost valid documents: valid ones with parts deleted, replaced, repeated, renamed or moved."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

Choose = Callable[[int], int]
"""Returns a number from 0 to below its argument, random or chosen by a fuzzer."""

VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        2,
        255,
        10**30,
        0.5,
        -1e-9,
        1e300,
        "",
        "-",
        "N/A",
        "none",
        "0",
        "1",
        "-3.5",
        "1e999",
    ),
    *("true", "no", "synchronized", "holdover [2]", "error", "192.0.2.1", "02:4c:ec:27:ad:77", "2026-02-11T22:05:07"),
    *(
        "less-than-100ns",
        'a "quoted" \\ text',
        "two\nlines",
        "\x00",
        "\ud800",
        "é\u2028",
        "gps",
        "no",
        "nc",
        "a" * 2000,
    ),
    *({}, [], [1, 2], [[1], [2]], {"a": {"b": 1}}, [{"object-id": "a"}, {"object-id": "a"}], {"object-id": 7}),
)


def mutated(document: dict[str, Any], choose: Choose, changes: int = 8) -> dict[str, Any]:
    """Return a copy of a document with some changes below ``data``."""
    changed = copy.deepcopy(document)
    for _ in range(1 + choose(changes)):
        places = list(_places(changed["data"]))
        if places:
            _change(*places[choose(len(places))], choose)
    return changed


Place = tuple[dict[str, Any] | list[Any], Any]
"""A container and the key or index of a member."""


def _places(value: Any) -> Iterator[Place]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield value, key
        yield from _places(item)


def _change(container: Any, key: Any, choose: Choose) -> None:
    value = container[key]
    match choose(6):
        case 0:
            del container[key]
        case 1 if isinstance(container, list):
            container.insert(key, copy.deepcopy(value))
        case 2 if isinstance(container, dict):
            container[_other(key, choose)] = container.pop(key)
        case 3 if isinstance(value, dict | list):
            container[key] = list(value.values()) if isinstance(value, dict) else dict(enumerate_named(value))
        case 4 if isinstance(value, dict):
            value.update({name: copy.deepcopy(VALUES[choose(len(VALUES))]) for name in list(value)[: 1 + choose(4)]})
        case _:
            container[key] = copy.deepcopy(VALUES[choose(len(VALUES))])


def enumerate_named(value: list[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the elements of a list with names, for spellings with objects in place of lists."""
    for position, item in enumerate(value):
        yield str(item.get("object-id", position) if isinstance(item, dict) else position), item


def _other(key: str, choose: Choose) -> str:
    forms = (key.upper(), key.replace("-", "_"), key.replace("-", ""), f"{key}s", f"{key}/x", f' "{key}\\\n', "")
    return forms[choose(len(forms))]
