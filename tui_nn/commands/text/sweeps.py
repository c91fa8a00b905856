"""The words that tell of a sweep by its journal, and train a run of it."""

from __future__ import annotations

import asyncio

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.comparing import GROUP, moment_of_run
from tui_nn.commands.text.desk import DIGITS, PLAYGROUND, Desk
from tui_nn.settings.changes import with_app_settings
from tui_nn.settings.config import SETTINGS
from tui_nn.sweeps.following import journal_path
from tui_nn.training.commands import Begin, Restore, RunEpochs
from tui_nn.training.snapshot import Status
from tui_nn.views.compare.draw_table import columns_of, sorted_rows
from tui_nn.views.compare.words import loss_words
from tui_nn.views.sweep.values import Row, SweepReader, Watched
from tui_nn.views.sweep.words import outcome, sentences, state_fields

MOST_ROWS = 10
"""Runs that are said of a longer sweep, the best first."""
NONE = "No sweep is open; sweep FILE opens the journal that tui-nn sweep --journal FILE writes."


async def sweep(desk: Desk, words: str) -> None:
    """Say how a sweep stands, the one that is open where no file is named."""
    if words:
        path = await asyncio.to_thread(journal_path, words)
        if desk.sweep is None or desk.sweep.path != path:
            desk.sweep = SweepReader(path)
    seen = await _look(desk)
    desk.say(", ".join(f"{field.label} {field.value}".strip() for field in state_fields(seen, "")[:-1]) + ".")
    columns = columns_of([row.seen for row in seen.rows]) if seen.rows else []
    for run in sorted_rows([row.seen for row in seen.rows], "test")[:MOST_ROWS]:
        said = ((column.key, column.title, column.text(run)) for column in columns)
        parts = [f"{'run' if key == 'run' else title} {text}" for key, title, text in said if text]
        desk.say(f"{', '.join(parts)}.")
    if len(seen.rows) > MOST_ROWS:
        desk.say(f"{len(seen.rows) - MOST_ROWS:,} more runs are not said.")
    measure = seen.results.measure
    for spread in seen.spreads[:MOST_ROWS]:
        found = spread.as_row(measure)
        name = ", ".join(f"{SETTINGS[name].label} {text}" for name, text in spread.choice)
        low, middle, high = (loss_words(found[key]) for key in ("min", "median", "max"))
        desk.say(f"{name}: median {measure.label} {middle}, {low} to {high}, {found['seeds']} seeds.")
    desk.say(*(verdict.sentence(measure.label) for verdict in seen.verdicts[:1]))
    desk.say(*sentences(seen, None))


async def sweep_run(desk: Desk, words: str) -> None:
    """Train a run of the sweep from its start, in place of the own one."""
    seen = await _look(desk)
    row = seen.row(int(words[:9])) if words.isdecimal() else None
    if row is None:
        raise RefusedError(
            f"sweep run {words[:40] or 'nothing'} is not allowed; a number from 1 to {len(seen.rows):,}"
        )
    if row.missing:
        raise RefusedError(f"Run {row.seen.number} cannot be trained here: {row.missing}.")
    await _train(desk, row)


async def _train(desk: Desk, row: Row) -> None:
    config = row.seen.config
    await desk.go_to(PLAYGROUND if config.image_shape is None else DIGITS)
    before = await moment_of_run(desk)
    undone_by = None if before is None else Restore(before, is_written=False)
    config = with_app_settings(config, desk.run.config)
    words = f"Run {row.seen.number} of the sweep trains from its start. undo takes it back."
    desk.run.carry_out(Begin(config), undone_by, words)
    desk.run.send(RunEpochs(config.epochs))
    desk.run.status = Status.RUNNING
    await desk.rest()
    snapshot = None if desk.is_training else await desk.see()
    if snapshot is not None and snapshot.step == row.seen.step:
        desk.say(outcome(row, snapshot.metrics, ""))


async def _look(desk: Desk) -> Watched:
    if desk.lesson is not None:
        raise RefusedError("A lesson is open; leave lesson first.")
    if desk.sweep is None:
        raise RefusedError(NONE)
    return await asyncio.to_thread(desk.sweep.look)


ACTIONS = (
    Action("sweep", "FILE", "how a sweep stands by its journal: its best runs, its groups", GROUP, sweep),
    Action("sweep run", "NUMBER", "train a run of it from its start in place of your own", GROUP, sweep_run),
)
