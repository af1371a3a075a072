"""The mobile worker: one text message, one thought, one link."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

SMS = DeliverableType(
    slug="sms",
    title="Text message",
    worker="mobile",
    fields=(FieldSpec("text", group="message", slot="text"),),
)

WORKER = Worker("mobile", "Mobile", "Writes text messages that fit and can be stopped.", (SMS,), capacity=4)
