"""The tree of a document: paths, names of list elements, finding by spelling; and its shape."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.document.shape import MAX_DEPTH, flatten
from lantime_exporter.document.tree import Leaf, Node, build_tree
from lantime_exporter.errors import ContentError

KEYS = st.sampled_from(["object-id", "a", "b", "a#2", "", "0", "1"]) | st.text(max_size=3)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
NAMES = st.sampled_from(["a", "b", "a#1", "a#2", "a#2#2", "1", " "])
TREES = st.recursive(
    SCALARS | NAMES,
    lambda part: (
        st.dictionaries(KEYS, part, max_size=4)
        | st.lists(part | st.fixed_dictionaries({"object-id": NAMES}), max_size=5)
    ),
    max_leaves=25,
)
DOCUMENTS = st.dictionaries(KEYS, TREES, max_size=4)


def tree(document: dict[str, Any]) -> Node:
    return build_tree(flatten(document))


def paths(document: dict[str, Any]) -> list[str]:
    return ["/".join(leaf.path) for leaf in tree(document).leaves()]


def test_a_leaf_is_found_under_its_rest_path() -> None:
    document = {"data": {"slots": [{"object-id": "clk1", "module": {"dac-val": 5}}]}}
    assert paths(document) == ["data/slots/clk1/object-id", "data/slots/clk1/module/dac-val"]


def test_a_list_element_is_named_by_its_object_id_else_by_its_place(subtests: pytest.Subtests) -> None:
    cases: list[tuple[list[Any], list[str]]] = [
        ([{"object-id": "a"}, {"object-id": "b"}], ["a", "b"]),
        ([{"object-id": " a "}], ["a"]),
        ([{"object-id": 7}], ["7"]),
        ([{"x": 1}, {"x": 1}], ["0", "1"]),
        ([1, "x"], ["0", "1"]),
        ([[1], [2]], ["0", "1"]),
        ([{"object-id": ""}, {"object-id": True}, {"object-id": None}, {"object-id": []}], ["0", "1", "2", "3"]),
        ([{"object-id": "a"}, {"object-id": "a"}], ["a", "a#1"]),
        ([{"object-id": "1"}, {"x": 1}], ["1", "1#1"]),
        ([{"object-id": "a"}, {"object-id": "a#2"}, {"object-id": "a"}], ["a", "a#2", "a#2#2"]),
    ]
    for elements, names in cases:
        with subtests.test(elements=elements):
            block = tree({"list": elements}).node("list")
            assert block is not None
            assert list(block.children) == names


@given(DOCUMENTS)
def test_the_tree_holds_every_leaf_of_the_shape_at_its_place(document: dict[str, Any]) -> None:
    leaves = list(tree(document).leaves())
    assert [leaf.index for leaf in leaves] == list(range(len(leaves)))
    assert [leaf.value for leaf in leaves] == flatten(document).leaves


@given(DOCUMENTS)
def test_no_two_leaves_share_a_path(document: dict[str, Any]) -> None:
    found = [leaf.path for leaf in tree(document).leaves()]
    assert len(set(found)) == len(found)


@given(DOCUMENTS, DOCUMENTS)
def test_equal_shapes_have_the_same_keys_in_the_same_places(one: dict[str, Any], other: dict[str, Any]) -> None:
    if flatten(one).shape == flatten(other).shape:
        assert skeleton(one) == skeleton(other)


@given(DOCUMENTS)
def test_the_shape_does_not_depend_on_values(document: dict[str, Any]) -> None:
    assert flatten(document).shape == flatten(replaced(document)).shape


def test_a_boolean_is_another_shape_than_the_number_it_equals() -> None:
    assert flatten({"a": True}).shape != flatten({"a": 1}).shape
    assert flatten({"a": [False]}).shape != flatten({"a": [0]}).shape


def test_the_names_of_list_elements_are_part_of_the_shape() -> None:
    assert flatten({"a": [{"object-id": "x"}]}).shape != flatten({"a": [{"object-id": "y"}]}).shape


def replaced(value: Any) -> Any:
    """Return a document with other values, except those that name elements of lists."""
    if isinstance(value, dict):
        return {key: item if key == "object-id" else replaced(item) for key, item in value.items()}
    if isinstance(value, list):
        return [replaced(item) for item in value]
    return not value if isinstance(value, bool) else "other"


def skeleton(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, skeleton(item)) for key, item in value.items()]
    return [skeleton(item) for item in value] if isinstance(value, list) else isinstance(value, bool)


def test_a_leaf_is_found_by_any_spelling_of_its_keys(subtests: pytest.Subtests) -> None:
    cases: list[tuple[tuple[str, ...], str]] = [
        (("sync-status.clock",), "exact"),
        (("sync_status.CLOCK",), "exact"),
        (("other", "sync-status.clock"), "exact"),
        (("API Version",), "20"),
        (("api-version",), "20"),
    ]
    for spellings, value in cases:
        with subtests.test(spellings=spellings):
            leaf = tree({"sync-status": {"clock": "exact"}, "API Version": "20"}).leaf(*spellings)
            assert leaf is not None
            assert leaf.value == value


def test_an_exact_key_wins_over_one_that_is_spelled_alike() -> None:
    leaf = tree({"ref_type": "alike", "ref-type": "exact"}).leaf("ref-type")
    assert leaf is not None
    assert leaf.value == "exact"


def test_an_absent_part_is_none(subtests: pytest.Subtests) -> None:
    for spelling in ("absent", "scalar.below", "block.absent.below", ""):
        with subtests.test(spelling=spelling):
            assert tree({"scalar": 1, "block": {"x": 1}}).get(spelling) is None


def test_blocks_and_leaves_are_distinguished() -> None:
    root = tree({"scalar": 1, "block": {}})
    assert isinstance(root.get("scalar"), Leaf)
    assert isinstance(root.get("block"), Node)
    assert root.node("scalar") is None
    assert root.leaf("block") is None


def deep(levels: int, *, lists: bool) -> dict[str, Any]:
    value: Any = 1
    for _ in range(levels):
        value = [value] if lists else {"a": value}
    return {"a": value}


@pytest.mark.parametrize("lists", [True, False])
def test_nesting_is_accepted_to_its_bound(lists: bool) -> None:
    assert flatten(deep(MAX_DEPTH, lists=lists)).leaves == [1]


@pytest.mark.parametrize("lists", [True, False])
def test_nesting_beyond_its_bound_is_refused(lists: bool) -> None:
    with pytest.raises(ContentError, match="nested too deeply"):
        flatten(deep(MAX_DEPTH + 1, lists=lists))
