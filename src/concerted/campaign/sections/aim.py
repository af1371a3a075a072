"""What the campaign is for: its frame, its news, its objectives, its positioning and its messages."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from concerted.campaign.leaf import Group, Leaf
from concerted.campaign.scalars import Day, Figure, Locale, Prose, Slug, WholeNumber
from concerted.campaign.sections.section import Entry, Section


class Campaign(Section):
    """The frame: whose campaign this is, which playbook it follows, which language it is written in first."""

    noun: ClassVar[str] = "campaign"
    name: Annotated[
        Prose,
        Leaf(
            form="name",
            question="What do you call what you launch?",
            why="The name is written exactly like this wherever it appears.",
            good="Rampline Live",
            bad="The new product",
            who_knows="product marketing",
        ),
    ]
    company: Annotated[
        Prose,
        Leaf(
            form="name",
            question="Whose campaign is it?",
            why="Press release, sender lines and boilerplate name the company.",
            good="Rampline",
            bad="we",
            who_knows="Legal, for the exact spelling",
        ),
    ]
    playbook: Annotated[
        Slug,
        Leaf(
            "logistics",
            "exact",
            question="Which playbook does it follow?",
            why="The playbook says which pieces are made, what each of them needs, and by when.",
            good="product-launch",
            who_knows="the campaign manager",
            names="playbooks",
        ),
    ]
    tier: Annotated[
        Literal[1, 2, 3] | None,
        WholeNumber,
        Leaf(
            "logistics",
            form="number",
            question="How big is it: 1 the launch of the year, 2 a solid release, 3 a note to customers?",
            why="The tier decides how many pieces are worth making.",
            good="2",
            bad="1, for the fourth time this quarter",
            who_knows="the sponsor",
        ),
    ] = None
    owner: Annotated[
        Prose | None,
        Leaf(
            "logistics",
            form="name",
            question="Who runs it day by day?",
            why="Questions without a better address go to this person.",
            good="Mara Quinn",
            bad="marketing",
            who_knows="the campaign manager",
            needed=True,
        ),
    ] = None
    sponsor: Annotated[
        Prose | None,
        Leaf(
            "logistics",
            form="name",
            question="Who in the leadership wants it?",
            why="This person may change the strategy and sees what a change costs.",
            good="Ines Okafor",
            bad="the board",
            who_knows="the campaign manager",
        ),
    ] = None
    language: Annotated[
        Locale,
        Leaf(
            text="exact",
            question="In which language is this file written?",
            why="Every other language is worded from this one, and is marked when it is older than it.",
            good="en-US",
            bad="English",
            who_knows="the campaign manager",
        ),
    ]


class News(Section):
    """What is new, against what, and what is not: so that nobody announces the old product."""

    noun: ClassVar[str] = "news"
    new: Annotated[
        Prose | None,
        Leaf(
            form="sentence",
            worded=True,
            question="What can somebody do from launch day that they could not do the day before?",
            why="It opens the press release and the internal brief. Without it every piece describes instead of announcing.",
            good="Rampline Live re-plans dock appointments when trucks run late.",
            bad="We are excited to announce our new platform.",
            who_knows="the product manager",
            needed=True,
        ),
    ] = None
    until_now: Annotated[
        Prose | None,
        Leaf(
            form="sentence",
            worded=True,
            question="How was that done until now?",
            why="News needs a before. It is also the sentence in which readers recognise their own week.",
            good="Until now every slot was fixed the evening before, and after that the yard re-planned by phone.",
            bad="Legacy processes were inefficient.",
            who_knows="sales, or a customer",
        ),
    ] = None
    not_new: Annotated[
        Prose | None,
        Leaf(
            form="sentence",
            worded=True,
            question="What stays as it is, so that nobody thinks it goes away?",
            why="Present customers read every launch as a threat to what they bought.",
            good="Rampline Book, on sale since 2021, stays.",
            bad="Everything gets better.",
            who_knows="the product manager",
        ),
    ] = None


class Objective(Entry):
    """One result that can be checked afterwards."""

    noun: ClassVar[str] = "an objective"
    serves: Annotated[
        Prose | None,
        Leaf(
            form="noun-phrase",
            question="Which goal of the company does it serve?",
            why="When budget or time gets short, this line decides what goes.",
            good="USD 3.0M new ARR in FY2027",
            bad="growth",
            who_knows="the sponsor",
        ),
    ] = None
    measure: Annotated[
        Prose | None,
        Leaf(
            form="noun-phrase",
            question="What is counted?",
            why="Two people must get the same number on the same day.",
            good="qualified demo requests",
            bad="awareness",
            who_knows="marketing operations",
            needed=True,
        ),
    ] = None
    baseline: Annotated[
        Figure | None,
        Leaf(
            question="How many is that today, and since when?",
            why="Without a start nobody can say afterwards what the campaign did.",
            good="96 in Q4 2026",
            bad="few",
            who_knows="marketing operations",
        ),
    ] = None
    target: Annotated[
        Figure | None,
        Leaf(
            form="number",
            question="How many shall it be?",
            why="An objective without a number cannot be missed, so it is not one.",
            good="260",
            bad="significantly more",
            who_knows="the sponsor",
            needed=True,
        ),
    ] = None
    by: Annotated[
        Day | None,
        Leaf(
            form="date",
            question="By which day?",
            why="The debrief is held against this day.",
            good="2027-06-30",
            bad="mid-year",
            who_knows="the sponsor",
            needed=True,
        ),
    ] = None
    source: Annotated[
        Prose | None,
        Leaf(
            question="Where will the number be read?",
            why="Agreed before launch, nobody argues about it after.",
            good="CRM report 114",
            bad="our data",
            who_knows="marketing operations",
        ),
    ] = None
    guardrail: Annotated[
        Prose | None,
        Leaf(
            question="What must not get worse on the way?",
            why="Every number can be bought with another one.",
            good="cost per demo at most USD 420",
            bad="quality",
            who_knows="finance",
        ),
    ] = None
    decision_rule: Annotated[
        Prose | None,
        Leaf(
            "logistics",
            question="What do you do when it goes otherwise, and from when on?",
            why="Agreed on a quiet day, nobody waits for the debrief to act.",
            good="below 60 requests by 15 April, the LinkedIn money moves to search",
            bad="we will see",
            who_knows="the sponsor",
        ),
    ] = None


class Positioning(Section):
    """The place you claim in the reader's head. Everything else in the file serves it."""

    noun: ClassVar[str] = "positioning"
    category: Annotated[
        Prose | None,
        Leaf(
            form="noun-phrase",
            worded=True,
            question="What kind of thing is it, in the words a buyer would search for?",
            why="Readers sort before they listen; a category nobody knows has to be explained first.",
            good="dock scheduling software",
            bad="an AI-powered logistics excellence platform",
            who_knows="product marketing, checked against search terms",
            needed=True,
        ),
    ] = None
    promise: Annotated[
        Prose,
        Leaf(
            form="sentence",
            worded=True,
            question="What does the customer get, in one sentence they could repeat to a colleague?",
            why="Headlines, subjects and the first line of nearly every piece come from this sentence.",
            good="When trucks run late, your dock plan fixes itself.",
            bad="Unlock the full potential of your supply chain.",
            who_knows="the sponsor and product marketing, together",
        ),
    ]
    unlike: Annotated[
        Prose | None,
        Leaf(
            form="sentence",
            worded=True,
            question="What do people use today, and where does it leave them alone?",
            why="It says what you are not, without naming anyone.",
            good="Booking portals fix a slot the day before and leave the rest to the phone.",
            bad="Other vendors are outdated.",
            who_knows="sales",
            needed=True,
        ),
    ] = None
    because: Annotated[
        Prose | None,
        Leaf(
            form="sentence",
            worded=True,
            question="Why can you keep the promise? Name the mechanism.",
            why="A promise without a reason is a slogan; this sentence makes it credible.",
            good="It reads carrier positions every two minutes and re-plans docks, crews and driver messages together.",
            bad="Because we are passionate about logistics.",
            who_knows="the product manager",
            needed=True,
        ),
    ] = None
    settled: Annotated[
        list[Slug] | None,
        Leaf(
            "logistics",
            "exact",
            form="list",
            question="Which lines of the positioning are no longer open for discussion?",
            why="Reviewers see at once what they need not comment on.",
            good="[category, promise]",
            who_knows="the sponsor",
            names="positioning",
        ),
    ] = None
    rejected: Annotated[
        dict[
            Slug,
            Annotated[
                Prose,
                Leaf(
                    "guardrail",
                    question="Why was this line turned down, by whom, and when?",
                    why="Whoever has the same idea next month finds the answer here.",
                    good="never compared with every rival; Legal, 14 January",
                    bad="no",
                    who_knows="whoever turned it down",
                ),
            ],
        ],
        Group("Lines that were considered and turned down, each with the reason."),
    ] = Field(default_factory=dict)


class Message(Entry):
    """One thing the audience should remember, with what carries it."""

    noun: ClassVar[str] = "a message"
    pillar: Annotated[
        Prose,
        Leaf(
            form="sentence",
            worded=True,
            question="What should stay with the reader, in one sentence?",
            why="One message a piece: the sentence that must survive when everything else is forgotten.",
            good="A late truck no longer costs you the morning.",
            bad="Efficiency, transparency and control.",
            who_knows="product marketing",
        ),
    ]
    support: Annotated[
        Prose | None,
        Leaf(
            form="sentence",
            worded=True,
            question="How does that work in the reader's day, in one or two sentences?",
            why="Body copy is built from it, so it should show something happening.",
            good="A truck is late, and every slot behind it slides. Live sees it coming, moves docks and crews, and texts the drivers.",
            bad="Our solution offers a comprehensive set of features.",
            who_knows="the product manager",
        ),
    ] = None
    claims: Annotated[
        list[Slug] | None,
        Leaf(
            text="exact",
            form="list",
            question="Which of your claims prove it?",
            why="A message that no claim supports is an opinion.",
            good="[wait]",
            who_knows="product marketing",
            names="claims",
        ),
    ] = None
