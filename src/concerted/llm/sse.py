"""Cuts a stream of bytes into the data of server-sent events. Lean on purpose: it runs for every token of every stream."""

LONGEST = 4_000_000
"""Bytes without the end of a line; more is no event stream."""


class NoEvents(Exception):
    """What came is not a stream of events; never leaves the room."""


class Events:
    """Collects bytes; gives the data of the events that are complete."""

    __slots__ = ("_data", "_rest")

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take the next bytes. Raises NoEvents where a line does not end."""
        lines = (self._rest + chunk).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > LONGEST:
            raise NoEvents
        found: list[bytes] = []
        for line in lines:
            if line.startswith(b"data:"):
                self._data.append(line[5:].strip())
            elif self._data and line in (b"", b"\r"):
                found.append(self._data[0] if len(self._data) == 1 else b"\n".join(self._data))
                self._data = []
        return found

    def end(self) -> list[bytes]:
        """Give what a server left without the empty line that belongs behind it."""
        return self.feed(b"\n\n")
