"""Loading without garbage collection in between, and letting go of it again."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tui_nn.app.loading import collect_everything, without_collecting


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.enable()
    collect_everything()


def test_nothing_is_collected_while_loading_and_later_again() -> None:
    with without_collecting():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_what_was_loaded_is_left_out_of_later_collections() -> None:
    with without_collecting():
        loaded: list[object] = [{}]

    assert not any(entry is loaded for entry in gc.get_objects())
    collect_everything()
    assert any(entry is loaded for entry in gc.get_objects())


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()

    with without_collecting():
        pass

    assert not gc.isenabled()


def test_loading_that_fails_leaves_the_collector_on() -> None:
    with pytest.raises(ImportError), without_collecting():
        raise ImportError

    assert gc.isenabled()
