"""What the README promises is there, and its examples work as they stand."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_nn.cli import COMMANDS
from tui_nn.data import DATASETS, DatasetSpec, best_possible_accuracy
from tui_nn.data import registry as data_registry
from tui_nn.engine import OPTIMIZERS, Activation, OptimizerKind
from tui_nn.settings.actions import ACTIONS
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.presets import presets

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
PAGES = README + "".join(DOCS.values())
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
MAX_PICTURE_BYTES, MAX_MOVING_BYTES = 300_000, 500_000


def example(marker: str, language: str = "python") -> str:
    """Return the block of code behind a marker."""
    blocks: list[str] = re.findall(rf"<!-- {marker} -->\n```{language}\n(.*?)```", PAGES, re.DOTALL)
    assert len(blocks) == 1
    return textwrap.dedent(blocks[0])


@pytest.mark.parametrize("marker", ["install-line", "test-line"])
def test_a_line_that_is_checked_is_one_line_to_copy(marker: str) -> None:
    line = example(marker, "sh")

    assert line.count("\n") == 1
    assert line.startswith("python3 -m venv ")


def test_the_two_lines_come_before_everything_else() -> None:
    first_blocks = re.findall(r"(?:<!-- ([\w-]+) -->\n)?^```\w+$", README, re.MULTILINE)[:2]

    assert first_blocks == ["install-line", "test-line"]


def test_the_front_door_is_one_page_with_one_picture() -> None:
    assert len(README.splitlines()) <= 200
    assert len(re.findall(r"!\[", README)) == 1


def test_every_preset_is_explained() -> None:
    assert [name for name in presets() if f"`{name}`" not in DOCS["settings.md"]] == []


def test_every_command_is_named() -> None:
    assert [name for name in COMMANDS if f"tui-nn {name}" not in README] == []


def test_every_setting_is_named() -> None:
    assert [name for name in SETTINGS if f"`{name}`" not in DOCS["settings.md"]] == []


def test_every_key_is_named() -> None:
    keys = [key for action in ACTIONS for key in action.shown.split()]

    assert [key for key in keys if f"`{key}`" not in DOCS["keys.md"]] == []


def test_every_data_set_is_there_with_its_best_accuracy() -> None:
    for name, kind in DATASETS.items():
        rows = re.findall(rf"^\| `{name}` \|[^|]*\|(.*)\|$", DOCS["settings.md"], re.MULTILINE)
        assert len(rows) == 1, name
        shown = [cell.strip().removesuffix(" %") for cell in rows[0].split("|")]
        for cell, noise in zip(shown, (0.0, 0.1, 0.2, 0.5), strict=True):
            known = best_possible_accuracy(name, noise, kind.min_classes)
            assert (cell == "") if known is None else float(cell) == pytest.approx(100 * known, abs=0.06)


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"\b(?:benchmarks|tests|assets|tui_nn)/[\w./-]*\w", PAGES)

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_picture_is_small_plain_svg() -> None:
    pictures = {ROOT / path for path in re.findall(r"!\[[^]]+\]\((?:\.\./)?([^)]+)\)", PAGES)}

    assert pictures
    for picture in pictures:
        text = picture.read_text(encoding="utf-8")
        most = MAX_MOVING_BYTES if "<animate " in text else MAX_PICTURE_BYTES
        assert len(text.encode()) < most, picture.name
        assert text.startswith("<svg ")
        assert not re.search(r"<(script|style|foreignObject|image)|url\(|href", text), picture.name


def test_every_link_leads_to_a_page_and_a_heading() -> None:
    for name, text in {"../README.md": README, **DOCS}.items():
        for page, heading in re.findall(r"[^!]\[[^]]+\]\(([\w./-]*)(?:#([\w-]+))?\)", text):
            target = (ROOT / "docs" / name).parent / page if page else ROOT / "docs" / name
            assert target.is_file(), (name, page)
            lines = target.read_text(encoding="utf-8").splitlines()
            headings = {line.lstrip("# ").lower().replace(" ", "-") for line in lines if line[:1] == "#"}
            assert not heading or heading in headings, (name, heading)


def test_no_registry_of_packages_is_named() -> None:
    hosts = re.compile(r"py" r"pi\.|pythonhosted|index-url", re.IGNORECASE)
    files = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]

    assert [file.name for file in files if hosts.search(file.read_text(encoding="utf-8"))] == []


def test_the_changelog_begins_with_what_is_not_released_and_names_every_command() -> None:
    versions = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)

    assert versions[0] == "Unreleased"
    assert [name for name in COMMANDS if f"tui-nn {name}" not in CHANGELOG] == []


def test_the_presets_are_plain_json() -> None:
    entries = json.loads((ROOT / "assets" / "presets.json").read_text(encoding="utf-8"))

    assert {tuple(entry) for entry in entries.values()} == {("help", "settings")}


def test_the_example_of_the_engine_learns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(example("engine-example"), names)

    assert names["accuracy"] > 0.95
    assert names["weights"].shape == (2, 8)


def test_the_activation_of_the_example_has_the_slope_it_says() -> None:
    (activation,) = eval(f"({example('activation-example')})", {"np": np, "Activation": Activation})
    z, h = np.linspace(-3.0, 3.0, 13), 1e-6
    slopes = (np.arctan(z + h) - np.arctan(z - h)) / (2 * h)

    np.testing.assert_allclose(activation(z), np.arctan(z))
    np.testing.assert_allclose(activation.slope(z), slopes, atol=1e-9)


def test_the_optimizer_of_the_example_takes_steps_of_one_size(monkeypatch: pytest.MonkeyPatch) -> None:
    (kind,) = eval(f"({example('optimizer-example')})", {"np": np, "OptimizerKind": OptimizerKind})
    monkeypatch.setitem(OPTIMIZERS, kind.name, kind)
    parameters = np.array([1.0, 2.0, 3.0])
    kind.create(3, "float64").update(parameters, np.array([5.0, -0.1, 0.0]), 0.25)

    assert parameters.tolist() == [0.75, 2.25, 3.0]
    assert Config().replace(optimizer="sign").optimizer == "sign"


def test_the_data_set_of_the_example_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {**vars(data_registry), "np": np}
    exec("from __future__ import annotations\n" + example("data-function-example"), names)
    (kind,) = eval(f"({example('data-example')})", names)
    assert isinstance(kind, DatasetSpec)
    monkeypatch.setitem(DATASETS, kind.name, kind)
    data = kind.generate(500, 0.0, 2, np.random.default_rng(0))

    assert data.inputs.shape == (500, 2)
    assert set(data.targets.tolist()) == {0, 1}
    assert Config().replace(dataset="stripes").dataset == "stripes"
