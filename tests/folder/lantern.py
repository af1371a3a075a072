"""A small invented campaign in several manners of writing YAML, for the tests of this room."""

from datetime import date

from concerted.folder import CatalogNames, Problem, Source, check, read_files

TODAY = date(2027, 2, 1)
NAMES = CatalogNames(channels=frozenset({"email", "linkedin", "sms", "web"}), playbooks=frozenset({"product-launch", "crisis-response"}))

CAMPAIGN = """\
# Lantern: a launch at our (invented) library supplier.
campaign:
  name: Lantern
  company: Shelfwise
  playbook: product-launch
  tier: 2
  owner: Ada Brook
  language: en-GB
news:
  # What can they do from launch day?
  new: Lantern finds misplaced books while you walk past the shelf.
  until_now: "Until now staff read every spine, twice a year."
objectives:
  trials: {serves: 300 libraries by 2028, measure: trials started, target: 120, by: 2027-09-30, source: "CRM report 7"}
positioning:
  category: shelf reading for libraries
  promise: "Walk past the shelf, and it is in order."   # settled in January
  unlike: Scanners want every book in the hand.
  because: >-
    A handheld reads the tags of a whole shelf
    in four seconds and lights up what is wrong.
  settled: [category, promise]
  rejected: {fastest: "nobody measured the others; Legal, 4 January"}
messages:
  walk:
    pillar: Shelf reading is a walk, not a shift.
    support: |
      You walk along the shelf.
      What is in the wrong place lights up.
    claims:
      - hours
      - lost
  calm: {pillar: "Readers find what the catalogue promises.", support: "It is there.", claims: [lost]}
claims:
  # Cleared for the UK only.
  hours:
    kind: measured
    full: "In 9 branches reading 10,000 spines took 2 hours instead of 31 (May to July 2026)."
    short: 2 hours instead of 31
    short_needs: Nine branches, 10,000 spines, 2026
    short_never_in: [sms]
    evidence: trial-report.pdf p. 4
    cleared: {uk: "J. Amis, 12 January", de: "Kanzlei Vogt, 20 January"}
    recheck: 2027-12-01

  lost: {kind: count, full: "4,310 lost books were found in the trial.", evidence: trial-report.pdf p. 9}
  theft: {kind: not-yet, full: Theft falls., waiting_for: "a year of data"}
people:
  amis: {name: June Amis, title: head of branches, quote: 'We found a book that was lost in 1998.', cleared: 2027-01-15}
offers:
  pilot:
    line: Six weeks free in one branch.
    for: public libraries
    price: {uk: "GBP 1,900 a year", de: "2.200 EUR im Jahr"}
    from: 2027-03-01
    until: 2027-06-30
ctas:
  see: {text: See a shelf being read, url: shelfwise.example/see}
audiences:
  branch: {who: branch managers, says: "We have no time to read shelves.", should_believe: it is done while walking, lead: walk, proof: [hours, lost],
    cta: see, offer: pilot, channels: [email, web], moment: "the week before the inventory"}
markets:
  uk: {language: en-GB, currency: GBP, zone: Europe/London, launch: "2027-03-02 09:00", sender: "Shelfwise Ltd, 1 Quay Street, Bristol"}
  de: {language: de-DE, address: Sie, currency: EUR, zone: Europe/Berlin, launch: 2027-03-02 10:00, sender: "Shelfwise GmbH, Bremen"}
brand:
  is: [plain, kind to tired people]
  words:
    never: {smart: smart, seamless: seamless}
competitors:
  tagway: {name: Tagway, in_copy: never by name, price: {value: "GBP 2,400 a year", seen: 2027-01-25, where: price page, recheck_every: 14 days}}
confidential: {until_launch: [offers], never_outside: [competitors, claims.theft]}
approvals:
  copy: {who: Ada Brook, deputy: Ben Low, within: 8 h, for: copy}
dates: {freeze: 2027-02-26, go-no-go: 2027-03-01 15:00 Europe/London}
budget: {total: "40,000", currency: GBP, lines: {media: "22,500", film: 9000}}
deliverables: {email.email.branch.uk.2: add}
wordings:
  en:
    positioning.promise: {h30: "Walk past. In order."}
  de:
    positioning.promise:
      text: "Am Regal vorbeigehen, und es stimmt."
      h30: "Vorbeigehen genügt."
"""


def source(text: str = CAMPAIGN, **more: str) -> Source:
    """Read a campaign of texts; further files by their name, `claims.yaml` as claims_yaml."""
    files = {name.replace("_yaml", ".yaml"): part.encode() for name, part in more.items()}
    return read_files({"campaign.yaml": text.encode(), **files})


def problems(text: str, **more: str) -> list[Problem]:
    """Check a campaign of texts on the tests' day, against the tests' catalog."""
    return check(source(text, **more), TODAY, NAMES)


def with_line(old: str, new: str) -> str:
    """Give the campaign with one piece of text replaced."""
    assert CAMPAIGN.count(old) == 1, f"{old!r} stands {CAMPAIGN.count(old)} times in the campaign"
    return CAMPAIGN.replace(old, new)
