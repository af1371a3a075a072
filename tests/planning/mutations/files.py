"""Ways of breaking what happens to pieces that people and agencies make."""

from tests.planning.mutations.mutant import Mutant

DRAFT = "concerted.campaign.draft"
FILED = "concerted.planning.filed"
LIFECYCLE = "concerted.planning.lifecycle"
RELEASE = "concerted.planning.release"
RELEASING = "concerted.conductor.releasing"
STATIONS = "concerted.planning.stations"

FILES = (
    Mutant(
        "a file stands although it shows an old line",
        FILED,
        "    if off:\n        _ask(",
        "    if not off:\n        _ask(",
        "planning/test_files::test_a_file_that_shows_an_old_line_asks_whoever_handed_it_in_and_never_stands_unasked",
    ),
    Mutant(
        "nobody is asked about a file before its Change lands",
        FILED,
        "    if answer is None:\n        slot.items.append(item)\n        return",
        "    if answer is None:\n        return",
        "planning/test_files::test_a_file_that_shows_an_old_line_asks_whoever_handed_it_in_and_never_stands_unasked",
    ),
    Mutant(
        "a file that was right for one figure counts as right for the next",
        FILED,
        "proposal=hash_value([today, [finding",
        "proposal=hash_value([[finding",
        "planning/test_files::test_a_file_that_shows_an_old_line_asks_whoever_handed_it_in_and_never_stands_unasked",
    ),
    Mutant(
        "what was ticked is forgotten when a file is confirmed",
        FILED,
        "keys = {key for key, _seen in text.record.says} | {",
        "keys = {",
        "planning/test_files::test_a_line_that_somebody_ticked_asks_although_no_word_states_it",
    ),
    Mutant(
        "words in a file that break a rule can be confirmed",
        FILED,
        "    keeps = not broken and not any(",
        "    keeps = bool(broken) or not any(",
        "planning/test_files::test_words_in_a_file_that_break_a_rule_cannot_be_confirmed",
    ),
    Mutant(
        "an earlier file comes back and undoes what was put right since",
        FILED,
        "if earlier is not None and _is_same(earlier, slot, texts):",
        "if earlier is not None:",
        "planning/test_files::test_an_earlier_file_comes_back_by_itself_only_where_nothing_was_put_right_since",
    ),
    Mutant(
        "a signature covers another file of the same words",
        DRAFT,
        "return {**self.values, FILE: self.file.sha256} if self.file else self.values",
        "return self.values",
        "planning/test_files::test_a_signature_covers_the_file_and_not_another_one_of_the_same_words",
    ),
    Mutant(
        "an approver who puts an earlier file back signs it unseen",
        STATIONS,
        "role: old for role, old in signed.items() if same and takers.intersection(",
        "role: old for role, old in signed.items() if takers.intersection(",
        "planning/test_files::test_an_approver_who_puts_an_earlier_file_back_has_not_signed_it",
    ),
    Mutant(
        "a picture can be asked of a writer",
        LIFECYCLE,
        "if draft is not None and draft.file is not None:",
        "if draft is None:",
        "planning/test_files::test_a_file_is_never_asked_of_a_writer",
    ),
    Mutant(
        "a page goes out with a picture that nobody looked at",
        RELEASE,
        "reasons += _judge_shown(built, slot, (outside, recipes), waived)",
        "pass",
        "planning/test_files::test_a_page_is_not_released_with_a_picture_of_another_group_that_shows_an_old_line",
    ),
    Mutant(
        "a page goes out without the picture that it shows",
        RELEASE,
        "        if shown.before is None:\n",
        "        if shown.before is None and shown.file:\n",
        "planning/test_files::test_an_empty_slot_waits_by_name_and_what_shows_it_is_not_released",
    ),
    Mutant(
        "the gate never looks at the files themselves",
        RELEASING,
        "reasons += file_reasons(session, built, gate.manifest)",
        "pass",
        "story/test_made_outside::test_the_gate_looks_at_the_files_themselves",
    ),
)
