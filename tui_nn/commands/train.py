"""`tui-nn train`: the same session as on the screen, run to its end, then the result in words or as JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass

from tui_nn.commands import parts
from tui_nn.commands.interruptible import Interruptible
from tui_nn.commands.models import SHIPPED, model_path
from tui_nn.commands.number_flags import read_count
from tui_nn.commands.plot import plot
from tui_nn.commands.progress import Progress, make_progress
from tui_nn.commands.streaming import Streamer
from tui_nn.commands.wording import describe, percent
from tui_nn.data import DataError
from tui_nn.files.errors import FileError, complain
from tui_nn.files.visible import say, show_drawing
from tui_nn.settings.config import Config
from tui_nn.settings.flags import Parser, UsageError, add_settings
from tui_nn.settings.precedence import read_config
from tui_nn.settings.wording import capitalized, idle_in_words, table_in_words
from tui_nn.training.columns import column_sizes
from tui_nn.training.commands import Command, RequestSnapshot, RunEpochs
from tui_nn.training.record import make_record
from tui_nn.training.resume import (
    begin_shared,
    changed_config,
    go_on_from,
    network_start,
    read_checkpoint,
    resume,
)
from tui_nn.training.run_files import check_place, open_run, write_run
from tui_nn.training.session import Message, Session
from tui_nn.training.snapshot import Metrics, Snapshot, Status, ViewRequest
from tui_nn.training.timeline import MOST_BYTES

PICTURES_PER_S = 10
LOOK = RequestSnapshot(ViewRequest())


class Driver(Interruptible):
    """The session's other end: asks for the run part by part, shows how far it is, and can be interrupted."""

    def __init__(self, epochs: int, progress: Progress) -> None:
        super().__init__()
        self._left, self._progress = epochs, progress
        self._has_begun = self._has_ended = False
        self._look_at = time.monotonic()

    def receive(self, wait_s: float | None) -> Sequence[Command] | None:
        """Ask for the next part; a session that would wait for ever has finished one."""
        if self.signal or self._has_ended:
            return None
        if wait_s is None:
            return self._next_part()
        now = time.monotonic()
        if self._progress.part_epochs is not None or now < self._look_at:
            return ()
        self._look_at = now + 1 / PICTURES_PER_S
        return [LOOK]

    def publish(self, message: Message) -> None:
        """Keep what the session says, and show how far it is."""
        if isinstance(message, Snapshot):
            self._progress.show(message)
            if message.status in (Status.DIVERGED, Status.STOPPED):
                self._has_ended = True

    def _next_part(self) -> list[Command]:
        if not self._left:
            self._has_ended = True
            return [LOOK]
        part = min(self._left, self._progress.part_epochs or self._left)
        commands: list[Command] = [LOOK] if self._has_begun else []
        commands.append(RunEpochs(part))
        self._left -= part
        self._has_begun = True
        return commands


def make_parser() -> Parser:
    """Return the parser of `tui-nn train`."""
    parser = Parser(prog="tui-nn train", description="Train a network without a screen and print the result.")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    stream_help = "print the run as lines of JSON while it trains, the result as the last"
    parser.add_argument("--stream", action="store_true", help=stream_help)
    parser.add_argument(
        "--every", metavar="N", help="a line of --stream every N steps (default: ten a second)"
    )
    names = ", ".join(parts.PARTS)
    with_help = f"what --json and --stream hold too, some of {names}; activations and gradients by update"
    parser.add_argument("--with", dest="parts", metavar="NAMES", help=with_help)
    parser.add_argument("--log-every", metavar="N", help="print a line on stderr every N epochs")
    parser.add_argument(
        "--save", metavar="FILE", help="save the run to a file, to predict with or to continue"
    )
    kept = "also save the history that the app can go back through"
    parser.add_argument("--save-timeline", action="store_true", help=kept)
    without = "leave rows of your own out of the file: it names the table, which has to be there to go on"
    parser.add_argument("--without-data", action="store_true", help=without)
    loaded = (
        f"continue from such a file to the end of its epochs; {SHIPPED}: the network of digits shipped here"
    )
    parser.add_argument("--load", metavar="FILE", help=loaded)
    parser.add_argument(
        "--plot", action="store_true", help="print the decision map, the curves and the network at the end"
    )
    add_settings(parser)
    return parser


@dataclass(frozen=True)
class Told:
    """What a run tells of itself."""

    is_stream: bool
    every: int | None
    """Steps between two updates of a stream; None: ten updates a second."""
    parts: tuple[str, ...]
    log_every: int | None


def read_told(arguments: Namespace) -> Told:
    """Return what the flags ask to be told; raise UsageError where they do not go together."""
    is_stream, has_record = arguments.stream, arguments.json or arguments.stream
    if is_stream and arguments.json:
        raise UsageError("--json and --stream both write on standard output; use one")
    if is_stream and arguments.log_every is not None:
        raise UsageError("--log-every: --stream has lines of its own; --every N says how often")
    if not is_stream and arguments.every is not None:
        raise UsageError("--every: it needs --stream")
    if not has_record and arguments.parts is not None:
        raise UsageError("--with: it needs --json or --stream")
    return Told(
        is_stream,
        None if arguments.every is None else read_count("--every", arguments.every, 1),
        parts.read_names("--with", arguments.parts),
        None if arguments.log_every is None else read_count("--log-every", arguments.log_every, 1),
    )


def main(words: Sequence[str]) -> int:
    """Train, print the result; return 0 done, 1 diverged or not saved, 128 + signal. Raises FileError."""
    arguments = make_parser().read(words)
    told = read_told(arguments)
    if arguments.save is not None:
        check_place("--save", arguments.save)
    elif arguments.without_data:
        raise UsageError("--without-data: it needs a file: add --save FILE")
    elif arguments.save_timeline:
        raise UsageError("--save-timeline: it needs a file: add --save FILE")
    try:
        session, config = _begin(arguments)
        return _run(arguments, session, config, told)
    except DataError as error:
        raise UsageError(str(error)) from None


def _begin(arguments: Namespace) -> tuple[Session, Config]:
    """Return the session, fresh or where a saved run was, and its settings."""
    most_bytes = MOST_BYTES if arguments.save_timeline else 0
    if arguments.load is None:
        config = read_config(arguments, os.environ).replace(speed=None, pause_on=())
        if words := table_in_words(config):
            say(words, to=sys.stderr)
        session = Session(config, timeline_bytes=most_bytes, looks=parts.new_looks())
        begin_shared(session, arguments)
        return session, config
    run = open_run(model_path(arguments.load))
    if run.is_network_alone:
        config = read_config(arguments, {}, start=network_start(run)).replace(speed=None, pause_on=())
        session = Session(config, timeline_bytes=most_bytes, looks=parts.new_looks())
        go_on_from(session, run.network)
        return session, config
    checkpoint = read_checkpoint(arguments.load, run)
    config = changed_config(arguments, checkpoint.config).replace(speed=None, pause_on=())
    done = checkpoint.batches_state["epoch"]
    if done >= config.epochs:
        raise UsageError(
            f"--load: {arguments.load} has trained {done:,} epochs; continue with --epochs {2 * done}"
        )
    session = Session(checkpoint.config, timeline_bytes=most_bytes, looks=parts.new_looks())
    resume(session, checkpoint, config, arguments.load if run.has_timeline and most_bytes else None)
    return session, config


def _run(arguments: Namespace, session: Session, config: Config, told: Told) -> int:
    driver = _train(session, config, told)
    best = None if session.status is Status.DIVERGED else session.best.take()
    metrics = session.trainer.measure()
    status = _status(session, driver, metrics)
    trouble = _keep(session, arguments, status) if arguments.save is not None else None
    record = make_record(session.trainer, metrics, session.training_seconds, status)
    if best is not None:
        record["kept_epoch"] = best.epoch or 0
    if isinstance(driver, Streamer):
        driver.end({**record, **parts.make_parts(session.trainer, told.parts)})
    elif arguments.json:
        say(json.dumps({**record, **parts.make_parts(session.trainer, told.parts)}))
    else:
        say(*_summary(config, record, session, metrics))
        if best is not None:
            say(f"Kept the weights {best.after}: their test loss was the lowest.")
    if arguments.plot:
        stream = sys.stderr if arguments.json or arguments.stream else sys.stdout
        show_drawing(plot(session, stream, config, os.environ), to=stream)
    if trouble is not None:
        return complain(trouble)
    if driver.signal:
        return 128 + driver.signal
    return 1 if status == "diverged" else 0


def _train(session: Session, config: Config, told: Told) -> Interruptible:
    """Train to the end of the epochs, or until something ends it."""
    if told.is_stream:
        streamer = Streamer(session, config.epochs, told.every, told.parts)
        with streamer.interruptible():
            session.run(streamer.receive, streamer.publish)
        return streamer
    with make_progress(config.epochs, told.log_every) as progress:
        driver = Driver(config.epochs - session.trainer.epoch, progress)
        with driver.interruptible():
            session.run(driver.receive, driver.publish)
    return driver


def _keep(session: Session, arguments: Namespace, status: str) -> FileError | None:
    """Write the run to its file, before anything is printed to where nobody may listen any more."""
    if status == "diverged":
        return FileError(f"{arguments.save} was not saved: the run diverged")
    try:
        most = 0 if arguments.without_data else None
        write_run(arguments.save, session, with_timeline=arguments.save_timeline, most_own_bytes=most)
    except FileError as error:
        return error
    return None


def _status(session: Session, driver: Interruptible, metrics: Metrics) -> str:
    """Return how the run ended; numbers that overflow in the very last step count as diverged too."""
    if driver.signal:
        return "interrupted"
    if session.status is Status.DIVERGED or metrics.train_loss is None:
        return "diverged"
    return "stopped" if session.status is Status.STOPPED else "finished"


def _summary(config: Config, record: dict[str, object], session: Session, metrics: Metrics) -> list[str]:
    sizes = "-".join(map(str, column_sizes(session.trainer.network)))
    speed = session.trainer.step / max(session.training_seconds, 1e-9)
    lines = [
        f"{record['status']}: {config.dataset}, {sizes} {config.optimizer}, {record['epochs']} epochs "
        f"({record['steps']} steps) in {session.training_seconds:.2f} s, {speed:,.0f} steps/s",
        describe(metrics),
    ]
    ceiling = session.trainer.problem.dataset.best_possible_accuracy
    if ceiling is not None:
        lines.append(f"best possible accuracy on this data {percent(ceiling)}")
    if idle := idle_in_words(config):
        lines.append(f"{capitalized(idle)}.")
    if session.trouble:
        lines.append(f"{session.status.value.capitalize()}: {session.trouble}.")
    return lines
