"""The ads worker: ads whose parts must work in any order.

Headlines and descriptions are shared: an advertiser says one thing in all networks, and the page that an ad leads to says it again.
"""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

SEARCH_AD = DeliverableType(
    slug="search-ad",
    title="Responsive search ad",
    worker="ads",
    fields=(
        FieldSpec("headline_1", group="message", slot="headline", shared=True),
        FieldSpec("headline_2", group="message", slot="headline", shared=True),
        FieldSpec("headline_3", group="message", slot="headline", shared=True),
        FieldSpec("headline_4", group="offer", slot="headline", optional=True, shared=True),
        FieldSpec("headline_5", group="brand", slot="headline", optional=True, shared=True),
        FieldSpec("headline_6", group="brand", slot="headline", optional=True, shared=True),
        FieldSpec("description_1", group="message", slot="description", shared=True),
        FieldSpec("description_2", group="message", slot="description", shared=True),
        FieldSpec("description_3", group="offer", slot="description", optional=True, shared=True),
        FieldSpec("path_1", group="brand", slot="path", optional=True, shared=True),
    ),
)

PERFORMANCE_MAX = DeliverableType(
    slug="performance-max",
    title="Performance Max asset group",
    worker="ads",
    fields=(
        FieldSpec("headline_1", group="message", slot="headline", shared=True),
        FieldSpec("headline_2", group="message", slot="headline", shared=True),
        FieldSpec("headline_3", group="message", slot="headline", shared=True),
        FieldSpec("short_headline", group="brand", slot="short_headline", shared=True),
        FieldSpec("long_headline", group="message", slot="long_headline", shared=True),
        FieldSpec("description_1", group="message", slot="description", shared=True),
        FieldSpec("description_2", group="offer", slot="description", optional=True, shared=True),
        FieldSpec("short_description", group="message", slot="short_description", shared=True),
        FieldSpec("business_name", group="brand", slot="business_name", shared=True),
    ),
)

DISPLAY_AD = DeliverableType(
    slug="display-ad",
    title="Responsive display ad",
    worker="ads",
    fields=(
        FieldSpec("headline_1", group="message", slot="headline", shared=True),
        FieldSpec("headline_2", group="message", slot="headline", shared=True),
        FieldSpec("long_headline", group="message", slot="long_headline", shared=True),
        FieldSpec("description_1", group="message", slot="description", shared=True),
        FieldSpec("description_2", group="offer", slot="description", optional=True, shared=True),
        FieldSpec("business_name", group="brand", slot="business_name", shared=True),
    ),
)

LINKEDIN_AD = DeliverableType(
    slug="linkedin-ad",
    title="LinkedIn ad",
    worker="ads",
    fields=(
        FieldSpec("intro", group="message", slot="intro", shared=True),
        FieldSpec("headline", group="message", slot="headline", shared=True),
        FieldSpec("description", group="cta", slot="description", shared=True),
    ),
)

META_AD = DeliverableType(
    slug="meta-ad",
    title="Meta ad",
    worker="ads",
    fields=(
        FieldSpec("primary_text", group="message", slot="primary_text", shared=True),
        FieldSpec("headline", group="message", slot="headline", shared=True),
        FieldSpec("description", group="cta", slot="description", shared=True),
    ),
)

WORKER = Worker("ads", "Ads", "Writes ads inside the networks' limits.", (SEARCH_AD, PERFORMANCE_MAX, DISPLAY_AD, LINKEDIN_AD, META_AD), capacity=6)
