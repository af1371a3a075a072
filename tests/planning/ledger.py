"""What the driver itself saw happen: which words answer for which inputs. The oracle reads this and the strategy, never the engine's flags."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from concerted.campaign.facets import Facets
from tests.planning import toy
from tests.planning.toy import Words

Place = tuple[str, str]
"""(asset under its first name, field)."""
Vector = tuple[tuple[object, ...], frozenset[tuple[str, str]]]
"""What a field is written from, and the facts that the words state."""

SIGNERS = {"copy": ("Mara", "Ben"), "claims": ("Ines",)}
"""Role -> who is named for it at any time."""
FACTS = ("positioning.promise", "claims.wait.full", "offers.start.line")


def origin(asset: str) -> str:
    """Give an asset's first name: the driver renames only `dock` to `pier` and back."""
    return asset.replace(".pier.", ".dock.")


def stated(words: str, facets: Facets) -> frozenset[tuple[str, str]]:
    """List the claims and offers that words state."""
    lines = ((path, str(value)) for path, value in facets.items() if path.endswith((".full", ".line")) and "@" not in path)
    return frozenset((path, value) for path, value in lines if value in words)


def plain_brief(asset: str, group: str, facets: Facets, words: Words, notes: tuple[str, ...]) -> str | None:
    """Say in plain Python what a model is given for a group; None where a fact is missing."""
    kind = toy.SHAPES[asset.partition(".")[0]]
    parts: list[str] = []
    for spec in kind.fields:
        if spec.group == group:
            given = toy.inputs(asset, spec.name, facets, words)
            optional = f"{kind.slug}.{spec.name}" == "house.proof"
            if not all(given[:1] if optional else given):
                return None
            parts += [str(value) for value in given if value]
    return (" ".join(parts) + "".join(f" / {note}" for note in notes)).strip() + "\n"


def agree(seen: str, today: str, words: str) -> bool:
    """Tell whether a person's words agree with how what they had seen has changed: they say all that is new, and nothing of what is gone."""
    before, now, mine = ({part.strip(" .") for part in toy.segment(text)} for text in (seen, today, words))
    return bool(seen) and now - before <= mine and not mine & (before - now)


@dataclass
class Ledger:
    """Words that writers gave and people entered or accepted, each with what they were written or accepted for."""

    briefs: dict[tuple[Place, str], set[str]] = field(default_factory=dict[tuple[Place, str], set[str]])
    """(place, words) -> briefs for which a model wrote them."""
    kept: dict[tuple[Place, str], set[str]] = field(default_factory=dict[tuple[Place, str], set[str]])
    """(place, words) -> briefs for which a model said that they stand."""
    accepted: dict[tuple[Place, str], set[Vector]] = field(default_factory=dict[tuple[Place, str], set[Vector]])
    """(place, words) -> inputs for which a person wrote, took, kept or confirmed them."""
    entered: dict[Place, dict[str, None]] = field(default_factory=dict[Place, dict[str, None]])
    """Every text that a person typed."""
    unseen: set[tuple[Place, str]] = field(default_factory=set[tuple[Place, str]])
    """Words that a person typed where there was no text yet: they answer for whatever it will be written from."""
    looked_at: dict[tuple[Place, str], set[str]] = field(default_factory=dict[tuple[Place, str], set[str]])
    """(place, words) -> the words that people had before them when they typed or accepted these."""
    right: dict[tuple[str, str], set[str]] = field(default_factory=dict[tuple[str, str], set[str]])
    """(wording, words) -> source sentences that a person said they are right for."""

    resolved: set[tuple[str, str, str]] = field(default_factory=set[tuple[str, str, str]])
    """(ref, main's value, the Change's value) that a person had before them when they said which holds."""
    answered: dict[tuple[Place, str, str], tuple[str, str]] = field(default_factory=dict[tuple[Place, str, str], tuple[str, str]])
    """(place, main's words, the proposed words) -> (Change, last answer); "" stands for a Change that landed and left the asset."""
    signed: dict[tuple[Place, str], set[tuple[str, frozenset[tuple[str, str]]]]] = field(
        default_factory=dict[tuple[Place, str], set[tuple[str, frozenset[tuple[str, str]]]]]
    )
    """(place, words) -> (role, facts that the words stated) of those who signed or answered for them."""

    def wrote(self, asset: str, name: str, words: str | None, previous: str, brief: str) -> None:
        """Note what a model wrote, or that it kept the words that stood (None)."""
        written = self.kept if words is None else self.briefs
        written.setdefault(((origin(asset), name), previous if words is None else words), set()).add(brief)

    def accept(self, place: Place, words: str, facets: Facets, line: Words) -> None:
        """Note that a person answers for words on a line."""
        asset, name = place
        vector = (toy.inputs(asset, name, facets, line), stated(words, facets))
        self.accepted.setdefault(((origin(asset), name), words), set()).add(vector)
        for known in [key for key in self.answered if key[0] == (origin(asset), name) and key[2] == words]:
            # Whoever accepts words by now takes back that others were kept instead of them.
            del self.answered[known]
        seen = {line.get(asset, {}).get(name, ""), *toy.plain_house(asset, name, facets, line)}
        self.looked_at.setdefault(((origin(asset), name), words), set()).update(seen)

    def answer(self, change: str, place: Place, words: tuple[str, str], kind: str) -> None:
        """Note an answer to words on main and the words proposed for them."""
        self.answered[((origin(place[0]), place[1]), *words)] = (change, kind)

    def is_kept(self, change: str, place: Place, words: tuple[str, str]) -> bool:
        """Tell whether the last word about replacing words by others was to keep them."""
        known, kind = self.answered.get(((origin(place[0]), place[1]), *words), ("-", ""))
        return kind == "keep" and known in ("", change)

    def close(self, change: str, left: frozenset[str]) -> None:
        """Forget what was answered on a Change that is over, but for assets that it left: there it holds on."""
        for key, (known, kind) in tuple(self.answered.items()):
            if known in ("", change):
                del self.answered[key]
                if key[0][0] in left:
                    self.answered[key] = ("", kind)

    def typed(self, place: Place, words: str, facets: Facets, line: Words) -> None:
        """Note words that a person typed."""
        asset, name = place
        if name not in line.get(asset, {}):
            self.unseen.add(((origin(asset), name), words))
        self.entered.setdefault((origin(place[0]), place[1]), {})[words] = None
        self.accept(place, words, facets, line)

    def sign(self, place: Place, words: str, by: str, facets: Facets, asked: str = "") -> None:
        """Note that somebody signs for words, in every role that any strategy gives them.

        `asked` is the role in which they were asked: who may answer for it is checked above the core.
        """
        roles = [role for role, named in SIGNERS.items() if by in named or role == asked]
        self.signed.setdefault(((origin(place[0]), place[1]), words), set()).update((role, stated(words, facets)) for role in roles)

    def is_signed(self, place: Place, words: str, role: str, facets: Facets) -> bool:
        """Tell whether somebody of a role signed these words for facts that all still stand."""
        says = stated(words, facets)
        return any(known == role and facts <= says for known, facts in self.signed.get(((origin(place[0]), place[1]), words), ()))

    def is_persons(self, asset: str, name: str, words: str) -> bool:
        """Tell whether a person entered or accepted these words for this field at any time."""
        place = (origin(asset), name)
        return (place, words) in self.accepted or words in self.entered.get(place, {})

    def answers_for(
        self, asset: str, name: str, words: str, line: tuple[Facets, Words, Mapping[str, tuple[str, ...]]], *, published: bool = True
    ) -> str:
        """Say why words must not be released on a line; empty where something answers for them.

        What is only read by a release is not published with it, so what its words still say of old lines is not looked at (3-score, `exclude`).
        """
        facets, texts, notes = line
        if old := self._older_wording(asset, name, facets):
            return old
        place = ((origin(asset), name), words)
        given, says = toy.inputs(asset, name, facets, texts), stated(words, facets)
        answered = self.accepted.get(place, ())
        if any((vector == given or place in self.unseen) and facts <= says for vector, facts in answered):
            return ""
        written_today = toy.plain_house(asset, name, facets, texts)
        if words in written_today:
            return ""
        agrees = any(agree(seen, today, words) for today in written_today for seen in self.looked_at.get(place, ()))
        if agrees and any(facts <= says for _vector, facts in answered):
            return ""
        brief = plain_brief(asset, toy.SHAPES[asset.partition(".")[0]].field(name).group, facets, texts, notes.get(asset, ()))
        if brief is None:
            return "" if not words else f"nobody answers for “{words}”: a fact is missing"
        if brief not in self.briefs.get(place, set()) | self.kept.get(place, set()):
            return f"nobody answers for “{words}” with {given}"
        old_lines = [v for ref in FACTS for v in DOMAINS[ref] if published and v and v != facets.get(ref) and v in words and v not in brief]
        return f"“{words}” still says {old_lines}" if old_lines else ""

    def _older_wording(self, asset: str, name: str, facets: Facets) -> str:
        kind = asset.partition(".")[0]
        reads = {"mail.body": "positioning.promise@en.h30", "seite.h1": "positioning.promise@de", "seite.offer": "offers.start.line@de"}
        ref = reads.get(f"{kind}.{name}")
        if ref is None or ref not in facets or (kind == "seite" and facets.get("markets.de.language") == toy.BASE):
            return ""
        source = str(facets.get(ref.partition("@")[0], ""))
        if not source or source in self.right.get((ref, str(facets[ref])), ()):
            return ""
        return f"the wording {ref} “{facets[ref]}” is not known to be right for “{source}”"


DOMAINS: dict[str, tuple[str | None, ...]] = {
    "positioning.promise": ("The plan mends itself alone.", "Trucks late? The plan already knows it.", "Magic plans come true today."),
    "positioning.for-whom": ("yards", "docks"),
    "claims.wait.full": ("Waits fell to 38 minutes.", "Waits fell to 41 minutes."),
    "offers.start.line": ("Sixty days free of charge.", "Thirty days free of charge.", None),
    "news.new": (None, "Out now."),
    "dates.launch": ("2027-03-09", "2027-03-16"),
    "positioning.promise@en.h30": ("Plans that mend themselves", "The plan knows first"),
    "positioning.promise@de": ("Der Plan heilt sich selbst.", "Der Plan weiß es zuerst."),
    "offers.start.line@de": ("Sechzig Tage kostenlos.", "Dreißig Tage kostenlos.", None),
    "audiences.dock.who": ("dock managers", "yard bosses"),
    "approvals.claims.who": (None, "Ines"),
    "approvals.copy.deputy": ("Ben", None),
}
"""Lines of the strategy that the driver edits, with the few values that each may take."""

RULES: dict[str, tuple[str | None, ...]] = {
    "brand.words.never.magic": ("magic", None),
    "brand.words.never.now": (None, "Now:"),
    "brand.words.never.say": (None, "We say"),
    "brand.words.never.alone": (None, "itself alone"),
    "offers.start.until": (None, "2027-01-15", "2027-06-01"),
    "claims.wait.until": (None, "2027-02-10"),
}
"""Guardrails that the driver turns on and off."""
