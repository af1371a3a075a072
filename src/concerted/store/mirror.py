"""A state that follows the record: read once from the tables, then folded on event by event, whoever appends them."""

from concerted.campaign.event import Event, fold
from concerted.store.store import Store


class Mirror:
    """What one process knows of a campaign, and up to which event."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seq, self.state = store.snapshot()

    def catch_up(self) -> tuple[Event, ...]:
        """Fold on what was appended since; gives the new events."""
        news = self._store.events(self.seq)
        for seq, event in news:
            self.state = fold(self.state, event)
            self.seq = seq
        return tuple(event for _, event in news)

    def is_behind(self) -> bool:
        """Tell whether somebody appended in the meantime."""
        return self._store.seq() != self.seq
