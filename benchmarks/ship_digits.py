"""Make the network of digits that ships with the program: train it on generated digits, keep its weights.

    python benchmarks/ship_digits.py [--out assets/digits.npz]

What is kept has no optimizer state and no order of samples: it can be asked, and its weights can be trained
further, but the run that made it cannot go on. `benchmarks/digits.py` measures it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tui_nn.engine import load_model, save_model

WORDS = (
    "--dataset digits --samples 300000 --train-fraction 0.98 --hidden 256,128 --dropout 0.2 "
    "--schedule cosine --epochs 10 --seed 0"
)
"""Flags of `tui-nn train`; what they leave open is the preset `digits`."""
OUT = Path(__file__).parents[1] / "assets" / "digits.npz"
MAX_BYTES = 1_000_000


def strip(run: Path, out: Path) -> None:
    """Write the network of a saved run, with its settings and without the state of its training."""
    model = load_model(run)
    save_model(out, model.network, {**model.metadata, "training": {}})


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=OUT, metavar="FILE")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        run = Path(folder) / "run.npz"
        command = [sys.executable, "-m", "tui_nn", "train", *WORDS.split(), "--save", str(run)]
        subprocess.run(command, check=True)
        strip(run, arguments.out)
    size = arguments.out.stat().st_size
    print(f"{arguments.out}: {size:,} bytes of {MAX_BYTES:,}")
    return 0 if size <= MAX_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
