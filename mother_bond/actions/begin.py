"""Set up a bond, and fill in the way-in page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.actions.desk import Desk, Reply, Said, Tone
from mother_bond.domain.bond import Bond, Contact, Role, They, clean_name
from mother_bond.domain.entry import Session
from mother_bond.domain.prompt import CAUSES
from mother_bond.errors import ExistsError, UsageError
from mother_bond.storage import bonds, past, sessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mother_bond.bundled import Library
    from mother_bond.storage.store import Store


OFFERED_AGAIN = timedelta(days=91)


class Details(NamedTuple):
    """What is known of a bond so far; None is asked for."""

    role: Role | None = None
    name: str | None = None
    call: str | None = None
    they: They | None = None
    contact: Contact | None = None

    @property
    def enough(self) -> bool:
        """Whether a bond can be made without asking."""
        return self.role is not None and self.name is not None


class WayInPage(NamedTuple):
    """The eleven sentences, and what was marked before and now (1 not me, 2 a little, 3 very much)."""

    sentences: tuple[tuple[str, str], ...]
    earlier_day: str | None
    earlier: dict[str, int]
    now: dict[str, int]


def ask_details(desk: Desk, known: Details) -> Details | None:
    """Ask for what is missing; None when the writer leaves."""
    role, they, contact = known.role, known.they, known.contact
    if role is None:
        picked = desk.pick(m.ASK_ROLE, m.ROLES)
        if picked.said is not Said.GIVEN:
            return None
        role = Role(picked.text)
    name = known.name or _ask_name(desk, m.ASK_NAME[role], "")
    if name is None:
        return None
    call = known.call or _ask_name(desk, m.ASK_CALL[role].format(name=name), name)
    if call is None:
        return None
    if they is None:
        usual = They.SHE if role is Role.CHILD else None
        they = They(_picked(desk.pick(m.ASK_THEY.format(name=name), m.THEYS, usual), usual or They.THEY))
    if contact is None:
        contact = Contact(_picked(desk.pick(m.ASK_CONTACT.format(name=name), m.CONTACTS[role]), Contact.UNSAID))
    return Details(role, name, call, they, contact)


def _picked(reply: Reply, otherwise: str) -> str:
    return reply.text if reply.said is Said.GIVEN else otherwise


def _ask_name(desk: Desk, question: str, default: str) -> str | None:
    while True:
        reply = desk.line(question, default)
        if reply.said is Said.ENOUGH:
            return None
        try:
            return clean_name(reply.text or default, m.NAME_WHAT)
        except UsageError as error:
            desk.tell(f"{error.message} {error.hint}", Tone.PLAIN)


def begin(store: Store, details: Details) -> Bond:
    """Add a bond and make it the one that is written about.

    Raises `UsageError` for a name that cannot be kept, `ExistsError` for a bond that is there already.
    """
    assert details.role is not None
    assert details.name is not None
    name = clean_name(details.name, m.NAME_WHAT)
    call = clean_name(details.call or name, m.CALL_WHAT)
    they = details.they or (They.SHE if details.role is Role.CHILD else They.THEY)
    bond = Bond(clock.new_id(), details.role, name, call, they, details.contact or Contact.UNSAID)
    with store.writing():
        if any((b.role, b.name) == (bond.role, bond.name) for b in bonds.all_bonds(store)):
            raise ExistsError(m.BOND_EXISTS, m.BOND_EXISTS_HINT)
        bonds.put(store, bond)
        bonds.set_setting(store, "bond", bond.id)
    return bond


def sentences(library: Library, role: Role) -> tuple[tuple[str, str], ...]:
    """The way-in sentence of each of the eleven causes, for a role."""
    packs = ((slug, library.pack(slug)) for slug in CAUSES)
    return tuple((slug, pack.way_in[role]) for slug, pack in packs if role in pack.way_in)


def way_in_is_old(store: Store, bond: Bond, today: date) -> bool:
    """Whether a way-in page was filled in, and the last one three months ago or more."""
    day, _ = past.latest_way_in(store, bond.id)
    return day is not None and today - date.fromisoformat(day) >= OFFERED_AGAIN


def way_in(
    store: Store, library: Library, bond: Bond, desk: Desk, day: date, now: Callable[[], datetime] = clock.now
) -> WayInPage:
    """Fill in the way-in page; a page that is left half way keeps what was marked."""
    lines = sentences(library, bond.role)
    earlier_day, earlier = past.latest_way_in(store, bond.id)
    marks: dict[str, int] = {}
    page = ""
    desk.tell(m.WAY_IN, Tone.TITLE)
    desk.tell(m.WAY_IN_ABOUT, Tone.QUIET)
    for number, (cause, sentence) in enumerate(lines, 1):
        reply = desk.pick(m.WAY_IN_LINE.format(n=number, of=len(lines), sentence=sentence), m.MARKS)
        if reply.said is Said.ENOUGH:
            break
        if reply.said is Said.GIVEN:
            marks[cause] = int(reply.text)
            page = _keep_mark(store, bond, page, cause, marks[cause], clock.moment(day, now()))
    return WayInPage(lines, earlier_day, earlier, marks)


def _keep_mark(store: Store, bond: Bond, page: str, cause: str, mark: int, at: str) -> str:
    """Keep one mark at once; the first one begins the page, whose id is the result."""
    if page:
        sessions.mark_sentence(store, page, cause, mark)
        return page
    session = Session(clock.new_id(), "", bond, at, at[:10], way_in={cause: mark})
    return sessions.start(store, session).id
