"""Where things lie on this machine. Nothing here is ever inside the checkout."""

import os
from pathlib import Path

HOME_VARIABLE = "MOTHER_BOND_HOME"


def home() -> Path:
    """The folder that holds the journal; it may not exist yet."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("mother-bond", appauthor=False)


def journal() -> Path:
    """The journal file."""
    return home() / "journal.db"


def second_keys() -> Path:
    """Where the second copy of the key file lies: among the settings of other programs, if that is another folder.

    On macOS and Windows it is not, and with `MOTHER_BOND_HOME` everything is to be in one: there, among the backups.
    """
    if not os.environ.get(HOME_VARIABLE):
        from platformdirs import user_config_path

        apart = user_config_path("mother-bond", appauthor=False)
        if apart != home():
            return apart / "keys.json"
    return backups() / "keys.json"


def backups() -> Path:
    """The folder that holds the backups."""
    return home() / "backups"


def own_prompts() -> Path:
    """The folder in which the writer may put packs of their own."""
    return home() / "prompts"


def config() -> Path:
    """The writer's settings, if there are any."""
    return home() / "config.toml"


def name_new_file(fresh: Path, path: Path) -> None:
    """Give a finished file its name without ever replacing one that is there.

    Raises `FileExistsError` when there is one.
    """
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError from None
        fresh.rename(path)


def read_some(path: Path, most: int) -> bytes:
    """What is in a file, or of a longer one a byte more than `most`.

    Raises `OSError`, also for what is no file: a pipe may never end.
    """
    if path.exists() and not path.is_file():
        raise OSError
    with path.open("rb") as file:
        return file.read(most + 1)


def make_private_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it, readable by its owner alone."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o700)  # whatever the umask


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all, and on the disk before this returns.

    Raises `OSError`.
    """
    make_private_folder(path.parent)
    fresh = path.with_name(f".new-{os.urandom(4).hex()}-{path.name}")
    try:
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            fresh.chmod(0o600)  # whatever the umask
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can be asked for it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
