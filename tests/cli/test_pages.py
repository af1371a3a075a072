"""What a marketer reads: display words, friendly titles, why-chains, was and now, and the one command that comes next."""

from io import StringIO

import pytest
from rich.console import Console

from concerted.cli.pages.plan import spread
from concerted.cli.sheet import Sheet, differing
from concerted.cli.text import Names, count, listed, lowered, together
from tests.cli.terminal import DANA, HAMBURG, HOUSE, NOOR, PRESS, PRICE, PRIYA, PROMISE, SHOPS, Terminal, X

NAMES = Names(
    lambda: {"landing-page": "Landing page", "messaging-house": "Messaging house", "launch-email": "Launch email", "linkedin-post": "LinkedIn post"}
)


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_an_asset_has_a_friendly_title() -> None:
    assert NAMES.asset(SHOPS) == "Landing page (shops, us)"
    assert NAMES.asset(HOUSE) == "Messaging house"
    assert NAMES.asset("launch-email.email.riders.us.reminder") == "Launch email (reminder, riders, us)"
    assert NAMES.asset("wall-poster.print.-.de.-") == "Wall poster (de)"


@pytest.mark.parametrize(
    ("title", "inside"), [("Landing page", "landing page"), ("LinkedIn post", "LinkedIn post"), ("X post", "X post"), ("SMS", "SMS")]
)
def test_a_title_is_lowered_inside_a_sentence_unless_it_is_a_name(title: str, inside: str) -> None:
    assert lowered(title) == inside


def test_a_why_chain_reads_from_the_changed_line_to_the_field() -> None:
    path = ["positioning.promise", f"{HOUSE}#roof"]
    assert NAMES.chain(path, SHOPS, ["h1"]) == "positioning.promise → messaging house: roof → landing page (shops, us): h1"


@pytest.mark.parametrize("width", [80, 100, 120])
def test_a_table_folds_its_last_column_only_and_loses_no_word(width: int) -> None:
    ids = ["follow-up-email.email.maintenance.de.last-call", "sms.sms.shops.us.-"]
    rows = [(ids[0], "current", "needs claims-and-prices, copy, quotes and somebody else"), (ids[1], "waiting for you", "approved")]
    page = StringIO()
    Sheet(Console(file=page, width=width)).rows(rows, widths=[0, 0, 30])
    lines = page.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    assert [line.split()[0] for line in lines if line[2:3].strip()] == ids, "each row begins with its whole id"
    assert "".join(page.getvalue().split()) == "".join(" ".join(part for row in rows[:1] for part in row).split()) + "".join("".join(rows[1]).split())


def test_a_table_that_is_too_narrow_for_its_ids_folds_them_and_cuts_nothing() -> None:
    page = StringIO()
    Sheet(Console(file=page, width=40)).rows([("follow-up-email.email.maintenance.de.last-call", "waiting for you", "left out")], widths=[46, 15, 30])
    assert sorted("".join(page.getvalue().split())) == sorted("follow-up-email.email.maintenance.de.last-callwaitingforyouleftout")


def test_pieces_of_one_kind_are_said_by_what_they_are_made_for() -> None:
    when = ("announce", "reminder")
    made = [f"launch-email.email.{who}.{market}.{what}" for market in ("us", "de") for who in ("plant", "energy") for what in when]
    assert spread(made, NAMES) == "announce, reminder; plant, energy; us, de"
    assert spread(made[:3], NAMES) == "announce, plant, us; reminder, plant, us; announce, energy, us"
    assert spread(["post.x.-.us.-", "post.facebook.-.us.-"], NAMES) == "x, facebook; us"
    assert spread([HOUSE], NAMES) == ""


def test_counting_and_listing_are_english() -> None:
    assert [count(0, "text"), count(1, "text"), count(1200, "entry", "entries")] == ["0 texts", "1 text", "1,200 entries"]
    assert [listed([]), listed(["a"]), listed(["a", "b", "c"]), listed("abcd", 2)] == ["", "a", "a, b and c", "a, b and 2 more"]


def test_one_command_serves_several_assets_where_the_verb_takes_several() -> None:
    assert together('concerted approve A --by "P"', ["A", "B"]) == 'concerted approve A B --by "P"'
    assert together("concerted edit A --field f --text ...", ["A", "B"]) == "concerted edit A --field f --text ..."


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("Ride it tomorrow.", "Ride it tonight.", "Ride it [-tomorrow.-]", "Ride it {+tonight.+}"),
        ("one two", "one", "one [-two-]", "one"),
        ("", "new", "", "{+new+}"),
        ("same", "same", "same", "same"),
        ("a b\nc", "a b\nd", "a b\n[-c-]", "a b\n{+d+}"),
    ],
)
def test_words_that_differ_are_marked(old: str, new: str, was: str, now: str) -> None:
    assert tuple(str(text) for text in differing(old, new, marked=True)) == (was, now)


def test_long_stretches_that_are_the_same_are_left_out() -> None:
    words = " ".join(f"w{n}" for n in range(60))
    was, now = differing(f"{words} old", f"{words} new", marked=True)
    assert str(was) == "… w50 w51 w52 w53 w54 w55 w56 w57 w58 w59 [-old-]"
    assert str(now).endswith("{+new+}")


def test_the_plan_of_a_first_run_has_its_price(fresh: Terminal) -> None:
    told = fresh.type("plan").out
    assert "To be written: 15" in told
    assert "Landing page" in told
    assert "0 model calls, nothing to pay" in told


def test_the_plan_of_a_change_is_summed_up_in_a_sentence(approved: Terminal) -> None:
    told = _flat(approved.type("plan", "--set", PRICE, "--set", PROMISE).out)
    assert "positioning.promise → messaging house: roof → creative concept: idea" in told
    assert "decisions for Priya Raman (~" in told
    assert "proposed to people" in told
    assert "untouched" in told
    assert "was [-$29-] now {+$25+}" in told


def test_a_decision_is_shown_with_words_and_commands(changed: Terminal) -> None:
    told = changed.type("decide").out
    for row in changed.report("decide")["decisions"]:
        assert f"concerted decide {row['key']}=" in told
        assert f"--by '{row['who']}'" in told
    assert "was  " in told
    assert "positioning.promise now reads:" in _flat(told)


def test_a_command_that_is_shown_with_a_decision_runs(changed: Terminal) -> None:
    lines = [line.strip() for line in changed.type("decide").out.splitlines()]
    command = next(line for line in lines if line.startswith("concerted decide ") and "=keep" in line)
    assert changed.shell(command.partition("  #")[0]).code == 0


def test_status_uses_display_words_and_ends_with_the_next_step(drafted: Terminal, changed: Terminal) -> None:
    told = drafted.type("status").out
    assert "15 current, 0 approved." in told
    assert told.splitlines()[-1] == "Next: concerted review out --for claims-and-prices --html claims-and-prices.html"
    drafted.type("review", "out", "--for", "legal", "--html", str(drafted.folder / "legal.html"))
    assert drafted.type("status").out.splitlines()[-1] == f'Next: concerted approve --all --by "{PRIYA}"'
    waiting = changed.type("status").out
    assert "waiting for you" in waiting
    assert "C2 is open" in waiting
    assert waiting.splitlines()[-1] == "Next: concerted decide"


def test_the_step_that_status_names_leads_on_until_release(drafted: Terminal) -> None:
    drafted.report("approve", "--all")
    assert "needs claims-and-prices" in drafted.type("status").out
    drafted.report("approve", "--all", by=DANA)
    told = drafted.type("status")
    assert "Ready to release." in told.out
    assert told.out.splitlines()[-1] == "Next: concerted release"
    assert drafted.type("release").code == 0
    assert "Last release: R1." in drafted.type("status").out


def test_refusals_that_say_the_same_are_told_once(drafted: Terminal) -> None:
    told = drafted.type("release")
    assert told.code == 4
    said = [line for line in told.err.splitlines() if "not approved for copy" in line]
    assert len(said) == 1
    assert "15 texts" in said[0]
    command = next(line for line in told.err.splitlines() if "next: concerted approve" in line and PRIYA in line)
    assert command.count(".us.") > 5


def test_show_reads_like_the_text_with_its_writers(drafted: Terminal) -> None:
    drafted.report("edit", X, "--field", "text", "--text", "Bikes sleep at night. We do not.", by=NOOR)
    told = drafted.type("show", X).out
    assert "Bikes sleep at night. We do not." in told
    assert f"by {NOOR}" in told
    assert told.splitlines()[-1].startswith("Yours: concerted edit")


def test_why_leads_every_field_back_to_lines_of_the_strategy(drafted: Terminal) -> None:
    told = _flat(drafted.type("why", SHOPS).out)
    assert "Planned because: Every ad, mail and post" in told
    assert "You pay $29, and the offer ends on May 31, 2027. offers.first.price.us" in told
    assert "also read: audiences.shops.offer" in told
    assert "Read by" in told


def test_why_says_which_open_change_touches_a_text(changed: Terminal) -> None:
    assert "C2: positioning.promise →" in changed.type("why", HAMBURG).out


def test_empty_states_say_what_to_do(drafted: Terminal) -> None:
    assert "concerted status" in drafted.type("decide").out
    assert "concerted change --set" in drafted.type("changes").out
    assert "first text" in drafted.type("diff", PRESS).out


def test_history_tells_who_changed_which_line(approved: Terminal) -> None:
    approved.report("change", "--set", "campaign.tier=3", "--yes")
    told = _flat(approved.type("history").out)
    assert "Strategy 2" in told
    assert "campaign.tier was [-2-] now {+3+}" in told


def test_release_export_and_verify_say_what_is_next(approved: Terminal) -> None:
    told = approved.type("release")
    assert "R1: 15 texts released" in told.out
    assert told.out.splitlines()[-1] == "Next: concerted export --all"
    out = approved.folder / "monday"
    assert approved.type("export", "--all", "--out", str(out)).out.splitlines()[-1] == f"Next: concerted verify {out}"
    assert "untouched" in approved.type("verify", str(out)).out


def test_what_a_change_did_is_told_with_what_it_wrote_into_the_file(drafted: Terminal) -> None:
    told = _flat(drafted.type("change", "--set", PRICE, "--yes").out)
    assert "C2 has landed" in told
    assert "Written into the campaign file: offers.first.price.us." in told


def test_talk_goes_to_stderr_and_results_to_stdout(fresh: Terminal) -> None:
    told = fresh.type("run", "--json")
    assert told.json["landed"] is True
    assert "C1 has landed" in told.err
