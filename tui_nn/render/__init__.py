"""Pure views: arrays -> Cells -> Textual strips or ANSI text. Knows arrays and colors, never networks."""
