"""What the ledger knows of English and German: embellishments, superlatives, comparatives, verbs of proof. Tables only."""

from concerted.rules.languages import word_set


def phrase_set(text: str) -> frozenset[tuple[str, ...]]:
    """Read a table of phrases, one a line, as rows of normalised words."""
    return frozenset(tuple(line.split()) for line in text.strip().splitlines())


REACH = phrase_set("""
    worldwide
    around the world
    all over the world
    across the world
    across the globe
    around the globe
    globally
    nationwide
    across the country
    across the nation
    across the continent
    coast to coast
    in every city
    in every country
    millions of
    thousands of
    tens of thousands
    countless
    all businesses
    of all sizes
    all industries
    every industry
    weltweit
    in aller welt
    rund um den globus
    bundesweit
    deutschlandweit
    europaweit
    landesweit
    flächendeckend
    im ganzen land
    in jeder stadt
    millionen von
    tausende
    tausenden
    unzählige
    unzähligen
    zahllose
    aller branchen
    alle branchen
    jeder größe
""")
"""Invented reach: how far and for how many, where the strategy says nothing of it."""

WIDE = phrase_set("""
    global
    everywhere
    anywhere
    hundreds of
    everyone
    everybody
    any business
    every business
    überall
    hunderte
    hunderten
    jedermann
""")
"""Reach that is often only a way of speaking."""

PUFFERY = phrase_set("""
    seamless
    seamlessly
    effortless
    effortlessly
    revolutionary
    revolutionize
    revolutionise
    revolutionizes
    game changer
    game changing
    cutting edge
    state of the art
    next generation
    next level
    world class
    best in class
    industry leading
    groundbreaking
    ground breaking
    unprecedented
    unlock
    unleash
    supercharge
    empower
    empowers
    elevate
    elevates
    transform
    transforms
    transformative
    reimagine
    reimagined
    robust
    innovative
    innovation
    holistic
    synergy
    turnkey
    frictionless
    magical
    magic
    incredible
    amazing
    stunning
    delightful
    hassle free
    stress free
    worry free
    peace of mind
    like never before
    in today's fast paced world
    look no further
    say goodbye to
    whether you're
    nahtlos
    nahtlose
    nahtlosen
    nahtloser
    mühelos
    mühelose
    revolutionär
    revolutionäre
    revolutionären
    revolutioniert
    bahnbrechend
    bahnbrechende
    innovativ
    innovative
    innovativen
    einzigartig
    einzigartige
    einzigartigen
    unvergleichlich
    unvergleichliche
    wegweisend
    wegweisende
    zukunftsweisend
    zukunftsweisende
    ganzheitlich
    ganzheitliche
    hochmodern
    hochmoderne
    modernste
    modernster
    spielend leicht
    kinderleicht
    sorgenfrei
    stressfrei
    auf knopfdruck
    wie nie zuvor
    neue maßstäbe
    auf ein neues level
    auf das nächste level
    rundum sorglos
""")
"""Words that praise and state nothing."""

_GRADED = word_set("""
    fast quick slow big large small cheap low high great strong smart safe easy simple clean green fresh light near rich deep wide broad long short
    early late bright calm clear close cool dark fair fine friendly gentle good hard healthy heavy kind loud lucky mild modern neat new nice old
    pure quiet rare rough sharp smooth soft sound steady swift tall tough tiny true warm weak wise young happy busy
""")
_IRREGULAR_MOST = word_set("best worst leading unrivaled unrivalled unmatched unbeatable unparalleled unsurpassed ultimate foremost")
_IRREGULAR_MORE = word_set("better worse more less fewer")
_NOT_GRADED_SO = word_set("nearest latest")
"""Forms that mostly compare nothing: the nearest stand, the latest news."""


def _graded(ending: str) -> frozenset[str]:
    return frozenset(form for word in _GRADED for form in _forms(word, ending))


def _forms(word: str, ending: str) -> set[str]:
    if word.endswith("e"):
        return {word + ending[1:]}
    if word.endswith("y"):
        return {f"{word[:-1]}i{ending}"}
    return {word + ending, word + word[-1] + ending}


SUPERLATIVES = (_graded("est") | _IRREGULAR_MOST) - _NOT_GRADED_SO
COMPARATIVES = _graded("er") | _IRREGULAR_MORE
"""Count only where something is compared: "than", or "times" and "twice" before them."""

_GERMAN_ROOTS = (
    "schnell|langsam|groß|größ|klein|günstig|billig|niedrig|hoch|höch|stark|stärk|klug|klüg|sicher|einfach|leicht|sauber|grün|frisch|lang|läng|kurz|kürz|"
    "früh|spät|hell|klar|kühl|fair|fein|gut|hart|härt|gesund|schwer|mild|modern|neu|alt|ält|rein|leis|selten|scharf|schärf|warm|wärm|ruhig|teuer|bequem|"
    "zuverlässig|beliebt|erfolgreich|effizient|smart|nachhaltig"
)
_CASES = "(?:e[nmrs]?)?"
GERMAN_SUPERLATIVE = (
    rf"(?:am\s+)?\b(?:(?:{_GERMAN_ROOTS})e?ste[nmrs]?|(?:beste|meiste|höchste|größte|führende|einzige)[nmrs]?|führend|marktführer|"
    r"unschlagbar\w*|unübertroffen\w*)\b"
)
GERMAN_COMPARATIVE = rf"\b(?:(?:{_GERMAN_ROOTS})e?r{_CASES}|besser{_CASES}|mehr|weniger|höher{_CASES}|größer{_CASES})\b[^.!?]{{0,40}}\bals\b"
NOT_SUPERLATIVE_DE = word_set("bestens meist meistens zumindest erste ersten erster erstes")

ENGLISH_MULTIPLE = r"\b(?:\d+(?:[.,]\d+)?\s?x|\d+\s+times|twice|two\s+times|three\s+times|half)\s+(?:as|the|more|less|faster|\w+er)\b"
GERMAN_MULTIPLE = r"\b(?:doppelt|dreimal|zweimal|viermal|\d+[- ]?mal|halb)\s+so\b"
ONLY_ONE = (
    r"\b(?:the\s+only|the\s+first\s+and\s+only|first\s+of\s+its\s+kind|world'?s\s+first|number\s+one|no\.\s?1|#1|market\s+leader|award[- ]winning|"
    r"weltweit\s+erste\w*|die\s+nummer\s+eins|nr\.\s?1|preisgekrönt\w*|testsieger)\b"
)

PROOFS = (
    r"\b(?:proven|clinically|scientifically|studies\s+(?:show|prove)|research\s+shows|experts?\s+(?:say|agree|recommend)|according\s+to|trusted\s+by|"
    r"relied\s+on\s+by|used\s+by|loved\s+by|recommended\s+by|certified|guarantee[sd]?|guaranteed|patented|customers\s+(?:say|report|love)|"
    r"nachweislich|erwiesen\w*|bewiesen|studien\s+(?:zeigen|belegen)|laut\s+\w+|experten\s+(?:sagen|empfehlen)|vertrauen\s+auf|zertifiziert\w*|"
    r"garantier\w*|patentiert\w*|empfohlen\s+von|kunden\s+(?:sagen|berichten|lieben))\b"
)
EFFECTS = (
    r"\b(?:cuts?|reduces?|saves?|increases?|boosts?|doubles?|triples?|halves|eliminates?|prevents?|lowers?|improves?|accelerates?|speeds?\s+up|"
    r"outperforms?|never\s+fails?|always\s+works?|"
    r"senkt|spart|reduziert|steigert|erhöht|verdoppelt|verdreifacht|halbiert|verhindert|vermeidet|verbessert|beschleunigt|übertrifft)\s+"
    r"(?!the\s+(?:corner|line)\b)\w+"
)
"""Sentences that promise an effect, or say that something is proven."""

OWN_WORDS = word_set("""
    trails trials trailed united untied unites unties marital martial casual causal casually causally sacred scared retired retried compiles complies
    perfect prefect perfects prefects calvary cavalry silver sliver silvers slivers dairies diaries barely barley angels angles carves craves carved
    craved signed singed signing singing signer singer signers singers carter crater carters craters mantel mantle mantels mantles rogues rouges
    discreet discrete discreetly discretely complaint compliant complaints infarction infraction burnt brunt crated carted
    weekly weakly steal steel steals steels stealing steeling peaks peeks peaked peeked peaking peeking beach beech beaches beeches healed heeled
    healing heeling seamed seemed creaks creeks
    contact contacted contacting contacts contactor contract contracted contracting contractor contracts immoral immorality immortal immortality
    interstate intestate infection infections inflection inflections defection defections deflection deflections imprudence impudence interment
    interments internment internments lightening lightning deprecate deprecated deprecates deprecation depreciate depreciated depreciates depreciation
    weisen wiesen leider lieder reisen riesen bleiben blieben bleibt schreiben schrieben scheiden schieden scheinen schienen steigen stiegen treiben
    trieben beweisen bewiesen verleihen verliehen entscheiden entschieden unterscheiden unterschieden vermeiden vermieden leihen liehen zeigen ziegen
    feilen fielen meiden mieden meinen mienen leiber lieber
""")
"""Words that are one slip of the pen away from another word, and words all the same: trials, trails. Only the best known ones."""
