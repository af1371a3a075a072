"""The web worker: landing pages, one reader and one market at a time."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

LANDING_PAGE = DeliverableType(
    slug="landing-page",
    title="Landing page",
    worker="web",
    fields=(
        FieldSpec("h1", group="top"),
        FieldSpec("subhead", group="top"),
        FieldSpec("benefit_1", group="benefits"),
        FieldSpec("benefit_2", group="benefits", optional=True),
        FieldSpec("benefit_3", group="benefits", optional=True),
        FieldSpec("proof_line", group="proof", optional=True),
        FieldSpec("offer_line", group="offer", optional=True, shared=True),
        FieldSpec("cta", group="cta", shared=True),
        FieldSpec("seo_title", group="seo", slot="seo_title"),
        FieldSpec("seo_description", group="seo", slot="seo_description"),
        FieldSpec("faq_1_q", group="objection", optional=True),
        FieldSpec("faq_1_a", group="objection", optional=True),
        FieldSpec("faq_2_q", group="price", optional=True),
        FieldSpec("faq_2_a", group="price", optional=True),
    ),
)

WORKER = Worker("web", "Web", "Writes landing pages with their search snippet and questions.", (LANDING_PAGE,), capacity=4)
