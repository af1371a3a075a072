"""What may be stated as fact, and who may be quoted: claims, people, competitors, and what stays inside."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from concerted.campaign.leaf import Group, Leaf
from concerted.campaign.scalars import Day, Duration, Figure, Language, Prose, Ref, Slug
from concerted.campaign.sections.section import Entry, Section


class Claim(Entry):
    """One fact that the campaign may state, with its evidence and its limits."""

    noun: ClassVar[str] = "a claim"
    kind: Annotated[
        Literal["measured", "count", "not-yet"],
        Leaf(
            "guardrail",
            "exact",
            question="Is it measured, counted, or not yet to be said?",
            why="Measured needs its method beside it, a count needs its date, and not-yet stays out of every piece until you change this word.",
            good="measured",
            called=("type",),
            bad="true",
            who_knows="whoever owns the data",
        ),
    ]
    full: Annotated[
        Prose,
        Leaf(
            form="sentence",
            worded=True,
            question="What exactly may be stated, with number, group and period?",
            why="This is the sentence that Legal clears; every shorter form must stay true to it.",
            good="At 14 pilot warehouses the median wait fell from 71 to 38 minutes (9,240 arrivals, September to November 2026).",
            bad="Up to 50% faster.",
            called=("full form", "sentence", "statement"),
            who_knows="whoever owns the data",
        ),
    ]
    short: Annotated[
        Prose | None,
        Leaf(
            form="noun-phrase",
            worded=True,
            question="What is left of it in six words?",
            why="Headlines and ads take the short form, always with the qualifier that follows.",
            good="38 minutes instead of 71",
            bad="half the wait",
            called=("short form",),
            who_knows="product marketing, cleared by Legal",
        ),
    ] = None
    short_needs: Annotated[
        Prose | None,
        Leaf(
            form="noun-phrase",
            worded=True,
            question="What must stand near the short form so that it stays true?",
            why="Numbers without their sample are what complaints are made of.",
            good="Median, 14 pilot warehouses, autumn 2026",
            bad="*conditions apply",
            called=("qualifier",),
            who_knows="Legal",
        ),
    ] = None
    short_never_in: Annotated[
        list[Slug] | None,
        Leaf(
            "guardrail",
            "exact",
            form="list",
            question="In which channels is there no room for the qualifier?",
            why="There the short form is not used at all.",
            good="[google-search, sms]",
            called=("never in",),
            who_knows="Legal",
            names="channels",
        ),
    ] = None
    evidence: Annotated[
        Prose | None,
        Leaf(
            question="Where is the proof, to the page?",
            why="Journalists, Legal and regulators ask for it within the hour.",
            good="pilot-report.pdf p. 7",
            bad="customer feedback",
            called=("proof", "source"),
            who_knows="whoever owns the data",
            needed=True,
        ),
    ] = None
    cleared: Annotated[
        dict[
            Slug,
            Annotated[
                Prose,
                Leaf(
                    "guardrail",
                    question="Who cleared it for this market, and when?",
                    why="A claim is cleared for a market, never for the world.",
                    good="D. Shah, 3 February",
                    bad="ok",
                    who_knows="Legal in that market",
                ),
            ],
        ],
        Group("Where the claim may be made: one line a market.", names="markets"),
    ] = Field(default_factory=dict)
    from_: Annotated[
        Day | None,
        Leaf(
            "guardrail",
            form="date",
            question="From which day may it be said?",
            why="Before that day it is held back.",
            called=("valid from",),
            good="2027-03-09",
            who_knows="Legal",
        ),
    ] = Field(default=None, alias="from")
    until: Annotated[
        Day | None,
        Leaf(
            "guardrail",
            form="date",
            question="Until which day is it true?",
            why="After that day no piece with it can be released.",
            called=("expires", "valid until"),
            good="2027-12-31",
            who_knows="whoever owns the data",
        ),
    ] = None
    recheck: Annotated[
        Day | None,
        Leaf(
            "guardrail",
            form="date",
            question="When must somebody look at the number again?",
            why="Counts grow old quietly. From that day you are reminded.",
            called=("recheck on", "look again on"),
            good="2027-09-01",
            who_knows="whoever owns the data",
        ),
    ] = None
    waiting_for: Annotated[
        Prose | None,
        Leaf(
            question="If it may not be said yet: what are you waiting for?",
            why="Everybody who asks gets the same answer.",
            good="finance data, due 1 April; until then nobody says it",
            bad="tbd",
            who_knows="whoever owns the data",
        ),
    ] = None


class Permission(Section):
    """How far a person's permission goes."""

    noun: ClassVar[str] = "a permission"
    use: Annotated[
        list[Slug] | None,
        Leaf(
            "guardrail",
            "exact",
            form="list",
            question="For which uses was permission given?",
            why="A yes for the website is not a yes for advertising.",
            good="[web, press, sales]",
            who_knows="the person quoted",
        ),
    ] = None
    markets: Annotated[
        list[Slug] | None,
        Leaf(
            "guardrail",
            "exact",
            form="list",
            question="In which markets may it appear?",
            why="In all others the quote is left out.",
            good="[us]",
            who_knows="the person quoted",
            names="markets",
        ),
    ] = None
    until: Annotated[
        Day | None,
        Leaf(
            "guardrail",
            form="date",
            question="Until when?",
            why="People change employers; the quote must go before they do.",
            good="2028-02-28",
            who_knows="the person quoted",
        ),
    ] = None


class Person(Entry):
    """Somebody who may be quoted or named."""

    noun: ClassVar[str] = "a person"
    name: Annotated[
        Prose,
        Leaf(
            form="name",
            question="What is the person's name, as they write it?",
            why="Nothing hurts a press release like a misspelt name.",
            good="Tom Reyes",
            bad="Tom from Fennel",
            who_knows="the person",
        ),
    ]
    title: Annotated[
        Prose | None,
        Leaf(
            form="noun-phrase",
            worded=True,
            question="What stands after the name?",
            why="A quote counts as much as the role behind it.",
            good="site manager, Fennel Foods",
            bad="Our valued customer",
            who_knows="the person",
        ),
    ] = None
    languages: Annotated[
        list[Language] | None,
        Leaf(
            text="exact",
            form="list",
            question="In which languages can the person be interviewed or quoted?",
            why="A quote is never put into the mouth of somebody who does not speak the language.",
            good="[en, de]",
            who_knows="the person",
        ),
    ] = None
    quote: Annotated[
        Prose | None,
        Leaf(
            form="sentence",
            worded=True,
            question="What did they say, word for word?",
            why="Quotes are used as they stand here, and none is ever invented.",
            good="I used to make eleven calls before breakfast. Now I make coffee.",
            bad="We are thrilled to partner with Rampline.",
            who_knows="the person quoted",
        ),
    ] = None
    cleared: Annotated[
        Day | None,
        Leaf(
            "guardrail",
            form="date",
            question="On which day did the person say yes to these words?",
            why="A quote without that day cannot be released.",
            good="2027-02-20",
            who_knows="the person quoted",
        ),
    ] = None
    permission: Annotated[Permission | None, Group("How far the person's permission goes, if it is not for everything.")] = None


class CompetitorPrice(Section):
    """What a competitor asked, on the day when somebody looked."""

    noun: ClassVar[str] = "a competitor's price"
    value: Annotated[
        Figure | None,
        Leaf(
            question="What do they ask, in their own words?",
            why="Battle cards and comparisons state it, with the day.",
            good="USD 1,600 per site per month",
            bad="cheaper than us",
            who_knows="sales",
        ),
    ] = None
    seen: Annotated[
        Day | None,
        Leaf(
            form="date",
            question="On which day did somebody see it?",
            why="A competitor's fact without a day is a rumour.",
            good="2027-01-20",
            who_knows="whoever looked",
            needed=True,
        ),
    ] = None
    where: Annotated[
        Prose | None,
        Leaf(
            question="Where?",
            why="Somebody must be able to look again.",
            good="public price page",
            bad="heard at the fair",
            who_knows="whoever looked",
        ),
    ] = None
    recheck_every: Annotated[
        Duration | None,
        Leaf(
            "guardrail",
            question="How often must it be looked at again?",
            why="When it is overdue, comparisons are marked.",
            good="14 days",
            who_knows="sales",
        ),
    ] = None


class Competitor(Entry):
    """A rival, as dated facts."""

    noun: ClassVar[str] = "a competitor"
    name: Annotated[
        Prose,
        Leaf(
            form="name",
            question="What is the rival called?",
            why="So that every piece can be checked for the name.",
            good="Slotbase",
            who_knows="sales",
        ),
    ]
    in_copy: Annotated[
        Prose | None,
        Leaf(
            "guardrail",
            question="May the name appear in copy?",
            why="Comparative advertising has rules in every market.",
            good="never by name",
            bad="with care",
            who_knows="Legal",
            needed=True,
        ),
    ] = None
    price: Annotated[CompetitorPrice | None, Group("What the rival asks, with the day on which that was seen.")] = None


class Confidential(Section):
    """What stays inside, and until when."""

    noun: ClassVar[str] = "confidential"
    until_launch: Annotated[
        list[Ref] | None,
        Leaf(
            "guardrail",
            "exact",
            form="list",
            question="Which parts of this file must nobody outside read before launch?",
            why="Pieces that go out earlier, under embargo or to partners, are checked for them.",
            good="[news, offers, people.ceo.quote]",
            who_knows="the campaign manager",
            names="refs",
        ),
    ] = None
    never_outside: Annotated[
        list[Ref] | None,
        Leaf(
            "guardrail",
            "exact",
            form="list",
            question="Which parts must never leave the house?",
            why="Public pieces are checked for them, always.",
            good="[competitors, objectives, claims.detention]",
            who_knows="Legal and the sponsor",
            names="refs",
        ),
    ] = None
