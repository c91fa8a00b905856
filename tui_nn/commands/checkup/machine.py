"""The machine: Python, NumPy, threads, versions of what is used."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata

from tui_nn import __version__
from tui_nn.commands.checkup.finding import NOTE, TROUBLE, Finding

NEEDED = ("numpy", "textual", "textual-plotext", "plotext", "rich", "platformdirs")
THREADS = "OMP_NUM_THREADS"
"""One of the variables in which the program has set the number by now."""
EXTRAS = {"pillow": "images"}
"""Distribution -> the extra that installs it."""


def look_at_machine(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield versions, processors and threads."""
    yield Finding("program", "tui-nn", __version__)
    yield Finding("program", "Python", f"{platform.python_version()}, {sys.executable}")
    yield Finding("program", "system", f"{platform.system()} {platform.machine()}")
    for name in NEEDED:
        found = _version(name)
        state, change = ("ok", "") if found else (TROUBLE, f"Install it: pip install {name}.")
        yield Finding("program", name, found or "missing", state, change)
    for name, extra in EXTRAS.items():
        found = _version(name)
        change = "" if found else f"For PNG and PGM pictures: pip install '.[{extra}]'."
        yield Finding("program", name, found or "not installed", "ok" if found else NOTE, change)
    yield Finding("NumPy", "BLAS", _blas())
    threads = environment.get(THREADS, "not set")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    change = ""
    if cores > 1 and threads == "1":
        change = "One is best for small networks; for large ones: --threads N, or TUI_NN_THREADS."
    yield Finding("NumPy", "threads", f"{threads} of {cores} processors", "ok", change)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _blas() -> str:
    import numpy as np

    try:
        found = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
        return f"{found['name']} {found['version']}"
    except (KeyError, TypeError, ValueError):
        return "unknown"
