"""Where and with what: offers, calls to action and markets."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from concerted.campaign.leaf import Group, Leaf
from concerted.campaign.scalars import Currency, Day, Figure, Locale, Moment, Prose, Slug, Url, Zone
from concerted.campaign.sections.section import Entry

Price = Leaf(
    question="What does it cost in this market, as it is written there?",
    why="Prices are never converted or reformatted; each market's line is printed as it stands.",
    good="USD 1,900 per site per month",
    bad="1900",
    who_knows="pricing",
)


class Offer(Entry):
    """What somebody gets for acting now."""

    noun: ClassVar[str] = "an offer"
    line: Annotated[
        Prose,
        Leaf(
            form="sentence",
            worded=True,
            question="What is offered, in one line?",
            why="Every piece states the offer in these words, so that no two pieces promise different things.",
            good="60 days free on one dock group, no card.",
            bad="Attractive conditions for early birds!",
            who_knows="pricing",
        ),
    ]
    for_: Annotated[
        Prose | None,
        Leaf(
            form="noun-phrase",
            worded=True,
            question="Who can have it?",
            why="Whoever is not meant must notice before they are disappointed.",
            good="new customers",
            bad="everyone (exclusions apply)",
            who_knows="pricing",
            needed=True,
        ),
    ] = Field(default=None, alias="for")
    price: Annotated[dict[Slug, Annotated[Figure, Price]], Group("What it costs, one line a market.", names="markets")] = Field(default_factory=dict)
    then: Annotated[
        dict[
            Slug,
            Annotated[
                Figure,
                Leaf(
                    question="What follows when the offer ends, as it is written in this market?",
                    why="Free trials must say what comes after; in some markets by law.",
                    good="USD 1,900 per site per month",
                    bad="regular price",
                    who_knows="pricing",
                ),
            ],
        ],
        Group("What follows after the offer, one line a market.", names="markets"),
    ] = Field(default_factory=dict)
    from_: Annotated[
        Day | None,
        Leaf(form="date", question="From which day?", why="Pieces published earlier do not state it.", good="2027-03-09", who_knows="pricing"),
    ] = Field(default=None, alias="from")
    until: Annotated[
        Day | None,
        Leaf(
            form="date",
            question="Until which day?",
            why="An offer without an end is the price. After this day no piece with it can be released.",
            good="2027-05-31",
            who_knows="pricing",
        ),
    ] = None
    ends_at: Annotated[
        Prose | None,
        Leaf(
            worded=True,
            question="At what time, and by whose clock?",
            why="On the last day somebody will ask.",
            good="23:59 in the market's time zone",
            bad="midnight",
            who_knows="Legal",
        ),
    ] = None
    terms: Annotated[
        Url | None,
        Leaf(
            text="exact",
            form="url",
            question="Where are the terms?",
            why="Ads and e-mails must link to them.",
            good="rampline.example/terms",
            who_knows="Legal",
        ),
    ] = None


class CallToAction(Entry):
    """The next step a reader can take."""

    noun: ClassVar[str] = "a call to action"
    text: Annotated[
        Prose,
        Leaf(
            form="imperative",
            worded=True,
            question="What does the button say?",
            why="A button names what happens next; readers click what they can picture.",
            good="Watch a late truck re-plan",
            bad="Learn more",
            who_knows="product marketing",
        ),
    ]
    url: Annotated[
        Url | None,
        Leaf(
            text="exact",
            form="url",
            question="Where does it lead?",
            why="The page must exist on launch day, and say what the button said.",
            good="rampline.example/see",
            who_knows="web team",
            needed=True,
        ),
    ] = None


class Market(Entry):
    """One market in one language: when it starts, how people are addressed, who is responsible by law."""

    noun: ClassVar[str] = "a market"
    language: Annotated[
        Locale,
        Leaf(
            text="exact",
            question="Which language, in which country's spelling?",
            why="One market is one language: Switzerland is ch-de and ch-fr.",
            good="de-DE",
            bad="German",
            who_knows="the market's lead",
        ),
    ]
    address: Annotated[
        Literal["Sie", "du", "-"] | None,
        Leaf(
            text="exact",
            question="Sie or du? Write - where the language does not ask.",
            why="Mixed forms of address look like two companies.",
            good="Sie",
            who_knows="the market's lead",
        ),
    ] = None
    currency: Annotated[
        Currency | None,
        Leaf(
            text="exact",
            question="In which currency do you quote prices there?",
            why="A price in another currency in that market's pieces is a mistake.",
            good="EUR",
            who_knows="pricing",
        ),
    ] = None
    zone: Annotated[
        Zone | None,
        Leaf(
            "logistics",
            "exact",
            question="Which clock does the market live by?",
            why="Launch times, embargoes and the last hour of an offer are read on it.",
            good="Europe/Berlin",
            bad="CET",
            who_knows="the market's lead",
            needed=True,
        ),
    ] = None
    launch: Annotated[
        Moment | None,
        Leaf(
            "logistics",
            form="date",
            question="When does it go live there, by local time?",
            why="All due dates are counted back from this moment.",
            good="2027-03-09 08:00",
            bad="Q1",
            who_knows="the campaign manager",
            needed=True,
        ),
    ] = None
    sender: Annotated[
        Prose | None,
        Leaf(
            text="exact",
            question="Which company and postal address stand under an e-mail there?",
            why="Commercial mail without them is against the law in most markets.",
            good="Rampline Inc., 200 Mill Street, Columbus OH",
            bad="Rampline",
            who_knows="Legal",
            needed=True,
        ),
    ] = None
    city: Annotated[
        Prose | None,
        Leaf(
            question="From which city does the news come?",
            why="A press release opens with the city and the day.",
            good="Columbus, Ohio",
            who_knows="PR",
        ),
    ] = None
    imprint: Annotated[
        Url | None,
        Leaf(
            text="exact",
            form="url",
            question="Where is the imprint?",
            why="In Germany and Austria every page and mail must lead to it.",
            good="rampline.example/de/impressum",
            who_knows="Legal",
        ),
    ] = None
    legal: Annotated[
        Prose | None,
        Leaf(
            "logistics",
            form="name",
            question="Who clears claims for this market?",
            why="Claims and prices are sent to this person for approval.",
            good="Kanzlei Brandt",
            bad="Legal",
            who_knows="Legal",
        ),
    ] = None
    leave_out: Annotated[
        dict[
            str,
            Annotated[
                Prose,
                Leaf(
                    question="Why does this part not apply in this market?",
                    why="The next person will want to put it back in.",
                    good="permission covers the US only",
                    bad="n/a",
                    who_knows="the market's lead",
                ),
            ],
        ],
        Group("Parts of this file that stay out of this market's pieces, each with the reason.", names="refs", dotted=True),
    ] = Field(default_factory=dict)
