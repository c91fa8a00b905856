"""From moments of a run to pictures: what the render functions are given, for the screen and for print."""
