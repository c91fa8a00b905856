"""The views that are pages of the Inside screen: the one list to add a page to.

What a page asks of a run is answered by `new_looks()` of the look.py beside it, if there is one.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from tui_nn.training.looks import Looks

if TYPE_CHECKING:
    from tui_nn.views.page import Page  # the trainer asks for looks and loads no Textual

PAGES = ("neuron", "walk", "layers", "hidden", "landscape", "moments", "ablation")
"""Names of their folders, in the order in which they are shown."""


def page_classes() -> tuple[type[Page], ...]:
    """Return the class of each page."""
    return tuple(cast("type[Page]", import_module(f"tui_nn.views.{name}.page").PAGE) for name in PAGES)


def page_looks() -> Looks:
    """Return what the pages ask of one session."""
    names = [f"tui_nn.views.{name}.look" for name in PAGES]
    modules = [import_module(name) for name in names if find_spec(name) is not None]
    return {kind: look for module in modules for kind, look in module.new_looks().items()}
