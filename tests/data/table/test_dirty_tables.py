"""A corpus of tables as people have: each is refused in one sentence, or used, and what was done is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_nn.data import DataError, DatasetSpec
from tui_nn.data.table.choosing import table_dataset
from tui_nn.data.table.opening import read_table

GOOD = "a,b,y\n" + "".join(f"{i * 1.5},{i % 3 + 0.5},{'no' if i % 2 else 'yes'}\n" for i in range(12))


def lines(*extra: str, at: int) -> str:
    """Return the good table with more lines behind so many."""
    rows = GOOD.splitlines()
    rows[at:at] = extra
    return "\n".join(rows) + "\n"


TABLES: dict[str, str | bytes] = {}
TABLES["nothing"] = b""
TABLES["blanks alone"] = b"  \n\n \n"
TABLES["header alone"] = b"a,b,y\n"
TABLES["three rows"] = b"a,b,y\n1,2,x\n2,3,y\n3,4,x\n"
TABLES["short row"] = lines("1,2", at=5)
TABLES["long row"] = lines("1,2,yes,4", at=5)
TABLES["text in numbers"] = lines("abc,2,yes", at=5)
TABLES["text twice"] = lines("abc,2,yes", "def,2,yes", at=5)
TABLES["currency"] = "a,y\n" + "".join(f"${i}.50,{i % 2}\n" for i in range(12))
TABLES["percent"] = "a,y\n" + "".join(f"{i} %,{i % 2}\n" for i in range(12))
TABLES["thousands"] = "a,y\n" + "".join(f'"{i + 1},{i:03d}",{i % 2}\n' for i in range(12))
TABLES["unclosed quote"] = lines('"1,2,yes', at=5)
TABLES["quote goes on"] = lines('"1"x,2,yes', at=5)
TABLES["one class"] = "a,b,y\n" + "".join(f"{i * 1.5},{i % 3 + 0.5},yes\n" for i in range(12))
TABLES["target empty"] = "a,b,y\n" + "".join(f"{i * 1.5},{i % 3 + 0.5},\n" for i in range(12))
TABLES["empty column"] = "a,n,y\n" + "".join(f"{i * 1.5},,{i % 2}\n" for i in range(12))
TABLES["duplicate names"] = "a,a,y\n" + "".join(f"{i * 1.5},{i % 3 + 0.5},{i % 2}\n" for i in range(12))
TABLES["no names in part"] = "a,,y\n" + "".join(f"{i * 1.5},{i % 3 + 0.5},{i % 2}\n" for i in range(12))
TABLES["nul"] = lines("1,\0,yes", at=5)
TABLES["control"] = lines("1,\x01,yes", at=5)
TABLES["binary junk"] = bytes(np.random.default_rng(0).integers(0, 256, 4000, dtype=np.uint8))
TABLES["png"] = b"\x89PNG\r\n\x1a\n" + bytes(100)
TABLES["xlsx"] = b"PK\x03\x04" + bytes(100)
TABLES["gzip"] = b"\x1f\x8b" + bytes(100)
TABLES["pdf"] = b"%PDF-1.4\nxx"
TABLES["sqlite"] = b"SQLite format 3\0" + bytes(100)
TABLES["parquet without name"] = b"PAR1" + bytes(100)
TABLES["npy"] = b"\x93NUMPY" + bytes(100)
TABLES["npz damaged"] = b"PK\x03\x04a.npy" + bytes(100)
TABLES["utf-16 cut"] = ("\ufeff" + GOOD).encode("utf-16-le")[:-1]
TABLES["nan words"] = lines("NaN,2,yes", at=5)
TABLES["inf"] = lines("inf,2,yes", at=5)
TABLES["huge number"] = lines("1e39,2,yes", at=5)
TABLES["1e999"] = lines("1e999,2,yes", at=5)
TABLES["underscore"] = lines("1_0,2,yes", at=5)
TABLES["10,000 columns"] = (
    ",".join(f"c{i}" for i in range(10000))
    + ",y\n"
    + "".join(",".join(f"{(i * j) % 7}.5" for j in range(10000)) + f",{i % 2}\n" for i in range(8))
)
TABLES["line of 10 MB"] = GOOD + "1," + "x" * 10_000_000 + ",yes\n"
TABLES["200,000 cells"] = ",".join("1" * 200_000) + "\n" + ",".join("2" * 200_000) + "\n"
TABLES["many classes"] = "a,y\n" + "".join(f"{i * 1.5},w{i % 150}\n" for i in range(600))
TABLES["every word once"] = "a,y\n" + "".join(f"{i * 1.5},w{i}\n" for i in range(30))
TABLES["html"] = "<html><body><table><tr><td>1</td></tr></table></body></html>\n"
TABLES["json"] = '{"a": [1, 2], "b": [3, 4]}\n'
TABLES["json lines"] = '{"a": 1, "y": 2}\n' * 10
TABLES["prose"] = "This is a letter.\nIt has, as letters do, commas.\nAnd lines.\n"
TABLES["footer"] = GOOD + "Total,18,\n"
TABLES["units row"] = "a,b,y\nkg,cm,\n" + GOOD.partition("\n")[2]
TABLES["two headers"] = GOOD + "a,b,y\n" + GOOD.partition("\n")[2]
TABLES["mixed decimals"] = "a;y\n" + "".join(
    (f"{i},5;{i % 2}\n" if i % 2 else f"{i}.5;{i % 2}\n") for i in range(12)
)
TABLES["decimal commas between commas"] = "a,y\n" + "".join(f"{i},5,{i % 2}\n" for i in range(12))
TABLES["trailing comma rows"] = GOOD.replace("\n", ",\n")
TABLES["only target"] = "y\n1\n2\n3\n1\n2\n"
TABLES["constant input"] = "a,y\n" + "".join(f"7,{i % 2}\n" for i in range(12))
TABLES["dates"] = "day,y\n" + "".join(f"2020-01-{i + 1:02d},{i % 2}\n" for i in range(12))
TABLES["question marks"] = "a,b,y\n" + "".join(
    f"{'?' if i == 3 else i * 1.5},{i % 3 + 0.5},{i % 2}\n" for i in range(12)
)
TABLES["booleans"] = "a,y\n" + "".join(f"{i * 1.5},{i % 2 == 0}\n" for i in range(12))
TABLES["mixed ends"] = GOOD.replace("\n", "\r\n", 3)
TABLES["bad utf8"] = GOOD.encode() + b"1,2,\xff\xfe\n"
TABLES["emoji names"] = "🌡,✓,🎯\n" + "".join(f"{i * 1.5},{i % 3 + 0.5},{i % 2}\n" for i in range(12))
TABLES["escape in name"] = "a\x1b[31m,y\n" + "".join(f"{i * 1.5},{i % 2}\n" for i in range(12))
TABLES["hard blanks"] = ("a;y\n" + "".join(f"{i}\xa0000;{i % 2}\n" for i in range(12))).encode("latin-1")
TABLES["blanks between"] = "a b y\n1 2 x\n3 4 y\n5 6 x\n7 8 y\n"
TABLES["missing everywhere"] = "a,b,y\n" + "".join(
    f"{'' if i % 2 else i},{'' if not i % 2 else i},{i % 2}\n" for i in range(12)
)
TABLES["old ends"] = "a,y\r1,2\r2,3\r3,2\r4,3\r5,2"
TABLES["quoted newlines"] = "a,note,y\n" + "".join(f'{i * 1.5},"x\ny",{i % 2}\n' for i in range(12))

EXPECTED: dict[str, tuple[str, ...]] = {
    "nothing": ("it is empty",),
    "blanks alone": ("it is empty",),
    "header alone": ("line 1", "a, b, y", "no rows follow"),
    "three rows": ("3 rows", "needed are 4"),
    "short row": ("line 6", "2 cells", "needed are 3", "'1,2'", "fill"),
    "long row": ("line 6", "4 cells", "needed are 3", "'1,2,yes,4'", "quotes"),
    "text in numbers": ("line 6, column 1 (a)", "'abc'", "correct it"),
    "text twice": ("line 6, column 1 (a)", "'abc'", "one more"),
    "currency": ("line 2, column 1 (a)", "'$0.50'", "write 0.50"),
    "percent": ("line 2, column 1 (a)", "'0 %'", "write 0"),
    "thousands": ("line 2, column 1 (a)", "'1,000'", "write 1000"),
    "unclosed quote": ("line 6", "never closed", "'\"1,2,yes'", "close it"),
    "quote goes on": ("line 6", "'\"1\"x,2,yes'", "twice"),
    "one class": ("y is always yes", "--target"),
    "target empty": ("OK", "-> b, regression", "left out y (empty)"),
    "empty column": ("OK", "1 input -> y, 2 classes", "left out n (empty)"),
    "duplicate names": ("OK", "2 inputs", "a second column a is called a (2)"),
    "no names in part": ("OK", "column 2 has no name"),
    "nul": ("line 6", "\\x00", "no text"),
    "control": ("line 6", "\\x01", "no text"),
    "binary junk": ("line 1", "no text"),
    "png": ("PNG",),
    "xlsx": ("zip archive", "save the sheet as CSV"),
    "gzip": ("gzip", "unpack"),
    "pdf": ("PDF", "copy"),
    "sqlite": ("SQLite", "export"),
    "parquet without name": ("Parquet", ".parquet"),
    "npy": ("NumPy array", "np.savez"),
    "npz damaged": ("NumPy", "damaged"),
    "utf-16 cut": ("UTF-16", "damaged or cut off"),
    "nan words": (
        "line 6, column 1 (a) has no value",
        "a 1",
        "12 remain",
        "--missing drop",
        "--missing mean",
    ),
    "inf": ("line 6, column 1 (a)", "'inf'"),
    "huge number": ("line 6, column 1 (a)", "1e+39", "1e+30"),
    "1e999": ("line 6, column 1 (a)", "'1e999'"),
    "underscore": ("line 6, column 1 (a)", "'1_0'"),
    "10,000 columns": ("OK", "8 rows", "(always the same)"),
    "line of 10 MB": ("line 14", "more than 1,000,000 characters"),
    "200,000 cells": ("line 1", "200,000 cells", "20,000"),
    "many classes": ("y is a name or number of each row", "needed are numbers"),
    "every word once": ("y is a name or number of each row",),
    "html": ("HTML", "CSV"),
    "json": ("JSON", "CSV"),
    "json lines": ("JSON", "CSV"),
    "prose": ("line 2", "3 cells"),
    "footer": ("line 14, column 1 (a)", "'Total'"),
    "units row": ("line 2, column 1 (a)", "'kg'"),
    "two headers": ("line 14, column 1 (a)", "'a'"),
    "mixed decimals": ("line 3, column 1 (a)", "'1,5'", "decimal comma", "alike"),
    "decimal commas between commas": ("line 2", "3 cells", "needed are 2", "decimal commas"),
    "trailing comma rows": ("OK", "2 inputs", "left out column 4 (empty)"),
    "only target": ("no column that could be an input",),
    "constant input": ("a is always the same",),
    "dates": ("day is a name or number of each row",),
    "question marks": ("line 5, column 1 (a) has no value", "11 remain"),
    "booleans": ("OK", "1 input -> y, 2 classes"),
    "mixed ends": ("OK", "12 rows, 2 inputs"),
    "bad utf8": ("OK", "13 rows", "3 classes", "Latin-1"),
    "emoji names": ("OK", "2 inputs"),
    "escape in name": ("line 1", "\\x1b"),
    "hard blanks": ("line 2, column 1 (a)", "write 0000"),
    "blanks between": ("OK", "2 inputs -> y, 2 classes (blanks, header"),
    "missing everywhere": ("line 2, column 2 (b) has no value", "a 6, b 6", "0 remain"),
    "old ends": ("OK", "5 rows"),
    "quoted newlines": ("OK", "12 rows"),
}
"""What each is answered with; OK: it becomes a data set."""


def read(content: str | bytes, folder: Path) -> DatasetSpec:
    path = folder / "t.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return table_dataset("t.csv", read_table(str(path)))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_refused_in_one_sentence_or_used_and_said(name: str, tmp_path: Path) -> None:
    parts = EXPECTED[name]
    if parts[0] == "OK":
        said, parts = read(TABLES[name], tmp_path).help, parts[1:]
    else:
        with pytest.raises(DataError) as refused:
            read(TABLES[name], tmp_path)
        said = str(refused.value)

    assert "\n" not in said
    assert len(said) < 500
    assert [part for part in parts if part not in said] == [], said


def test_the_corpus_is_no_smaller_than_it_was() -> None:
    assert set(TABLES) == set(EXPECTED)
    assert len(TABLES) >= 60


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("-1,474", "0,32"), ("'-1,474' has a decimal comma, other numbers have a point",)),
        (("-0,663", "-0,112"), ("'-0,663' has a decimal comma, other numbers have a point",)),
        (("1,474", "2,320"), ("write 1474 if these are thousands", "1.474 if these are decimals")),
        (("1.474.000", "2.320.000"), ("write 1474000",)),
    ],
)
def test_a_comma_among_points_is_never_taken_for_thousands_unsaid(
    cells: tuple[str, ...], said: tuple[str, ...], tmp_path: Path
) -> None:
    text = "a;b;y\n" + "".join(f"6.0{i};{cells[i % 2]};{i % 2}\n" for i in range(12))

    with pytest.raises(DataError) as refused:
        read(text, tmp_path)

    assert all(words in str(refused.value) for words in said)
