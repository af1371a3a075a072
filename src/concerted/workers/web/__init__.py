"""The web worker: landing pages, one reader and one market at a time."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

LANDING_PAGE = DeliverableType(
    slug="landing-page",
    title="Landing page",
    worker="web",
    fields=(
        FieldSpec("h1", group="top", slot="h1"),
        FieldSpec("subhead", group="top", slot="subhead"),
        FieldSpec("benefit_1", group="benefits", slot="body"),
        FieldSpec("benefit_2", group="benefits", slot="body", optional=True),
        FieldSpec("benefit_3", group="benefits", slot="body", optional=True),
        FieldSpec("proof_line", group="proof", slot="body", optional=True),
        FieldSpec("offer_line", group="offer", slot="body", optional=True),
        FieldSpec("cta", group="cta", slot="cta", shared=True),
        FieldSpec("seo_title", group="seo", slot="seo_title"),
        FieldSpec("seo_description", group="seo", slot="seo_description"),
        FieldSpec("faq_1_q", group="objection", slot="body", optional=True),
        FieldSpec("faq_1_a", group="objection", slot="body", optional=True),
        FieldSpec("faq_2_q", group="price", slot="body", optional=True),
        FieldSpec("faq_2_a", group="price", slot="body", optional=True),
    ),
)

WORKER = Worker("web", "Web", "Writes landing pages with their search snippet and questions.", (LANDING_PAGE,), capacity=4)
