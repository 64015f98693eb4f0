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


def make_private_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it, readable by its owner alone."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o700)  # whatever the umask
