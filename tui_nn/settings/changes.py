"""What changes from one Config to the next."""

from __future__ import annotations

from functools import reduce
from operator import or_

from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import Reach, Scope, Setting


def changed(before: Config, after: Config) -> list[Setting]:
    """Return the settings whose values differ, in the order of Config."""
    return [found for name, found in SETTINGS.items() if getattr(before, name) != getattr(after, name)]


def reach_of_change(before: Config, after: Config) -> Reach:
    """Return what of a run has to be made anew for the next config."""
    return reduce(or_, (found.reaches for found in changed(before, after)), Reach.NOTHING)


def with_app_settings(config: Config, own: Config) -> Config:
    """Return settings with those that only concern the app as `own` has them."""
    of_app = (name for name, setting in SETTINGS.items() if setting.scope is Scope.APP)
    return config.replace(**{name: getattr(own, name) for name in of_app})
