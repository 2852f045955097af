"""Links in the documents are valid."""

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


def test_docs_a_link_leads_to_a_file_of_the_checkout() -> None:
    aims = [(link, (document.path.parent / link.partition("#")[0]).resolve()) for document, link in LOCAL]
    assert [link for link, aim in aims if not aim.exists() or not aim.is_relative_to(ROOT)] == []


def test_docs_a_link_leads_to_a_heading() -> None:
    lost = []
    for document, link in LOCAL:
        path, _, anchor = link.partition("#")
        aim = (document.path.parent / path) if path else document.path
        if anchor and aim.suffix == ".md" and aim.exists() and anchor not in Document(aim).anchors:
            lost.append(f"{document.name}: {link}")
    assert lost == []


def test_docs_anchors_are_those_of_common_renderers(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("Environment variables", "environment-variables"),
        ("`/probe` and `/sd`", "probe-and-sd"),
        ("From the Go exporter (meinberg-ltos-exporter)", "from-the-go-exporter-meinberg-ltos-exporter"),
        ("[Unreleased](x)", "unreleased"),
    ]
    for heading, anchor in cases:
        with subtests.test(heading=heading):
            assert slugified(heading) == anchor
