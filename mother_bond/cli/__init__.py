"""The commands: each parses, calls one action and hands the result to the terminal.

A module here imports nothing but typer and typing at its top; whatever a command needs is imported
when it is run.
"""

COMMANDS = {
    "begin": "writing",
    "bonds": "bonds",
    "way-in": "writing",
    "reflect": "writing",
    "check-in": "writing",
    "note": "writing",
    "steps": "steps",
    "causes": "library",
    "paths": "library",
    "prompts": "library",
    "feelings": "library",
    "list": "looking",
    "show": "looking",
    "search": "looking",
    "on-this-day": "looking",
    "calendar": "looking",
    "then-and-now": "looking",
    "patterns": "looking",
    "history": "changing",
    "edit": "changing",
    "share": "changing",
    "delete": "changing",
    "restore": "changing",
    "purge": "changing",
    "export": "data",
    "import": "data",
    "encrypt": "keeping",
    "decrypt": "keeping",
    "unlock": "keeping",
    "lock": "keeping",
    "passphrase": "keeping",
    "recover": "keeping",
    "rotate": "keeping",
    "backup": "backups",
    "doctor": "backups",
    "help-now": "around",
    "demo": "around",
    "completion": "around",
}
"""Every command, and the module it is in."""
