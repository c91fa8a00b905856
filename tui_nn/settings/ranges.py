"""Ranges of settings that are numbers, where several share one or its stops are many."""

from __future__ import annotations

from tui_nn.settings.values import Integer, Or, Real

TENTHS = tuple(i / 10 for i in range(1, 11))

SEED = Integer(0, 2**32 - 1)
SAMPLES = Integer(
    10,
    1_000_000,
    (10, 20, 50, 100, 200, 300, 500, 800, 1000, 1200, 2000, 5000, 10_000, 20_000, 50_000, 100_000),
)
NOISE = Real(0, 0.8, tuple(i / 100 for i in range(0, 85, 5)))
FRACTION = Real(0, 1, TENTHS)
RATE = Real(0, 1e6, (1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0, 3.0, 10.0), above=True)
PENALTY = Real(0, 1e6, (0.0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0, 3.0, 10.0))
BATCHES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 30, 32, 48, 64, 128, 256, 512, 1024)
BATCH = Or("full", Integer(1, 1_000_000, BATCHES), word_first=False)
DECAY = Real(0, 0.9999, (0, 0.5, 0.8, 0.9, 0.95, 0.99))
SQUARES_DECAY = Or("auto", Real(0, 0.9999, (0.5, 0.9, 0.95, 0.99, 0.999)))
CLIP = Or("none", Real(0, 1e6, (0.1, 0.5, 1.0, 5.0, 10.0), above=True))
EPOCHS = Integer(1, 1_000_000_000, (1, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000))
LAST_EPOCH = Or("none", Integer(1, 1_000_000_000, EPOCHS.stops[1:]))
GOAL = Or("none", Real(0, 1, (0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 1.0), above=True))
LOSS = Or("none", Real(0, 1e6, (0.001, 0.003, 0.01, 0.03, 0.1, 0.3), above=True))
PATIENCE = Or("none", Integer(1, 1_000_000, (5, 10, 20, 50, 100, 200, 500)))
SPEED = Or(
    "full",
    Real(0, 1e6, (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0), above=True),
    word_first=False,
)
