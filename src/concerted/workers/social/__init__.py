"""The social worker: posts that people read between other things."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

LINKEDIN_POST = DeliverableType(
    slug="linkedin-post",
    title="LinkedIn post",
    worker="social",
    fields=(
        FieldSpec("hook", group="post", slot="hook"),
        FieldSpec("body", group="post", slot="post"),
        FieldSpec("cta_line", group="cta", slot="post", shared=True),
    ),
)

X_POST = DeliverableType(
    slug="x-post",
    title="X post",
    worker="social",
    fields=(FieldSpec("text", group="post", slot="post"),),
)

WORKER = Worker("social", "Social", "Writes posts for LinkedIn and X.", (LINKEDIN_POST, X_POST), capacity=6)
