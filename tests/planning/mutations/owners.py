"""Ways of breaking whose words are whose."""

from tests.planning.mutations.mutant import Mutant

BUILD = "concerted.planning.build"
FIELDS = "concerted.planning.fields"
FOLLOW = "concerted.planning.follow"
OWNED = "concerted.planning.owned"
PEOPLE = "concerted.planning.people"

OWNERS = (
    Mutant(
        "the house writer writes over people's words",
        FIELDS,
        "owned = before is not None and site.owner_of(slot.id, spec.name)\n",
        "owned = False\n",
        "planning/test_change::test_with_one_owner_away_the_rest_lands_and_only_that_group_waits",
        (3,),
        "I2",
    ),
    Mutant(
        "a model writes over people's words",
        FIELDS,
        "owned = before is not None and site.owner_of(slot.id, name)\n    if outcome",
        "owned = False\n    if outcome",
        "planning/test_reuse::test_what_a_model_wrote_before_never_takes_the_place_of_a_persons_words",
        (0,),
        "I2",
    ),
    Mutant(
        "a model's earlier words come in for a person's",
        FIELDS,
        "owned = bool(before is not None and site.owner_of(slot.id, spec.name))",
        "owned = False",
        "planning/test_reuse::test_what_a_model_wrote_before_never_takes_the_place_of_a_persons_words",
    ),
    Mutant(
        "a proposal to an owner counts as taken",
        OWNED,
        "        slot.items.append(item)\n        slot.texts[name] = repin(site, mine, machine, question.proposal.text)",
        "        slot.texts[name] = repin(site, mine, machine, question.proposal.text)",
        "planning/test_rules_that_change::test_a_persons_text_with_a_banned_word_asks_its_owner",
    ),
    Mutant(
        "a claim in a person's words is not traced",
        PEOPLE,
        "base=base, says=tuple(sorted(says)))",
        "base=base, says=())",
        "planning/test_owners_and_signatures::test_a_signature_lapses_with_the_claim_that_was_signed_although_the_words_stay",
        (15,),
        "I10",
    ),
    Mutant(
        "a person's words keep nothing of what they were laid over",
        PEOPLE,
        "author=by, base=base, says=tuple(sorted(says)))",
        "author=by, base=None, says=tuple(sorted(says)))",
        "planning/test_answers::test_a_sentence_that_a_person_added_stays_although_another_one_of_theirs_is_proposed_to",
    ),
    Mutant(
        "a renamed audience's texts lose their owner",
        FOLLOW,
        '("owned", "locked", "excluded",',
        '("excluded",',
        "planning/test_owners_and_signatures::test_a_renamed_audience_keeps_its_owners_and_its_signatures",
    ),
    Mutant(
        "a renamed audience's texts lose their signatures",
        FOLLOW,
        "replace(main, texts=texts, approvals=approvals,",
        "replace(main, texts=texts,",
        "planning/test_owners_and_signatures::test_a_renamed_audience_keeps_its_owners_and_its_signatures",
    ),
    Mutant(
        "only who wrote first owns what they wrote",
        BUILD,
        "owned = {**main.owned, **{place: who",
        "owned = {**main.owned} or {**{place: who",
        "planning/test_owners_and_signatures::test_each_of_two_people_owns_what_they_wrote",
    ),
    Mutant(
        "confirmed words state nothing",
        PEOPLE,
        'says = site.kit.matching.says(text.value, site.facets) if text.origin == "person" else today',
        "says = ()",
        "planning/test_owners_and_signatures::test_words_that_their_owner_confirmed_are_asked_about_when_the_claim_in_them_changes",
    ),
    Mutant(
        "anybody confirms anybody's words",
        PEOPLE,
        "if owner and owner != by else []",
        "if owner and not by else []",
        "planning/test_owners_and_signatures::test_only_the_owner_confirms_their_words_and_only_while_they_break_no_rule",
    ),
    Mutant(
        "words that break a rule can be confirmed",
        PEOPLE,
        'for f in findings if f.severity != "advice"]',
        'for f in findings if f.severity == "advice"]',
        "planning/test_owners_and_signatures::test_only_the_owner_confirms_their_words_and_only_while_they_break_no_rule",
    ),
)
