"""Taking pictures: a Prometheus, a web server for the page, a headless browser."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

from tools.backfill import PrometheusServer, ScrapeSpan
from tools.dashboards.definitions import DASHBOARDS
from tools.screenshots.shots import WIDTH, Shot

HERE = Path(__file__).parent

FOLDER = HERE.parents[1] / "dashboards"

CELL = 38
"""Pixels of a row of the grid with its gap."""

STACKED = 768
"""Below this width Grafana places all panels one below the other."""

MAX_VIRTUAL_TIME = 30_000
"""Milliseconds of virtual time of the browser until the picture is taken."""

MAX_SECONDS = 60
"""Maximum seconds of the browser for a picture."""


def take(shot: Shot, page: str, server: PrometheusServer, span: ScrapeSpan, picture: Path) -> None:
    """Write a picture. Raises RuntimeError with the browser's messages if the page logs an error."""
    parameters = {
        "dashboard": shot.dashboard,
        "from": f"{span.begin * 1000:.0f}",
        "to": f"{span.until * 1000:.0f}",
        "width": f"{shot.width}",
        "prometheus": server.url,
        **({"var-instance": shot.device} if shot.device else {}),
        **({"open": "1"} if shot.opened else {}),
    }
    done = _browse(shot, picture, f"{page}/page.html?{urlencode(parameters)}")
    errors = [line for line in done.stderr.splitlines() if "CONSOLE" in line and "rror" in line]
    if errors or not picture.exists():
        raise RuntimeError("\n".join((f"{shot.name}: not drawn well", *errors)) if errors else done.stderr)


def _browse(shot: Shot, picture: Path, url: str) -> "subprocess.CompletedProcess[str]":
    """Run the browser, with a second attempt: Chromium sometimes fails on a busy machine."""
    command = [
        "chromium",
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        # Without this, graphs are sometimes missing on a busy machine.
        "--run-all-compositor-stages-before-draw",
        "--no-proxy-server",
        "--enable-logging=stderr",
        f"--virtual-time-budget={MAX_VIRTUAL_TIME}",
        f"--window-size={shot.width},{height_of(shot)}",
        f"--screenshot={picture}",
        url,
    ]
    run = partial(subprocess.run, command, capture_output=True, text=True, check=False, timeout=MAX_SECONDS)
    try:
        return run()
    except subprocess.TimeoutExpired:
        return run()


def height_of(shot: Shot) -> int:
    """Return the height of the picture in pixels."""
    (page,) = [page for page in DASHBOARDS if page.uid == shot.dashboard]
    if shot.width < STACKED:
        return _top(shot.width) + CELL * (len(page.rows) + sum(panel.height for panel in page.panels))
    return _top(shot.width) + CELL * (shot.rows or page.height(opened=shot.opened))


def _top(width: int) -> int:
    """Return the height of the variables at the top, which need several lines on a narrow page."""
    return 56 if width >= WIDTH else 104 if width >= STACKED else 200


@contextmanager
def pages() -> Iterator[str]:
    """Serve this folder and the dashboards on loopback; yield the address."""

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            head, _, name = path.partition("?")[0].rpartition("/")
            return str(FOLDER / name) if head == "/dashboards" else super().translate_path(path)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(HERE))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
