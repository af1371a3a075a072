"""The other computed views of a release: media plan, counted links, measurement plan, run of show; a CSV each and one workbook."""

from collections.abc import Iterable

from concerted.campaign.bundle import Bundle
from concerted.exporters.calendar import CALENDAR
from concerted.exporters.exporter import ExportedFile
from concerted.exporters.tables import csv_of, xlsx_of


class Plans:
    """The export format `plans`."""

    title = "Media plan, counted links, measurement plan, run of show"

    def export(self, bundle: Bundle) -> Iterable[ExportedFile]:
        """Write each view, and all of them together."""
        views = [view for view in bundle.views if view.slug != CALENDAR]
        for view in views:
            yield ExportedFile(f"plans/{view.slug}.csv", csv_of(view), ())
        if views:
            yield ExportedFile("plans/plans.xlsx", xlsx_of(views, bundle.at), ())


EXPORTER = Plans()
