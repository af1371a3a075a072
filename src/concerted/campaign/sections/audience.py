"""Whom the campaign writes to."""

from typing import Annotated, ClassVar

from pydantic import Field

from concerted.campaign.leaf import Group, Leaf
from concerted.campaign.scalars import Prose, Slug
from concerted.campaign.sections.section import Entry


class Audience(Entry):
    """One group of readers: who they are, what they think today, what shall change that."""

    noun: ClassVar[str] = "an audience"
    who: Annotated[
        Prose,
        Leaf(
            form="noun-phrase",
            worded=True,
            question="Who are they? So precisely that you could pick them in the CRM.",
            why="Everything is written to one kind of person.",
            good="dock managers with 10 to 60 docks",
            bad="decision makers",
            who_knows="sales",
        ),
    ]
    part: Annotated[
        Prose | None,
        Leaf(
            worded=True,
            question="What is their part in the purchase?",
            why="Who asks, who signs and who can stop it need different pieces.",
            good="asks for it",
            bad="stakeholder",
            who_knows="sales",
        ),
    ] = None
    moment: Annotated[
        Prose | None,
        Leaf(
            form="noun-phrase",
            worded=True,
            question="In which moment does the problem hurt?",
            why="Openings start there, not at the product.",
            good="6 a.m., three carriers already late",
            bad="daily business",
            who_knows="a customer",
        ),
    ] = None
    says: Annotated[
        Prose | None,
        Leaf(
            form="sentence",
            worded=True,
            question="How do they put it themselves?",
            why="Their words are better than ours. They are used as a hook, never as a quote.",
            good="The plan is dead by eight.",
            bad="We need end-to-end visibility.",
            who_knows="sales, or a call recording",
            needed=True,
        ),
    ] = None
    believes: Annotated[
        Prose | None,
        Leaf(
            worded=True,
            question="What do they believe today that keeps them from buying?",
            why="A piece that does not touch this belief changes nothing.",
            good="software cannot keep up with my yard",
            bad="they do not know us",
            who_knows="sales",
        ),
    ] = None
    should_believe: Annotated[
        Prose | None,
        Leaf(
            worded=True,
            question="What should they believe afterwards?",
            why="This is the job of every piece for them.",
            good="it re-plans before I can phone",
            bad="that we are the best",
            who_knows="product marketing",
            needed=True,
        ),
    ] = None
    objection: Annotated[
        Prose | None,
        Leaf(
            form="sentence",
            worded=True,
            question="What do they say against it first?",
            why="Said before they say it, it counts half.",
            good="Carriers won't share positions.",
            bad="None.",
            who_knows="sales",
        ),
    ] = None
    answer: Annotated[
        Prose | None,
        Leaf(
            form="sentence",
            worded=True,
            question="What is the honest answer?",
            why="The answer goes where the objection goes; one without the other is left out.",
            good="Where a carrier shares none, Live uses the driver's text reply.",
            bad="That is a misunderstanding.",
            who_knows="the product manager",
        ),
    ] = None
    lead: Annotated[
        Slug | None,
        Leaf(
            text="exact",
            question="Which message leads for them?",
            why="One message a piece; this is the one.",
            good="replan",
            who_knows="product marketing",
            needed=True,
            names="messages",
        ),
    ] = None
    proof: Annotated[
        list[Slug] | None,
        Leaf(
            text="exact",
            form="list",
            question="Which claims convince them, the strongest first?",
            why="Other claims stay out of their pieces.",
            good="[wait, sites]",
            who_knows="sales",
            names="claims",
        ),
    ] = None
    cta: Annotated[
        Slug | None,
        Leaf(
            text="exact",
            question="Which next step do they get?",
            why="A director does not start a trial, and a dock manager does not book a board meeting.",
            good="see",
            who_knows="product marketing",
            needed=True,
            names="ctas",
        ),
    ] = None
    offer: Annotated[
        Slug | None,
        Leaf(
            text="exact",
            question="Which offer do they get, if any?",
            why="No offer is better than the wrong one.",
            good="start",
            who_knows="pricing",
            names="offers",
        ),
    ] = None
    channels: Annotated[
        list[Slug] | None,
        Leaf(
            "logistics",
            "exact",
            form="list",
            question="Where do you reach them?",
            why="Only these channels get pieces for this audience. Every further one is work for every market.",
            good="[email, linkedin, google-search, web]",
            who_knows="media",
            needed=True,
            names="channels",
        ),
    ] = None
    searches: Annotated[
        dict[
            Slug,
            Annotated[
                list[Prose],
                Leaf(
                    form="list",
                    question="What do they type when they look for a way out, in this market's language?",
                    why="The keyword list holds these and invents none.",
                    good="[dock scheduling, late truck planning]",
                    bad="[logistics]",
                    who_knows="whoever reads the search reports",
                ),
            ],
        ],
        Group("What they search for, by market.", names="markets"),
    ] = Field(default_factory=dict)
    negatives: Annotated[
        dict[
            Slug,
            Annotated[
                list[Prose],
                Leaf(
                    form="list",
                    question="With which words in a search is somebody else meant?",
                    why="Every click on the ad costs, also that of a student.",
                    good="[jobs, homework]",
                    who_knows="whoever reads the search reports",
                ),
            ],
        ],
        Group("What they do not search for, by market.", names="markets"),
    ] = Field(default_factory=dict)
    list_: Annotated[
        Prose | None,
        Leaf(
            "logistics",
            question="Which list or segment, and with whose consent?",
            why="On launch day somebody has to pick it in the mail tool.",
            good="CRM list 4410, opted in",
            bad="the database",
            who_knows="marketing operations",
        ),
    ] = Field(default=None, alias="list")
    markets: Annotated[
        list[Slug] | None,
        Leaf(
            "logistics",
            "exact",
            form="list",
            question="In which markets, if not in all of them?",
            why="Leave it out, and the audience is addressed everywhere.",
            good="[us]",
            who_knows="the campaign manager",
            names="markets",
        ),
    ] = None
