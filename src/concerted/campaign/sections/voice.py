"""How the campaign speaks: the brand's voice and words, and the wordings of messages by language and length."""

from typing import Annotated, ClassVar

from pydantic import Field

from concerted.campaign.leaf import Group, Leaf
from concerted.campaign.scalars import Prose, Slug
from concerted.campaign.sections.section import Entry, Section


class Preference(Entry):
    """One word we choose over others."""

    noun: ClassVar[str] = "a preferred word"
    say: Annotated[
        Prose,
        Leaf(
            "guardrail",
            question="Which word do you use?",
            why="One thing, one word, in every piece.",
            good="yard",
            who_knows="the brand team",
        ),
    ]
    not_: Annotated[
        Prose | None,
        Leaf(
            "guardrail",
            question="Instead of which?",
            why="Pieces with this word are marked, with yours as the suggestion.",
            good="logistics premises",
            who_knows="the brand team",
        ),
    ] = Field(default=None, alias="not")


class Words(Section):
    """Vocabulary: what is never said, and what is said instead."""

    noun: ClassVar[str] = "brand.words"
    never: Annotated[
        dict[
            Slug,
            Annotated[
                Prose,
                Leaf(
                    "guardrail",
                    question="Which word or phrase shall never appear?",
                    why="A piece that contains it is drafted again, and cannot be released.",
                    good="seamless",
                    bad="bad language",
                    who_knows="the brand team",
                ),
            ],
        ],
        Group("Words and phrases that never appear, each under a short name."),
    ] = Field(default_factory=dict)
    prefer: Annotated[dict[Slug, Preference], Group("Words you choose, and what they replace.")] = Field(default_factory=dict)


class Sample(Entry):
    """One thought in the brand's voice, and the same thought out of it."""

    noun: ClassVar[str] = "a sample of the voice"
    say: Annotated[
        Prose,
        Leaf(
            "guardrail",
            form="sentence",
            question="Which sentence of yours sounds as the brand should?",
            why="Writers hear a voice from a sentence, not from an adjective; copy is measured against it.",
            good="The truck is late. Your plan is not.",
            bad="We are dry and exact.",
            who_knows="the brand team",
        ),
    ]
    not_: Annotated[
        Prose | None,
        Leaf(
            "guardrail",
            form="sentence",
            question="How would the same thought sound wrong?",
            why="The difference between the two is the voice. Copy that leans to the wrong side is remarked on.",
            good="Say goodbye to delays forever with our game-changing planning experience!",
            bad="something boring",
            who_knows="the brand team",
        ),
    ] = Field(default=None, alias="not")
    why: Annotated[
        Prose | None,
        Leaf(
            "guardrail",
            question="What makes the difference?",
            why="A reason can be carried over to the next sentence, an example alone cannot.",
            good="says what happens and lets the reader draw the conclusion",
            bad="it is better",
            who_knows="the brand team",
        ),
    ] = None


class Brand(Section):
    """The voice that all pieces share."""

    noun: ClassVar[str] = "brand"
    is_: Annotated[
        list[Prose] | None,
        Leaf(
            form="list",
            question="How does the brand sound? Three words or short phrases.",
            why="Chosen so that somebody could get them wrong; friendly and professional describe everybody.",
            good="[dry, exact, on the side of the person in the hi-vis vest]",
            bad="[innovative, friendly, professional]",
            who_knows="the brand team",
        ),
    ] = Field(default=None, alias="is")
    is_not: Annotated[
        list[Prose] | None,
        Leaf(
            form="list",
            question="How does it never sound?",
            why="The edge of a voice is easier to hold than its middle.",
            good="[hyped, cute about accidents]",
            bad="[unprofessional]",
            who_knows="the brand team",
        ),
    ] = None
    samples: Annotated[dict[Slug, Sample], Group("Sentences that sound like the brand, each beside how it never sounds.")] = Field(
        default_factory=dict
    )
    words: Annotated[Words | None, Group("Vocabulary: what is never said, and what is said instead.")] = None
    names: Annotated[
        dict[
            Slug,
            Annotated[
                Prose,
                Leaf(
                    "guardrail",
                    question="How is this name written, at first mention and after?",
                    why="Product names drift within a week if nobody writes this down.",
                    good="Rampline Live in full at first mention, then Live",
                    bad="use the correct name",
                    who_knows="the brand team",
                ),
            ],
        ],
        Group("How names are written, each under a short name."),
    ] = Field(default_factory=dict)
    boilerplate: Annotated[
        Prose | None,
        Leaf(
            form="sentence",
            worded=True,
            question="What stands under every press release about the company?",
            why="It is copied into articles as it is, mistakes included.",
            good="Rampline makes dock scheduling software. 310 warehouses book their docks with it.",
            bad="Rampline is the leading provider of innovative solutions.",
            who_knows="PR",
        ),
    ] = None


def _length(question: str, good: str) -> Leaf:
    return Leaf(
        question=question,
        good=good,
        why="Nothing is ever cut to fit: what is not worded here is asked for, or left out.",
        who_knows="the writer of that language",
    )


class Lengths(Section):
    """One text in one language, in the lengths that channels ask for."""

    noun: ClassVar[str] = "a wording"
    text: Annotated[
        Prose | None, _length("How does the whole text read in this language?", "Kommen Lkw zu spät, stellt sich Ihr Rampenplan von selbst um.")
    ] = None
    h30: Annotated[Prose | None, _length("How does it read in at most 30 characters?", "Dock plans that fix themselves")] = None
    h60: Annotated[Prose | None, _length("How does it read in at most 60 characters?", "Three trucks late? Your docks are already re-planned.")] = (
        None
    )
    h90: Annotated[
        Prose | None,
        _length("How does it read in at most 90 characters?", "Three trucks late? Docks, crews and driver texts are re-planned before you call."),
    ] = None
    w30: Annotated[
        Prose | None,
        _length(
            "How does it read in about 30 words?",
            "A truck is late, and every slot behind it slides. Live moves docks and crews and texts the drivers. The new plan is on the screen.",
        ),
    ] = None
