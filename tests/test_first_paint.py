"""What the first picture waits for, counted: modules that nobody needs before it are not loaded."""

from __future__ import annotations

import subprocess
import sys

MOST_MODULES = 134
"""Of this package; each takes about half a millisecond of the first picture.

99 when this was written. Since then files have one door for reading and one for writing, the app keeps runs,
reads damaged input and takes keys in turn, settings go by their names,
and kinds of value, ranges, menus, layers and checks of settings have a file each, as have those who decide.
"""
FIRST_CHARTS = """
from tui_nn.views.curves.draw import charts_picture
from tui_nn.render.palette import palette_for
charts_picture(None, False, palette_for("truecolor"), 20, 60, new_figure=lambda: 1 / 0)
"""


def _loaded_after(statements: str) -> set[str]:
    """Return the names of all modules in a fresh interpreter after some statements."""
    script = f"import sys\n{statements}\nprint(*sys.modules, file=sys.__stderr__)"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(ended.stderr.split())


def test_charts_without_a_curve_load_no_plotext() -> None:
    assert "plotext" not in _loaded_after(FIRST_CHARTS)


def test_the_app_loads_no_trainer_no_handwriting_and_nothing_to_draw_a_network() -> None:
    loaded = _loaded_after("import tui_nn.app.launch, tui_nn.app.app")

    assert not loaded & {
        "numpy.random",
        "tui_nn.data.digits",
        "tui_nn.data.handwriting",
        "tui_nn.data.idx",
        "tui_nn.data.kept_drawings",
        "tui_nn.engine.gradient_check",
        "tui_nn.engine.model_file",
        "tui_nn.engine.network",
        "tui_nn.render.legend",
        "tui_nn.views.curves.draw_chart",
        "tui_nn.views.map.draw_points",
        "tui_nn.views.network.draw",
        "tui_nn.screens.choose",
        "tui_nn.screens.digits",
        "tui_nn.screens.entries",
        "tui_nn.screens.find",
        "tui_nn.screens.keys",
        "tui_nn.training.saved_run",
        "tui_nn.training.session",
        "tui_nn.training.trainer",
    }


def test_a_lesson_on_points_loads_nothing_of_digits() -> None:
    loaded = _loaded_after(
        "from types import SimpleNamespace\n"
        "import tui_nn.app.app, tui_nn.app.lesson_player\n"
        "from tui_nn.app.drawing_sight import DrawingSight\n"
        "from tui_nn.settings.config import Config\n"
        "assert DrawingSight().measures(None, SimpleNamespace(config=Config()), None) == {}"
    )

    assert not loaded & {"tui_nn.screens.digits", "tui_nn.screens.digits_draw", "tui_nn.views.drawing.panel"}


def test_the_app_is_not_many_modules_until_its_first_picture() -> None:
    own = {
        name
        for name in _loaded_after("import tui_nn.app.launch, tui_nn.app.app")
        if name.startswith("tui_nn")
    }

    assert len(own) <= MOST_MODULES


def test_the_trainer_loads_neither_handwriting_nor_files_of_runs() -> None:
    loaded = _loaded_after("import tui_nn.app.trainer_process")

    assert not loaded & {
        "tui_nn.data.handwriting",
        "tui_nn.engine.model_file",
        "tui_nn.training.saved_run",
        "tui_nn.training.saving",
    }
