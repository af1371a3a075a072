"""The content worker: what people read because they want to know more."""

from concerted.campaign.deliverable import DeliverableType, FieldSpec
from concerted.workers.worker import Worker

BLOG_POST = DeliverableType(
    slug="blog-post",
    title="Blog post",
    worker="content",
    fields=(
        FieldSpec("title", group="top", slot="title"),
        FieldSpec("seo_description", group="top", slot="seo_description"),
        FieldSpec("opening", group="problem", slot="body"),
        FieldSpec("news", group="news", slot="body", shared=True),
        FieldSpec("how", group="how", slot="body", shared=True),
        FieldSpec("proof", group="proof", slot="body", optional=True, shared=True),
        FieldSpec("questions", group="questions", slot="body", optional=True, shared=True),
        FieldSpec("offer", group="offer", slot="body", optional=True, shared=True),
        FieldSpec("cta_line", group="cta", slot="body", shared=True),
    ),
)

FAQ = DeliverableType(
    slug="faq",
    title="Questions and answers",
    worker="content",
    fields=(
        FieldSpec("question_how", group="how", optional=True),
        FieldSpec("answer_how", group="how", optional=True, shared=True),
        FieldSpec("question_1", group="objections", optional=True),
        FieldSpec("answer_1", group="objections", optional=True),
        FieldSpec("question_2", group="objections", optional=True),
        FieldSpec("answer_2", group="objections", optional=True),
        FieldSpec("question_3", group="objections", optional=True),
        FieldSpec("answer_3", group="objections", optional=True),
        FieldSpec("question_4", group="stays", optional=True),
        FieldSpec("answer_4", group="stays", optional=True),
        FieldSpec("question_5", group="price", optional=True),
        FieldSpec("answer_5", group="price", optional=True, shared=True),
        FieldSpec("cta_line", group="cta", shared=True),
    ),
)

VIDEO_TEXT = DeliverableType(
    slug="video-text",
    title="Title and description of the launch film",
    worker="content",
    fields=(
        FieldSpec("title", group="text", slot="title"),
        FieldSpec("description", group="text", slot="description"),
        FieldSpec("cta_line", group="cta", slot="description", shared=True),
    ),
)

WORKER = Worker("content", "Content", "Writes blog posts, questions and answers, and the texts of films.", (BLOG_POST, FAQ, VIDEO_TEXT), capacity=3)
