"""Loading modules: what they make stays, so no time is spent on looking for garbage among it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Collect no garbage inside; what is alive at the end is left out of all later collections."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def collect_everything() -> None:
    """Let later collections look at everything again."""
    gc.unfreeze()
