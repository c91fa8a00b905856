"""The moments of a run that have a name: what is measured, how they are detected, what was noticed."""
