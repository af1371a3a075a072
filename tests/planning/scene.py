"""A stage for named scenarios on the toy: short verbs over the driver's world, whose oracle looks after every event here, too."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from concerted.campaign.change import NO_CHANGE, Answer, AnswerKind, Change, Words
from concerted.campaign.decision import Decision, Item
from concerted.campaign.draft import Record
from concerted.campaign.facets import Value, hash_at
from concerted.campaign.line import Result
from concerted.campaign.outside import ALT, WORDS, HandedFile
from concerted.planning import lifecycle, people
from concerted.planning.build import Built
from concerted.planning.release import Gate, judge
from concerted.planning.site import Slot, Task
from tests.planning import toy
from tests.planning.driver import World
from tests.planning.oracle import after_event, after_operation, check_replay
from tests.planning.toy import Setting

HOUSE, CONCEPT, PAGE, MAIL, SEITE = "house.-.-.-.-", "concept.-.-.-.-", "page.web.dock.us.-", "mail.email.dock.us.-", "seite.web.-.de.-"
OLD, NEW = "The plan mends itself alone.", "Trucks late? The plan already knows it."


class Scene:
    """A toy campaign after its first build."""

    def __init__(
        self,
        *,
        modelled: frozenset[str] = frozenset(),
        tree: Mapping[str, Value] | None = None,
        templates: Mapping[str, str] | None = None,
        write: bool = True,
    ) -> None:
        self.world = World(Random(1), Setting(modelled=modelled, templates=templates or toy.TEMPLATES))
        self.world.watch = after_event
        rows: dict[str, Value] = {ref: value for ref, value in toy.kit().facets(toy.TREE, {}).items() if not ref.endswith("#keys")}
        rows |= {"brand.words.never.magic": None, **(tree or {})}
        first = self.world.new_change("first", "Mara")
        first = first.with_edits(lifecycle.make_edits(self.world.state, first, rows.items(), "file", self.world.kit))
        self.world.know_wordings(first, rows)
        self.world.put_change(first)
        self.settle(write=write)

    @property
    def main(self) -> Built:
        """Main's line."""
        return self.world.line()

    @property
    def open(self) -> tuple[str, ...]:
        """The open Changes."""
        return tuple(self.world.state.changes)

    def words(self, asset: str, name: str) -> str:
        """Read a text on main."""
        return self.world.state.main.texts[asset].values[name]

    def slot(self, asset: str, change: str = "") -> Slot:
        """Look at an asset on main or on a Change."""
        return self.line(change).slots[asset]

    def line(self, change: str = "") -> Built:
        """Build main or a Change."""
        return self.world.line(self.world.state.changes[change] if change else NO_CHANGE)

    def settle(self, *, write: bool = True) -> None:
        """Do all that needs nobody; `write` has a model write what is wanted, always something new."""
        for _ in range(50):
            if self.world.tick():
                after_operation(self.world)
                continue
            wanted = self.world.wanted()
            if not (write and wanted):
                return
            for task in wanted:
                self.comes_back(task, {name: f"{name} on {task.brief.strip()}" for name in task.fields})
        raise AssertionError("no end of work")

    def comes_back(self, task: Task, fields: Mapping[str, str | None], error: str = "") -> None:
        """Have a writer come back with words (None: keep) or an error."""
        for name, words in fields.items():
            self.world.ledger.wrote(task.asset, name, words, task.previous.get(name, ""), task.brief)
        self.world.keep(Result(task.id, task.asset, fields, "scripted", task.guardrails, error))

    def change(self, rows: Mapping[str, Value], by: str = "Mara", *, on: str = "", settle: bool = True, hold: bool = False) -> str:
        """Edit lines of the strategy on a new Change or an open one."""
        change = self.world.state.changes[on] if on else replace(self.world.new_change(", ".join(rows), by), hold=hold)
        self.world.put_change(self.world.edit(change, rows))
        if settle:
            self.settle()
        return change.id

    def rule(self, ref: str, value: Value) -> None:
        """Set or lift a guardrail; main adopts it at once, and what it broke is taken up."""
        made = lifecycle.make_edits(self.world.state, NO_CHANGE, [(ref, value)], "set", self.world.kit)
        self.world.append(lifecycle.adopt_at_once(self.world.state, made, self.world.at, "Mara"))
        self.settle()

    def write(self, asset: str, name: str, words: str, by: str = "Olga", *, on: str = "") -> str:
        """Have a person write words, on main or on a Change."""
        line = self.line(on)
        change = self.world.state.changes[on] if on else self.world.new_change(f"{by} writes {asset}", by)
        self.world.ledger.typed((asset, name), words, line.facets, line.site.words)
        self.world.put_change(people.edit_text(line, change, asset, name, (words, by)))
        self.settle()
        return change.id

    def hand_in(self, name: str, words: str, shows: tuple[str, ...] = (), *, on: str = "", rights: str = "", by: str = "Olga") -> str:
        """Have somebody hand in a file for the picture, with the words in it and the lines that it shows."""
        line, asset = self.line(on), toy.HERO.id
        change = self.world.state.changes[on] if on else self.world.new_change(f"{by} hands in {name}", by)
        ticked = tuple((f"f:{ref}", hash_at(line.facets, ref)) for ref in shows)
        for place, said, more in ((WORDS, words, ticked), (ALT, "", ())):
            edges = tuple(sorted({*self.world.kit.matching.says(said, line.facets), *more}))
            self.world.ledger.typed((asset, place), said, line.facets, line.site.words)
            change = change.with_words(f"{asset}#{place}", Words(said, by, None, Record("", (), "", author=by, says=edges)))
        file = HandedFile(name, name, f"bytes of {name}", 1, "image/png", rights=rights, shows=shows, by=by)
        self.world.put_change(replace(change, files={**change.files, asset: file}))
        self.settle()
        return change.id

    def decisions(self, change: str) -> tuple[Decision, ...]:
        """List the open decisions of a Change."""
        return self.line(change).decisions

    def answer(self, change: str, kind: AnswerKind, *, only: str = "", text: str = "", settle: bool = True) -> None:
        """Answer every open item of a Change whose key contains `only`."""
        line = self.line(change)
        answered: Change = self.world.state.changes[change]
        found = False
        for decision in line.decisions:
            for item in decision.items:
                if only in item.key and kind in item.options:
                    self._note(line, item, kind, text)
                    answer = Answer(kind, item.who or "Mara", self.world.at, "", "", text)
                    answered = lifecycle.answer_decision(answered, decision, answer, line, item.key)
                    found = True
        assert found, f"{kind} answers nothing of {[item.key for item in line.items]}"
        self.world.put_change(answered)
        if settle:
            self.settle()

    def let_go(self, change: str) -> None:
        """Let a held Change go."""
        self.world.put_change(replace(self.world.state.changes[change], hold=False))
        self.settle()

    def revisit(self, *names: str) -> str:
        """Take up again what a landing left."""
        change = replace(self.world.new_change("again", "Mara"), revisit=frozenset(names))
        self.world.put_change(change)
        self.settle()
        return change.id

    def take_back(self, number: int) -> str:
        """Open a Change that takes a version back."""
        change = self.world.new_change("back", "Mara").with_edits(lifecycle.rollback_edits(self.world.state, number))
        self.world.put_change(change)
        self.settle()
        return change.id

    def midnight(self, day: str) -> None:
        """Let a day come; nothing is settled yet."""
        self.world.setting = toy.at(self.world.setting, day)

    def _note(self, line: Built, item: Item, kind: str, text: str) -> None:
        ledger = self.world.ledger
        if item.kind == "wording" and kind in ("keep", "text"):
            ledger.right.setdefault((item.ref, item.before if kind == "keep" else " ".join(text.split())), set()).add(
                str(line.facets.get(item.ref.partition("@")[0]))
            )
        if item.kind == "edit":
            ledger.resolved.add((item.ref, item.before, item.after))
        if item.kind == "file":
            self._answers_for_file(line, item, kind)
            return
        if item.asset:
            ledger.answer(line.change.id, (item.asset, item.field), (item.before, item.after), kind)
        words = {"take": item.after, "keep": item.before, "text": text}.get(kind)
        if item.asset and words is not None:
            note = ledger.typed if kind == "text" else ledger.accept
            note((item.asset, item.field), words, line.facets, line.site.words)

    def _answers_for_file(self, line: Built, item: Item, kind: str) -> None:
        """Note whose words somebody answers for: those of the file that is there, or of one handed in earlier."""
        stored = [draft.values for draft in self.world.state.drafts.get(item.asset, ())]
        there = {name: text.value for name, text in line.slots[item.asset].texts.items()}
        for values in {"keep": [there], "take": stored}.get(kind, []):
            for name, words in values.items():
                self.world.ledger.accept((item.asset, name), words, line.facets, line.site.words)

    def items(self, change: str) -> dict[str, Item]:
        """List the open items of a Change by key."""
        return {item.key: item for item in self.line(change).items}

    def approve(self, *assets: str, by: tuple[str, ...] = ("Mara",)) -> None:
        """Sign texts."""
        for name in by:
            for asset in assets or tuple(self.world.state.main.texts):
                self.world.append(people.approve(self.main, (asset,), name, self.world.at))

    def gate(self, *groups: str) -> Gate:
        """Ask the gate."""
        self.world.keep_recipes()
        return judge(self.world.state, self.world.kit, self.world.recipes, groups)

    def refusals(self, *groups: str) -> set[tuple[str, str]]:
        """List the gate's refusals as (rule, asset)."""
        return {(reason.rule, reason.id) for reason in self.gate(*groups).refused}

    def drafts(self) -> dict[str, str]:
        """Main's draft ids."""
        return {asset: draft.id for asset, draft in self.world.state.main.texts.items()}

    def check(self) -> None:
        """Have the oracle look at everything."""
        after_operation(self.world)
        check_replay(self.world)
