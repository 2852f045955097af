"""Elements of HTML pages. Pages have no scripts and load nothing, and their security policy forbids both."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template
from types import MappingProxyType
from urllib.parse import urlencode

from lantime_exporter import __version__
from lantime_exporter.web.message import Response


def template(name: str) -> Template:
    """Return a file of this folder as a template."""
    return Template(files(__package__).joinpath(name).read_text(encoding="utf-8"))


_STYLE = template("page.css").template
_PAGE = template("page.html")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
)


def document(title: str, content: str) -> Response:
    """Return a page; ``content`` is HTML, ``title`` is text."""
    text = _PAGE.substitute(title=escape(title), version=escape(__version__), style=_STYLE, content=content)
    return Response(content_type="text/html; charset=utf-8", headers=HEADERS, body=text.encode())


def link(path: str, text: str, label: str = "", **parameters: str) -> str:
    """Return a link; ``label`` replaces the text for screen readers.

    ``path`` is relative (``probe``): all pages are in one folder, which a reverse proxy may serve below any path.
    """
    target = f"{path}?{urlencode(parameters)}" if parameters else path
    aria = f' aria-label="{escape(label)}"' if label else ""
    return f'<a href="{escape(target)}"{aria}>{escape(text)}</a>'


def span(content: str, kind: str) -> str:
    """Return HTML with the style of a class."""
    return f'<span class="{kind}">{content}</span>'


def chip(text: str, kind: str = "") -> str:
    """Return a highlighted word; ``kind`` is ``good``, ``bad`` or empty."""
    return span(escape(text), f"chip {kind}".strip())


def failure(reason: str, text: str) -> str:
    """Return the reason of a failure, highlighted, and the error."""
    return f"{chip(reason, 'bad')} {span(escape(text), 'long')}"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of HTML cells; on a narrow screen each row becomes a card, with the labels of its cells."""
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    lines = []
    for first, *others in rows:
        labelled = zip(columns[1:], others, strict=True)
        cells = "".join(f'<td data-label="{escape(column)}">{content}</td>' for column, content in labelled)
        lines.append(f'<tr><th scope="row" data-label="{escape(columns[0])}">{first}</th>{cells}</tr>')
    return f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'


def natural_order(name: str) -> list[tuple[str, int]]:
    """Return a key that sorts numbers in names by value: m300 before m1000."""
    return [(text, int(digits or 0)) for text, digits in re.findall(r"([^0-9]*)([0-9]{0,18})", name.casefold())]
