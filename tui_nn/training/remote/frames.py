"""Messages over a pipe between our own two processes: eight bytes of length, then a pickle."""

from __future__ import annotations

import pickle
import struct
from typing import Any

HEADER = struct.Struct("!Q")


def pack(message: Any) -> bytes:
    """Return a message as the bytes of one frame."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(body)) + body


def unpack(body: bytes) -> Any:
    """Return the message whose frame had this body."""
    return pickle.loads(body)


class Unpacker:
    """Collects bytes as they come and gives the messages that are whole."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> list[Any]:
        """Take some bytes; return the messages completed by them."""
        self._bytes += data
        messages = []
        while len(self._bytes) >= HEADER.size:
            (length,) = HEADER.unpack_from(self._bytes)
            end = HEADER.size + length
            if len(self._bytes) < end:
                break
            messages.append(unpack(bytes(self._bytes[HEADER.size : end])))
            del self._bytes[:end]
        return messages
