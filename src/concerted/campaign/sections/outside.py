"""What no worker drafts: pictures, video, decks, a booth, agency work. Who makes it, where it is shown, by when it is needed."""

from typing import Annotated, ClassVar, Literal

from concerted.campaign.leaf import Leaf
from concerted.campaign.scalars import AssetId, Day, Prose, Slug
from concerted.campaign.sections.section import Entry


class Outside(Entry):
    """A piece that a person or an agency hands in as a file."""

    noun: ClassVar[str] = "a piece made outside"
    what: Annotated[
        Literal["picture", "video", "audio", "deck", "booth", "print", "agency-work"],
        Leaf(
            "logistics",
            "exact",
            question="What is it: picture, video, audio, deck, booth, print, or agency-work?",
            why="It is planned like any other piece, and no worker drafts it.",
            good="picture",
            who_knows="the campaign manager",
        ),
    ]
    made_by: Annotated[
        Literal["outside", "person"] | None,
        Leaf(
            "logistics",
            "exact",
            question="Who makes it: somebody outside, or a person of your team?",
            why="The plan says for whom everybody waits. Outside, if left out.",
            good="outside",
            who_knows="the campaign manager",
        ),
    ] = None
    who: Annotated[
        Prose | None,
        Leaf(
            "logistics",
            form="name",
            question="By name?",
            why="“Waits for Studio Nord” gets a call; “waits” gets nothing.",
            good="Studio Nord",
            bad="the agency",
            who_knows="the campaign manager",
        ),
    ] = None
    brief: Annotated[
        Prose | None,
        Leaf(
            "logistics",
            question="What is it to show?",
            why="Whoever makes it reads this line in the plan.",
            good="The counter at six in the morning, a repaired bike on it, nobody in the picture.",
            bad="something nice",
            who_knows="creative",
        ),
    ] = None
    needed_by: Annotated[
        Day | None,
        Leaf(
            "logistics",
            form="date",
            question="By which day must the file be there?",
            why="Printers and fairs name a day. Left out, it is the day on which the first piece that shows it must be approved.",
            good="2027-02-19",
            who_knows="production",
        ),
    ] = None
    shown_in: Annotated[
        list[AssetId] | None,
        Leaf(
            "logistics",
            "exact",
            form="list",
            question="Which pieces show it? Their ids, as status lists them.",
            why="None of them is released before the file is there and right.",
            good="landing-page.web.shops.us.-",
            who_knows="the campaign manager",
        ),
    ] = None
    channel: Annotated[
        Slug | None,
        Leaf(
            "logistics",
            "exact",
            question="On which channel does it run, where it is a piece of its own?",
            why="The channel says whether readers need a text in place of the picture.",
            good="web",
            who_knows="the campaign manager",
            names="channels",
        ),
    ] = None
    audience: Annotated[
        Slug | None,
        Leaf(
            "logistics",
            "exact",
            question="For one audience only?",
            why="It then goes and comes with that audience.",
            good="shops",
            who_knows="the campaign manager",
            names="audiences",
        ),
    ] = None
    market: Annotated[
        Slug | None,
        Leaf(
            "logistics",
            "exact",
            question="For one market only?",
            why="Prices, law and the day of launch are that market's.",
            good="us",
            who_knows="the campaign manager",
            names="markets",
        ),
    ] = None
