"""Where a scheduler is: its address, or the file in which it has written that, and whether it is there."""

from __future__ import annotations

import asyncio
import json
import os
import re
from typing import Any

from tui_nn.files.errors import FileError, reason
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
    security = _certificates(address)
    try:
        found = asyncio.run(asyncio.wait_for(_ask_who(address, timeout_s, security), 2 * timeout_s))
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


def _certificates(address: str) -> dict[str, Any]:
    """Return what Dask's own configuration says of certificates; raise SweepError where they do not do."""
    import distributed

    dask: Any = distributed
    configuration = "distributed.comm.tls in Dask's configuration"
    found = dask.Security()
    try:
        security: dict[str, Any] = found.get_connection_args("client")
    except (OSError, ValueError, TypeError) as error:  # ssl.SSLError is an OSError
        why = _missing_file(found) or reason(error)
        words = f"{configuration} names certificates that cannot be used: {why}"
        raise SweepError(f"no Dask scheduler can be used at {address}: {words}") from None
    if address.lower().startswith(("tls:", "wss:")) and security.get("ssl_context") is None:
        words = f"it takes certificates, and {configuration} names none"
        raise SweepError(f"no Dask scheduler can be used at {address}: {words}")
    return security


def _missing_file(security: Any) -> str:
    """Return which of the files of certificates is not there, for the error does not tell; or nothing."""
    named = {
        "ca-file": security.tls_ca_file,
        "client.cert": security.tls_client_cert,
        "client.key": security.tls_client_key,
    }
    for name, place in named.items():
        if place and "\n" not in place and not os.path.exists(place):  # else it is the certificate itself
            return f"{name} is {shown(place)}, and that is not there"
    return ""


async def _ask_who(address: str, timeout_s: float, security: dict[str, Any]) -> dict[str, Any]:
    """Return what a server of Dask says of itself."""
    import distributed

    dask: Any = distributed
    comm = await dask.comm.connect(address, timeout=timeout_s, **security)
    try:
        await comm.write({"op": "identity", "reply": True})
        return dict(await comm.read())
    finally:
        comm.abort()
