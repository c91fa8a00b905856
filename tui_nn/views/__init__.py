"""One folder a view: look.py (in the trainer), draw.py (arrays -> Cells), panel.py (Textual), page.py."""
