"""Ways of breaking what time does: days on which texts are judged, what follows later, until when somebody has to answer."""

from tests.planning.mutations.mutant import Mutant

RELEASE = "concerted.planning.release"
SITE = "concerted.planning.site"
TIMES = "concerted.planning.answer_times"
WAITING = "concerted.conductor.waiting"
WAVE = "concerted.planning.wave"
WAYS = "concerted.conductor.ways"

DAYS = (
    Mutant(
        "another change takes along what was to follow later",
        WAVE,
        "later = known.why == FOLLOWS_LATER and not known.on",
        "later = False",
        "planning/test_left::test_what_is_to_follow_later_waits_for_that_word_and_no_other_change_takes_it_along",
    ),
    Mutant(
        "a text is judged as of today and not of the day on which it is read",
        SITE,
        "return max(deliverable.publish, self.kit.today)",
        "return self.kit.today",
        "planning/test_days_and_ways::test_a_text_is_judged_as_of_the_day_on_which_it_is_read",
    ),
    Mutant(
        "the gate judges a text as of today and not of the day on which it is read",
        RELEASE,
        "publish = max(slot.deliverable.publish or site.kit.today, site.kit.today)",
        "publish = site.kit.today",
        "planning/test_days_and_ways::test_a_text_is_judged_as_of_the_day_on_which_it_is_read",
    ),
    Mutant(
        "the gate judges a text as of its day of publication although that has passed",
        RELEASE,
        "publish = max(slot.deliverable.publish or site.kit.today, site.kit.today)",
        "publish = slot.deliverable.publish or site.kit.today",
        "planning/test_days_and_ways::test_a_text_that_appears_in_time_is_judged_as_of_today_once_its_day_has_passed",
    ),
    Mutant(
        "a text stays current past the day on which it was published",
        SITE,
        "return max(deliverable.publish, self.kit.today)",
        "return deliverable.publish or self.kit.today",
        "planning/test_days_and_ways::test_a_text_that_appears_in_time_is_judged_as_of_today_once_its_day_has_passed",
    ),
    Mutant(
        "what is to follow later is written now",
        WAVE,
        "or slot.id not in site.change.stays or",
        "or slot.id in site.change.stays or",
        "planning/test_days_and_ways::test_what_is_to_follow_later_keeps_every_word_and_so_does_what_reads_it",
    ),
    Mutant(
        "what would not change at all waits for later",
        WAVE,
        "if slot.items or slot.pending or any(before.get(",
        "if slot.texts or any(before.get(",
        "planning/test_days_and_ways::test_what_would_not_change_is_not_left_and_waits_for_nobody",
    ),
    Mutant(
        "words that a person writes for what follows later are put aside",
        WAVE,
        "slot.id not in site.change.stays or slot.id in site.entered:",
        "slot.id not in site.change.stays:",
        "planning/test_days_and_ways::test_words_that_a_person_writes_for_what_follows_later_are_put_in_place",
    ),
    Mutant(
        "channels that are paid for follow a change that was to keep to our own",
        WAYS,
        "return replace(change, stays=_others(session, state, change))",
        "return replace(change, stays=frozenset())",
        "story/test_ways::test_what_nobody_is_asked_about_follows_later_as_well",
    ),
    Mutant(
        "a change that was to wait for the launch lands before it",
        WAYS,
        "return replace(change, stays=frozenset(), hold=True)",
        "return replace(change, stays=frozenset(), hold=False)",
        "story/test_ways::test_after_the_launch_the_new_line_lands_when_it_is_told_to",
    ),
    Mutant(
        "a deputy's yes counts before the agreed time is over",
        WAITING,
        'until = self.answer_by(one.role, since) if one.by == deputy and one.by != who else ""',
        'until = ""',
        "story/test_approval_rules::test_a_deputy_signs_when_the_agreed_time_is_over_and_is_told_before_from_when_on",
    ),
    Mutant(
        "the time that somebody has to answer runs on weekends and holidays",
        TIMES,
        "if works(at.date(), country, closed):",
        "if at:",
        "planning/test_answer_times::test_the_moment_until_which_somebody_has_time",
    ),
    Mutant(
        "urgent hours never run",
        TIMES,
        "if terms.urgent is None or launch is None or asked > launch:",
        "if asked:",
        "planning/test_answer_times::test_the_moment_until_which_somebody_has_time",
    ),
    Mutant(
        "urgent hours run long before the launch",
        TIMES,
        "return min(usual, max(asked, launch - SOON) +",
        "return min(usual, asked +",
        "planning/test_answer_times::test_the_moment_until_which_somebody_has_time",
    ),
)
