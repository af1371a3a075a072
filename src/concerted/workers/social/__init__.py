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

SOCIAL_POST = DeliverableType(
    slug="social-post",
    title="Social post",
    worker="social",
    fields=(
        FieldSpec("text", group="post", slot="post"),
        FieldSpec("cta_line", group="cta", slot="post", shared=True),
    ),
)

SOCIAL_KIT = DeliverableType(
    slug="social-kit",
    title="Social kit for colleagues",
    worker="social",
    fields=(
        FieldSpec("how_to_use", group="rules"),
        FieldSpec("post_1", group="posts"),
        FieldSpec("post_2", group="posts"),
        FieldSpec("post_3", group="proof", optional=True, shared=True),
        FieldSpec("link", group="cta", shared=True),
    ),
)

WORKER = Worker(
    "social",
    "Social",
    "Writes posts for the networks, and lines that colleagues may post.",
    (LINKEDIN_POST, X_POST, SOCIAL_POST, SOCIAL_KIT),
    capacity=6,
)
