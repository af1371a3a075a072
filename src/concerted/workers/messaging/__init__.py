"""The messaging worker: the house of messages that every other text is written from."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

HOUSE = DeliverableType(
    slug="messaging-house",
    title="Messaging house",
    worker="messaging",
    visibility="staff",
    fields=(
        FieldSpec("roof", group="roof"),
        FieldSpec("pillar_1", group="pillars"),
        FieldSpec("pillar_2", group="pillars", optional=True),
        FieldSpec("pillar_3", group="pillars", optional=True),
        FieldSpec("proof_1", group="proof", optional=True),
        FieldSpec("boilerplate_25", group="boilerplate", optional=True, shared=True),
        FieldSpec("boilerplate_50", group="boilerplate", optional=True, shared=True),
        FieldSpec("what_we_do_not_say", group="limits", optional=True),
    ),
)

WORKER = Worker("messaging", "Messaging", "Turns the strategy into the house of messages: one roof, its pillars, the proof.", (HOUSE,), capacity=2)
