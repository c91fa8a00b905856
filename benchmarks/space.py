"""How long does a picture of the network in space take to draw?

    python benchmarks/space.py [--sizes 80x24,120x36,200x60] [--frames 60] [--target 30] [--json]

Turns each network by 3 degrees a frame, flat out, in truecolor: looks at it as the trainer does, draws its
cells, and the strips of the rows that changed, as the screen does. The exit status is 1 if that takes more
milliseconds of a processor than the target for a network at 120x36.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
JUDGED = "120x36"
FRAME = (4, 6)
"""Columns and rows of a window that are not the picture: borders, and the lines above and below."""
NETWORKS: dict[str, dict[str, Any]] = {
    "2-8-8-8-8-8-1": {"dataset": "moons", "hidden_sizes": (8,) * 5},
    "784-128-10": {"dataset": "digits", "samples": 500, "hidden_sizes": (128,)},
    "784-1024-1024-10": {"dataset": "digits", "samples": 500, "hidden_sizes": (1024, 1024)},
    "784-8c3,p2,32-10": {"dataset": "digits", "samples": 500, "hidden_sizes": ("8c3", "p2", 32)},
}


def measure(settings: dict[str, Any], columns: int, rows: int, n_frames: int) -> dict[str, float]:
    """Return medians over the frames: ms of looking, drawing and making strips, and rows that changed."""
    from tui_nn.render.palette import palette_for
    from tui_nn.render.strips import changed_rows, row_strip
    from tui_nn.settings.config import Config
    from tui_nn.training.trainer import Trainer
    from tui_nn.views.space.draw import link_room, space_picture
    from tui_nn.views.space.draw_viewpoint import FIRST_VIEW
    from tui_nn.views.space.look import look_at_links
    from tui_nn.views.space.values import LinksRequest

    width, height = columns - FRAME[0], rows - FRAME[1]
    palette, view, before = palette_for("truecolor"), FIRST_VIEW, None
    trainer = Trainer(Config().replace(**settings))
    request = LinksRequest(most=link_room(len(trainer.config.hidden_sizes) + 1, height, width))
    times: list[tuple[float, ...]] = []
    for _ in range(n_frames):
        marks = [time.process_time()]
        links = look_at_links(trainer, request)
        marks.append(time.process_time())
        cells = space_picture(links, trainer.config, palette, height, width, view)
        marks.append(time.process_time())
        changed = changed_rows(before, cells)
        for row in changed:
            row_strip(cells, row, palette)
        marks.append(time.process_time())
        milliseconds = [1e3 * (after - earlier) for earlier, after in pairwise(marks)]
        times.append((*milliseconds, float(len(changed))))
        before, view = cells, view.turned(3.0)
    names = ("look_ms", "draw_ms", "strips_ms", "rows")
    return {
        name: statistics.median(column) for name, column in zip(names, zip(*times, strict=True), strict=True)
    }


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="80x24,120x36,200x60")
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--target", type=float, default=30.0, help="milliseconds a picture at 120x36")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found, is_slow = [], False
    for name, settings in NETWORKS.items():
        for size in chosen.sizes.split(","):
            columns, rows = map(int, size.split("x"))
            each = measure(settings, columns, rows, chosen.frames)
            total = each["look_ms"] + each["draw_ms"] + each["strips_ms"]
            is_slow |= size == JUDGED and total > chosen.target
            found.append({"network": name, "size": size, **each, "total_ms": total})
            if not chosen.json:
                print(
                    f"{name:17} {size:>7}  look {each['look_ms']:5.1f}  draw {each['draw_ms']:5.1f}"
                    f"  strips {each['strips_ms']:5.1f}  = {total:5.1f} ms, {1000 / total:5.0f} pictures/s,"
                    f" {each['rows']:.0f} rows changed"
                )
    if chosen.json:
        print(json.dumps(found))
    return int(is_slow)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    sys.exit(main())
