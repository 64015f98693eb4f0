"""`mother-bond` with nothing after it: set up, go on, or start tonight's sitting."""

from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.cli.common import at_screen, desk, journal, journal_or_new, library, used

if TYPE_CHECKING:
    from mother_bond.actions.desk import Desk
    from mother_bond.actions.saved import Saved
    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store


def tonight(named: str | None = None) -> None:
    """Do what today asks for; with nobody there to answer, say how to."""
    import sys

    from mother_bond import paths
    from mother_bond.storage.store import check_room_for_one, exists
    from mother_bond.terminal.output import output
    from mother_bond.terminal.reading import nothing_waits

    check_room_for_one(paths.journal())
    if not sys.stdin.isatty() and not output.plain and nothing_waits():
        _invite(named)
        return
    if not exists(paths.journal()):
        _first_evening()
        return
    with journal_or_new() as store:
        from mother_bond.storage.bonds import all_bonds

        if not all_bonds(store):
            _set_up_and_reflect(store)
            return
        from mother_bond.actions.bonds import find

        sit(store, find(store, named), minutes=None)


def _invite(named: str | None) -> None:
    """Today's invitation, for somebody who is not at a terminal."""
    from mother_bond import clock, paths
    from mother_bond.actions.bonds import find
    from mother_bond.errors import LockedError
    from mother_bond.storage.bonds import all_bonds
    from mother_bond.storage.store import exists
    from mother_bond.terminal.output import write

    today = clock.long_day(clock.now().date())
    bond = None
    if exists(paths.journal()):
        try:
            with journal() as store:
                bond = find(store, named) if all_bonds(store) else None
        except LockedError:
            write(m.INVITE_LOCKED.format(day=today))
            return
    if bond is None:
        write(m.INVITE_NEW.format(day=today))
    else:
        write(m.INVITE.format(day=today, who=_who(bond)))


def _first_evening() -> None:
    """Ask first and make the journal after, so that whoever looks in and leaves leaves nothing."""
    from mother_bond.actions.begin import Details, ask_details, begin
    from mother_bond.actions.desk import Tone

    at = desk()
    at.tell(m.WELCOME, Tone.TITLE)
    at.tell(m.WELCOME_ABOUT)
    passphrase = protection(at)
    details = None if passphrase is None else ask_details(at, Details())
    if passphrase is None or details is None:
        at.tell(m.LEFT_AGAIN)
        return
    with used(new_journal(passphrase)) as store:
        welcome(store, begin(store, details), at)


def protection(at: "Desk") -> str | None:
    """The passphrase that a new journal is to have; empty for none, None when the writer leaves.

    Only somebody at a terminal is asked.
    """
    from mother_bond.actions.desk import Said
    from mother_bond.storage.driver import can_encrypt
    from mother_bond.terminal.secret import ask_new, can_ask

    if not can_ask() or not can_encrypt():
        return ""
    at.tell(m.PROTECT_ABOUT)
    reply = at.pick(m.PROTECT_ASK, m.PROTECT_CHOICES, "yes")
    if reply.said is Said.ENOUGH:
        return None
    return ask_new(needed=False) if reply.text == "yes" else ""


def new_journal(passphrase: str) -> "Store":
    """The journal, made new: under a passphrase, if there is one. One that another window just made is opened."""
    from mother_bond import paths
    from mother_bond.cli.unlocking import show_code
    from mother_bond.storage.store import create

    if passphrase:
        from mother_bond.actions.locking import make_encrypted

        return make_encrypted(paths.journal(), passphrase, show_code)
    return create(paths.journal())


def _set_up_and_reflect(store: "Store") -> None:
    from mother_bond.actions.begin import Details, ask_details, begin

    at = desk()
    details = ask_details(at, Details())
    if details:
        welcome(store, begin(store, details), at)


def welcome(store: "Store", bond: "Bond", at: "Desk") -> None:
    """After set-up: the way-in page for who wants it, and the first sitting."""
    from mother_bond import clock
    from mother_bond.actions.begin import way_in
    from mother_bond.actions.desk import Said

    reply = at.pick(m.WAY_IN_ASK, m.WAY_IN_CHOICES, "later")
    if reply.said is Said.GIVEN and reply.text == "now":
        way_in(store, library(), bond, at, clock.now().date())
    if reply.said is not Said.ENOUGH:
        sit(store, bond, minutes=None, at=at)


def sit(
    store: "Store",
    bond: "Bond",
    *,
    minutes: int | None,
    day: str | None = None,
    cause: str | None = None,
    again: bool = False,
    check_in_only: bool = False,
    path: bool = False,
    at: "Desk | None" = None,
) -> "Saved":
    """One sitting, greeted and saved."""
    from mother_bond import config, paths
    from mother_bond.actions import paths as walks
    from mother_bond.actions.begin import way_in_is_old
    from mother_bond.actions.desk import Tone
    from mother_bond.actions.note import is_cut_off
    from mother_bond.actions.reflect import Wish, check, reflect
    from mother_bond.cli.common import the_day

    settings = config.load(paths.config())
    the_desk = at or desk()
    packs = library()
    wish = Wish(the_day(day), minutes or settings.minutes, cause, again, check_in_only)
    check(packs, wish)
    part = walks.next_part(store, packs, bond, cause) if path else None
    if part:
        wish = wish._replace(cause=part.cause, part=part.part)
    _greet(the_desk, bond)
    if is_cut_off(store, bond):
        the_desk.tell(m.NOTE_CUT_OFF, Tone.QUIET)
    if way_in_is_old(store, bond, wish.day):
        the_desk.tell(m.WAY_IN_AGAIN, Tone.QUIET)
    along = walks.again(part) if part else walks.reminder(store, packs, bond, wish.day)
    if along and not check_in_only:
        the_desk.tell(along, Tone.QUIET)
    saved = reflect(store, packs, bond, the_desk, wish)
    _say_saved(store, the_desk, saved)
    return saved


def _say_saved(store: "Store", at: "Desk", saved: "Saved") -> None:
    """What was kept, and on a screen whether the journal is open still."""
    from mother_bond.actions.desk import Tone
    from mother_bond.actions.paths import afterwards
    from mother_bond.terminal.output import output, show, talk
    from mother_bond.terminal.views import saved as view

    walked = afterwards(saved.session) if saved.session else None
    if not at_screen() or output.json:
        show(saved, view)
        if walked:
            talk(walked)
        return
    output.clear()
    at.tell(view.saved_line(saved))
    if walked:
        at.tell(walked, Tone.QUIET)
    at.tell(m.FOOT, Tone.QUIET)
    if store.key:
        from mother_bond.actions.locking import status

        at.tell(status(store.path).state, Tone.QUIET)


def sit_sealed(*, minutes: int | None, day: str | None, cause: str | None) -> None:
    """A sitting while the journal stays locked: whom it is about is asked, for that cannot be looked up."""
    from mother_bond import paths
    from mother_bond.actions import locking
    from mother_bond.actions.begin import Details, ask_details
    from mother_bond.actions.bonds import find
    from mother_bond.cli.unlocking import sealed_sheet

    locking.check_encrypted(paths.journal())
    at = desk()
    details = ask_details(at, Details())
    if details is None:
        return
    with sealed_sheet(details) as store:
        saved = sit(store, find(store, None), minutes=minutes, day=day, cause=cause, at=at)
        if saved.session:
            at.tell(m.SEALED_NOTE)


def _greet(at: "Desk", bond: "Bond") -> None:
    from mother_bond import clock
    from mother_bond.actions.desk import Tone

    now = clock.now()
    part = next(name for until, name in m.DAY_PARTS if now.hour < until)
    at.tell(m.GREETING.format(weekday=m.WEEKDAYS[now.weekday()], part=part, who=_who(bond)), Tone.TITLE)
    if at_screen():
        at.tell(m.GREETING_KEYS, Tone.QUIET)


def _who(bond: "Bond") -> str:
    """The other person as one says it to the writer: "Daniel, your son", or "Mum"."""
    from mother_bond.library.render import address

    call = address(bond.call)
    return bond.name if call == bond.name else f"{bond.name}, {call}"
