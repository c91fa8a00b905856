"""A table as a data set: what is guessed of it, and what a person says in place of a guess."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from tui_nn.data import DataError, DatasetSpec
from tui_nn.data.own import own_rows
from tui_nn.data.table import opening
from tui_nn.data.table.choosing import Choices, table_dataset
from tui_nn.data.table.opening import read_table
from tui_nn.data.table.table import parse_table, table_of_columns

PLAIN = "a,b,kind\n1,2.5,no\n2,3.5,yes\n3,1.5,no\n4,0.5,yes\n5,4.5,no\n6,5.5,yes\n"
INPUTS = [[1, 2.5], [2, 3.5], [3, 1.5], [4, 0.5], [5, 4.5], [6, 5.5]]


def dataset(content: str | bytes, **choices: object) -> DatasetSpec:
    """Return the data set of a text."""
    encoded = content.encode() if isinstance(content, str) else content
    return table_dataset("t.csv", parse_table(encoded), Choices(**choices))  # type: ignore[arg-type]


def inputs(spec: DatasetSpec) -> list[list[float]]:
    rows = own_rows(spec)
    assert rows is not None
    return rows.inputs.tolist()


def targets(spec: DatasetSpec) -> list[float]:
    rows = own_rows(spec)
    assert rows is not None
    return rows.targets.tolist()


WRITTEN = {
    "commas": PLAIN.encode(),
    "semicolons": PLAIN.replace(",", ";").encode(),
    "tabs": PLAIN.replace(",", "\t").encode(),
    "bars": PLAIN.replace(",", "|").encode(),
    "decimal commas": PLAIN.replace(",", ";").replace(".", ",").encode(),
    "decimal commas between tabs": PLAIN.replace(",", "\t").replace(".", ",").encode(),
    "a sep= line": b"sep=;\r\n" + PLAIN.replace(",", ";").replace("\n", "\r\n").encode(),
    "windows lines": PLAIN.replace("\n", "\r\n").encode(),
    "old mac lines": PLAIN.replace("\n", "\r").encode(),
    "a mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "utf-16": PLAIN.encode("utf-16"),
    "utf-16 without a mark": PLAIN.encode("utf-16-le"),
    "big endian": b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "quotes": PLAIN.replace("no", '"no"').replace("a,", '"a",').encode(),
    "blanks": PLAIN.replace(",", ", ").encode(),
    "empty lines": PLAIN.replace("\n", "\n\n").encode(),
    "separators behind": PLAIN.replace("\n", ",\n").encode(),
    "no end of line": PLAIN.rstrip().encode(),
    "comments": b"# made by hand\n#\n" + PLAIN.encode(),
    "a comment of names": b"# made\n#" + PLAIN.encode(),
}


@pytest.mark.parametrize("content", WRITTEN.values(), ids=WRITTEN)
def test_however_it_is_written_it_holds_the_same(content: bytes) -> None:
    found = dataset(content)

    assert inputs(found) == INPUTS
    assert targets(found) == [0, 1] * 3
    assert (found.input_names, found.target_name, found.class_names) == (("a", "b"), "kind", ("no", "yes"))


def test_words_of_latin_1_keep_their_letters() -> None:
    found = dataset(PLAIN.replace("no", "Köln").encode("latin-1"))

    assert found.class_names == ("Köln", "yes")
    assert "Latin-1" in found.help


def test_without_a_header_columns_are_called_by_their_numbers() -> None:
    found = dataset(PLAIN.partition("\n")[2])

    assert inputs(found) == INPUTS
    assert (found.input_names, found.target_name) == (("column 1", "column 2"), "column 3")
    assert "no header" in found.help


def test_years_as_names_are_a_header_where_a_word_stands_over_numbers() -> None:
    found = dataset("2019,2020,sum\n1,2,3.5\n2,2,4.5\n5,2,7.5\n5,3,8.5\n")

    assert found.input_names == ("2019", "2020")


def test_what_was_guessed_is_said() -> None:
    said = dataset(WRITTEN["decimal commas"]).help

    assert said == "t.csv: 6 rows, 2 inputs -> kind, 2 classes (semicolons, decimal commas, header, UTF-8)"


@pytest.mark.parametrize("target", ["b", "B", "2"])
def test_the_target_is_any_column_by_name_or_number(target: str) -> None:
    found = dataset(PLAIN, target=target)

    assert (found.target_name, found.task) == ("b", "regression")
    assert found.input_names == ("a", "kind=yes")
    assert inputs(found) == [[1, 0], [2, 1], [3, 0], [4, 1], [5, 0], [6, 1]]


def test_whole_numbers_are_classes_unless_a_person_says_otherwise() -> None:
    text = "a,b\n1.5,1\n2.5,2\n3.5,3\n4.5,1\n"

    assert dataset(text).class_names == ("1", "2", "3")
    assert dataset(text, task="regression").task == "regression"
    assert targets(dataset(text, task="regression")) == [1, 2, 3, 1]


def test_many_whole_numbers_are_an_amount() -> None:
    text = "a,b\n" + "".join(f"{i * 0.5},{(i * 7) % 50}\n" for i in range(50))

    assert dataset(text).task == "regression"


def test_words_of_three_kinds_are_three_inputs() -> None:
    found = dataset("c,y\nred,1.5\ngreen,2.5\nblue,3.5\nred,4.5\ngreen,5.5\nblue,1.5\nred,2.5\n")

    assert found.input_names == ("c=blue", "c=green", "c=red")
    assert inputs(found)[:3] == [[0, 0, 1], [0, 1, 0], [1, 0, 0]]


def test_chosen_columns_are_the_inputs_in_their_order() -> None:
    assert inputs(dataset(PLAIN, columns=("b",))) == [[b] for _, b in INPUTS]
    assert inputs(dataset(PLAIN, columns=("2", "a"))) == [[b, a] for a, b in INPUTS]


def test_columns_that_say_nothing_are_left_out_and_named() -> None:
    rng = np.random.default_rng(0)
    rows = [f"{i},p{i},x,,{rng.normal():.3f},{i % 2}" for i in range(1, 41)]
    found = dataset("\n".join(["id,name,unit,note,value,ill", *rows]))

    assert found.input_names == ("value",)
    assert "left out note (empty)" in found.help
    assert "unit (always the same)" in found.help
    assert "id, name (a name or number of each row)" in found.help


def test_numbers_of_rows_are_an_input_where_there_is_no_other() -> None:
    text = "t,y\n" + "".join(f"{i},{i * i / 7:.2f}\n" for i in range(30))

    assert dataset(text).input_names == ("t",)


HOLES = "a,c,y\n1,red,0\n,red,1\n3,NA,0\n4,blue,1\n5,red,?\n6,blue,0\n7,red,1\n"


def test_missing_values_are_refused_with_their_places() -> None:
    with pytest.raises(DataError) as refused:
        dataset(HOLES)

    said = str(refused.value)
    assert said.startswith("line 3, column 1 (a) has no value; missing are, of 7: a 1, c 1, y 1; ")
    assert "--missing drop leaves out such rows (4 remain), --missing mean fills them" in said


def test_rows_with_missing_values_are_dropped_on_request() -> None:
    found = dataset(HOLES, missing="drop")

    assert inputs(found) == [[1, 1], [4, 0], [6, 0], [7, 1]]
    assert "dropped 3 rows with missing values" in found.help


def test_missing_values_are_filled_on_request() -> None:
    found = dataset(HOLES, missing="mean")

    mean = (1 + 3 + 4 + 6 + 7) / 5
    assert inputs(found) == [[1, 1], [mean, 1], [3, 1], [4, 0], [6, 0], [7, 1]]
    assert "dropped 1 row without y; filled missing a by 4.2, c by red" in found.help


def test_a_long_table_of_numbers_is_read_as_a_short_one() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(4000, 3))
    lines = ["a,b,y", *(",".join(map(repr, row)) for row in rows.tolist())]
    found = dataset("\n".join(lines))

    np.testing.assert_array_equal(inputs(found), rows[:, :2])
    np.testing.assert_array_equal(targets(found), rows[:, 2])


def test_a_wrong_cell_far_down_is_named_by_its_line() -> None:
    lines = ["a,b,y", *["1.25,2.25,3.25", "2.5,3.5,4.5"] * 4000]
    lines[5000] = "1.25,oops,3.25"

    with pytest.raises(DataError, match=r"line 5,001, column 2 \(b\): 'oops' is no number"):
        dataset("\n".join(lines))


def test_arrays_of_numpy_are_a_table_with_the_target_last(tmp_path: Path) -> None:
    path = tmp_path / "t.npz"
    np.savez(path, y=np.array([0, 1] * 4), X=np.arange(16.0).reshape(8, 2))
    found = table_dataset("t.npz", read_table(str(path)))

    assert (found.input_names, found.target_name) == (("X1", "X2"), "y")
    assert targets(found) == [0, 1] * 4


def test_a_set_of_scikit_learn_is_a_table() -> None:
    sklearn = pytest.importorskip("sklearn.datasets")
    found = table_dataset("iris", read_table("sklearn:iris"))

    np.testing.assert_array_equal(inputs(found), sklearn.load_iris().data)
    np.testing.assert_array_equal(targets(found), sklearn.load_iris().target)
    assert found.class_names == ("setosa", "versicolor", "virginica")


def test_columns_from_elsewhere_may_hold_nothing() -> None:
    table = table_of_columns(
        {"a": [1.0, None, 3.0, 4.0, 5.0, 6.0], "b": [True, False, True, False, None, True]}, "x"
    )
    found = table_dataset("t", table, Choices(missing="drop"))

    assert (inputs(found), targets(found)) == ([[1], [3], [4], [6]], [1, 1, 0, 1])


NUMBERS = "a,b,c\n" + "".join(f"{i % 7},{i}.5,{i % 3}\n" for i in range(60))
LARGE = {
    "commas": NUMBERS.encode(),
    "a mark": b"\xef\xbb\xbf" + NUMBERS.encode(),
    "decimal commas": NUMBERS.replace(",", ";").replace(".", ",").encode(),
    "a point among decimal commas": NUMBERS.replace(",", ";").replace(".", ",").encode() + b"1;2;0.5\n",
    "a missing value near the end": NUMBERS.encode() + b"1,,0\n",
    "a word near the end": NUMBERS.encode() + b"no,2,0\n",
}


@pytest.mark.parametrize("content", LARGE.values(), ids=LARGE)
def test_a_large_file_is_read_as_a_small_one(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> object:
        try:
            table = read_table(str(path))
        except DataError as error:
            return str(error)
        return table.said, list(table.lines), [(c.name, c.kind, c.values.tolist()) for c in table.columns]

    path = tmp_path / "t.csv"
    path.write_bytes(content)
    small = repr(found())
    monkeypatch.setattr(opening, "LARGE_BYTES", 200)

    assert repr(found()) == small


def test_a_large_file_of_numbers_alone_is_not_read_cell_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(NUMBERS)
    monkeypatch.setattr(opening, "LARGE_BYTES", 200)
    monkeypatch.setattr(opening, "parse_table", lambda content: pytest.fail("read cell by cell"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(NUMBERS.encode())))

    assert read_table(str(path)).n_rows == 60
    assert read_table("-").n_rows == 60
