"""Small pictures of the data sets, to choose by."""

from __future__ import annotations

import numpy as np

from tui_nn.render.cells import Cells
from tui_nn.render.palette import Palette
from tui_nn.settings.datasets import sets_of_points
from tui_nn.views.map.draw_points import Points
from tui_nn.views.map.draw_thumbnail import thumbnail
from tui_nn.views.map.look_thumbnails import sample_of

HEIGHT, WIDTH = 12, 24


def dataset_pictures(palette: Palette) -> dict[str, Cells]:
    """Return a picture of every data set of the plane, HEIGHT x WIDTH cells."""
    pictures = {}
    for name in sets_of_points():
        data = sample_of(name)
        if data is None or data.domain is None:
            continue
        is_classes = data.task == "classification"
        labels = data.targets if is_classes else data.targets > 0
        points = Points(data.inputs[:, :2], labels.astype(np.int64))
        n_classes = max(2, len(data.class_names))
        pictures[name] = thumbnail(points, palette, HEIGHT, WIDTH, data.domain, n_classes)
    return pictures
