"""Keeping it together: who approves, when what happens, what it costs, whom to call."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from concerted.campaign.leaf import Group, Leaf
from concerted.campaign.scalars import Amount, AssetId, Currency, Day, DayOrMoment, Duration, Email, Prose, Slug, WholeNumber
from concerted.campaign.sections.section import Entry, Section


class Approval(Entry):
    """Whose yes is needed for what."""

    noun: ClassVar[str] = "an approval rule"
    who: Annotated[
        Prose,
        Leaf(
            "guardrail",
            form="name",
            question="Whose yes is needed?",
            why="Nothing is released without it. Write a name, or the market's legal, or the person quoted.",
            good="Mara Quinn",
            bad="the team",
            who_knows="the sponsor",
        ),
    ]
    deputy: Annotated[
        Prose | None,
        Leaf(
            "guardrail",
            form="name",
            question="Who may answer when that person does not?",
            why="Holidays and launch days meet.",
            good="Ben Ito",
            who_knows="the person who approves",
        ),
    ] = None
    within: Annotated[
        Duration | None,
        Leaf(
            "guardrail",
            question="Within which time?",
            why="After that the deputy may answer. Due dates are counted with it.",
            good="8 h",
            bad="soon",
            who_knows="the person who approves",
        ),
    ] = None
    urgent: Annotated[
        Duration | None,
        Leaf(
            "guardrail",
            question="And when it is urgent?",
            why="Agreed on a quiet day, it holds on a loud one.",
            good="2 h",
            who_knows="the person who approves",
        ),
    ] = None
    for_: Annotated[
        Literal["copy", "claims", "prices", "quotes", "release"],
        Leaf(
            "guardrail",
            "exact",
            question="For what: copy (every text), claims (texts that state a claim or a price), prices, quotes, or the release itself?",
            why="Each piece asks only those whose yes it needs.",
            good="copy",
            who_knows="the sponsor",
        ),
    ] = Field(alias="for")
    markets: Annotated[
        list[Slug] | None,
        Leaf(
            "guardrail",
            "exact",
            form="list",
            question="Only in some markets? Texts of no market ask everybody.",
            why="A lawyer for Germany need not read the American post.",
            good="[de]",
            who_knows="Legal",
            names="markets",
        ),
    ] = None
    channels: Annotated[
        list[Slug] | None,
        Leaf(
            "guardrail",
            "exact",
            form="list",
            question="Only on some channels?",
            why="The press office reads the press release, not every search ad.",
            good="[press]",
            who_knows="the sponsor",
            names="channels",
        ),
    ] = None
    round: Annotated[
        Literal[1, 2, 3] | None,
        WholeNumber,
        Leaf(
            "guardrail",
            form="number",
            question="In which round: 1 reads first, 2 what 1 has signed, 3 what 2 has signed? All at once if left out.",
            why="Nobody's hour goes into a text that the one before them sends back.",
            good="2",
            who_knows="the sponsor",
        ),
    ] = None


class Placement(Entry):
    """One booking of media money."""

    noun: ClassVar[str] = "a placement"
    line: Annotated[
        Slug,
        Leaf(
            "logistics",
            "exact",
            question="Which line of the budget pays for it?",
            why="Bookings may not add up to more than their line.",
            good="search-ads",
            who_knows="media",
        ),
    ]
    channel: Annotated[
        Slug | None,
        Leaf(
            "logistics",
            "exact",
            question="On which channel does it run?",
            why="The plan is compared with the ads that are written for it.",
            good="google-search",
            who_knows="media",
            names="channels",
        ),
    ] = None
    market: Annotated[
        Slug | None,
        Leaf(
            "logistics",
            "exact",
            question="In which market?",
            why="Nothing is spent there before it launches.",
            good="us",
            who_knows="media",
            names="markets",
        ),
    ] = None
    from_: Annotated[
        Day | None,
        Leaf("logistics", form="date", question="From which day?", why="Money before launch day is lost.", good="2027-03-09", who_knows="media"),
    ] = Field(default=None, alias="from")
    until: Annotated[
        Day | None,
        Leaf(
            "logistics", form="date", question="Until which day, that day included?", why="Ads outlive offers.", good="2027-04-12", who_knows="media"
        ),
    ] = None
    buy: Annotated[
        Literal["cpm", "cpc", "cpv", "cpa", "flat"] | None,
        Leaf(
            "logistics",
            "exact",
            question="What is bought: a thousand views (cpm), clicks (cpc), plays (cpv), orders (cpa), or a place at a price (flat)?",
            why="Units times rate is worked out by it.",
            good="cpc",
            who_knows="media",
        ),
    ] = None
    units: Annotated[
        Amount | None,
        Leaf("logistics", form="number", question="How many of them?", why="Units times rate is the cost.", good="7,500", who_knows="media"),
    ] = None
    rate: Annotated[
        Amount | None,
        Leaf("logistics", form="number", question="At which rate?", why="For cpm the rate is for a thousand.", good="3.20", who_knows="media"),
    ] = None
    cost: Annotated[
        Amount | None,
        Leaf(
            "logistics",
            form="number",
            question="What does it cost, where that is agreed?",
            why="It is held against units times rate.",
            good="24,000",
            who_knows="media",
        ),
    ] = None


class HandedOver(Entry):
    """What has left the house already: a change comes too late for it, and somebody has to set it right outside."""

    noun: ClassVar[str] = "something handed over"
    assets: Annotated[
        list[AssetId],
        Leaf(
            "logistics",
            "exact",
            form="list",
            question="Which assets have been handed over? Their ids, as status lists them.",
            why="A later change does not reach them; the plan says so instead of pretending.",
            good="press-release.press.-.us.-",
            who_knows="whoever handed them over",
        ),
    ]
    to: Annotated[
        Prose,
        Leaf(
            "logistics",
            question="To whom?",
            why="These are the people who have to hear of a change.",
            good="14 journalists under embargo",
            bad="the press",
            who_knows="PR, production",
        ),
    ]
    when: Annotated[
        DayOrMoment,
        Leaf(
            "logistics",
            form="date",
            question="When?",
            why="So that everybody knows which words they have.",
            good="2027-03-02",
            who_knows="whoever sent it",
        ),
    ]
    frozen_from: Annotated[
        DayOrMoment | None,
        Leaf(
            "logistics",
            form="date",
            question="From when on can it not be changed any more, if that is later?",
            why="Until then a change still reaches it.",
            good="2027-03-04",
            who_knows="the printer, the agency",
        ),
    ] = None
    undo: Annotated[
        Prose | None,
        Leaf(
            "logistics",
            question="What can be done when it must change after all?",
            why="Nobody wants to look for it 48 hours before launch.",
            good="a correction note to all 14, drafted by PR within two hours",
            bad="call them",
            who_knows="PR, production",
        ),
    ] = None


class Budget(Section):
    """The money, in lines that add up."""

    noun: ClassVar[str] = "budget"
    total: Annotated[
        Amount | None,
        Leaf(
            "logistics",
            form="number",
            question="How much is there in total?",
            why="The lines below may not add up to more.",
            good="120,000",
            bad="about 100k",
            who_knows="finance",
        ),
    ] = None
    currency: Annotated[
        Currency | None,
        Leaf("logistics", "exact", question="In which currency?", why="All lines are in it.", good="USD", who_knows="finance"),
    ] = None
    lines: Annotated[
        dict[
            Slug,
            Annotated[
                Amount,
                Leaf(
                    "logistics",
                    form="number",
                    question="How much for this?",
                    why="Media, production and people in separate lines can be moved separately.",
                    good="45,000",
                    who_knows="finance",
                ),
            ],
        ],
        Group("What the money is for, one line each."),
    ] = Field(default_factory=dict)
    contingency: Annotated[
        Slug | None,
        Leaf(
            "logistics",
            "exact",
            question="Which of these lines is kept back for what nobody foresaw?",
            why="Without one, the first surprise is paid for with somebody's ads.",
            good="reserve",
            who_knows="finance",
        ),
    ] = None
    placements: Annotated[dict[Slug, Placement], Group("What is booked where, at which rate, from when to when.")] = Field(default_factory=dict)


class Contact(Section):
    """Whom the press calls."""

    noun: ClassVar[str] = "contact"
    name: Annotated[
        Prose | None,
        Leaf(form="name", question="Whom does the press call?", why="A person, not a mailbox.", good="Lena Marsh", who_knows="PR"),
    ] = None
    email: Annotated[
        Email | None,
        Leaf(
            text="exact",
            question="Under which e-mail address?",
            why="It stands in every press release and is read on launch day.",
            good="press@rampline.example",
            who_knows="PR",
        ),
    ] = None
    phone: Annotated[
        Prose | None,
        Leaf(
            text="exact",
            question="Under which number, with country code?",
            why="Journalists on deadline call.",
            good="+1 555 0100",
            who_knows="PR",
        ),
    ] = None
