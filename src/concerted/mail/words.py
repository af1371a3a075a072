"""What the reader of mails knows of English and German: greetings, closings, verbs, and how people call lines of a strategy. Tables only."""

from collections.abc import Mapping

from concerted.rules.languages import NUMBER_WORDS

GREETING = (
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|morning|"
    r"hallo|liebe[rs]?|guten (?:morgen|tag|abend)|moin|servus|grüß gott|grüezi|sehr geehrte[rs]?)"
)
CLOSING = (
    r"(?:best|best regards|kind regards|regards|best wishes|cheers|thanks|thank you|many thanks|thx|love|yours|sincerely|"
    r"viele grüße|liebe grüße|beste grüße|grüße|gruß|danke|vielen dank|mit freundlichen grüßen|lg|vg|mfg)"
)
SENT_FROM = r"(?:sent from my|get outlook for|von meinem .{1,20} gesendet|gesendet mit)"
HEADER = r"(?:from|to|cc|bcc|subject|date|sent|reply-to|von|an|betreff|datum|gesendet)"
WROTE = r"(?:on .{4,80} wrote|am .{4,80} schrieb.{0,60}|.{2,60} (?:wrote|schrieb))\s*:$"
ORIGINAL = r"-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht)\b"

REMOVE = (
    r"(?:drop|remove|delete|cut|scrap|lose|kill|strike|take out|leave out|get rid of|do without|"
    r"streich\w*|lösch\w*|lass(?:t|en)?(?: wir)?|nehmt|nehmen wir)"
)
BAN = (
    r"(?:never (?:say|write|use)|stop (?:saying|using|writing)|(?:don't|do not|please don't) (?:say|use|write)|ban the words?|"
    r"nie (?:wieder )?(?:sagen|schreiben))"
)
SAY = r"(?:say|write|promise|put|lead with|open with|call it|talk about|speak of|sagen|schreiben|versprechen)"
ASKING = (
    r"(?:add|drop|say|remove|change|make|move|write|delete|cut|replace|put|mention|"
    r"füg\w*|ergänz\w*|streich\w*|sag(?:t|en)?|schreib\w*|lösch\w*|änder\w*|mach\w*|verschieb\w*|erwähn\w*)"
)
SET = (
    r"(?:should (?:be|read|say|become|go to)|must be|is now|are now|will be|becomes?|changes? to|goes? to|moves? to|to|at|:|=|is|"
    r"soll(?:te)?|lautet|auf|wird)"
)
LATER = frozenset(("after", "afterwards", "later", "then", "regular", "list", "normal", "danach", "später", "normalpreis"))
MORE = frozenset(("percent", "per", "off", "discount", "cheaper", "prozent", "rabatt"))

ONE = frozenset(("a", "an", "one", "ein", "eine", "einen", "einem", "einer"))
NUMBERS: Mapping[str, int] = {**NUMBER_WORDS, **dict.fromkeys(ONE, 1)}
"""How people write the small numbers of days and weeks, as `reading.normalise` folds them."""
EARLIER = r"(?:earlier|sooner|forward|früher|eher|nach vorn)"
LATER_DAY = r"(?:later|back|out|später|nach hinten)"
DELAY = r"(?:push|delay|postpone|slip|hold|verschieb\w*)"
CALLED: Mapping[str, str] = {
    "positioning.promise": "promise tagline headline slogan versprechen",
    "positioning.category": "category kategorie",
    "positioning.unlike": "unlike contrast",
    "positioning.because": "because reason why begründung",
    "news.new": "news neuigkeit",
    "news.until_now": "until now bisher",
    "news.not_new": "not new",
    "messages.*.pillar": "message pillar botschaft",
    "messages.*.support": "message support",
    "claims.*.full": "claim",
    "offers.*.line": "offer angebot",
    "offers.*.price.*": "price cost charge open opening launch offer fee preis",
    "offers.*.then.*": "price regular later list normal preis normalpreis",
    "offers.*.until": "offer ends end until runs deadline expires angebot endet läuft bis",
    "offers.*.from": "offer starts start begins from angebot beginnt",
    "offers.*.terms": "terms bedingungen",
    "ctas.*.text": "button call action cta",
    "ctas.*.url": "link url page",
    "markets.*.launch": "launch go live start begin starten beginnen anfangen fangen losgehen launchtermin starttermin",
    "markets.*.legal": "legal lawyer",
    "contact.name": "press contact pressekontakt",
    "contact.phone": "press contact phone number telefon",
    "contact.email": "press contact email mail address",
    "people.*.quote": "quote zitat",
    "people.*.title": "title",
    "budget.total": "budget total",
    "budget.lines.*": "budget line",
    "dates.*": "date day termin",
    "objectives.*.target": "target goal objective ziel",
    "brand.boilerplate": "boilerplate",
    "brand.words.never.*": "word banned ban",
}
"""Address, with * for a short name -> the words by which people call it. Its own short names count as well."""
PLACES: Mapping[str, str] = {
    "us": "us usa america american states",
    "gb": "uk gb britain british england",
    "de": "germany german deutschland deutsch deutsche",
    "at": "austria austrian österreich",
    "ch": "switzerland swiss schweiz",
    "fr": "france french frankreich",
}
"""Country of a market -> what people call it."""
WEEKDAYS = {
    name: number
    for number, names in enumerate((
        "monday montag", "tuesday dienstag", "wednesday mittwoch", "thursday donnerstag", "friday freitag", "saturday samstag", "sunday sonntag",
    ))
    for name in names.split()
}  # fmt: skip
FIRST = ("positioning.promise", "positioning.", "news.", "messages.", "offers.", "ctas.", "claims.", "dates.", "markets.", "people.", "contact.")
"""What is meant first where the same words stand in several lines."""
