"""Ways of breaking what is written, by whom, and what is used again."""

from tests.planning.mutations.mutant import Mutant

HOUSE = "concerted.planning.house"
LIFECYCLE = "concerted.planning.lifecycle"
LINE = "concerted.campaign.line"
MODELLED = "concerted.planning.modelled"
REUSE = "concerted.planning.reuse"
SITE = "concerted.planning.site"

WRITERS = (
    Mutant(
        "a writer that was given up replaces what came back first",
        LINE,
        "return not self.error",
        "return bool(self.error)",
        "planning/test_change::test_a_second_result_for_the_same_work_changes_nothing",
        (0,),
        "I11",
    ),
    Mutant(
        "a stored text comes back although it breaks a rule",
        REUSE,
        "return not site.violations(slot.deliverable, name, text.value)",
        "return True",
        "planning/test_rules_that_change::test_lifting_a_word_swaps_nothing_and_banning_it_again_drafts_nothing_new",
        (14,),
        "I9",
    ),
    Mutant(
        "a stored text comes back that was sent back",
        REUSE,
        'if text.origin == "person" or text.hash in site.refused(slot.id, name):',
        'if text.origin == "person":',
        "planning/test_reuse::test_words_that_were_sent_back_do_not_come_back_from_the_store",
    ),
    Mutant(
        "a stored text comes back whatever it was written from",
        REUSE,
        "if site.fits(text, reading)), None)",
        "if text.record.recipe == slot.recipe.hash), None)",
        "planning/test_change::test_an_approved_chain_drafts_in_one_pass_and_asks_once_per_person_line_and_kind",
        (0,),
        "I9",
    ),
    Mutant(
        "a person's words come back unasked",
        REUSE,
        'if text.origin == "person" or text.hash',
        "if text.hash",
        "planning/test_reuse::test_words_of_a_person_who_gave_the_field_back_do_not_come_back_by_themselves",
    ),
    Mutant(
        "nothing that is stored is used again",
        REUSE,
        "return fitting or next(",
        "return None and next(",
        "planning/test_reuse::test_nothing_is_written_a_second_time_for_the_same_lines",
    ),
    Mutant(
        "a writer that keeps words is believed",
        MODELLED,
        "old = () if owned else _old(",
        "old = () if name else _old(",
        "planning/test_rules_that_change::test_a_redraft_of_a_stale_text_never_says_the_old_line_again",
    ),
    Mutant(
        "a writer may break a rule",
        MODELLED,
        "broken = () if owned else",
        "broken = () if name else",
        "planning/test_rules_that_change::test_a_model_text_written_under_older_rules_is_asked_for_once_more_and_then_a_person_is",
        (60,),
        "I9",
    ),
    Mutant(
        "a result counts for another attempt",
        MODELLED,
        "call.rendering.hash, previous, sorted(moved), attempt])",
        "call.rendering.hash, previous, sorted(moved)])",
        "planning/test_rules_that_change::test_a_redraft_of_a_stale_text_never_says_the_old_line_again",
    ),
    Mutant(
        "a result counts for another brief",
        MODELLED,
        "slot.recipe.hash, call.rendering.hash, previous, sorted(moved), attempt])",
        "slot.recipe.hash, previous, sorted(moved), attempt])",
        "planning/test_empty_slots::test_a_slot_that_an_open_change_writes_otherwise_stays_empty_until_it_lands",
        (0,),
        "I1",
    ),
    Mutant(
        "a result counts for other words that stood",
        MODELLED,
        "call.rendering.hash, previous, sorted(moved), attempt])",
        "call.rendering.hash, sorted(moved), attempt])",
        "planning/test_reuse::test_a_writer_that_kept_other_words_than_stand_there_now_is_asked_again",
    ),
    Mutant(
        "work is wanted on main that an open Change does otherwise",
        LIFECYCLE,
        "wanted = [task for task in main.wanted if task.asset not in skip]",
        "wanted = [task for task in main.wanted if task.asset or skip]",
        "planning/test_empty_slots::test_a_slot_that_an_open_change_writes_otherwise_stays_empty_until_it_lands",
    ),
    Mutant(
        "the same work is done once for every Change",
        LIFECYCLE,
        "return tuple({task.id: task for task in wanted}.values())",
        "return tuple(wanted)",
        "planning/test_empty_slots::test_the_same_work_on_two_changes_is_wanted_once",
        (0,),
        "I4",
    ),
    Mutant(
        "the house writer writes what is forbidden",
        HOUSE,
        "if hash_text(text) not in refused and not site.violations(slot.deliverable, name, text)]",
        "if hash_text(text) not in refused]",
        "planning/test_rules_that_change::test_a_word_of_every_variant_asks_a_person_and_swaps_nothing",
    ),
    Mutant(
        "the house writer writes what was sent back",
        HOUSE,
        "if hash_text(text) not in refused and not",
        "if not",
        "planning/test_change::test_a_proposal_that_was_sent_back_is_not_proposed_again",
    ),
    Mutant(
        "the house writer changes words that may stay",
        HOUSE,
        "if before is not None and before.value in order:",
        "if before is not None and before.value not in order[:1] and before.value in order[:0]:",
        "planning/test_reuse::test_the_house_writer_keeps_words_that_it_may_still_say_when_its_templates_change",
    ),
    Mutant(
        "a writer may keep words of a strategy before the last one",
        SITE,
        '        pairs |= {pair for key, _old, _new in moved if key.startswith("u:") for pair in self._beneath(key, seen[key])}\n',
        "",
        "planning/test_answers_hold::test_a_model_that_keeps_words_of_a_strategy_before_the_last_one_is_asked_again",
    ),
)
