"""The media worker: who sees an ad, and for which searches. Lists that are checked before money is spent."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

KEYWORD_LIST = DeliverableType(
    slug="keyword-list",
    title="Keyword list",
    worker="media",
    visibility="staff",
    fields=(
        FieldSpec("exact_match", group="terms"),
        FieldSpec("phrase_match", group="terms"),
        FieldSpec("brand_terms", group="brand"),
        FieldSpec("negatives", group="negatives", optional=True),
        FieldSpec("how_to_run", group="running", optional=True, shared=True),
        FieldSpec("leads_to", group="cta", shared=True),
    ),
)

TARGETING = DeliverableType(
    slug="audience-targeting",
    title="Audience targeting",
    worker="media",
    visibility="staff",
    fields=(
        FieldSpec("who", group="readers", shared=True),
        FieldSpec("where", group="where", shared=True),
        FieldSpec("message", group="message"),
        FieldSpec("first_party_list", group="list", optional=True, shared=True),
        FieldSpec("leave_out", group="leave_out", shared=True),
        FieldSpec("leads_to", group="cta", shared=True),
    ),
)

WORKER = Worker(
    "media", "Media", "Writes keyword lists with match types, and says who is reached and who is left out.", (KEYWORD_LIST, TARGETING), capacity=4
)
