"""Ways of breaking the gate."""

from tests.planning.mutations.mutant import Mutant

LIFECYCLE = "concerted.planning.lifecycle"
RELEASE = "concerted.planning.release"

GATE = (
    Mutant(
        "the gate looks only at what the newest version changed",
        RELEASE,
        "if seen != {reading.hash_of(key)}:",
        "if seen != {reading.hash_of(key)} and key[2:] in {ref for ref, *_ in site.state.versions[-1].edits}:",
        "planning/test_gate::test_a_release_looks_at_every_line_that_a_text_read_not_at_what_changed_last",
    ),
    Mutant(
        "the gate passes people's texts unread",
        RELEASE,
        "        if seen != {reading.hash_of(key)}:",
        '        if seen != {reading.hash_of(key)} and all(t.origin != "person" for t in draft.fields.values()):',
        "planning/test_gate::test_a_release_looks_at_every_line_that_a_text_read_not_at_what_changed_last",
    ),
    Mutant(
        "the gate does not compare texts with those they were written from",
        RELEASE,
        "if seen != {reading.hash_of(key)}:",
        'if key[0] != "u" and seen != {reading.hash_of(key)}:',
        "planning/test_gate::test_a_release_compares_texts_with_those_above_them",
    ),
    Mutant(
        "the gate does not render briefs again",
        RELEASE,
        "if not found and not _same_brief(",
        "if found and not _same_brief(",
        "planning/test_gate::test_a_brief_that_reads_differently_stops_a_release_although_the_record_says_that_nothing_was_read",
    ),
    Mutant(
        "texts that a release was written from go unchecked",
        RELEASE,
        "    for asset in context:",
        "    for asset in ():",
        "planning/test_gate::test_a_text_that_a_release_was_written_from_stops_it_from_its_own_group_and_from_further_up",
    ),
    Mutant(
        "only the nearest texts that a release was written from are checked",
        RELEASE,
        "todo.append(found[asset])",
        "pass",
        "planning/test_gate::test_a_text_that_a_release_was_written_from_stops_it_from_its_own_group_and_from_further_up",
    ),
    Mutant(
        "a release leaves out what has no text and says nothing",
        RELEASE,
        '"concerted run", asset, "R4"))',
        '"concerted run", asset, "R4")) if slot is None else None',
        "planning/test_files::test_an_empty_slot_waits_by_name_and_what_shows_it_is_not_released",
        (3,),
        "I1",
    ),
    Mutant(
        "the gate does not look for rules that texts break",
        RELEASE,
        "reasons += _judge_words(built.site, slot, waived)",
        "pass",
        "planning/test_change::test_a_claim_that_expires_at_midnight_is_taken_up_and_asked_about",
    ),
    Mutant(
        "words of an earlier strategy go out where nobody read them",
        RELEASE,
        "reasons += _judge_residues(state, built, {**shown, **manifest}, waived)",
        "pass",
        "planning/test_gate::test_words_of_an_earlier_strategy_stop_a_release_in_a_text_that_never_read_them",
    ),
    Mutant(
        "a release needs nobody's signature",
        RELEASE,
        'if f"R9:{asset}" in waived else',
        "if asset else",
        "planning/test_owners_and_signatures::test_a_signature_lapses_with_the_claim_that_was_signed_although_the_words_stay",
        (6,),
        "I1",
    ),
    Mutant(
        "what was left out once is left out for good",
        LIFECYCLE,
        '*(Put("excluded", asset, None) for asset in excluded))',
        ")",
        "planning/test_days_and_ways::test_what_is_left_out_of_one_release_is_part_of_the_next",
        (0,),
        "I1",
    ),
)
