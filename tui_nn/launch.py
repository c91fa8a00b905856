"""Opens the playground: checks settings and terminal, and starts the trainer, before Textual is loaded."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping, Sequence

from tui_nn import terminal
from tui_nn.client import Client
from tui_nn.config import Config
from tui_nn.data import DatasetKind
from tui_nn.flags import Parser, UsageError, add_settings, read_config
from tui_nn.loading import collect_everything, without_collecting
from tui_nn.training.link import Link


def main(words: Sequence[str]) -> int:
    """Run the app; return its exit status."""
    parser = Parser(prog="tui-nn", description="Open the playground: a network learns in front of you.")
    add_settings(parser)
    return open_app(read_config(parser.read(words), os.environ), os.environ)


def drop_output() -> None:
    """Let what is left in the buffers go nowhere: the terminal is gone, and flushing would be an error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)


def open_app(config: Config, environment: Mapping[str, str], own: DatasetKind | None = None) -> int:
    """Run the app with these settings, on a person's own data where there is some; return its exit status."""
    complaint = terminal.complaint(environment)
    if complaint is not None:
        raise UsageError(complaint)
    depth = terminal.color_depth(config.color, environment)
    is_ascii = config.ascii or not terminal.is_utf8(environment)
    client = Client(Link(config, own), config)
    try:
        terminal.prepare(depth)
        with without_collecting():
            from tui_nn.app import PlaygroundApp
            from tui_nn.driver import LeanDriver

        driver = None if environment.get("TEXTUAL_DRIVER") else LeanDriver
        app = PlaygroundApp(config, client, depth=depth, is_ascii=is_ascii, driver_class=driver)
        status = app.run(mouse=config.mouse)
        if status == 128 + signal.SIGHUP:
            drop_output()
        return app.return_code or 1 if status is None else status
    finally:
        client.close()
        collect_everything()
