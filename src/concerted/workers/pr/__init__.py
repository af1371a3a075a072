"""The PR worker: the release a journalist can cut from the bottom."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

PRESS_RELEASE = DeliverableType(
    slug="press-release",
    title="Press release",
    worker="pr",
    fields=(
        FieldSpec("headline", group="news", slot="headline"),
        FieldSpec("dateline", group="dateline", shared=True),
        FieldSpec("lead", group="news", slot="lead"),
        FieldSpec("product", group="product", slot="body"),
        FieldSpec("customer", group="customer", slot="body", optional=True),
        FieldSpec("offer", group="offer", slot="body", optional=True, shared=True),
        FieldSpec("quote", group="quote", slot="body", optional=True),
        FieldSpec("boilerplate", group="boilerplate", shared=True),
        FieldSpec("contact", group="contact", shared=True),
    ),
)

WORKER = Worker("pr", "PR", "Writes the press release from cleared facts and cleared quotes only.", (PRESS_RELEASE,), capacity=2)
