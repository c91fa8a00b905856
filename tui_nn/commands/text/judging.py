"""The words that say what the network gets wrong, and what is to be thought of it."""

from __future__ import annotations

import asyncio
import io
from collections import Counter

import numpy as np

from tui_nn.commands import verdict_text
from tui_nn.commands.ablation import ablate_run, describe
from tui_nn.commands.evaluate import judge_alike
from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.describing import moment_of
from tui_nn.commands.text.desk import Desk
from tui_nn.commands.text.table_words import table_words
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.example import Example
from tui_nn.training.misclassified import Misclassified, MisclassifiedRequest
from tui_nn.training.saved_run import SavedRun, read_run
from tui_nn.training.saving import write_checkpoint
from tui_nn.training.trained_rows import SEEN_WORDS
from tui_nn.training.verdict.rows import own_test_set
from tui_nn.views.compare.values import MomentRequest

GROUP = "Judge"
LISTED = 10


async def say_mistakes(desk: Desk, words: str) -> None:
    """Say which test samples are misclassified."""
    found = (await moment_of(desk, MisclassifiedRequest("test"))).reply(Misclassified)
    if found is None or not found.class_names:
        raise RefusedError("Values are predicted, so nothing can be misclassified.")
    if not len(found.indexes):
        desk.say(f"No sample of the {found.part} set is misclassified.")
        return
    desk.say(f"{len(found.indexes)} samples of the {found.part} set are misclassified.")
    names = found.class_names
    pairs = Counter(zip(found.truths.tolist(), found.predictions.tolist(), strict=True))
    often = pairs.most_common(LISTED)
    desk.say(*(f"{names[t]} read as {names[s]}: {count}." for (t, s), count in often))
    first = ", ".join(str(index + 1) for index in found.indexes[:LISTED].tolist())
    desk.say(f"The first are {found.part} {first}.")


async def next_mistake(desk: Desk, words: str) -> None:
    """Go to the next misclassified sample."""
    await _go_to_mistake(desk, 1)


async def previous_mistake(desk: Desk, words: str) -> None:
    """Go to the previous misclassified sample."""
    await _go_to_mistake(desk, -1)


async def _go_to_mistake(desk: Desk, by: int) -> None:
    part = desk.example.part if desk.example.part != "typed" else "test"
    found = (await moment_of(desk, MisclassifiedRequest(part))).reply(Misclassified)
    if found is None or not len(found.indexes):
        desk.say("Nothing is misclassified.")
        return
    here = desk.example.index if desk.example.part == found.part else -1
    ahead = found.indexes[found.indexes > here] if by > 0 else found.indexes[found.indexes < here][::-1]
    if not len(ahead):
        desk.say("There is none further this way.")
        return
    place = int(ahead[0])
    at = int(np.flatnonzero(found.indexes == place)[0])
    desk.example = Example(found.part, place)
    names = found.class_names
    desk.say(f"{desk.example.words}: {names[found.truths[at]]}, read as {names[found.predictions[at]]}.")


async def verdict(desk: Desk, words: str) -> None:
    """Say what is to be thought of the network, as `tui-nn evaluate` does."""
    checkpoint = (await moment_of(desk, MomentRequest())).reply(Checkpoint)
    if checkpoint is None:
        raise RefusedError("A comparison has no verdict of its own; take a run over first.")
    desk.say(*await asyncio.to_thread(_judged, checkpoint))


async def ablation(desk: Desk, words: str) -> None:
    """Say what is lost when one hidden neuron after the other is silent."""
    checkpoint = (await moment_of(desk, MomentRequest())).reply(Checkpoint)
    if checkpoint is None:
        raise RefusedError("A comparison has no ablation of its own; take a run over first.")
    found = await asyncio.to_thread(lambda: ablate_run(as_saved(checkpoint)))
    desk.say(*describe(found, tabled=table_words))


def as_saved(checkpoint: Checkpoint) -> SavedRun:
    """Return a moment of a run as a file of it would give it back. Raises EngineError."""
    file = io.BytesIO()
    write_checkpoint(file, checkpoint)
    file.seek(0)
    return read_run(file, "the run")


def _judged(checkpoint: Checkpoint) -> list[str]:
    """Return the verdict on a moment in sentences. Raises EngineError."""
    run = as_saved(checkpoint)
    rows = own_test_set(run)
    found = judge_alike(run, rows)
    seen = [SEEN_WORDS] if rows.is_seen else []
    lines = verdict_text.describe(found, run, tabled=table_words)
    return [f"{found.n:,} samples of its test set.", *seen, *lines]


ACTIONS = (
    Action(
        "mistakes",
        "",
        "which test samples are misclassified",
        GROUP,
        say_mistakes,
        ("errors", "misclassified"),
    ),
    Action("next mistake", "", "go to the next misclassified sample", GROUP, next_mistake),
    Action("previous mistake", "", "go to the previous misclassified sample", GROUP, previous_mistake),
    Action("ablation", "", "what is lost without each hidden neuron, the most needed first", GROUP, ablation),
    Action(
        "verdict", "", "how good the network is, as tui-nn evaluate says it", GROUP, verdict, ("evaluate",)
    ),
)
