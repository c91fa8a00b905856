"""Where a scheduler is: its address, or the file in which it has written that, and whether it is there."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from tui_nn.files.errors import FileError
from tui_nn.files.paths import full_path, shown
from tui_nn.files.reading import read_text
from tui_nn.sweeps.errors import SweepError

MOST_BYTES = 10_000_000
_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://[^\s/]+:\d+/?", re.IGNORECASE)


def scheduler_address(place: str) -> str:
    """Return the address of a scheduler from what a person gives; raise SweepError or FileError."""
    if "://" in place:
        if not _ADDRESS.fullmatch(place):
            raise SweepError(
                f"--scheduler: {place} is not allowed; tcp://HOST:PORT, tls://HOST:PORT or a file"
            )
        return place
    path = full_path(place)
    try:
        address = json.loads(read_text(path, MOST_BYTES))["address"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FileError(f"{shown(path)} cannot be used: it is no file of a Dask scheduler") from None
    return scheduler_address(str(address)) if "://" in str(address) else f"tcp://{address}"


def check_scheduler(address: str, timeout_s: float) -> None:
    """Raise SweepError where no scheduler answers: Dask's own client would wait for what is none for ever."""
    try:
        found = asyncio.run(asyncio.wait_for(_ask_who(address, timeout_s), 2 * timeout_s))
    except Exception as error:
        raise SweepError(f"no Dask scheduler can be used at {address}: {as_text(error)}") from None
    if found.get("type") != "Scheduler":
        raise SweepError(f"{address} is a {found.get('type', 'stranger')} of Dask, and not its scheduler")


def as_text(error: BaseException) -> str:
    """Return the first line of an error of a library; one that ran out of time may have none."""
    name = (
        "it does not answer"
        if isinstance(error, TimeoutError | asyncio.TimeoutError)
        else type(error).__name__
    )
    return str(error).strip().partition("\n")[0] or name


async def _ask_who(address: str, timeout_s: float) -> dict[str, Any]:
    """Return what a server of Dask says of itself."""
    import distributed

    dask: Any = distributed
    security = dask.Security().get_connection_args("client")
    comm = await dask.comm.connect(address, timeout=timeout_s, **security)
    try:
        await comm.write({"op": "identity", "reply": True})
        return dict(await comm.read())
    finally:
        comm.abort()
