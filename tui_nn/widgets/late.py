"""Modules that the first words on the screen do not wait for."""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import Any


def late(name: str) -> Any:
    """Return a module that is executed when something of it is first asked for.

    What draws a snapshot is needed when the first one comes, which the trainer's process is still making
    while the panels appear. `from name import ...` asks for it at once.
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    assert spec is not None, name
    assert spec.loader is not None, name
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
