"""Lines of the engine as they stand in its files."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tui_nn.views.walk.values import Code

PACKAGE = Path(__file__).parents[3]


def listing(function: Callable[..., Any]) -> Code:
    """Return the lines of a function, moved to the left edge; a sentence where its file is not there."""
    try:
        lines, first = inspect.getsourcelines(function)
        file = Path(inspect.getsourcefile(function) or "")
    except (OSError, TypeError):
        return Code("", ("The source cannot be shown: its file is missing.",))
    place = file.relative_to(PACKAGE) if file.is_relative_to(PACKAGE) else file
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return Code(f"{place}:{first}", tuple(line[margin:].rstrip() for line in lines))
