"""The sales worker: papers for the table, for the people who sit at it, and for partners."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

ONE_PAGER = DeliverableType(
    slug="sales-one-pager",
    title="Sales one-pager",
    worker="sales",
    fields=(
        FieldSpec("headline", group="top", slot="headline", shared=True),
        FieldSpec("problem", group="problem"),
        FieldSpec("how", group="how", shared=True),
        FieldSpec("proof", group="proof", optional=True, shared=True),
        FieldSpec("offer_line", group="offer", optional=True, shared=True),
        FieldSpec("next_step", group="cta", shared=True),
        FieldSpec("sender", group="footer", shared=True),
    ),
)

BATTLECARD = DeliverableType(
    slug="battlecard",
    title="Battlecard",
    worker="sales",
    visibility="staff",
    fields=(
        FieldSpec("rivals", group="rivals"),
        FieldSpec("where_we_differ", group="difference", shared=True),
        FieldSpec("they_will_say", group="objections", optional=True, shared=True),
        FieldSpec("proof", group="proof", optional=True, shared=True),
        FieldSpec("do_not_say", group="limits", optional=True),
    ),
)

PARTNER_BRIEF = DeliverableType(
    slug="partner-brief",
    title="Partner brief",
    worker="sales",
    visibility="partner",
    fields=(
        FieldSpec("what", group="news"),
        FieldSpec("for_whom", group="readers"),
        FieldSpec("if_asked", group="objections", optional=True, shared=True),
        FieldSpec("proof", group="proof", optional=True, shared=True),
        FieldSpec("price", group="price", optional=True, shared=True),
        FieldSpec("contact", group="contact", shared=True),
    ),
)

WORKER = Worker(
    "sales", "Sales", "Writes the one-pager, the battlecard and the brief for partners.", (ONE_PAGER, BATTLECARD, PARTNER_BRIEF), capacity=3
)
