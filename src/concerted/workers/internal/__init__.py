"""The internal worker: what colleagues should know before anybody outside does."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

INTERNAL_BRIEF = DeliverableType(
    slug="internal-brief",
    title="Internal brief",
    worker="internal",
    visibility="staff",
    fields=(
        FieldSpec("what", group="news"),
        FieldSpec("why_now", group="why", shared=True),
        FieldSpec("say_this", group="say"),
        FieldSpec("do_not_say_this", group="limits", optional=True),
        FieldSpec("dates", group="dates"),
        FieldSpec("price", group="price", optional=True),
    ),
)

WORKER = Worker("internal", "Internal", "Tells colleagues what is new, what to say and what not to say.", (INTERNAL_BRIEF,), capacity=2)
