"""The headless commands, one a file; none imports Textual."""
