from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(path))


def _device(path: Path) -> None:
    try:
        os.mknod(path, 0o666 | 0o020000, os.makedev(1, 5))  # endless zeros
    except PermissionError:
        pytest.skip("device nodes cannot be made here")


STRANGE: dict[str, Callable[[Path], None]] = {
    "a folder": Path.mkdir,
    "a named pipe": _fifo,
    "a socket": _socket,
    "a device": _device,
}


@pytest.fixture(params=STRANGE)
def strange(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """Return the path of something that is no file, and what it is."""
    path = tmp_path / "it"
    STRANGE[request.param](path)
    return path, request.param
