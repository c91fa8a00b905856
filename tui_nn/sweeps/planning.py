"""The searches by name, and what each of them needs to begin."""

from __future__ import annotations

from tui_nn.settings.flags import UsageError
from tui_nn.sweeps.halving import Halving
from tui_nn.sweeps.optuna_search import OptunaSearch
from tui_nn.sweeps.search import MOST_RUNS, Search, draw_choices, grid, random
from tui_nn.sweeps.space import Space

SEARCHES = {
    "grid": "every value with every other",
    "random": "drawn at random",
    "halving": "a grid, or --runs N drawn: few epochs for all, the better half goes on with twice as many",
    "optuna": "what an installed Optuna asks for",
}
USUAL_RUNS = 20
"""Runs of a search that draws, where nobody says."""


def make_search(space: Space, name: str, n_runs: int | None, seed: int = 0) -> Search:
    """Return a search over a space; raise UsageError where they do not go together.

    n_runs: how many runs a search that draws makes. seed: of the draws.
    """
    drawn = USUAL_RUNS if n_runs is None else n_runs
    if name == "grid":
        _check_grid(space, n_runs)
        return grid(space)
    if name == "random":
        return random(space, drawn, seed)
    if name == "halving":
        if n_runs is None and not space.range_name:
            _check_grid(space, None)
            return Halving(space, list(space.grid()))
        return Halving(space, draw_choices(space, -(-drawn // space.n_seeds), seed))
    if name == "optuna":
        return OptunaSearch(space, drawn, seed)
    raise UsageError(f"--search: {name} is not allowed; one of {', '.join(SEARCHES)}")


def _check_grid(space: Space, n_runs: int | None) -> None:
    """Raise UsageError where a space has no grid, or too large a one."""
    if space.range_name:
        raise UsageError(
            f"--over: {space.range_name} is a range, which a grid cannot go through; "
            "name its values, or draw with --search random"
        )
    total = space.n_grid * space.n_seeds
    if n_runs is not None:
        raise UsageError(
            f"--runs: a grid has all its {total:,} runs; --search random --runs {n_runs} draws some"
        )
    if total > MOST_RUNS:
        raise UsageError(
            f"--over: a grid of {total:,} runs is not allowed; at most {MOST_RUNS:,}, "
            "or --search random --runs N draws some of them"
        )
