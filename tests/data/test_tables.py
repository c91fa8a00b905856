"""Tables of numbers: columns by name, however they are written, or refused with the place."""

from __future__ import annotations

import pytest

from tui_nn.data import DataError
from tui_nn.data.tables import read_columns

XY = ("x", "y")
ROWS = [[0.5, 1.25], [-1.5, 2000.0]]


@pytest.mark.parametrize(
    "text",
    [
        "0.5,1.25\n-1.5,2000\n",
        "\n 0.5, 1.25\r\n\r\n-1.5 ,2e3\r\n",
        "0.5\t1.25\n-1.5\t2000",
        "0.5;1.25\n-1.5;2000",
        "0,5;1,25\n-1,5;2000",
        "0,5\t1,25\n-1,5\t2,0e3",
        '"0,5","1,25"\n"-1,5","2000"',
        "0.5 1.25\n-1.5   2000\n",
        "x,y\n0.5,1.25\n-1.5,2000",
        "y,x\n1.25,0.5\n2000,-1.5",
        "y;x\n1,25;0,5\n2000;-1,5",
        " Y \t X \n1,25\t0,5\n2000\t-1,5",
        'id,"y",label,x\n1,1.25,a,0.5\n2,2000,b,-1.5',
        'name;x;y\n"a;b";0,5;1,25\nc.d;-1,5;2000',
        "# x y\n0.5 1.25\n-1.5 2000",
        "x y\n0.5 1.25\n-1.5 2000",
        "y,x,X\n1.25,0.5,9\n2000,-1.5,9",
    ],
)
def test_the_same_numbers_are_read_however_they_are_written(text: str) -> None:
    assert read_columns(text, XY, 2).tolist() == ROWS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no rows"),
        ("x,y\n", "no rows"),
        ("a,b\n1,2", "no column of it is called x: needed are x, y, and it has a, b"),
        ("x\n1", "no column of it is called y"),
        ("x,y,x\n1,2,3", "2 columns of it are called x"),
        ("x,y\n1,2\n3\n", r"line 3 is 1 number, but needed are 2 \(x, y\)"),
        ("1,2,3\n", "line 1 is 3 numbers, but needed are 2"),
        ("x,y\n0,5,1,2\n", "line 2 is 4 numbers.*decimal commas, ; or tabs go between"),
        ("1,2\nthree,4\n", r"line 2 is no sample: 'three' in column 1 \(x\) is no number"),
        ("y,x\n1,2\n3,\n", r"line 3 is no sample: nothing in column 2 \(x\) is no number"),
        ("x;y\n1,5;2\n1.5;2\n", "line 3 .*decimal commas, and '1.5' in column 1"),
        ("x;y\n1.5;2\n1;2,5\n", "line 3 .*decimal points, and '2,5' in column 2"),
        ("x;y\n1.234,5;2\n", "line 2"),
        ("x;y\n1,234,567;2\n", "'1,234,567' in column 1"),
        ("x,y\n1_0,2\n", "'1_0' in column 1"),
        ("1,nan\n", "'nan' in column 2"),
        ("1,1e999\n", "'1e999' in column 2"),
        ('x,y\n"1,2\n', "line 2"),
        ('x,"y\n1"\n1,2\n', "it has x, y 1"),
        ("x,y\n1,\0\n", "line 2"),
        ("x,y\n1," + "9" * 200_000, "line 2"),
        ("x,y\n1," + "a" * 1000, r"'a{37}\.\.\.' in column 2"),
        (",".join(f"c{i}" for i in range(900)), "c0, c1, c2, c3, c4, c5, c6, c7 and 892 more"),
    ],
)
def test_what_is_not_certain_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(DataError, match=words) as refusal:
        read_columns(text, XY, 2)
    assert len(str(refusal.value)) < 300


def test_columns_without_names_that_are_wanted_come_in_their_order() -> None:
    assert read_columns("pixel2,pixel10\n1,2", (), 2).tolist() == [[1.0, 2.0]]
    assert read_columns("a,b\n1,2", (), 2).tolist() == [[1.0, 2.0]]
    with pytest.raises(DataError, match="not in the order of the numbers"):
        read_columns("pixel10,pixel2\n1,2", (), 2)


def test_commas_in_one_column_are_decimal_ones_only_in_quotes() -> None:
    with pytest.raises(DataError, match="line 1 is 2 numbers, but needed are 1"):
        read_columns("0,5\n1,5", ("x",), 1)
    assert read_columns('"0,5"\n"1,5"', ("x",), 1).tolist() == [[0.5], [1.5]]
