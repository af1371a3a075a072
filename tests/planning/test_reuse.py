"""Words that were written before: they stand again where they fit, unless somebody sent them back, a rule forbids them or a person owns the field."""

from dataclasses import replace

from concerted.planning import people
from tests.planning import toy
from tests.planning.scene import MAIL, OLD, PAGE, Scene

OFFER, CLAIM = "offers.start.line", "claims.wait.full"
SIXTY, THIRTY = "Sixty days free of charge.", "Thirty days free of charge."
BOTH = {OFFER: THIRTY, f"{OFFER}@de": "Dreißig Tage kostenlos."}
BACK = {OFFER: SIXTY, f"{OFFER}@de": "Sechzig Tage kostenlos."}


def _given_back(scene: Scene, asset: str, name: str) -> None:
    scene.world.append(people.unlock(scene.world.state, asset, "Mara", scene.world.at, name))


def test_words_that_were_sent_back_do_not_come_back_from_the_store() -> None:
    scene = Scene()
    scene.change(BOTH)
    scene.approve()
    change = scene.change(BACK)
    assert scene.items(change)[f"{PAGE}#offer:copy"].after == SIXTY
    scene.answer(change, "redraft", only=f"{PAGE}#offer:copy", text="warmer")
    assert scene.items(change)[f"{PAGE}#offer:copy"].after == f"Our offer: {SIXTY}"


def test_words_of_a_person_who_gave_the_field_back_do_not_come_back_by_themselves() -> None:
    scene = Scene()
    scene.write(PAGE, "offer", "Mine: try it.")
    _given_back(scene, PAGE, "offer")
    scene.change(BOTH)
    assert scene.words(PAGE, "offer") == THIRTY
    scene.change(BACK)
    assert scene.words(PAGE, "offer") == SIXTY


def test_what_a_model_wrote_before_never_takes_the_place_of_a_persons_words() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    scene.change(BOTH)
    scene.write(PAGE, "offer", "Mine: try it for a month.")
    change = scene.change(BACK)
    assert scene.words(PAGE, "offer") == "Mine: try it for a month."
    assert scene.items(change)[f"{PAGE}#offer:owner"].who == "Olga"


def test_nothing_is_written_a_second_time_for_the_same_lines() -> None:
    scene = Scene(modelled=frozenset({"page", "seite"}))
    first, calls = scene.drafts(), len(scene.world.state.results)
    scene.change(BOTH)
    assert len(scene.world.state.results) == calls + 2
    scene.change(BACK)
    assert len(scene.world.state.results) == calls + 2
    assert scene.drafts() == first


def test_words_that_somebody_gave_back_are_written_anew_when_the_claim_that_they_state_changes() -> None:
    scene = Scene()
    scene.write(PAGE, "offer", "Ours first. Waits fell to 38 minutes.")
    _given_back(scene, PAGE, "offer")
    scene.change({CLAIM: "Waits fell to 41 minutes."})
    assert scene.words(PAGE, "offer") == SIXTY
    scene.check()


def test_a_writer_that_kept_other_words_than_stand_there_now_is_asked_again() -> None:
    scene = Scene(modelled=frozenset({"mail"}))
    change = scene.change({"dates.launch": "2027-03-16"}, settle=False, hold=True)
    (task,) = scene.world.wanted()
    scene.comes_back(task, {"date": None})
    assert scene.world.wanted() == ()
    asked = len(scene.world.state.results)
    scene.write(MAIL, "date", "Come on Tuesday.")
    assert len(scene.world.state.results) == asked + 1, "what was kept were other words"
    assert (scene.open, scene.words(MAIL, "date")) == ((change,), "Come on Tuesday.")


def test_the_house_writer_keeps_words_that_it_may_still_say_when_its_templates_change() -> None:
    scene = Scene(tree={"audiences.wharf.who": "wharf crews"})
    page = "page.web.wharf.us.-"
    assert scene.words(page, "h1") == f"Now: {OLD}"
    scene.rule("brand.words.never.now", "now:")
    scene.rule("brand.words.never.now", None)
    assert scene.words(page, "h1") == OLD
    newer = {**toy.TEMPLATES, "page": toy.TEMPLATES["page"].replace("Our offer: ", "We offer: ")}
    scene.world.setting = replace(scene.world.setting, templates=newer)
    scene.world.put_change(replace(scene.world.new_change("recipes", "Mara"), upkeep=True, recipes=True))
    scene.settle()
    assert scene.words(page, "h1") == OLD
    assert scene.world.state.main.texts[page].fields["h1"].record.recipe == scene.slot(page).recipe.hash
