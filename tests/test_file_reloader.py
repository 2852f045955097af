"""Values that are loaded from files."""

import logging
from pathlib import Path

import pytest
from lantime_exporter.errors import ConfigError
from lantime_exporter.file_reloader import FileReloader


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_text("first")
    return path


@pytest.fixture
def reloader(file: Path) -> FileReloader[str]:
    def make() -> str:
        text = file.read_text()
        if text.startswith("bad"):
            raise ConfigError(f"{file}: {text}")
        return text

    return FileReloader((file,), make)


def test_value_is_kept_while_the_content_is_the_same(reloader: FileReloader[str], file: Path) -> None:
    before = reloader.current()
    file.touch()
    assert reloader.current() is before


def test_value_follows_the_content(reloader: FileReloader[str], file: Path) -> None:
    file.write_text("other")
    assert reloader.current() == "other"


def test_bad_content_keeps_the_last_good_value_and_is_logged_once(
    reloader: FileReloader[str], file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_text("bad")
    assert [reloader.current() for _ in range(3)] == ["first"] * 3
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert caplog.text.endswith("file: bad\n")


def test_bad_content_is_logged_again_after_good_content(
    reloader: FileReloader[str], file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for text in ("bad", "first", "bad"):
        file.write_text(text)
        reloader.current()
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


def test_missing_file_keeps_the_last_good_value(reloader: FileReloader[str], file: Path) -> None:
    file.unlink()
    assert reloader.current() == "first"
    file.write_text("back")
    assert reloader.current() == "back"


def test_bad_content_is_tried_again_because_other_files_may_mend_it(tmp_path: Path, file: Path) -> None:
    other = tmp_path / "other"
    other.write_text("")

    def make() -> str:
        text = file.read_text()
        if text == "needs other" and not other.read_text():
            raise ConfigError("other is missing")
        return text

    reloader = FileReloader((file,), make)
    file.write_text("needs other")
    assert reloader.current() == "first"
    other.write_text("here")
    assert reloader.current() == "needs other"


def test_first_value_must_be_good(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="missing: cannot be read"):
        FileReloader((tmp_path / "missing",), lambda: "never")
