"""What `tui-nn doctor` looks at: each module one matter, each finding with what to change."""
