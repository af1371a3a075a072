"""The mobile worker: text messages and push messages, one thought each."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

SMS = DeliverableType(
    slug="sms",
    title="Text message",
    worker="mobile",
    fields=(FieldSpec("text", group="message", slot="text"),),
)

PUSH = DeliverableType(
    slug="push",
    title="Push message",
    worker="mobile",
    fields=(
        FieldSpec("title", group="message", slot="title", shared=True),
        FieldSpec("text", group="message", slot="text"),
        FieldSpec("link", group="link", shared=True),
    ),
)

WORKER = Worker(
    "mobile", "Mobile", "Writes text messages that fit and can be stopped, and push messages that are read on a lock screen.", (SMS, PUSH), capacity=4
)
