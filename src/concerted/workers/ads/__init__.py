"""The ads worker: search ads whose parts must work in any order."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

SEARCH_AD = DeliverableType(
    slug="search-ad",
    title="Responsive search ad",
    worker="ads",
    fields=(
        FieldSpec("headline_1", group="message", slot="headline"),
        FieldSpec("headline_2", group="message", slot="headline"),
        FieldSpec("headline_3", group="message", slot="headline"),
        FieldSpec("headline_4", group="offer", slot="headline", optional=True),
        FieldSpec("headline_5", group="brand", slot="headline", optional=True),
        FieldSpec("headline_6", group="brand", slot="headline", optional=True),
        FieldSpec("description_1", group="message", slot="description"),
        FieldSpec("description_2", group="message", slot="description"),
        FieldSpec("description_3", group="offer", slot="description", optional=True),
        FieldSpec("path_1", group="brand", slot="path", optional=True, shared=True),
    ),
)

WORKER = Worker("ads", "Ads", "Writes search ads inside the network's limits.", (SEARCH_AD,), capacity=6)
