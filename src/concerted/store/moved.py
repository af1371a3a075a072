"""What a store says to whoever decided on a state that has passed. Light to import: who only catches it wakes no database."""


class Moved(Exception):
    """What an event was decided on is no longer what stands. Whoever decided it looks again; never shown to a person."""
