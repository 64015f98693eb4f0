"""When a journal is looked at, and how much error each look may spend.

Looking every week and speaking whenever something seems to stand out makes a false claim in most
journals in which nothing happens. So the looks are fixed by the number of marks, and each has a
share of the error, divided by the number of measures (Bonferroni). The shares are small while
autocorrelation can hardly be told from a trend, and small again after the look of 80, because of a
journal that is kept daily there are ever more looks; they were found by simulation (tests/bench/claims.py).
"""

FIRST, SECOND, THIRD = 20, 40, 80
EVERY = 80
WINDOW = 160
"""From the fourth look on, the last so many marks are looked at."""

_SHARES = {FIRST: 0.0015, SECOND: 0.005, THIRD: 0.055}
_LATER = 0.005
_LINKS = 0.004
FEWEST_PAIRS = 80

SINGLE = 0.05
"""The error that a question of the writer's own (before and after a day) may spend over all measures."""

FEWEST_A_SIDE = 10

WIDER = 1.5
"""A trend and a shift are two chances to be wrong, but much alike: the smaller p is taken so many times."""

POOLED_MARGIN = 1.1
"""Standard errors by which the pooled autocorrelation is taken higher than it is estimated."""


def looks(marks: int) -> tuple[int, ...]:
    """The numbers of marks at which something may have been said by now, in order."""
    return tuple(n for n in (FIRST, SECOND) if n <= marks) + tuple(range(THIRD, marks + 1, EVERY))


def share(look: int) -> float:
    """The error that all measures of a journal together may spend at this look.

    From the fourth look on it is a half, a third, a quarter … of that of the fourth: looks without end would
    otherwise make a false claim all but certain.
    """
    return _SHARES[look] if look in _SHARES else _LATER * EVERY / (look - THIRD)


def link_share(look: int) -> float:
    """The part of false ones that all links found at this look may hold; it becomes less in the same way."""
    return _LINKS * THIRD / look
