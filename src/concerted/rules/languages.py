"""What the rules know of English and German: stop words, months, number words, abbreviations. Tables only; a new language is added here."""


def word_set(text: str) -> frozenset[str]:
    """Read a table of words that is written as running text."""
    return frozenset(text.split())


ENGLISH_STOP_WORDS = word_set("""
    a about after all also an and any are as at be been before but by can could did do does each every for from had has have he her his
    how i if instead in into is it its just like may me more most my new no not of off on one onto or our out over own per she should
    so some such than that the their them then there these they this those through to too under until up upon us very was we were what
    when where which while who why will with would you your
""")
GERMAN_STOP_WORDS = word_set("""
    aber alle als also am an auch auf aus bei beim bis da damit dann das dass dem den denn der des die dies diese dieser dieses doch du
    durch ein eine einem einen einer eines er es euch für gegen hat haben ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja
    jede jeden jeder jedes kann kein keine mein mit nach neu neue neuen neuer neues nicht noch nur ob oder ohne pro schon sein seine
    sich sie sind so statt über um und uns unser unsere unter vom von vor war was weil wenn wer werden wie wir wird zu zum zur
""")
STOP_WORDS = ENGLISH_STOP_WORDS | GERMAN_STOP_WORDS

MONTHS = {
    name: number
    for number, names in {
        1: "january januar jänner jan",
        2: "february februar feb",
        3: "march märz mar mär",
        4: "april apr",
        5: "may mai",
        6: "june juni jun",
        7: "july juli jul",
        8: "august aug",
        9: "september sept sep",
        10: "october oktober oct okt",
        11: "november nov",
        12: "december dezember dec dez",
    }.items()
    for name in names.split()
}

NUMBER_WORDS = {
    name: number
    for number, names in {
        2: "two zwei",
        3: "three drei",
        4: "four vier",
        5: "five fünf",
        6: "six sechs",
        7: "seven sieben",
        8: "eight acht",
        9: "nine neun",
        10: "ten zehn",
        11: "eleven elf",
        12: "twelve zwölf dozen dutzend",
        13: "thirteen dreizehn",
        14: "fourteen vierzehn",
        15: "fifteen fünfzehn",
        16: "sixteen sechzehn",
        17: "seventeen siebzehn",
        18: "eighteen achtzehn",
        19: "nineteen neunzehn",
        20: "twenty zwanzig",
        30: "thirty dreissig",
        40: "forty vierzig",
        50: "fifty fünfzig",
        60: "sixty sechzig",
        70: "seventy siebzig",
        80: "eighty achtzig",
        90: "ninety neunzig",
    }.items()
    for name in names.split()
}
"""Spelled numbers as `reading.read` folds them; "one" and "ein" are articles more often than numbers and stay out."""

UNIT_WORDS = {
    name: unit
    for unit, names in {
        "second": "second seconds sec sekunde sekunden",
        "minute": "minute minutes min mins minuten minütig minütige",
        "hour": "hour hours hr hrs stunde stunden stündig stündige",
        "day": "day days tag tage tagen tägig tägige tägigen",
        "week": "week weeks woche wochen wöchig wöchige",
        "month": "month months monat monate monaten monatig monatige",
        "year": "year years jahr jahre jahren jährig jährige",
        "warehouse": "warehouse warehouses lager lagern lagerhäuser",
        "site": "site sites standort standorte standorten",
        "customer": "customer customers kunde kunden",
        "company": "company companies firma firmen unternehmen",
        "country": "country countries land länder ländern",
        "user": "user users nutzer nutzern nutzerinnen",
    }.items()
    for name in names.split()
}
"""Units that mean the same in both languages, so that "38 Minuten" is found where the fact says "38 minutes"."""

FREE_WORDS = word_set("free kostenlos kostenlose kostenlosen kostenfrei gratis")
PER_WORDS = word_set("per a an each every pro je im")
PERCENT_WORDS = r"percentage\s+points?|per\s?cent|percent|prozentpunkte?|prozent|pct"
SCALES = {
    name: zeros
    for zeros, names in {
        3: "k thousand tausend tsd",
        6: "m mm mn mio million millions millionen",
        9: "b bn mrd billion billions milliarde milliarden",
    }.items()
    for name in names.split()
}
"""How many zeros a word or letter behind a number adds."""

ABBREVIATIONS = word_set("""
    mr mrs ms dr prof st sr jr rev gen col sgt vs no nos p pp fig figs vol ed eds approx dept est incl excl max min resp ca cf
    e.g i.e jan feb mar apr jun jul aug sep sept oct nov dec tel ext ave blvd rd
    z.b z.t d.h u.a u.u o.ä i.d.r s.o s.u v.a evtl ggf bzw vgl nr abb bspw sog inkl exkl zzgl bzgl str hr fr hrn mio mrd tsd std
    jh jhd art abs kap okt dez mär stk ggü lt lfd
""")
"""Without their last dot. After these a new sentence hardly ever starts."""

CLOSING_ABBREVIATIONS = word_set("a.m p.m u.s u.k u.n e.u inc ltd co corp etc usw al usf ust mwst bros")
"""These also end sentences; the next word decides."""

STARTERS = word_set("""
    the a an this that these those it its he she they we you i if when while where what why how who in on at for from with by to as and
    but or so no not now then there here our your their his her my one two three every each all most some many after before since until
    once because although yet still also even only just get see book start try read call talk find join meet
    der die das dieser diese dieses ein eine er sie es wir ihr ich und aber oder doch wenn als während wo was warum wie wer im in am an
    auf für von mit bei zu nach vor seit bis weil damit so nun jetzt dann hier da unser unsere jede jeder jedes alle viele nur auch
""")
"""Words that, capitalised, mostly open a sentence."""

ORDINAL_NOUNS = word_set("quartal platz rang stock etage jahrhundert auflage halbjahr kalenderwoche jahrestag geburtstag mal")
"""German nouns that follow an ordinal number: "im 3. Quartal" is one sentence."""

BACKWARD = word_set("""
    it its this that these those they them their both neither either so then there such one ones he she his her here too also but or and yet
    still otherwise instead because therefore
    es er sie ihn ihm ihnen dies diese dieser dieses diesem das dessen deren dafür damit dabei davon dazu darum deshalb so dann dort beide
    beides sonst auch aber oder und doch denn stattdessen
""")
"""Words with which a sentence points at the one before it."""

RELATIVE = word_set("""
    half halv double twice cheap cheaper cheapest less more least lower lowest higher earlier later sooner save saving discount reduc extra
    extend extended longer only already left remain week month day
    halb halbe hälfte doppelt billig billiger günstig günstiger weniger mehr höher früher später spar rabatt nachlass verläng länger schon nur
    noch woche monat tag
""")
"""Words (and stems of such) by which a sentence can hang on a figure that it does not name: "less than a tank of fuel"."""

SINKING = word_set("""
    fall fell fallen drop decline decreas shrink shrank sink sank reduc lower cut smaller less fewer down
    sink sank gesunk fall fiel fäll abnehm nimmt gering niedrig wenig senk verringer reduzier kleiner zurück
""")
RISING = word_set("""
    rise rose grow grew increas climb rais higher more up bigger larger
    steig stieg gestieg wachs wächs wuchs erhöh höher mehr größer zunehm
""")
"""Words (and stems of such) that say the same of a figure: it goes down, it goes up."""

WHEN_WORDS = word_set("""
    january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
    januar jänner februar feber märz mai juni juli oktober dezember okt dez fall falls autumn
    easter christmas xmas thanksgiving halloween pentecost whitsun advent hanukkah ramadan eid diwali
    ostern pfingsten weihnachten silvester neujahr fasching karneval
""")
WHEN_STEMS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend", "weekday"),
    *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "wochenend", "werktag"),
    *("spring", "summer", "winter", "midsummer", "midwinter", "frühling", "frühjahr", "sommer", "herbst", "spätsommer", "hochsommer"),
    *("osterm", "osters", "osterw", "osterf", "pfingst", "weihnacht", "neujahrs", "advents"),
)
"""Weekdays, seasons, months and feasts by their names, whole or as the beginning of a word ("Montagabend", "summertime"): they hang on a date."""

PERSON_WORDS = word_set("""
    he she his him her hers himself herself mr mrs ms
    er ihn ihm sein seine seinen seinem seiner seines sie ihr ihre ihren ihrem ihrer ihres ihnen herr herrn frau
""")
POLITE = word_set("Sie Ihr Ihre Ihren Ihrem Ihrer Ihres Ihnen")
"""German words that, capitalised inside a sentence, speak to the reader and of nobody."""
