"""Ways of breaking what people answer: to which question it is an answer, and for how long."""

from tests.planning.mutations.mutant import Mutant

BUILD = "concerted.planning.build"
FIELDS = "concerted.planning.fields"
FOLLOW = "concerted.planning.follow"
LIFECYCLE = "concerted.planning.lifecycle"
OWNED = "concerted.planning.owned"
RELEASE = "concerted.planning.release"
STATIONS = "concerted.planning.stations"

ANSWERS = (
    Mutant(
        "an answer holds although the proposal is another by now",
        OWNED,
        "(answer.main, answer.proposal) != (item.main, item.proposal)",
        "answer.main != item.main",
        "planning/test_change::test_an_answer_to_an_older_proposal_does_not_land",
        (46,),
        "I1",
    ),
    Mutant(
        "an answer holds although main's text is another by now",
        OWNED,
        "(answer.main, answer.proposal) != (item.main, item.proposal)",
        "answer.proposal != item.proposal",
        "planning/test_answers::test_who_took_new_words_is_asked_again_when_others_stand_there_by_now",
    ),
    Mutant(
        "an answer about a line of the strategy holds although the line moved again",
        BUILD,
        "item = _conflict(edit, now, change.by)\n            answer = _given(change, item)",
        "item = _conflict(edit, now, change.by)\n            answer = change.answers.get(item.key)",
        "planning/test_answers::test_a_clash_that_was_decided_is_asked_about_again_when_the_line_moves_once_more",
    ),
    Mutant(
        "a wording that was still true of one sentence counts as true of the next",
        BUILD,
        "item = _wording_item(ref, source, facets)\n        answer = _given(change, item)",
        "item = _wording_item(ref, source, facets)\n        answer = change.answers.get(item.key)",
        "planning/test_answers::test_a_wording_that_is_still_true_of_one_sentence_is_asked_about_for_the_next",
    ),
    Mutant(
        "nobody asks whether a wording still says what its sentence says",
        BUILD,
        "if source_hash in of.get(place, ()):",
        "if True:",
        "planning/test_answers::test_a_wording_that_is_still_true_of_one_sentence_is_asked_about_for_the_next",
        (0,),
        "I13",
    ),
    Mutant(
        "building a Change again pins a wording to whatever its sentence says by then",
        BUILD,
        "of |= _right_for(of, ref, value, edit.of)",
        "of |= _right_for(of, ref, value, hash_at(kit.facets(tree, {}), ref.partition('@')[0]))",
        "planning/test_answers::test_a_wording_entered_beside_a_sentence_is_right_for_that_sentence_and_not_for_what_it_says_by_then",
        (14,),
        "I1",
    ),
    Mutant(
        "the gate lets wordings through that are older than their sentence",
        RELEASE,
        'if "@" in key and _is_older(site, key[2:]):',
        "if False:",
        "planning/test_answers::test_who_reads_a_wording_that_was_left_keeps_every_word_and_the_gate_says_why",
    ),
    Mutant(
        "an edit overwrites what others changed meanwhile",
        BUILD,
        "if now != edit.old and now != edit.new:",
        "if False:",
        "planning/test_change::test_the_same_line_edited_on_two_changes_becomes_a_question_and_its_readers_wait",
        (5,),
        "I11",
    ),
    Mutant(
        "who edits an older strategy is taken to have seen today's",
        LIFECYCLE,
        "(main if base is None else base).get(ref)",
        "main.get(ref)",
        "planning/test_answers::test_who_edits_a_line_as_it_was_yesterday_is_asked_about_what_it_says_today",
        (10,),
        "I11",
    ),
    Mutant(
        "taking a version back overwrites what was changed since",
        LIFECYCLE,
        'Edit(ref, old, new, "rollback") for',
        'Edit(ref, old, main.get(ref), "rollback") for',
        "planning/test_change::test_a_version_is_not_taken_back_over_what_came_after_it_without_asking",
    ),
    Mutant(
        "a rule is set over what somebody else made of it meanwhile",
        LIFECYCLE,
        "    if moved:\n",
        "    if not moved and moved:\n",
        "planning/test_rules_that_change::test_a_rule_that_moved_on_main_since_is_not_overwritten",
    ),
    Mutant(
        "words that somebody answered with may break a rule",
        OWNED,
        'answer is None or (answer.kind != "leave" and site.violations',
        'answer is None or (answer.kind == "leave" and site.violations',
        "planning/test_answers::test_words_given_as_an_answer_do_not_settle_a_question_while_they_break_a_rule",
    ),
    Mutant(
        "what somebody kept is replaced when their signature lapses",
        STATIONS,
        "            _hold_to(site, slot, name, roles)\n",
        "",
        "planning/test_answers_hold::test_what_was_kept_stays_although_the_signature_under_it_lapsed_before_the_landing",
    ),
    Mutant(
        "what was answered about an asset is forgotten when a landing leaves it",
        BUILD,
        "digest=left_digest(site, slot), answers=given)",
        "digest=left_digest(site, slot))",
        "planning/test_answers_hold::test_what_was_kept_stays_when_the_landing_leaves_it_and_the_next_change_takes_it_up",
    ),
    Mutant(
        "who refused one proposal is taken to have refused the next",
        STATIONS,
        "pinned = (answer.main, answer.proposal) == (before.hash, text.hash) and",
        "pinned = answer.main == before.hash and",
        "planning/test_answers::test_who_kept_words_in_place_of_one_day_is_not_taken_to_have_kept_them_in_place_of_the_next",
    ),
    Mutant(
        "words that were sent back stay because somebody kept them before",
        STATIONS,
        "before.value) or before.hash in site.refused(slot.id, name)",
        "before.value)",
        "planning/test_answers_hold::test_words_that_were_sent_back_after_they_were_kept_are_not_held_to",
    ),
    Mutant(
        "an answer holds although a fact that its words state has changed",
        OWNED,
        "return None if outdated(site, item.asset, answer) else answer",
        "return answer",
        "planning/test_answers_hold::test_words_given_as_an_answer_are_asked_about_again_where_a_fact_that_they_state_has_changed_since",
    ),
    Mutant(
        "words written in place of a text hold although it would be written from something else",
        FIELDS,
        "proposal=hash_value([why, record.prompt_hash]),",
        "proposal=hash_value([why]),",
        "planning/test_answers_hold::test_an_answer_to_a_finding_holds_only_while_the_text_would_be_written_from_the_same",
    ),
    Mutant(
        "words that were answered under an old name are lost when the new one is answered, too",
        FOLLOW,
        '"earlier": _earlier(change, aliases),',
        '"earlier": _joined(change.earlier, aliases),',
        "planning/test_answers_hold::test_what_was_answered_under_an_old_name_is_still_offered_when_the_new_name_gets_another_answer",
    ),
)
