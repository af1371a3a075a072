"""What may happen in the driver's world, one function each. A move that makes no sense just now does nothing and says so."""

from collections.abc import Mapping
from dataclasses import replace

from concerted.campaign.change import NO_CHANGE, Answer, AnswerKind, Change, Edit
from concerted.campaign.decision import Item
from concerted.campaign.draft import hash_text
from concerted.campaign.line import Released, Result
from concerted.errors import ConcertedError
from concerted.planning import lifecycle, people
from concerted.planning.build import Built, build
from concerted.planning.release import groups_of, judge
from concerted.planning.site import Task
from tests.planning import toy
from tests.planning.driver import PEOPLE, Moved, World
from tests.planning.ledger import DOMAINS, RULES

IDLE = "-"
KINDS: tuple[AnswerKind, ...] = ("take", "keep", "text", "redraft", "leave")
DAYS = ("2027-01-01", "2027-01-20", "2027-02-15", "2027-03-01")


def some_change(world: World, *, own: str = "") -> Change | None:
    """Pick an open Change, or one of a person's own."""
    listed = [change for change in world.state.changes.values() if not own or change.by == own]
    return world.rng.choice(listed) if listed else None


def some_text(world: World) -> tuple[str, str] | None:
    """Pick a field of a text on main."""
    places = [(asset, name) for asset, draft in world.state.main.texts.items() for name in draft.fields]
    return world.rng.choice(places) if places else None


def edit_strategy(world: World) -> str:
    """Somebody edits one or two lines: on their own Change or a new one, now and then while looking at an older strategy."""
    by = world.rng.choice(PEOPLE)
    refs = [ref for ref in DOMAINS if not ref.startswith("audiences.dock") or "audiences.dock.who" in world.facets()]
    rows = {ref: world.rng.choice(DOMAINS[ref]) for ref in world.rng.sample(refs, world.rng.choice((1, 1, 1, 2)))}
    base = None
    if world.state.versions and world.rng.random() < 0.2:
        base = world.kit.facets(world.rng.choice(world.state.versions).tree, {})
    change = some_change(world, own=by) if world.rng.random() < 0.6 else None
    if change is None and len(world.state.changes) >= 3:
        return IDLE
    if change is None:
        change = replace(world.new_change("edit", by), hold=world.rng.random() < 0.1, rehearsal=world.rng.random() < 0.05)
    world.put_change(world.edit(change, rows, base))
    return f"{by} edits {rows} on {change.id}{' (older base)' if base else ''}"


def edit_rule(world: World) -> str:
    """A guardrail is set or lifted; main adopts it at once."""
    if not world.state.versions:
        return IDLE
    ref = world.rng.choice(list(RULES))
    value = world.rng.choice(RULES[ref])
    base = world.kit.facets(world.rng.choice(world.state.versions).tree, {}) if world.rng.random() < 0.3 else None
    made = lifecycle.make_edits(world.state, NO_CHANGE, [(ref, value)], "set", world.kit, base)
    made = {ref: edit for ref, edit in made.items() if edit.new != edit.old}
    if not made:
        return IDLE
    return _adopt(world, made)


def _adopt(world: World, made: Mapping[str, Edit]) -> str:
    now = world.facets()
    moved = [ref for ref, edit in made.items() if now.get(ref) not in (edit.old, edit.new)]
    try:
        event = lifecycle.adopt_at_once(world.state, made, world.at, "Mara")
    except ConcertedError:
        return f"refused: {moved} moved"
    assert not moved, f"I11: {moved} had moved on main and was overwritten unasked"
    world.append(event)
    return f"rules {[(ref, edit.new) for ref, edit in made.items()]}"


def edit_audiences(world: World) -> str:
    """An audience comes, goes or is renamed."""
    facets = world.facets()
    if any(ref.startswith("audiences.") for change in world.state.changes.values() for ref in change.edits):
        return IDLE
    members = facets.get("audiences.#keys", ())
    known = next((slug for slug in ("dock", "pier") if isinstance(members, tuple) and slug in members), "")
    choice = world.rng.choice(("gone", "renamed", "second"))
    rows: dict[str, str | None] = {}
    if choice == "second":
        rows = {"audiences.yard.who": None if "audiences.yard.who" in facets else "yard crews"}
    elif not known:
        rows = {"audiences.dock.who": "dock managers"}
    elif choice == "gone":
        rows = {f"audiences.{known}.who": None, f"audiences.{known}.was": None}
    else:
        other = "pier" if known == "dock" else "dock"
        rows = {f"audiences.{known}.who": None, f"audiences.{known}.was": None}
        rows |= {f"audiences.{other}.who": str(facets[f"audiences.{known}.who"]), f"audiences.{other}.was": known}
    change = world.new_change(choice, world.rng.choice(PEOPLE))
    world.put_change(world.edit(change, rows))
    return f"audience {choice}: {rows} on {change.id}"


def words_for(world: World, place: tuple[str, str], line: Built) -> str:
    """Think of words that a person might type: around what stands, about a fact, off the cuff, or against a rule."""
    asset, name = place
    slot = line.slots.get(asset)
    now = slot.texts[name].value if slot and name in slot.texts else ""
    claim, offer = (str(line.facets.get(ref, "")) for ref in ("claims.wait.full", "offers.start.line"))
    promise = str(line.facets.get("positioning.promise", ""))
    ideas = [
        f"{now} Believe us.",
        f"Ours first. {claim}",
        f"{now} {offer}",
        f"Plain words. {promise}",
        "Plain words for all.",
        "Pure magic here.",
        now,
    ]
    return world.rng.choice([idea.strip() for idea in ideas if idea.strip()])


def edit_text(world: World) -> str:
    """A person edits a text on main (which becomes a Change) or on an open Change."""
    by = world.rng.choice(PEOPLE)
    change = some_change(world) if world.rng.random() < 0.4 else None
    line = world.line(change or NO_CHANGE)
    place = some_text(world)
    if change is not None and world.rng.random() < 0.3:
        slot = world.rng.choice(list(line.slots.values()))
        place = (slot.id, world.rng.choice(slot.type.field_names()))
    if place is None or place[0] not in line.slots or (change is None and len(world.state.changes) >= 4):
        return IDLE
    words = words_for(world, place, line)
    target = change or world.new_change(f"text {place[0]}", by)
    world.ledger.typed(place, words, line.facets, line.site.words)
    if place[1] in line.slots[place[0]].pending:
        # Nothing new is there to see yet: they were looking at main's text.
        main = world.line()
        world.ledger.accept(place, words, main.facets, main.site.words)
    world.put_change(people.edit_text(line, target, place[0], place[1], (words, by)))
    return f"{by} writes {place} = {words!r} on {target.id}"


def decide(world: World) -> str:
    """Somebody answers a decision, or one text of it."""
    change = some_change(world)
    if change is None:
        return IDLE
    return answer_some(world, change)


def answer_some(world: World, change: Change, *, leaving: float = 0.2, agree: bool = False) -> str:
    """Answer one open decision of a Change."""
    line = world.line(change) if change.id in world.state.changes else build(world.state, change, world.kit)
    if not line.decisions:
        return IDLE
    decision = world.rng.choice(line.decisions)
    one = world.rng.random() < 0.4
    items = [world.rng.choice(decision.items)] if one else list(decision.items)
    options: list[AnswerKind] = [kind for kind in KINDS if kind in decision.options and (one or len(items) == 1 or kind not in ("text", "redraft"))]
    if agree:
        options = [next(kind for kind in KINDS if kind in decision.options and kind != "redraft")]
        items = [decision.items[0]] if options == ["text"] else items
    kind: AnswerKind = "leave" if "leave" in options and not agree and world.rng.random() < leaving else world.rng.choice(options)
    by = "Ben" if world.rng.random() < 0.2 else decision.who or "Mara"
    for item in items:
        text = _answer_text(world, line, item, agree) if kind in ("text", "redraft") else ""
        answer = Answer(kind, by, world.at, "", "", text)
        _note(world, line, item, answer)
        change = lifecycle.answer_decision(change, decision, answer, line, item.key)
    world.put_change(change)
    return f"{by}: {kind} {decision.kind} {[item.key for item in items]} on {change.id}"


def _answer_text(world: World, line: Built, item: Item, clean: bool) -> str:
    if item.kind == "wording":
        known = DOMAINS.get(item.ref, ())
        return world.rng.choice([value for value in known if value] or ["Worte"])
    if item.kind == "edit":
        return world.rng.choice([value for value in DOMAINS.get(item.ref, ()) if value] or ["Line"])
    return "Plain words for all." if clean else words_for(world, (item.asset, item.field), line)


def _note(world: World, line: Built, item: Item, answer: Answer) -> None:
    """Note in the ledger what a person answered for."""
    if item.kind == "wording" and answer.kind in ("keep", "text"):
        words = item.before if answer.kind == "keep" else answer.text
        world.ledger.right.setdefault((item.ref, words), set()).add(str(line.facets.get(item.ref.partition("@")[0])))
    if item.kind == "edit":
        world.ledger.resolved.add((item.ref, item.before, item.after))
    if not item.asset:
        return
    world.ledger.answer(line.change.id, (item.asset, item.field), (item.before, item.after), answer.kind)
    place, words = (item.asset, item.field), {"take": item.after, "keep": item.before, "text": answer.text}.get(answer.kind)
    if answer.kind == "text":
        world.ledger.typed(place, answer.text, line.facets, line.site.words)
    elif words is not None:
        world.ledger.accept(place, words, line.facets, line.site.words)
    if words is not None:
        world.ledger.sign(place, words, answer.by, line.facets, item.key.rpartition(":")[2])


def tick(world: World) -> str:
    """The reconciler does one thing."""
    return "tick" if world.tick() else IDLE


def abandon(world: World) -> str:
    """A Change is given up; never the first strategy, without which nobody is named for anything."""
    change = some_change(world)
    if change is None or not world.state.versions or change.title == "first":
        return IDLE
    world.append(lifecycle.abandon(world.state, change, world.at, change.by))
    return f"abandon {change.id}"


def unhold(world: World) -> str:
    """A held Change is let go, a rehearsal thrown away."""
    change = next((change for change in world.state.changes.values() if change.hold or change.rehearsal), None)
    if change is None:
        return IDLE
    if change.rehearsal:
        world.append(lifecycle.abandon(world.state, change, world.at, change.by))
    else:
        world.put_change(replace(change, hold=False))
    return f"let go {change.id}"


def rollback(world: World) -> str:
    """A version is taken back."""
    if len(world.state.versions) < 2 or len(world.state.changes) >= 4:
        return IDLE
    number = world.rng.randrange(2, len(world.state.versions) + 1)
    edits = lifecycle.rollback_edits(world.state, number)
    lost = [ref for ref, old, new in world.state.versions[number - 1].edits if ref in edits and (edits[ref].old, edits[ref].new) != (new, old)]
    assert all(ref.endswith((".was", "#keys")) for ref in lost), f"I11: taking back version {number} does more to {lost} than take it back"
    if "campaign.name" in edits:
        return IDLE
    rules = {ref: edit for ref, edit in edits.items() if toy.is_guardrail(ref)}
    if rules and (said := _adopt(world, rules)).startswith("refused"):
        return said
    change = world.new_change(f"back {number}", "Mara").with_edits({ref: edit for ref, edit in edits.items() if ref not in rules})
    world.put_change(change)
    return f"rollback {number} on {change.id}: {[*edits]}"


def midnight(world: World) -> str:
    """The next day that matters comes."""
    later = [day for day in DAYS if day > world.setting.today]
    if not later:
        return IDLE
    world.setting = toy.at(world.setting, later[0])
    return f"today is {later[0]}"


def upgrade(world: World) -> str:
    """A template is upgraded, or taken back."""
    pages = toy.TEMPLATES["page"]
    other = pages.replace("Now: ", "At last: ").replace("Our offer: ", "We offer: ")
    now = world.setting.templates["page"]
    world.setting = replace(world.setting, templates={**toy.TEMPLATES, "page": other if now == pages else pages})
    if world.rng.random() < 0.5 and not world.state.changes:
        world.put_change(replace(world.new_change("recipes", "Mara"), upkeep=True, recipes=True))
    return "template upgraded"


def dispatch(world: World) -> str:
    """Work goes out to writers."""
    wanted = [task for task in world.wanted() if task.id not in world.flying]
    if not wanted:
        return IDLE
    sent = world.rng.sample(wanted, world.rng.randint(1, len(wanted)))
    world.flying |= {task.id: task for task in sent}
    return f"dispatch {[f'{task.asset}/{task.group}' for task in sent]}"


def result(world: World) -> str:
    """A writer comes back, perhaps too late, perhaps with nothing."""
    if not world.flying:
        return IDLE
    task = world.flying.pop(world.rng.choice(list(world.flying)))
    return come_back(world, task, failing=0.1)


def come_back(world: World, task: Task, *, failing: float = 0.0) -> str:
    """Store what a writer gave for a task."""
    given = write(world, task, failing)
    world.done.append(task)
    known = world.state.results.get(task.id)
    if not given.error and not (known and known.stands):
        for name, words in given.fields.items():
            world.ledger.wrote(task.asset, name, words, task.previous.get(name, ""), task.brief)
    if not world.keep(given):
        return f"late double of {task.asset}/{task.group}"
    return f"result {task.asset}/{task.group}: {dict(given.fields) or given.error}"


def write(world: World, task: Task, failing: float) -> Result:
    """Write like a model: words that carry what the brief said, or keep them; now and then against a rule, or nothing at all."""
    if world.rng.random() < failing:
        return Result(task.id, task.asset, {}, "scripted", task.guardrails, error="the model is away")
    fields: dict[str, str | None] = {}
    for name in task.fields:
        number = world.rng.randrange(3)
        words = f"{name} {number}: {task.brief.strip()}" if world.rng.random() < 0.6 else f"{name} {number} of {hash_text(task.brief)[:4]}"
        if failing and world.rng.random() < 0.05:
            words = f"magic {name}"
        fields[name] = None if name in task.previous and world.rng.random() < 0.3 else words
    if failing and world.rng.random() < 0.03:
        fields.pop(task.fields[0])
    return Result(task.id, task.asset, fields, "scripted", task.guardrails)


def zombie(world: World) -> str:
    """A writer that was given up comes back a second time, with other words."""
    return come_back(world, world.rng.choice(world.done), failing=0.2) if world.done else IDLE


def retry(world: World) -> str:
    """Failed work is tried again."""
    event = lifecycle.retry(world.state, world.at, "Mara")
    if event is None:
        return IDLE
    world.append(event)
    return "retry"


def sign(world: World) -> str:
    """Somebody approves one text or all."""
    by = world.rng.choice(PEOPLE)
    main = world.line()
    assets = list(world.state.main.texts)
    signed: list[str] = []
    for asset in assets if world.rng.random() < 0.6 else world.rng.sample(assets, min(1, len(assets))):
        try:
            event = people.approve(main, (asset,), by, world.at)
        except ConcertedError:
            continue
        if event.puts and event.head == world.state.head:
            note_signature(world, asset, by)
            world.append(event)
            main = world.line()
            signed.append(asset)
    return f"{by} approves {signed}" if signed else IDLE


def note_signature(world: World, asset: str, by: str) -> None:
    """Note in the ledger that somebody signs an asset of main."""
    for name, words in world.state.main.texts[asset].values.items():
        world.ledger.sign((asset, name), words, by, world.facets())


def own(world: World) -> str:
    """Somebody pins a field, locks an asset, or gives it back."""
    place = some_text(world)
    if place is None:
        return IDLE
    by, kind = world.rng.choice(PEOPLE), world.rng.choice(("pin", "lock", "unlock", "unlock field"))
    draft = world.state.main.texts[place[0]]
    if kind == "pin":
        world.ledger.entered.setdefault((place[0].replace(".pier.", ".dock."), place[1]), {})[draft.values[place[1]]] = None
        world.append(people.pin(world.state, *place, by, world.at))
    elif kind == "lock":
        world.append(people.lock(world.state, place[0], by, world.at))
    else:
        try:
            world.append(people.unlock(world.state, place[0], by, world.at, place[1] if kind == "unlock field" else ""))
        except ConcertedError:
            return IDLE
    return f"{by}: {kind} {place}"


def redraft(world: World) -> str:
    """Somebody wants another attempt at an asset."""
    place = some_text(world)
    if place is None or len(world.state.changes) >= 4:
        return IDLE
    change = some_change(world) if world.rng.random() < 0.3 else None
    change = change or world.new_change("redraft", "Mara")
    note = world.rng.choice(("warmer", "shorter"))
    world.put_change(lifecycle.request_redraft(change, world.state, place[0], note))
    return f"redraft {place[0]} ({note}) on {change.id}"


def exclude(world: World) -> str:
    """An asset is left out of the next release, or taken in again."""
    asset = world.rng.choice(list(world.line().slots) or [""])
    if not asset:
        return IDLE
    out = asset in world.state.main.excluded
    world.append(people.include(world.state, asset, "Mara", world.at) if out else people.exclude(world.state, asset, "", "Mara", world.at))
    return f"{'include' if out else 'exclude'} {asset}"


def attest(world: World) -> str:
    """Somebody confirms a text on main as it stands."""
    place = some_text(world)
    main = world.line()
    if place is None or place[0] not in main.slots:
        return IDLE
    names = (place[1],) if world.rng.random() < 0.5 else tuple(world.state.main.texts[place[0]].fields)
    by = world.state.main.owner_of(*place) or "Mara"
    try:
        event = people.attest(main, place[0], names, by, world.at)
    except ConcertedError:
        return IDLE
    for name in names:
        world.ledger.accept((place[0], name), world.state.main.texts[place[0]].values[name], main.facets, main.site.words)
    world.append(event)
    return f"{by} attests {place[0]} {names}"


def revisit(world: World) -> str:
    """What landings left open is taken up again."""
    if not world.state.main.left or len(world.state.changes) >= 4:
        return IDLE
    names = list(world.state.main.left)
    change = replace(world.new_change("revisit", "Mara"), revisit=frozenset(world.rng.sample(names, world.rng.randint(1, len(names)))))
    world.put_change(change)
    return f"revisit {sorted(change.revisit)} on {change.id}"


def left_out(world: World, groups: tuple[str, ...]) -> tuple[str, ...]:
    """List what is left out of a release of these groups."""
    slots = world.line().slots
    return tuple(asset for asset in world.state.main.excluded if asset not in slots or slots[asset].deliverable.group in groups)


def release(world: World) -> str:
    """Somebody tries to release everything, or one group."""
    groups = groups_of(world.line())
    chosen = () if world.rng.random() < 0.5 or not groups else (world.rng.choice(groups),)
    gate = judge(world.state, world.kit, world.recipes, chosen)
    if gate.refused or not gate.manifest:
        return IDLE
    released = Released(
        f"R{len(world.state.releases) + 1}", gate.strategy, world.at, "Mara", gate.groups, {a: d.id for a, d in gate.manifest.items()}
    )
    world.append(lifecycle.release_event(released, world.state.head, left_out(world, gate.groups)))
    world.counts["released"] += 1
    return f"release {gate.groups}"


def land_on_a_left_head(world: World) -> str:
    """A landing that was built before main moved must not go through."""
    ready = [change for change in world.state.changes.values() if not world.line(change).stops and not change.rehearsal]
    change = world.rng.choice(ready) if ready else some_change(world)
    if not ready and world.state.versions and len(world.state.changes) < 4:
        change = replace(world.edit(world.new_change("ready", "Mara"), {"campaign.owner": world.rng.choice(PEOPLE)}), hold=True)
        world.put_change(change)
    if change is None or change.id not in world.state.changes:
        return IDLE
    old = world.line(change)
    stale, before = build(world.state, change, world.kit), world.state
    edit_rule(world)
    if world.state is before:
        return IDLE
    try:
        world.append(lifecycle.land(before, change, stale, world.at, "Mara"))
    except (Moved, ConcertedError):
        pass
    else:
        raise AssertionError("I12: a landing that was built on another head went through")
    try:
        lifecycle.land(world.state, change, old, world.at, "Mara")
    except ConcertedError:
        return "stale landing refused"
    raise AssertionError("I12: a line that was built on another head was landed on this one")


MOVES = {
    tick: 30, edit_strategy: 12, decide: 14, edit_text: 8, dispatch: 9, result: 12, edit_rule: 4, sign: 8, edit_audiences: 3, abandon: 2, rollback: 2,
    midnight: 1, upgrade: 1, zombie: 2, retry: 2, own: 3, redraft: 2, exclude: 1, attest: 2, revisit: 2, release: 4, unhold: 2, land_on_a_left_head: 1,  # noqa: E501  # copy and tables read better whole
}  # fmt: skip
"""Move -> how often."""
