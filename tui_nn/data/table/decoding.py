"""The text in the bytes of a table, and in which encoding it was written."""

from __future__ import annotations

import codecs
import re

from tui_nn.data.errors import DataError

MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""What a file begins with that says its encoding."""
OTHERS = (
    (b"PK\x03\x04", "a zip archive, as .xlsx and .ods are: save the sheet as CSV"),
    (b"\x1f\x8b", "compressed by gzip: unpack it first"),
    (b"PAR1", "Parquet: give it a name that ends in .parquet"),
    (b"\x89PNG", "a PNG picture, and no table"),
    (b"%PDF", "a PDF, and no table: copy the table to a CSV file"),
    (b"SQLite format 3", "a SQLite database: export the table as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Office file, as .xls is: save the sheet as CSV"),
    (b"<", "HTML or XML: save the table in it as CSV"),
    (b"{", "JSON: write its rows as CSV"),
    (b"[", "JSON: write its rows as CSV"),
    (b"\x93NUMPY", "one NumPy array: write inputs and targets with np.savez"),
)
"""What begins like this is no text."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decode(content: bytes) -> tuple[str, str]:
    """Return the text, and the name of its encoding: UTF-8, UTF-16, or Latin-1 as Windows has it.

    Raises DataError, which says what it is instead, or where it stops to be text.
    """
    if not content or content.isspace():
        raise DataError("it is empty")
    for beginning, what in OTHERS:
        if content.startswith(beginning):
            raise DataError(f"it is {what}")
    text, encoding = _decoded(content)
    found = _CONTROL.search(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        raise DataError(f"line {line:,} holds the byte \\x{ord(found[0]):02x}: it is no text, or damaged")
    return text, encoding


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, codec, name in MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], codec, name), name
    unmarked = _utf16_without_mark(content[:4000])
    if unmarked:
        return _strict(content, unmarked, "UTF-16"), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\ufffd", "?"), "Latin-1"


def _utf16_without_mark(beginning: bytes) -> str:
    """Return the codec where every other byte is 0, as in UTF-16 of plain letters; empty elsewhere."""
    pairs = len(beginning) // 2
    if pairs >= 4 and beginning[1::2].count(0) > 0.8 * pairs and not beginning[::2].count(0):
        return "utf-16-le"
    if pairs >= 4 and beginning[::2].count(0) > 0.8 * pairs and not beginning[1::2].count(0):
        return "utf-16-be"
    return ""


def _strict(content: bytes, codec: str, name: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise DataError(f"byte {error.start:,} is no {name}: the file is damaged or cut off") from None
