"""Pure thinking about drafts: what they read, what is out of date, what a change does. No clock, no chance, no I/O."""
