"""A change of a folder is told once, when it is still, and only when it is one."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.folder_watch import changes, look

HANG = 30.0


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    event = threading.Event()
    alarm = threading.Timer(HANG, event.set)
    alarm.start()
    yield event
    alarm.cancel()
    event.set()


def written(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_new_changed_and_removed_files_are_told_by_their_path(tmp_path: Path, stop: threading.Event) -> None:
    written(tmp_path, "a/one.yaml", "1")
    written(tmp_path, "a/two.yaml", "2")
    told = changes(tmp_path, look(tmp_path), stop, every=0.01)
    written(tmp_path, "a/one.yaml", "one")
    (tmp_path / "a" / "two.yaml").unlink()
    written(tmp_path, "b/three.yaml", "3")
    assert next(told) == ("a/one.yaml", "a/two.yaml", "b/three.yaml")


def test_a_file_replaced_by_one_of_the_same_time_and_size_is_a_change(tmp_path: Path, stop: threading.Event) -> None:
    written(tmp_path, "one.yaml", "1")
    before = (tmp_path / "one.yaml").stat()
    told = changes(tmp_path, look(tmp_path), stop, every=0.01)
    written(tmp_path, ".new", "2")
    os.utime(tmp_path / ".new", ns=(before.st_atime_ns, before.st_mtime_ns))
    (tmp_path / ".new").replace(tmp_path / "one.yaml")
    assert next(told) == ("one.yaml",)


def test_the_droppings_of_editors_are_no_change(tmp_path: Path, stop: threading.Event) -> None:
    since = look(tmp_path)
    for name in (".one.yaml.swp", "#one.yaml#", "one.yaml~", ".skema/one.json"):
        written(tmp_path, name, "x")
    assert look(tmp_path) == since
    told = changes(tmp_path, since, stop, every=0.01)
    written(tmp_path, "one.yaml", "1")
    assert next(told) == ("one.yaml",)


def test_a_folder_that_goes_away_is_a_change_and_no_fault(tmp_path: Path, stop: threading.Event) -> None:
    written(tmp_path, "a/one.yaml", "1")
    told = changes(tmp_path, look(tmp_path), stop, every=0.01)
    (tmp_path / "a" / "one.yaml").unlink()
    (tmp_path / "a").rmdir()
    assert next(told) == ("a/one.yaml",)
    stop.set()
    assert next(told, None) is None
