"""How fast are the presets without a screen? The same as `tui-nn bench`, from a checkout.

python benchmarks/speed.py [--only NAME] [--threads 1] [--rounds 3] [--seconds 0.5] [--json]
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tui_nn.cli import main

    sys.exit(main(["bench", *sys.argv[1:]]))
