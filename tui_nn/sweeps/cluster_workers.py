"""Which workers of a cluster can train runs as they would be trained here."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any

import numpy as np

from tui_nn import __version__


@dataclass(frozen=True)
class Seen:
    """The workers of a cluster at one moment, by address."""

    threads: Mapping[str, int]
    """Of those that can be used, how many tasks each does at a time."""
    refused: Mapping[str, str]
    """Sentences about those that cannot."""
    notes: tuple[str, ...]
    """Sentences about those whose results may differ."""
    versions: Mapping[str, Any]
    """What each has answered: need not be asked again."""


def see_workers(client: Any, known: Mapping[str, Any]) -> Seen:
    """Ask the workers of a cluster that are not known yet for their versions."""
    info = client.scheduler_info(n_workers=-1)["workers"]
    new = [address for address in info if address not in known]
    versions = {address: known[address] for address in info if address in known}
    if new:
        # Functions of the standard library, which are there in any case.
        answers = [
            client.run(resolve_name, "tui_nn:__version__", workers=new, on_error="return"),
            client.run(resolve_name, "numpy:__version__", workers=new, on_error="return"),
            client.run(platform.python_version, workers=new, on_error="return"),
        ]
        versions |= {address: tuple(answer.get(address) for answer in answers) for address in new}
    refused: dict[str, str] = {}
    notes: list[str] = []
    for address, (package, numpy, python) in versions.items():
        name = _name(address, info[address])
        if isinstance(package, ImportError):
            refused[address] = f"{name} has no tui-nn {__version__}, which has to be installed there"
        elif package != __version__:
            refused[address] = f"{name} has tui-nn {package}, and this is {__version__}"
        elif numpy != np.__version__:
            notes.append(f"{name} has NumPy {numpy}, and here is {np.__version__}: last digits may differ")
        elif _minor(python) != _minor(platform.python_version()):
            notes.append(f"{name} has Python {python}, and here is {sys.version.split()[0]}")
    threads = {address: int(info[address]["nthreads"]) for address in versions if address not in refused}
    return Seen(threads, refused, tuple(notes), versions)


def _name(address: str, info: Mapping[str, Any]) -> str:
    name = str(info.get("name", address))
    return f"worker {address}" if name in ("", address) else f"worker {name} ({address})"


def _minor(version: Any) -> list[str]:
    return str(version).split(".")[:2]
