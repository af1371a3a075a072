"""The content calendar of a release as CSV for schedulers and as XLSX for people. The rows come with the release."""

from collections.abc import Iterable

from concerted.campaign.bundle import Bundle
from concerted.exporters.exporter import ExportedFile
from concerted.exporters.tables import csv_of, xlsx_of

CALENDAR = "calendar"


class Calendar:
    """The export format `calendar`."""

    title = "Content calendar, CSV and XLSX"

    def export(self, bundle: Bundle) -> Iterable[ExportedFile]:
        """Write the calendar twice."""
        assets = tuple(asset.id for asset in bundle.assets)
        for view in bundle.views:
            if view.slug == CALENDAR:
                yield ExportedFile("content-calendar.csv", csv_of(view), assets)
                yield ExportedFile("content-calendar.xlsx", xlsx_of([view], bundle.at), assets)


EXPORTER = Calendar()
