"""The email worker: announcements and reminders to people who asked to hear from the company."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

LAUNCH_EMAIL = DeliverableType(
    slug="launch-email",
    title="Launch email",
    worker="email",
    fields=(
        FieldSpec("subject", group="envelope", slot="subject"),
        FieldSpec("preheader", group="envelope", slot="preheader"),
        FieldSpec("opening", group="letter", slot="body"),
        FieldSpec("body", group="letter", slot="body"),
        FieldSpec("proof", group="proof", slot="body", optional=True),
        FieldSpec("offer_line", group="offer", slot="body", optional=True, shared=True),
        FieldSpec("cta", group="cta", shared=True),
        FieldSpec("footer", group="footer", shared=True),
    ),
)

FOLLOW_UP_EMAIL = DeliverableType(
    slug="follow-up-email",
    title="Follow-up email",
    worker="email",
    fields=(
        FieldSpec("subject", group="envelope", slot="subject"),
        FieldSpec("preheader", group="envelope", slot="preheader"),
        FieldSpec("opening", group="letter", slot="body"),
        FieldSpec("body", group="letter", slot="body"),
        FieldSpec("proof", group="proof", slot="body", optional=True, shared=True),
        FieldSpec("offer_line", group="offer", slot="body", optional=True, shared=True),
        FieldSpec("cta", group="cta", shared=True),
        FieldSpec("footer", group="footer", shared=True),
    ),
)

WORKER = Worker(
    "email",
    "Email",
    "Writes the sequence: announcement, proof, reminder, last call, each with sender and opt-out.",
    (LAUNCH_EMAIL, FOLLOW_UP_EMAIL),
    capacity=4,
)
