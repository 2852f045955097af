"""Links within the documents lead to something."""

import pytest

from tests.docs.documents import DOCUMENTS, ROOT, Document, slugified

LOCAL = [
    (document, link)
    for document in DOCUMENTS
    for link in document.links
    if not link.startswith(("http://", "https://", "mailto:"))
]


def test_docs_have_links() -> None:
    assert {document.name for document, _ in LOCAL} >= {"README.md", "CONTRIBUTING.md", "docs/installation.md"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_docs_a_link_leads_to_a_file_of_the_checkout(document: Document) -> None:
    paths = [link.partition("#")[0] for owner, link in LOCAL if owner is document]
    assert [path for path in paths if not (document.path.parent / path).exists()] == []
    assert [path for path in paths if not (document.path.parent / path).resolve().is_relative_to(ROOT)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_docs_a_link_leads_to_a_heading(document: Document) -> None:
    lost = []
    for path, _, anchor in (link.partition("#") for owner, link in LOCAL if owner is document):
        aim = (document.path.parent / path) if path else document.path
        if anchor and aim.suffix == ".md" and aim.exists() and anchor not in Document(aim).anchors:
            lost.append(f"{path}#{anchor}")
    assert lost == []


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Environment variables", "environment-variables"),
        ("`/probe` and `/sd`", "probe-and-sd"),
        ("From the Go exporter (meinberg-ltos-exporter)", "from-the-go-exporter-meinberg-ltos-exporter"),
        ("[Unreleased](x)", "unreleased"),
    ],
)
def test_docs_anchors_are_those_of_common_renderers(heading: str, anchor: str) -> None:
    assert slugified(heading) == anchor
