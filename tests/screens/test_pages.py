"""The pages of the Inside screen, as they introduce themselves."""

from __future__ import annotations

import pytest

from tui_nn.screens.inside import PAGES
from tui_nn.views.page import Page

NARROW = 80
PADDING = 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.label)
def test_what_a_page_says_first_fits_on_a_projector(page: type[Page]) -> None:
    assert 0 < len(page.words) <= NARROW - PADDING


def test_the_names_of_all_pages_fit_into_their_line_on_a_projector() -> None:
    assert sum(len(f" {page.label} ") + 1 for page in PAGES) <= NARROW - PADDING
