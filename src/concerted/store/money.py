"""Dollars as the books keep them: whole billionths, so that sums of what tokens cost are exact."""

from decimal import Decimal

NANO = Decimal("0.000000001")


def dollars(nanos: int) -> Decimal:
    """Give billionths as dollars."""
    return nanos * NANO if nanos else Decimal(0)
