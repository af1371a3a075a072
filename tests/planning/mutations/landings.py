"""Ways of breaking how a Change, a first draft and a piece of work come to the campaign."""

from tests.planning.mutations.mutant import Mutant

BUILD = "concerted.planning.build"
CHANGE = "concerted.campaign.change"
DBOS = "concerted.durable.dbos_engine"
EVENT = "concerted.campaign.event"
LIFECYCLE = "concerted.planning.lifecycle"
WAVE = "concerted.planning.wave"

LANDINGS = (
    Mutant(
        "a Change lands as it was built before the campaign moved",
        LIFECYCLE,
        "if built.state is not state or built.change is not change:",
        "if built is None:",
        (2,),
        "I12",
    ),
    Mutant(
        "a landing does not look whether main is still what it was built on",
        LIFECYCLE,
        "tuple(puts), change.id, state.head)",
        "tuple(puts), change.id)",
        (2,),
        "I11",
    ),
    Mutant("main's head is not counted on", EVENT, "head=event.head + 1", "head=event.head", (2,), "I11"),
    Mutant(
        "a Change lands while questions are open", BUILD, "    if items:\n        reasons", "    if not site and items:\n        reasons", (0,), "I2"
    ),
    Mutant(
        "a Change lands while texts are being written",
        BUILD,
        "if slot.pending]:",
        "if slot.pending and slot.items]:",
        "planning/test_empty_slots::test_a_change_never_lands_while_a_text_that_stands_is_written_anew",
    ),
    Mutant(
        "drafts of empty slots are put over texts that stand",
        LIFECYCLE,
        "if asset not in main and asset not in skip",
        "if asset not in skip",
        (0,),
        "I9",
    ),
    Mutant(
        "an empty slot is filled on main although an open Change writes it otherwise",
        LIFECYCLE,
        "if asset not in main and asset not in skip and all(",
        "if asset not in main and all(",
        "planning/test_empty_slots::test_a_slot_that_an_open_change_writes_otherwise_stays_empty_until_it_lands",
    ),
    Mutant(
        "a text comes to main without the text that it was written from",
        LIFECYCLE,
        "all(above in main or above in new for above in draft.upstream())",
        "draft is not None",
        "planning/test_empty_slots::test_a_slot_that_an_open_change_writes_otherwise_stays_empty_until_it_lands",
    ),
    Mutant(
        "what reads a text that was left lands without it",
        WAVE,
        "if upstream and upstream.left and not upstream.stays and",
        "if upstream and not upstream and",
        "planning/test_change::test_what_was_left_is_taken_up_again_and_its_answer_lands",
    ),
    Mutant(
        "what reads a wording that was left lands with it",
        WAVE,
        'if key.startswith("f:") and key[2:] in site.left_wordings:',
        'if key.startswith("f:") and key in site.left_wordings:',
        "planning/test_answers::test_who_reads_a_wording_that_was_left_keeps_every_word_and_the_gate_says_why",
    ),
    Mutant(
        "what was left stays left although its sources moved",
        WAVE,
        "if (not later and known.digest != left_digest(site, slot)) or not _still_waits(",
        "if not _still_waits(",
        "planning/test_answers::test_what_was_left_is_asked_anew_when_its_source_moves_again",
    ),
    Mutant(
        "what was left for another text stays left when that text is there",
        WAVE,
        "if (not later and known.digest != left_digest(site, slot)) or not _still_waits(site, slot, known.on):",
        "if not later and known.digest != left_digest(site, slot):",
        "planning/test_change::test_readers_that_were_left_with_their_source_are_taken_up_when_it_is_answered",
    ),
    Mutant("a text that is left comes half way", WAVE, "    slot.texts = dict(slot.before.fields) if slot.before else {}\n", "", (2,), "I9"),
    Mutant(
        "what time made out of date is never taken up",
        LIFECYCLE,
        "return stale or bool(built.older) or any(",
        "return bool(built.older) or any(",
        (58,),
        "I9",
    ),
    Mutant(
        "a landing drops what people typed and nobody used",
        LIFECYCLE,
        ", None), *_offered_puts(built.site.state, _unused_texts(built))]",
        ", None)]",
        (1,),
        "I15",
    ),
    Mutant(
        "a Change that is given up takes people's words with it",
        LIFECYCLE,
        ", None), *_offered_puts(state, change.typed()), *files]",
        ", None), *files]",
        (2,),
        "I15",
    ),
    Mutant(
        "a second answer wipes out the words of the first",
        CHANGE,
        "answers={**self.answers, **answers}, earlier=self._kept(gone))",
        "answers={**self.answers, **answers})",
        (2,),
        "I15",
    ),
    Mutant(
        "who types twice loses what was typed first",
        CHANGE,
        "texts={**self.texts, place: words}, earlier=self._kept(gone))",
        "texts={**self.texts, place: words})",
        "planning/test_answers::test_words_that_somebody_typed_over_on_a_change_stay_offered_when_it_is_given_up",
    ),
    Mutant(
        "assets of an audience that is gone stay on main",
        EVENT,
        'puts += [Put("texts", asset, None) for asset in old.texts if asset not in new.texts]',
        "pass",
        "planning/test_empty_slots::test_an_asset_of_an_audience_that_is_gone_leaves_main_with_it",
    ),
    Mutant(
        "what was taken back stays in the record", EVENT, "puts += [Put(name, key, None) for key in before if key not in after]", "pass", (0,), "I13"
    ),
    Mutant(
        "a release does not look whether the campaign has moved since it was judged",
        LIFECYCLE,
        '", ".join(released.groups), puts, head=head)',
        '", ".join(released.groups), puts)',
        "planning/test_gate::test_a_release_that_was_judged_before_the_campaign_moved_does_not_go_through",
    ),
    Mutant(
        "work that was cancelled is handed in under its old number, and never runs",
        DBOS,
        'self._workflows[key] = f"{key}:{self._ends[key]}"',
        'self._workflows[key] = f"{key}:0"',
        "durable/test_engines::test_a_cancelled_task_that_is_handed_in_again_runs_in_its_turn",
    ),
)
