"""Make the pictures of the README: open the playground, train, keep what the terminal would show.

    python benchmarks/pictures.py [--only NAME] [--out assets/pictures]
    python benchmarks/pictures.py --every-view --out FOLDER     every view at every size, to look at
    python benchmarks/pictures.py --moving                      the moving one at the top of the README

Each picture is an SVG file of less than 300 kB, the moving one of less than 500 kB. Made again, they
differ in nothing but measured speeds.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "assets" / "pictures"
MAX_BYTES, MAX_MOVING_BYTES = 300_000, 500_000
N_FRAMES, FRAME_EPOCHS, MOVING_S = 11, 14, 10.0
FRAME_SETTLE_S = 0.6
PATIENCE_S = 60.0
POLL_S = 0.05
SETTLE_S = 1.5
"""The curves are drawn less often than the map."""
NOISY_MOONS = {"noise": 0.2}
SPIRAL = {"dataset": "spiral", "samples": 600, "noise": 0.0, "hidden_sizes": (8, 8), "learning_rate": 0.01}
SEVEN = "enter K k k k H h h 2 space L L l l l B b b J j j"
"""Draws a digit with keys: up and left, pen down, right, slanted, down."""

EIGHT_STAGES = "E enter " + 8 * "right "
"""Waits for the walk, then goes to its delta."""


@dataclass(frozen=True)
class Picture:
    """A moment of a run, on a terminal of some size."""

    name: str
    size: tuple[int, int]
    """Columns and rows."""
    epochs: int = 0
    """Trained before it is taken."""
    settings: dict[str, Any] = field(default_factory=dict)
    """Fields of Config."""
    keys: str = ""
    """Names of keys, pressed one after the other."""


PICTURES = (
    Picture("moons-120x36", (120, 36), 20, NOISY_MOONS),
    Picture("moons-80x24", (80, 24), 20, NOISY_MOONS),
    Picture("spiral-120x36", (120, 36), 180, SPIRAL),
    Picture(
        "walk-120x36", (120, 36), 10, {"dataset": "xor", "hidden_sizes": (4,)}, keys=f"3 m {EIGHT_STAGES}"
    ),
    Picture(
        "neuron-120x36", (120, 36), 40, {"noise": 0.2, "hidden_sizes": (8, 8)}, keys="3 right down down enter"
    ),
    Picture("space-120x36", (120, 36), 60, {"hidden_sizes": (8, 8, 8)}, keys="4"),
    Picture("digits-120x36", (120, 36), settings={"screen": "digits"}, keys=SEVEN),
)
SIZES = ((80, 24), (120, 36), (200, 60))
VIEWS = {
    "playground": "",
    "rewound": "0 " + 12 * "full_stop ",
    "neuron": "3 right enter",
    "walk": f"3 m {EIGHT_STAGES}",
    "layers": "3 m m",
    "hidden-space": "3 m m m",
    "landscape": "3 m m m m",
    "moments": "3 m m m m m",
    "ablation": "3 M",
    "space": "4",
    "adversarial": "2 v v v v enter",
}
"""Name of a view -> the keys that lead to it from the Playground."""
EVERY_VIEW = tuple(
    Picture(f"{name}-{width}x{height}", (width, height), 20, {"noise": 0.2, "hidden_sizes": (8, 8)}, keys)
    for name, keys in VIEWS.items()
    for width, height in SIZES
)


async def take(picture: Picture) -> str:
    """Return the picture as SVG."""
    from terminal_svg import as_svg

    from tui_nn.app.app import PlaygroundApp
    from tui_nn.settings.config import Config
    from tui_nn.training.remote.client import Client
    from tui_nn.training.remote.link import Link

    config = Config().replace(**picture.settings, speed=None, paused=True)
    if picture.epochs:
        config = config.replace(epochs=picture.epochs)
    client = Client(Link(config), config)
    try:
        app = PlaygroundApp(config, client, depth="truecolor", is_ascii=False)
        async with app.run_test(size=picture.size) as pilot:
            await _until(lambda: app.shown.is_ready and app.shown.snapshot is not None)
            if picture.epochs:
                await pilot.press("n")
                await _until(lambda: _epoch(app) >= picture.epochs)
            await pilot.press(*picture.keys.split())
            await asyncio.sleep(SETTLE_S)
            rows = [list(strip) for strip in app.screen._compositor.render_strips()]
            app.exit(0)
    finally:
        client.close()
    return as_svg(rows, f"tui-nn, {config.screen}, {picture.size[0]} x {picture.size[1]} cells")


async def film() -> str:
    """Return a spiral being learned, as one moving SVG: a frame every FRAME_EPOCHS epochs."""
    from terminal_svg import as_moving_svg

    from tui_nn.app.app import PlaygroundApp
    from tui_nn.settings.config import Config
    from tui_nn.training.remote.client import Client
    from tui_nn.training.remote.link import Link

    config = Config().replace(**SPIRAL, speed=None, paused=True, epochs=FRAME_EPOCHS)
    client = Client(Link(config), config)
    frames = []
    try:
        app = PlaygroundApp(config, client, depth="truecolor", is_ascii=False)
        async with app.run_test(size=(80, 24)) as pilot:
            await _until(lambda: app.shown.is_ready and app.shown.snapshot is not None)
            for number in range(N_FRAMES):
                if number:
                    await pilot.press("n")
                    await _until(lambda least=number * FRAME_EPOCHS: _epoch(app) >= least)
                await asyncio.sleep(FRAME_SETTLE_S)
                frames.append([list(strip) for strip in app.screen._compositor.render_strips()])
            app.exit(0)
    finally:
        client.close()
    return as_moving_svg(frames, MOVING_S, "tui-nn: a spiral being learned")


def _epoch(app: Any) -> int:
    return app.shown.snapshot.epoch if app.shown.snapshot is not None else 0


async def _until(is_reached: Callable[[], object]) -> None:
    async def look() -> None:
        while not is_reached():
            await asyncio.sleep(POLL_S)

    await asyncio.wait_for(look(), PATIENCE_S)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", metavar="NAME", help="pictures whose name holds this")
    parser.add_argument(
        "--every-view", action="store_true", help="not those of the README, but all there are"
    )
    parser.add_argument("--moving", action="store_true", help="the moving picture alone")
    parser.add_argument("--out", type=Path, default=OUT, metavar="FOLDER")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    status = 0
    if arguments.moving:
        file = arguments.out / "spiral-learned.svg"
        file.write_text(asyncio.run(film()), encoding="utf-8")
        n_bytes = file.stat().st_size
        print(f"{file}  {n_bytes:,} bytes{'  TOO LARGE' if n_bytes > MAX_MOVING_BYTES else ''}")
        return int(n_bytes > MAX_MOVING_BYTES)
    for picture in EVERY_VIEW if arguments.every_view else PICTURES:
        if arguments.only is None or arguments.only in picture.name:
            file = arguments.out / f"{picture.name}.svg"
            file.write_text(asyncio.run(take(picture)), encoding="utf-8")
            n_bytes = file.stat().st_size
            is_large = n_bytes > MAX_BYTES
            print(f"{file}  {n_bytes:,} bytes{'  TOO LARGE' if is_large else ''}")
            status = max(status, int(is_large))
    return status


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from tui_nn.render.terminal import prepare

    prepare("truecolor")
    sys.exit(main())
