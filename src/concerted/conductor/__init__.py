"""The verbs of a campaign: load, decide, append. Doors call them with a `Session`; they answer plain reports."""
