"""Ways of breaking what a signature covers."""

from tests.planning.mutations.mutant import Mutant

PEOPLE = "concerted.planning.people"
STATIONS = "concerted.planning.stations"

SIGNATURES = (
    Mutant(
        "a signature covers words that were never signed",
        STATIONS,
        "return same and all(",
        "return all(",
        "planning/test_change::test_an_approved_chain_drafts_in_one_pass_and_asks_once_per_person_line_and_kind",
        (1,),
        "I1",
    ),
    Mutant(
        "a signature outlives the claim that was signed",
        STATIONS,
        "return same and all(hash_at(facets, key[2:]) == seen for key, seen in approval.facts)",
        "return same",
        "planning/test_owners_and_signatures::test_a_signature_lapses_with_the_claim_that_was_signed_although_the_words_stay",
    ),
    Mutant(
        "approved texts change without asking who approved",
        STATIONS,
        "if slot.before is None or slot.left or slot.pending:",
        "if slot.id:",
        "planning/test_change::test_an_approved_chain_drafts_in_one_pass_and_asks_once_per_person_line_and_kind",
        (5,),
        "I1",
    ),
    Mutant(
        "only one of those who signed is asked",
        STATIONS,
        "role in signed and role not in again]",
        "role in signed and role not in again][:1]",
        "planning/test_change::test_the_release_passes_after_the_last_answer_without_a_second_round_of_approval",
    ),
    Mutant(
        "whoever takes a text signs it for everybody",
        STATIONS,
        "if not slot.takers.get(name, set()).isdisjoint(people):",
        "if slot.takers.get(name):",
        "planning/test_change::test_the_release_passes_after_the_last_answer_without_a_second_round_of_approval",
        (1,),
        "I1",
    ),
    Mutant(
        "everybody may sign",
        PEOPLE,
        "mine = [role for role in demanded if by in roles.people(role, slot.deliverable, facets)]",
        "mine = [*demanded]",
        "planning/test_owners_and_signatures::test_only_who_is_named_for_it_signs",
        (3,),
        "I1",
    ),
    Mutant(
        "a text that is out of date can be signed",
        PEOPLE,
        'if now != "fresh":',
        'if now == "missing":',
        "planning/test_owners_and_signatures::test_a_text_that_is_out_of_date_is_not_signed",
    ),
    Mutant(
        "a person's own edit keeps the signatures of others",
        STATIONS,
        "        return approvals\n    stated = {",
        "        pass\n    stated = {",
        "planning/test_owners_and_signatures::test_who_edits_an_approved_text_takes_nobodys_signature_along",
    ),
    Mutant(
        "a signature is renewed under words about which no rule asked",
        STATIONS,
        "if old is None or role not in today or _lapses(site, slot, old):",
        "if old is None or _lapses(site, slot, old):",
        "planning/test_owners_and_signatures::test_whom_the_same_change_asks_no_more_has_signed_none_of_its_words",
    ),
    Mutant(
        "an owner's yes renews somebody else's signature over a changed fact",
        STATIONS,
        "if old is None or role not in today or _lapses(site, slot, old):",
        "if old is None or role not in today:",
        "planning/test_owners_and_signatures::test_a_signature_lapses_with_the_claim_although_others_confirmed_the_words",
    ),
)
