from __future__ import annotations

from tui_nn.render.cells import blank
from tui_nn.views.map.draw_axes import name_axes, named_area


def test_the_names_stand_above_the_plane_and_below_its_numbers() -> None:
    area, canvas = named_area(14, 40, ((-1.0, 1.0), (-1.0, 1.0))), blank(14, 40)

    name_axes(canvas, ("width", "height"), area)

    assert [row for row, line in enumerate(canvas.lines()) if "↑ height" in line] == [area.row - 1]
    below_the_numbers = area.row + area.plane.rows + 1
    assert [row for row, line in enumerate(canvas.lines()) if "width →" in line] == [below_the_numbers]
