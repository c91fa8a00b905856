"""A setting is added by one field: that of the documentation is put into Config, and everything has it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-it-is-built.md"
WITH_THE_FIELD = """
import importlib.util, sys

spec = importlib.util.find_spec("tui_nn.settings.config")
config = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = config
source = spec.loader.get_source(spec.name)
source = source.replace("    # fmt: on", sys.argv[1] + "    # fmt: on")
exec(compile(source, spec.origin, "exec"), vars(config))
"""
USES = """
import json
from tui_nn.settings.config import Config
from tui_nn.settings.flags import Parser, UsageError, add_settings
from tui_nn.settings.precedence import read_config
from tui_nn.training.reconfiguring import reconfigure
from tui_nn.training.trainer import Trainer
from tui_nn.widgets.settings_rows import settings_rows

def read(*words, **variables):
    parser = Parser(prog="tui-nn")
    add_settings(parser)
    return read_config(parser.read(words), variables)

def rows(config):
    return {row.label: [row.value, row.help] for row in settings_rows(config)}

try:
    read("--rest", "61")
except UsageError as error:
    refusal = str(error)
trainer = Trainer(Config())
network = trainer.network
reconfigure(trainer, Config(rest=5))
print(json.dumps({
    "default": Config().rest,
    "flag": read("--rest", "5").rest,
    "variable": read(TUI_NN_REST="10").rest,
    "refusal": refusal,
    "row": rows(Config(rest=5)).get("rest"),
    "row where it means nothing": rows(Config(speed=None)).get("rest"),
    "read back": Config.from_dict(json.loads(json.dumps(Config(rest=30).to_dict()))).rest,
    "hidden": list(Config().replace(hide=read("--hide", "Rest").hide).hide),
    "network stays": trainer.network is network,
}))
"""


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    """Return what a fresh interpreter finds in which the field is part of Config."""
    (field,) = re.findall(
        r"<!-- setting-example -->\n```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL
    )
    ended = subprocess.run(
        [sys.executable, "-c", WITH_THE_FIELD + USES, field], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_it_has_its_flag_and_its_variable(seen: dict[str, Any]) -> None:
    assert (seen["default"], seen["flag"], seen["variable"]) == (0, 5, 10)


def test_a_value_that_cannot_be_is_refused_with_what_is_allowed(seen: dict[str, Any]) -> None:
    assert seen["refusal"] == "--rest: 61 is not allowed; a whole number from 0 to 60"


def test_it_has_a_row_while_it_means_something(seen: dict[str, Any]) -> None:
    assert seen["row"] == ["5", "Seconds to rest after each epoch: a whole number from 0 to 60."]
    assert seen["row where it means nothing"] is None


def test_files_keep_it(seen: dict[str, Any]) -> None:
    assert seen["read back"] == 30


def test_a_lesson_can_hide_it_by_its_label(seen: dict[str, Any]) -> None:
    assert seen["hidden"] == ["rest"]


def test_training_takes_it_over_without_a_new_network(seen: dict[str, Any]) -> None:
    assert seen["network stays"]
