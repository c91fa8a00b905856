"""How a sweep that is watched stands, in words."""

from __future__ import annotations

from tui_nn.render import slots
from tui_nn.render.fields import Field
from tui_nn.sweeps.duration import duration
from tui_nn.training.snapshot import Metrics
from tui_nn.views.compare.words import loss_words
from tui_nn.views.sweep.values import Row, Watched


def state_fields(watched: Watched, name: str) -> list[Field]:
    """Return what the line above the table says; name: of the journal."""
    followed, n_rows = watched.followed, len(watched.rows)
    progress = followed.progress
    done = f"{n_rows:,} runs" if progress is None else f"{progress.done:,} of {progress.runs:,} runs"
    fields = [Field("", _status(watched), slot=slots.ACCENT), Field("", done)]
    if followed.is_under_way and progress is not None and progress.done < progress.runs:
        fields.append(Field("", f"about {duration(progress.left_s)} left", rank=1))
    measure, best = watched.results.measure, watched.results.best()
    if best is not None:
        value = watched.results.ended[best][1][measure.name]
        fields.append(Field(f"best {measure.label}", f"{loss_words(value)}, run {best + 1}", rank=2))
    fields.append(Field("", name, rank=3, slot=slots.DIM))
    return fields


def _status(watched: Watched) -> str:
    """Return one or two words: whether runs are still to come."""
    followed = watched.followed
    if followed.is_under_way:
        return "under way"
    progress = followed.progress
    if progress is not None and progress.done < progress.runs:
        return "interrupted"
    return "ended" if watched.rows else "no runs"


def sentences(watched: Watched, row: Row | None) -> list[str]:
    """Return what is to be known of the journal, and of the run under the cursor."""
    followed = watched.followed
    found = [followed.trouble] if followed.trouble else []
    if followed.n_damaged:
        count = f"{followed.n_damaged:,} lines" if followed.n_damaged > 1 else "A line"
        are = "are" if followed.n_damaged > 1 else "is"
        found.append(f"{count} of the journal {are} damaged; the sweep trains again what is lost with that.")
    if row is not None and row.missing and row.missing != row.seen.why:
        found.append(f"Run {row.seen.number} cannot be trained here: {row.missing}.")
    if row is not None and row.remark:
        found.append(f"Run {row.seen.number}: {row.remark}; it may come to another result here.")
    if not watched.rows and not followed.trouble:
        found.append("No run has ended yet." if followed.is_under_way else "No run is in this journal.")
    elif _status(watched) == "interrupted":
        found.append("No sweep writes here now: the same command goes on from this journal.")
    return found


def outcome(row: Row, metrics: Metrics, how_to_leave: str) -> str:
    """Return what a run of the sweep has come to here, beside what its journal holds.

    how_to_leave: a sentence about that, or nothing.
    """
    known, number = row.seen.metrics, row.seen.number
    name = "train loss" if known.test_loss is None else "test loss"
    here, there = ((m.train_loss if known.test_loss is None else m.test_loss) for m in (metrics, known))
    begun = f"Run {number} is where it ended in the sweep: {name} {loss_words(here)}"
    if here is None and there is None:
        words = f"Run {number} {row.seen.ended} here too."
    elif here == there:
        words = f"{begun}, as in the journal to the last digit."
    elif loss_words(here) == loss_words(there):
        words = f"{begun}, as in the journal."
    else:
        return (
            f"{begun}; the journal has {loss_words(there)}, by a stack of runs, another machine or version."
        )
    return f"{words} {how_to_leave}".rstrip()
