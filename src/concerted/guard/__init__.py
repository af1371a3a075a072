"""Watching texts while they are written, and judging them when they are done. Texts are only ever data here: nothing in them is obeyed."""
