"""What people read where a field stands."""

import pytest

from concerted.campaign.deliverable import field_label


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("h1", "H1"),
        ("cta", "CTA"),
        ("seo_title", "SEO title"),
        ("faq_1_q", "FAQ 1 question"),
        ("faq_1_a", "FAQ 1 answer"),
        ("offer_line", "Offer line"),
        ("headline_a", "Headline a"),
    ],
)
def test_a_field_is_called_as_people_call_it(name: str, label: str) -> None:
    assert field_label(name) == label
