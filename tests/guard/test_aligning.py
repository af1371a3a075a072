"""`align`: shares by check, worker, market, channel and version, every finding in hand, and a page that stands alone."""

import re

from concerted.conductor.aligning import align, fix
from concerted.conductor.alignment_page import alignment_page, percent
from tests.story.stage import JUNE, RIDERS, SHOPS, TOM, Stage, yes

WRONG = "A  mechanic at the locker. <script>alert(1)</script> The first overnight tune-up costs $21."


def test_the_house_copy_passes_every_check(stage: Stage) -> None:
    report = stage.do(align)
    assert (report["ok"], report["share"], report["findings"], report["fixes"]) == (True, 1.0, [], [])
    assert {row["name"] for row in report["by"]["market"]} == {"-", "us", "de"}
    assert all(cell["assets"] for cell in report["coverage"] if cell["lead"])
    assert report["sentences"].get("unsupported", 0) == 0


def test_a_wrong_text_costs_its_share_where_it_belongs(stage: Stage) -> None:
    stage.edit(RIDERS, "faq_1_a", WRONG, by=TOM)
    report = stage.do(align)
    assert not report["ok"]
    assert {row["rule"] for row in report["findings"]} == {"price", "preferred-word", "two-names"}
    lost = {name: {row["name"] for row in rows if row["share"] < 1} for name, rows in report["by"].items()}
    assert lost["worker"] == {"web"}
    assert lost["channel"] == {"web"}
    assert lost["market"] == {"us"}
    assert "price" in lost["check"]
    (price,) = [row for row in report["findings"] if row["rule"] == "price"]
    assert (price["asset"], price["field"], price["line"], price["evidence"]) == (RIDERS, "faq_1_a", 1, "$21")


def test_versions_are_judged_as_they_stood(stage: Stage) -> None:
    stage.edit(RIDERS, "faq_1_a", WRONG, by=TOM)
    stage.change("dates.debrief=2027-05-05")
    stage.edit(RIDERS, "faq_1_a", "A mechanic with a name.", by=TOM)
    points = stage.do(align)["over_time"]
    assert [point["version"] for point in points] == [1, 2]
    assert points[0]["share"] < points[1]["share"] == 1.0


def test_what_is_safe_is_put_right_and_nobody_elses_words_are(stage: Stage) -> None:
    stage.edit(RIDERS, "faq_1_a", WRONG, by=TOM)
    stage.edit(SHOPS, "faq_1_a", "Leave it at the  locker.", by=JUNE)
    rows = {row["asset"]: row for row in stage.do(align, by=JUNE)["fixes"]}
    assert (rows[SHOPS]["after"], rows[SHOPS]["applies"]) == ("Leave it at the stand.", True)
    assert (rows[RIDERS]["owner"], rows[RIDERS]["applies"]) == (TOM, False)
    report = stage.do(lambda s: fix(s, yes), by=JUNE)
    assert report["done"] == [f"{SHOPS}#faq_1_a"]
    assert [row["asset"] for row in report["proposed"]] == [RIDERS]
    assert stage.text(SHOPS, "faq_1_a") == "Leave it at the stand."
    assert stage.text(RIDERS, "faq_1_a") == WRONG


def test_the_page_stands_alone_and_escapes_what_texts_say(stage: Stage) -> None:
    stage.edit(RIDERS, "faq_1_a", WRONG, by=TOM)
    page = alignment_page(stage.do(align))
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert re.findall(r"""(?:src|href)\s*=|url\(|@import|https?://""", page) == []
    for said in ("$21 is no price of this strategy.", RIDERS, "Prefer the brand", "Which message reached whom", "cute about accidents"):
        assert said in page
    assert page.count("<table") == page.count("</table>") >= 6


def test_a_page_of_a_clean_campaign_says_so(stage: Stage) -> None:
    page = alignment_page(stage.do(align))
    assert "Nothing. Every check passed on every text." in page
    assert "100 %" in page


def test_almost_all_is_never_shown_as_all() -> None:
    assert [percent(share) for share in (1.0, 0.99999, 0.5, 0.0)] == ["100 %", "99.9 %", "50.0 %", "0.0 %"]
