"""The smallest edit of a person's words: what the other side did not touch stays, and nothing of theirs is lost silently."""

from hypothesis import given
from hypothesis import strategies as st

from concerted.planning.revise import merge, smallest_edit, substitute
from tests.planning.toy import segment

SENTENCES = st.lists(st.sampled_from(["One", "Two", "Three", "Four", "Believe us"]), min_size=1, max_size=4).map(". ".join)


@given(SENTENCES, SENTENCES)
def test_where_the_person_changed_nothing_the_new_rendering_stands(base: str, new: str) -> None:
    assert merge(base, base, new, segment).text == new


@given(SENTENCES, SENTENCES)
def test_where_the_rendering_did_not_change_the_persons_text_stands(base: str, theirs: str) -> None:
    assert merge(base, theirs, base, segment).text == theirs
    assert merge(base, theirs, base, segment).replaced == ()


@given(SENTENCES, SENTENCES)
def test_where_both_came_to_the_same_words_they_stand(base: str, both: str) -> None:
    assert merge(base, both, both, segment).text == both


@given(SENTENCES, SENTENCES, SENTENCES)
def test_every_sentence_that_is_theirs_alone_is_kept_or_named(base: str, theirs: str, new: str) -> None:
    merged = merge(base, theirs, new, segment)
    mine = [part.strip(" .") for part in segment(theirs)]
    old = [part.strip(" .") for part in segment(base)]
    kept = [part.strip(" .") for part in (*segment(merged.text), *merged.replaced)]
    assert [part for part in mine if part not in old and part not in kept] == []


@given(SENTENCES, SENTENCES, SENTENCES)
def test_every_sentence_of_a_merge_was_somebodys(base: str, theirs: str, new: str) -> None:
    parts = {part.strip(" .") for text in (theirs, new) for part in segment(text)}
    assert {part.strip(" .") for part in segment(merge(base, theirs, new, segment).text)} <= parts


def test_sentences_that_were_added_on_both_sides_both_stand() -> None:
    merged = merge("One. Two", "One. Mine. Two", "One. New. Two", segment)
    assert merged.text == "One. Mine. New. Two"
    assert merged.replaced == ()


def test_edits_of_neighbouring_sentences_are_merged_one_by_one() -> None:
    assert merge("One. Two", "Mine. Two", "One. New", segment).text == "Mine. New"


def test_a_sentence_that_the_person_took_out_stays_out_when_it_is_reworded() -> None:
    merged = merge("Old promise. Two", "Two", "New promise. Two", segment)
    assert merged.text == "Two"
    assert merged.left_out == ("New promise.",)


def test_a_changed_fact_is_put_into_a_persons_own_sentence() -> None:
    edit = smallest_edit(
        "Waits fell to 38 minutes.", "Ours: Waits fell to 38 minutes.", "Waits fell to 41 minutes.", [("38 minutes", "41 minutes")], segment
    )
    assert edit.text == "Ours: Waits fell to 41 minutes."


def test_a_sentence_of_theirs_that_stands_for_a_changed_one_is_a_clash_and_is_named() -> None:
    edit = smallest_edit("Old promise. Two", "Mine alone. Two", "New promise. Two", [("Old promise", "New promise")], segment)
    assert edit.text == "New promise. Two"
    assert edit.replaced == ("Mine alone.",)


def test_another_fact_in_a_sentence_of_theirs_does_not_hide_the_clash() -> None:
    pairs = [("The plan mends itself.", "Plain words."), ("38 minutes", "41 minutes")]
    edit = smallest_edit("The plan mends itself.", "Ours first. Waits fell to 38 minutes.", "Plain words.", pairs, segment)
    assert edit.text == "Plain words."
    assert edit.replaced == ("Ours first.", "Waits fell to 41 minutes.")


def test_a_sentence_of_theirs_beside_a_changed_one_is_no_clash() -> None:
    edit = smallest_edit("Old promise", "Old promise. Believe us", "New promise", [("Old promise", "New promise")], segment)
    assert edit.text == "New promise. Believe us"
    assert edit.replaced == ()


def test_without_a_machine_text_a_changed_fact_is_still_put_in() -> None:
    assert smallest_edit("From May 9, only here.", "From May 9, only here.", None, [("May 9", "May 16")], segment).text == "From May 16, only here."


def test_without_a_machine_text_and_without_a_fact_the_persons_text_stands() -> None:
    assert smallest_edit(None, "Ours alone.", None, [], segment).text == "Ours alone."


def test_values_that_swap_places_are_swapped_once() -> None:
    assert substitute("From A to B.", [("A", "B"), ("B", "A")]) == "From B to A."


def test_a_value_inside_a_longer_word_is_left_alone() -> None:
    assert substitute("plan planner plan", [("plan", "scheme")]) == "scheme planner scheme"
    assert substitute("aa a", [("a", "x")]) == "aa x"


def test_the_longest_of_several_values_is_put_in_first() -> None:
    assert substitute("38 minutes flat", [("38", "41"), ("38 minutes", "an hour")]) == "an hour flat"


def test_a_value_that_ends_in_a_sign_is_found_next_to_a_word() -> None:
    assert substitute("for 49 €each, “now”here", [("49 €", "59 €"), ("“now”", "“later”")]) == "for 59 €each, “later”here"
