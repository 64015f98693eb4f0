"""When a journal is looked at, and how much error each look may spend.

Looking every week and speaking whenever something seems to stand out makes a false claim in most
journals in which nothing happens. So the looks are fixed by the number of marks, and each has a
share of the error, divided by the number of measures (Bonferroni). The shares are small while
autocorrelation can hardly be told from a trend, and were found by simulation (tests/bench/claims.py).
"""

FIRST, SECOND, THIRD = 20, 40, 80
EVERY = 80
WINDOW = 160
"""From the fourth look on, the last so many marks are looked at."""

_SHARES = {FIRST: 0.0015, SECOND: 0.008}
_LATER = 0.05
LINK_SHARE = 0.01
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
    """The error that all measures of a journal together may spend at this look."""
    return _SHARES.get(look, _LATER)
