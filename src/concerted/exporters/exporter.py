"""What an exporter is, and how the installed ones are found: by entry point, ours like anybody's."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Protocol

from concerted.campaign.bundle import Bundle


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file of a bundle: path relative to the bundle's folder, its bytes, and the assets it holds."""

    path: str
    content: bytes
    assets: tuple[str, ...]


class Exporter(Protocol):
    """Turns a release into files."""

    title: str

    def export(self, bundle: Bundle) -> Iterable[ExportedFile]:
        """Write a release as files; pure."""
        ...


def load_exporters() -> dict[str, Exporter]:
    """Load every installed exporter by format name."""
    return {point.name: point.load() for point in sorted(entry_points(group="concerted.exporters"), key=lambda point: point.name)}
