"""The words that compare runs."""

from __future__ import annotations

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.describing import moment_of
from tui_nn.commands.text.desk import COMPARISON, PLAYGROUND, Desk
from tui_nn.commands.text.settings import find_setting
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.idle import why_idle
from tui_nn.settings.what_if import again, neighbors, typed
from tui_nn.settings.wording import capitalized
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.commands import CompareRuns, Restore
from tui_nn.training.remote.client import Client
from tui_nn.training.remote.compared_run import MOST_RUNS, ComparedRun
from tui_nn.training.remote.link import Link
from tui_nn.training.snapshot import Status
from tui_nn.views.compare.draw_table import sorted_rows
from tui_nn.views.compare.groups import spread_words
from tui_nn.views.compare.values import Compared, CompareRequest, MomentRequest, RunSeen, differing
from tui_nn.views.compare.words import loss_words, score_words, value_text

GROUP = "Compare"
USUAL = "learning_rate"
ONE_VALUE = "has one value only beside the other settings as they are, so there is nothing to compare"
NONE = "Nothing is compared yet: compare learning rate 0.01, 0.1 begins it."


async def compare(desk: Desk, words: str) -> None:
    """Begin runs that differ in one setting."""
    setting, values = find_setting(words) if words else (SETTINGS[USUAL], "")
    config = _config(desk)
    if why := why_idle(config, setting.name):
        raise RefusedError(f"{capitalized(setting.label)} does nothing while {why}: nothing to compare.")
    if values:
        configs = typed(config, setting.name, values, MOST_RUNS)
    else:
        configs = neighbors(config, setting.name)
    if len(configs) < 2:
        raise RefusedError(f"{setting.label} {ONE_VALUE}")
    await _begin(desk, configs, f"{len(configs)} runs differ in the {setting.label}.")


async def seeds(desk: Desk, words: str) -> None:
    """Begin the run with several seeds."""
    if words and not (words.isdecimal() and 2 <= int(words[:4]) <= MOST_RUNS):
        raise RefusedError(f"compare seeds: {words[:40]} is not allowed; from 2 to {MOST_RUNS}")
    count = int(words[:4] or 10)
    await _begin(
        desk, again(_config(desk), count), f"{count} runs differ in the seed of their weights alone."
    )


def _config(desk: Desk) -> Config:
    if desk.lesson is not None:
        raise RefusedError("A lesson is open; leave lesson first.")
    return desk.run.config


async def _begin(desk: Desk, configs: list[Config], words: str) -> None:
    moment: Checkpoint | None = None
    if desk.place != COMPARISON:
        desk.former = desk.place
        moment = await moment_of_run(desk)
    wanted = CompareRuns(tuple(configs))
    found = desk.runs.get(COMPARISON)
    if isinstance(found, ComparedRun):
        await desk.go_to(COMPARISON)
        found.compare(wanted, moment if moment is not None else found.moment, "")
    else:
        client = Client(Link(wanted), wanted)
        run = ComparedRun(client, wanted, moment, tell=desk.tell, ask=desk.ask, changed=lambda: None)
        desk.adopt(COMPARISON, run)
        await desk.go_to(COMPARISON)
    desk.say(words, "train N or run trains all; comparison says how they stand.")


async def moment_of_run(desk: Desk, number: int = 0) -> Checkpoint | None:
    """Return all that decides how a run goes on, number: in a comparison; None where there is none."""
    snapshot = await desk.see(MomentRequest(number))
    return None if snapshot is None else snapshot.reply(Checkpoint)


async def _compared(desk: Desk) -> Compared:
    if COMPARISON not in desk.runs:
        raise RefusedError(NONE)
    await desk.go_to(COMPARISON)
    found = (await moment_of(desk, CompareRequest())).reply(Compared)
    if found is None:
        raise RefusedError("The comparison does not answer.")
    return found


async def comparison(desk: Desk, words: str) -> None:
    """Say how the runs stand, the best first."""
    seen = await _compared(desk)
    names = differing(seen.runs)
    desk.say(f"{len(seen.runs)} runs, the lowest test loss first.")
    desk.say(*(_run_words(run, names) for run in sorted_rows(seen.runs, "test")))
    desk.say(*spread_words(seen.runs))


def _run_words(run: RunSeen, names: tuple[str, ...]) -> str:
    settings = ", ".join(f"{SETTINGS[name].label} {value_text(run, name)}" for name in names)
    if run.is_lost:
        return f"Run {run.number}, {settings}: {run.ended}, {run.why}."
    loss = loss_words(run.measure("test loss"))
    ended = f", {run.ended}" if run.ended else ""
    state = f"epoch {run.epoch:,}, test loss {loss}, test {score_words(run)}{ended}"
    return f"Run {run.number}, {settings}: {state}."


def _number(words: str, run: ComparedRun) -> int:
    if not words.isdecimal() or int(words[:6]) not in run.settings:
        raise RefusedError(
            f"run {words[:40] or 'nothing'} is not allowed; one of {', '.join(map(str, run.settings))}"
        )
    return int(words[:6])


def _run(desk: Desk) -> ComparedRun:
    run = desk.runs.get(COMPARISON)
    if not isinstance(run, ComparedRun):
        raise RefusedError(NONE)
    return run


async def select(desk: Desk, words: str) -> None:
    """Let settings be those of another run of the comparison."""
    run = _run(desk)
    number = _number(words, run)
    await desk.go_to(COMPARISON)
    run.select(number)
    desk.say(f"Run {number}; set changes it alone.")


async def add_run(desk: Desk, words: str) -> None:
    """Put a copy of the selected run behind the others."""
    _run(desk).add()


async def drop_run(desk: Desk, words: str) -> None:
    """Take a run out."""
    run = _run(desk)
    if words:
        run.select(_number(words, run))
    run.drop()


async def take_over(desk: Desk, words: str) -> None:
    """Go on with a run of the comparison in place of the own one."""
    run = _run(desk)
    await desk.go_to(COMPARISON)
    number = _number(words, run)
    found = await moment_of_run(desk, number)
    if found is None:
        raise RefusedError(f"Run {number} cannot be taken over.")
    await desk.go_to(desk.former or PLAYGROUND)
    before = await moment_of_run(desk)
    undone_by = None if before is None else Restore(before, is_written=False)
    desk.run.status = Status.PAUSED
    words = f"Run {number} of the comparison goes on here from step {found.step:,}. undo takes it back."
    desk.run.carry_out(Restore(found, is_written=False), undone_by, words)
    await desk.see()


ACTIONS = (
    Action(
        "compare",
        "SETTING VALUES",
        "runs that differ in one setting, such as compare learning rate 0.01, 0.1",
        GROUP,
        compare,
    ),
    Action(
        "compare seeds", "N", "the run with ten seeds of the weights, or N: how much is luck", GROUP, seeds
    ),
    Action("comparison", "", "how the compared runs stand, the best first", GROUP, comparison),
    Action("select run", "NUMBER", "whose settings set changes", GROUP, select),
    Action("add run", "", "a copy of the selected run behind the others", GROUP, add_run),
    Action("drop run", "NUMBER", "take a run out of the comparison", GROUP, drop_run),
    Action(
        "take over", "NUMBER", "go on with a run of the comparison in place of your own", GROUP, take_over
    ),
)
