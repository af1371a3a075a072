"""Ways of breaking what a text is known to have been written from."""

from tests.planning.mutations.mutant import Mutant

FIELDS = "concerted.planning.fields"
IMPACT = "concerted.planning.impact"
RENDER = "concerted.planning.render"
SITE = "concerted.planning.site"
TRACE = "concerted.planning.trace"

READS = (
    Mutant(
        "a Change's texts are written from main's texts, not from its own",
        SITE,
        "Reading(deliverable, self.facets, self.words, notes,",
        "Reading(deliverable, self.facets, {a: d.values for a, d in self.main.texts.items()} or self.words, notes,",
        "planning/test_change::test_an_approved_chain_drafts_in_one_pass_and_asks_once_per_person_line_and_kind",
    ),
    Mutant(
        "who loops over audiences is not told of a new one",
        TRACE,
        'self.keys[f"f:{key}"] = None',
        'self.keys.pop(f"f:{key}", None)',
        "planning/test_change::test_an_audience_that_comes_back_with_a_rollback_stands_in_its_old_place",
        (3,),
        "I3",
    ),
    Mutant(
        "who looked for a line that was not there is not told when it comes",
        TRACE,
        'self.keys[f"f:{path}"] = None',
        'self.keys |= {f"f:{path}": None} if path in self.reading.facets else {}',
        "planning/test_empty_slots::test_a_line_that_a_text_looked_for_in_vain_reaches_it_when_it_comes",
        (6,),
        "I3",
    ),
    Mutant(
        "who reads a text above is not told when it changes",
        TRACE,
        'self._tracker.note(f"u:{self._place}")',
        "pass",
        "planning/test_change::test_an_approved_chain_drafts_in_one_pass_and_asks_once_per_person_line_and_kind",
        (0,),
        "I13",
    ),
    Mutant(
        "a note to the writer is read by nobody",
        RENDER,
        'tracker.note("n:notes")',
        "pass",
        "planning/test_answers_hold::test_an_answer_to_a_finding_holds_only_while_the_text_would_be_written_from_the_same",
        (0,),
        "I3",
    ),
    Mutant(
        "a reader stands beside a text that is still being written",
        SITE,
        "name in slot.unsettled",
        "name in slot.suspect",
        "planning/test_empty_slots::test_what_reads_a_text_that_is_being_written_is_written_after_it",
    ),
    Mutant(
        "readers do not wait for a line on which two edits clash",
        SITE,
        "return key[2:] in self.conflicts",
        "return key in self.conflicts",
        "planning/test_change::test_the_same_line_edited_on_two_changes_becomes_a_question_and_its_readers_wait",
    ),
    Mutant(
        "a rule turned on makes no text out of date",
        FIELDS,
        "if stale or broken or outdated:",
        "if stale or outdated:",
        "planning/test_rules_that_change::test_a_word_of_every_variant_asks_a_person_and_swaps_nothing",
        (1,),
        "I3",
    ),
    Mutant(
        "a changed line makes no text out of date",
        FIELDS,
        "if stale or broken or outdated:",
        "if broken or outdated:",
        "planning/test_change::test_an_approved_chain_drafts_in_one_pass_and_asks_once_per_person_line_and_kind",
        (0,),
        "I3",
    ),
    Mutant(
        "words stand although the claim they state has changed",
        FIELDS,
        "return states_today(text, reading) and same_brief",
        "return same_brief",
        "planning/test_reuse::test_words_that_somebody_gave_back_are_written_anew_when_the_claim_that_they_state_changes",
    ),
    Mutant(
        "the index keeps readers that read no more",
        IMPACT,
        "places.discard(here)",
        "places.add(here)",
        "planning/test_reuse::test_words_that_somebody_gave_back_are_written_anew_when_the_claim_that_they_state_changes",
        (1,),
        "I8",
    ),
)
