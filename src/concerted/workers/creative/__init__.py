"""The creative worker: the one idea behind the campaign, its line and its picture."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

CONCEPT = DeliverableType(
    slug="concept",
    title="Creative concept",
    worker="creative",
    visibility="staff",
    fields=(
        FieldSpec("idea", group="idea"),
        FieldSpec("tagline", group="idea"),
        FieldSpec("visual_direction", group="visual"),
        FieldSpec("headline_a", group="headlines"),
        FieldSpec("headline_b", group="headlines", optional=True),
        FieldSpec("cta", group="cta", shared=True),
    ),
)

WORKER = Worker("creative", "Creative", "Finds the idea, the tagline, the headlines and the direction for pictures.", (CONCEPT,), capacity=2)
