"""`python -m tui_nn` is the command `tui-nn`."""

from __future__ import annotations

import sys

from tui_nn.cli import main

if __name__ == "__main__":
    sys.exit(main())
