"""The creative worker: the brief that ideas are measured by, the one idea behind the campaign, its line and its picture."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

CONCEPT = DeliverableType(
    slug="concept",
    title="Creative concept",
    worker="creative",
    visibility="staff",
    fields=(
        FieldSpec("idea", group="idea", shared=True),
        FieldSpec("tagline", group="idea"),
        FieldSpec("visual_direction", group="visual", shared=True),
        FieldSpec("headline_a", group="headlines"),
        FieldSpec("headline_b", group="headlines", optional=True),
        FieldSpec("cta", group="cta", shared=True),
    ),
)

CREATIVE_BRIEF = DeliverableType(
    slug="creative-brief",
    title="Creative brief",
    worker="creative",
    visibility="staff",
    fields=(
        FieldSpec("background", group="news"),
        FieldSpec("objective", group="goal", optional=True),
        FieldSpec("readers", group="readers"),
        FieldSpec("single_message", group="message", shared=True),
        FieldSpec("reasons", group="reasons", shared=True),
        FieldSpec("tone", group="tone", optional=True),
        FieldSpec("mandatories", group="mandatories"),
    ),
)

WORKER = Worker(
    "creative",
    "Creative",
    "Writes the brief, and finds the idea, the tagline, the headlines and the direction for pictures.",
    (CONCEPT, CREATIVE_BRIEF),
    capacity=2,
)
