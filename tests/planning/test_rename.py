"""A rename in a list of edits: one line for what is only called otherwise, and was and now for what is edited besides."""

from concerted.planning.rename import told

LINES = {"who": "shop owners", "cta": "see"}
GONE = [(f"audiences.shops.{name}", value, None) for name, value in LINES.items()]
COME = [("audiences.bikes.was", None, "shops"), *((f"audiences.bikes.{name}", None, value) for name, value in LINES.items())]
MEMBERS = ("audiences.(members)", ("shops", "riders"), ("bikes", "riders"))


def test_an_entry_that_is_only_called_otherwise_is_one_rename_and_no_edit() -> None:
    read = told([*COME, *GONE, MEMBERS])
    assert read.names == {"audiences.shops": "audiences.bikes"}
    assert read.besides == ()


def test_what_is_edited_besides_is_shown_at_its_new_place_with_the_old_value() -> None:
    come = [(ref, old, "owners of shops" if ref.endswith("who") else new) for ref, old, new in COME]
    added, dropped = ("audiences.bikes.says", None, "Late."), ("audiences.shops.lead", "night", None)
    read = told([*come, added, *GONE, dropped, ("positioning.promise", "A.", "B.")])
    assert set(read.besides) == {
        ("audiences.bikes.who", "shop owners", "owners of shops"),
        added,
        ("audiences.bikes.lead", "night", None),
        ("positioning.promise", "A.", "B."),
    }


def test_a_list_of_names_that_differs_in_more_than_the_new_name_is_still_an_edit() -> None:
    moved = ("audiences.(members)", ["shops", "riders"], ["riders", "bikes"])
    assert told([*COME, *GONE, moved]).besides == (moved,)


def test_without_was_or_without_what_goes_nothing_is_taken_for_a_rename() -> None:
    assert told(rows := [*COME[1:], *GONE]).besides == tuple(rows)
    assert told(COME).names == {}
    gone = ("audiences.bikes.was", "shops", None)
    assert told([gone]).besides == (gone,)
