"""Random campaigns in random handwriting: any style of YAML that a person or a tool might leave behind. Written apart from `style.py`."""

import json
from collections.abc import Mapping
from random import Random
from typing import Any, cast

import yaml
from hypothesis import strategies as st

SLUGS = ("wait", "sites", "go-live", "no", "7", "null", "on")
SENTENCES = (
    "When trucks run late, your dock plan fixes itself.",
    "Three trucks late: already re-planned.",
    "It's 5 o'clock #somewhere # and late.",
    'They said "never" and meant it.',
    "no",
    "2027-03-09",
    "1_000",
    "{brace} [bracket], comma",
    "- a dash",
    "* star & anchor ! tag | bar > fold % @ `",
    "Kommen Lkw zu spät, stellt sich Ihr Rampenplan von selbst um – 60 Tage lang. 🚚",
    "back\\slash and tab\there",
    "ends with colon:",
    "two  spaces inside",
    "C'est l'été : déjà ?",
    "A" + " word" * 40 + ".",
)
SIGNS = "ab Z9.,:;#'\"-?!{}[]&*|>%@`\\~äß€🚚\n"


def texts() -> st.SearchStrategy[str]:
    """Texts that people write, and texts that only a test writes."""
    odd = st.text(alphabet=SIGNS, min_size=1, max_size=24).map(str.strip).filter(bool)
    lines = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map("\n".join)
    return st.one_of(st.sampled_from(SENTENCES), odd, lines)


def slugs(most: int = 3) -> st.SearchStrategy[list[str]]:
    """Some short names, each once."""
    return st.lists(st.sampled_from(SLUGS), unique=True, min_size=1, max_size=most)


def maps(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A map of short names."""
    return st.dictionaries(st.sampled_from(SLUGS), values, min_size=1, max_size=3)


def claims() -> st.SearchStrategy[dict[str, Any]]:
    """One claim."""
    more = {"short": texts(), "short_never_in": slugs(), "cleared": maps(texts()), "recheck": st.just("2027-09-01"), "evidence": texts()}
    return st.fixed_dictionaries({"kind": st.sampled_from(["measured", "count", "not-yet"]), "full": texts()}, optional=more)


def wordings() -> st.SearchStrategy[dict[str, Any]]:
    """Wordings of a few leaves."""
    refs = st.sampled_from(["positioning.promise", "news.new", "claims.wait.full"])
    lengths = st.dictionaries(st.sampled_from(["text", "h30", "w30"]), texts(), min_size=1)
    return st.dictionaries(st.sampled_from(["de", "fr"]), st.dictionaries(refs, lengths, min_size=1), min_size=1)


def _never(words: dict[str, Any]) -> dict[str, Any]:
    return {"never": next(iter(words.values()))}


def campaigns() -> st.SearchStrategy[dict[str, Any]]:
    """Raw campaigns that the schema accepts."""
    frame = st.fixed_dictionaries(
        {"name": texts(), "company": texts(), "playbook": st.just("product-launch"), "language": st.just("en-US")},
        optional={"tier": st.just("2"), "owner": texts()},
    )
    lines = {"unlike": texts(), "because": texts(), "settled": st.just(["promise"]), "rejected": maps(texts())}
    offers = st.fixed_dictionaries({"line": texts()}, optional={"price": maps(texts()), "from": st.just("2027-03-09")})
    voice: dict[str, st.SearchStrategy[Any]] = {"is": st.lists(texts(), min_size=1, max_size=4), "words": maps(maps(texts())).map(_never)}
    brand: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({}, optional=voice)
    return st.fixed_dictionaries(
        {"campaign": frame, "positioning": st.fixed_dictionaries({"promise": texts()}, optional=lines)},
        optional={
            "news": st.fixed_dictionaries({"new": texts()}, optional={"not_new": texts()}),
            "claims": maps(claims()),
            "offers": maps(offers),
            "brand": brand,
            "dates": maps(st.sampled_from(["2027-03-09", "2027-03-08 14:00 America/Chicago"])),
            "deliverables": st.just({"email.email.dock.us.1": "add"}),
            "wordings": wordings(),
        },
    )


class Hand:
    """Writes a raw tree down, choosing a style at every turn."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.comments = chance.random() < 0.7
        self.newline = chance.choice(["\n", "\n", "\r\n"])

    def odds(self, share: float) -> bool:
        return self.chance.random() < share

    def file(self, tree: Mapping[str, Any]) -> bytes:
        lines = ["# our campaign", ""] if self.odds(0.5) else []
        lines += ["---"] if self.odds(0.2) else []
        lines += self.block(tree, 0)
        lines += ["", "# the end"] if self.odds(0.3) else []
        text = self.newline.join(lines) + ("" if self.odds(0.3) else self.newline)
        return (("\ufeff" if self.odds(0.2) else "") + text).encode()

    def block(self, tree: Mapping[str, Any], indent: int) -> list[str]:
        """Write a map as lines."""
        lines: list[str] = []
        step = self.chance.choice([1, 2, 2, 4])
        margin = " " * indent
        for key, value in tree.items():
            if self.comments and self.odds(0.2):
                lines += [""] * self.chance.randrange(2) + [f"{margin}# about {key}", f"{margin}#: a second line"]
            lines += [""] if self.odds(0.1) else []
            name = self.key(key)
            if isinstance(value, Mapping):
                inside = cast(Mapping[str, Any], value)
                if inside and self.odds(0.6):
                    lines += [f"{margin}{name}:{self.note()}", *self.block(inside, indent + step)]
                    lines += [f"{margin}{' ' * step}# inside {key}"] if self.comments and self.odds(0.1) else []
                else:
                    lines += self.after(f"{margin}{name}: {self.braces(inside, indent + 2)}")
            elif isinstance(value, list):
                items = cast(list[str], value)
                if self.odds(0.5):
                    lines += [f"{margin}{name}:{self.note()}", *self.dashes(items, indent + self.chance.choice([0, step]))]
                else:
                    lines += self.after(f"{margin}{name}: {self.brackets(items, indent + 2)}")
            else:
                lines += self.leaf(f"{margin}{name}:", str(value), indent, step)
        return lines

    def leaf(self, start: str, text: str, indent: int, step: int) -> list[str]:
        """Write one text after its name, on the same line or as a block."""
        style = self.chance.choice("pds|>")
        if style in "|>":
            margin = " " * (indent + step)
            body = text.split("\n") if style == "|" else text.replace("\n", "\n\n").split("\n")
            if style == ">" and "\n" not in text and " " in text and "  " not in text and " #" not in text:
                words = text.split(" ")
                cut = self.chance.randrange(1, len(words))
                body = [" ".join(words[:cut]), " ".join(words[cut:])]
            lines = [f"{start} {style}{self.chance.choice(['', '-', '+'])}", *(margin + line if line else "" for line in body)]
            if self.reads("\n".join(lines), text):
                return lines + [""] * self.chance.choice([0, 0, 1])
        return self.after(f"{start} {self.scalar(text, flow=False)}")

    def after(self, line: str) -> list[str]:
        return (line + self.note()).split("\n")

    def note(self) -> str:
        return "  # a note" if self.comments and self.odds(0.15) else ""

    def key(self, key: str) -> str:
        return self.chance.choice([key, key, f'"{key}"', f"'{key}'"])

    def reads(self, line: str, text: str) -> bool:
        try:
            loader: Any = yaml.SafeLoader(line)
            node: Any = loader.get_single_node()
        except yaml.YAMLError:
            return False
        while isinstance(node, yaml.MappingNode):
            parts: Any = node.value
            node = parts[0][1] if len(parts) == 1 else None
        return isinstance(node, yaml.ScalarNode) and str(node.value).strip() == text

    def scalar(self, text: str, *, flow: bool) -> str:
        """Write a text on one line in some quotes that hold it."""
        style = self.chance.choice("pds")
        if style == "p" and text not in ("null", "~") and self.reads(f"{{k: {text}}}" if flow else f"k: {text}", text):
            return text
        single = "'" + text.replace("'", "''") + "'"
        if style == "s" and self.reads(f"k: {single}", text):
            return single
        return json.dumps(text, ensure_ascii=self.odds(0.2))

    def braces(self, tree: Mapping[str, Any], indent: int) -> str:
        """Write a map in braces."""
        parts = [f"{self.key(key)}: {self.flow(value, indent)}" for key, value in tree.items()]
        return "{" + self.joined(parts, indent) + "}"

    def brackets(self, items: list[str], indent: int) -> str:
        return "[" + self.joined([self.scalar(item, flow=True) for item in items], indent) + "]"

    def flow(self, value: Any, indent: int) -> str:
        if isinstance(value, Mapping):
            return self.braces(cast(Mapping[str, Any], value), indent)
        if isinstance(value, list):
            return self.brackets(cast(list[str], value), indent)
        return self.scalar(str(value), flow=True)

    def joined(self, parts: list[str], indent: int) -> str:
        """Join what stands in braces or brackets: on one line, over several, or one on each."""
        margin = "\n" + " " * indent
        if not parts or self.odds(0.6):
            return ", ".join(parts) + ("," if parts and self.odds(0.1) else "")
        if self.odds(0.5):
            return ("," + margin).join(parts) + (" " if self.odds(0.3) else "")
        noted = [f"{part},{self.note()}" for part in parts[:-1]]
        last = parts[-1] + ("," if self.odds(0.3) else "") + self.note()
        return margin + margin.join([*noted, last]) + margin

    def dashes(self, items: list[str], indent: int) -> list[str]:
        """Write a list as lines."""
        lines: list[str] = []
        for item in items:
            lines += [f"{' ' * indent}# next"] if self.comments and self.odds(0.1) else []
            lines += self.after(f"{' ' * indent}- {self.scalar(item, flow=False)}")
        return lines
