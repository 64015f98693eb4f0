"""Every sentence the program says that is not in prompts/ or data/.

British English, short words, warm and level. Names in braces are filled in by `str.format`.
"""

NAME = "mother-bond"
"""The program, as it is typed."""


def call_it(name: str) -> None:
    """Say this name for the program from now on, in every sentence."""

    def said(value: object) -> object:
        if isinstance(value, str):
            return value.replace("mother-bond[", "\0").replace(NAME, name).replace("\0", "mother-bond[")
        if isinstance(value, tuple):
            return tuple(map(said, value))
        return {key: said(inner) for key, inner in value.items()} if isinstance(value, dict) else value

    if name != NAME:
        globals().update({key: said(value) for key, value in globals().items() if key.isupper()})


# --- packs -------------------------------------------------------------------------------
PACK_FORMAT = "must be {known}: this program reads packs of that format"
PACK_FILE_NAME = "must be the name of its file, {name}, without the ending"
PACK_SLUG = "use small letters, digits and single hyphens"
PACK_NO_PROMPTS = "holds no [[prompt]]"
PACK_MANY = "holds more than {most} questions; make several packs of them"
PACK_NOT_A_TABLE = "must be a table, written [[prompt]]"
PACK_PLACEHOLDER = "{what} is not a placeholder; see CONTRIBUTING.md for those there are"
PACK_ID = "must look like {like}: cause, role, stage, two digits"
PACK_TWICE = "stands twice in this pack; every id is used once"
PACK_PAIR = "names {pair}, which is not in this pack"
PACK_KEY_UNKNOWN = "is not a key of this format; take it out or mend its spelling"
PACK_TEXT = "must be text, and not empty"
PACK_TOO_LONG = "is too long; at most {most} characters"
PACK_CONTROL = "holds a character that cannot be printed; take it out"
PACK_ONE_OF = "must be one of: {known}"
PACK_SOURCES = "must be a list with at least one source"
PACK_SOURCE_UNKNOWN = "{what} is not a source in data/sources.toml"
PACK_BOTH_ROLES = "must be a table with a text for mother and one for child"
EDIT = {
    "exclamation": "holds an exclamation mark; end with a full stop",
    "why": "asks “{what} …”; ask what or how, and of the writer's own side",
    "label": "says “{what}”, which is a label; say in a plain word what can be seen or felt",
    "promise": "says “{what}”, which promises; say “may” or “for some”, or leave it out",
    "praise": "says “{what}”; praise nothing and blame nothing",
    "faith": "says “{what}”; leave out faiths and holidays, which not everybody shares",
    "family": "says “{what}”; leave out relatives whom not everybody has",
    "love": "says “{what}”; assume no love, ask what is there",
    "closeness": "says “{what}”; nearness is not the goal, ask what the writer needs",
    "british": "says “{what}”; use the British spelling",
    "should": "says “{what}”, which presses; offer it, or leave it out",
    "grade": "reads at grade {what} is the highest (Flesch–Kincaid); shorten the sentence or its words",
    "plan": "must be one sentence, “When …, I will ….”, about the writer's own part",
    "pronoun": "says “{what}”; use a placeholder such as {{they}}",
    "motive": "asks for a guess (“{what}”); ask what the writer might not know",
    "other-acts": "plans what the other does (“{what}”); stay with the writer's own act",
    "detail": "asks for “{what}”; give a frame of distance instead",
    "sides": "asks “{what}”; ask what each may have seen",
    "forgiveness": "asks for forgiveness (“{what}”); keep it free, and turned to oneself",
    "gratitude": "asks for thanks (“{what}”); let “nothing” be an answer",
    "sweeping": "says “{what}”; name one time instead",
    "stacked": "asks more than one question; keep one",
    "end": "ends with neither a question mark nor a full stop; add one",
    "closed": "can be answered with yes or no; ask what, when, how or which",
    "long": "is longer than {most} words; cut it",
    "help": "must be a nudge, not a question, of at most {most} words",
    "page": "has {count} words; write between {low} and {high}",
    "paragraphs": "has {count} paragraphs; write between {low} and {high}, with an empty line between them",
    "contact": "speaks of contact (“{what}”); add none-my-choice, none-their-choice and died to not-when, or ask of the"
    " past or of the writer",
    "living": "speaks as of the living (“{what}”); add died to not-when, or put it in the past",
    "guard": "speaks of contact (“{what}”); this theme never leads there, ask of the writer's own days",
    "few": "has {count} prompts; at least {least} are needed, so write more",
    "depths": "has no {depth} prompt; write one",
    "open": "leaves fewer than {least} prompts, or no light one, where contact is {contact}; write one"
    " without not-when",
    "alike": "asks nearly what {other} asks (likeness {likeness} of 1); make one of them another question",
    "practice-contact": "does something with the other (“{what}”); set needs-contact, or turn it to the writer",
    "closings-few": "has {count} light closings; at least {least} are needed, so that none comes back"
    " within a fortnight",
    "parts": "has {count} parts; between {low} and {high} make a path",
    "parts-end": "does not end with a prompt of the stage tend; a path leads to a small act of one's own",
    "part-unknown": "names a prompt that is not in its theme's pack; mend the id",
    "part-role": "names a prompt of the other role; choose one of this role",
    "part-twice": "names a prompt that stands on the path already; choose another",
    "part-practice": "names no practice that fits the theme; choose one from data/practices.toml",
    "part-order": "goes back a stage within the part; put notice before look-again before tend",
    "part-deep": "goes deep twice, at the very beginning, or right after a deep part; choose a lighter prompt",
    "part-contact": "has no prompt that may always be asked; add one without not-when",
}
"""What each rule of the editor found, and how to mend it."""

# --- dates -------------------------------------------------------------------------------
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DATE_UNREADABLE = "That is not a day this program can read."
DATE_AMBIGUOUS = "That could be {either}."
DATE_OR = " or "
DATE_WEEKDAY = "That day is {day}; the weekday you named does not fit."
DATE_AHEAD = "{day} has not come yet."
DATE_HINT = "Write it as 2026-11-20, or as “yesterday”, “3 days ago”, “20 November”."

# --- the journal file --------------------------------------------------------------------
STORE_NONE = "There is no journal here yet."
STORE_NONE_HINT = "mother-bond begin makes one; mother-bond demo shows a made-up one."
STORE_GONE = "There is no journal here, but there are backups of one."
STORE_GONE_HINT = (
    "mother-bond backup list shows them, and mother-bond backup restore brings one back."
    " To begin anew, put the folder {folder} elsewhere."
)
STORE_BUSY = "Another window has been writing in the journal for half a minute."
STORE_BUSY_HINT = "Nothing was changed. Close the other window, then try again."
STORE_READ_ONLY = "The journal may be read but not written."
STORE_READ_ONLY_HINT = "Nothing was changed. Check who owns the folder, and that its disk is not read-only."
STORE_DISK = "The disk did not do what was asked of it."
STORE_DISK_HINT = "What was saved before is safe. Check the disk and its free space, then try again."
STORE_DAMAGED = "The journal file is damaged."
STORE_DAMAGED_HINT = (
    "Nothing was changed. mother-bond doctor looks closer; mother-bond backup restore brings the latest backup back,"
    " and keeps this file."
)
STORE_FULL = "The disk is full."
STORE_FULL_HINT = "What was saved before is safe, and nothing was changed now. Make some room, then try again."
STORE_CANNOT_OPEN = "The journal cannot be opened."
STORE_NOT_A_JOURNAL = "The file where the journal belongs is not a journal, or its beginning is damaged."
STORE_EMPTY = "The file where the journal was is empty."
STORE_NO_FOLDER = "The folder {folder} cannot be written."
STORE_NEWER = "This journal was written by a newer version (form {theirs}; this program knows {ours})."
STORE_NEWER_HINT = "Nothing was changed. Update mother-bond, then open it again."
STORE_REPLACED = "The journal was given another key, or brought back from a backup, in another window."
STORE_REPLACED_HINT = "Nothing was written here. Open it again; what you were typing is on this screen."
STORE_IN_USE = "Another window has the journal open."
STORE_IN_USE_HINT = "Nothing was changed. Close the other window, then try again."

ENCRYPTION_MISSING = "This journal is encrypted, and encryption is not installed here."
ENCRYPTION_MISSING_HINT = (
    "Nothing was changed. It takes the packages sqlcipher3 and cryptography: pip install them, then open it again."
)
ENCRYPTION_NONE = "Encryption is not installed here, so the journal cannot be encrypted."
LOCKED = "The journal is locked."
LOCKED_HINT = "mother-bond unlock opens it for a while; at a terminal you are asked for the passphrase."
PASSPHRASE_WRONG = "That passphrase does not open this journal."
PASSPHRASE_WRONG_HINT = "Nothing was changed. mother-bond recover takes the recovery code and sets a new passphrase."
PASSPHRASE_SHORT = "A passphrase has at least {n} characters."
PASSPHRASE_ADVICE = "Four or five words that nobody would put together are easy to remember, and hard to guess."
PASSPHRASE_DIFFER = "The two were not the same."
PASSPHRASE_NOT_SET = "No passphrase was set."
PASSPHRASE_AGAIN_HINT = "Nothing was changed. Try once more, a little slower."
CODE_SLIP = "There is a slip in that recovery code."
CODE_OTHER = "That recovery code belongs to another journal, or an earlier key."
CODE_HINT = "It has seven groups of four letters and figures. Capitals, spaces and dashes make no difference."
KEYS_MISSING = "The key file {file} is missing, or may not be read."
KEYS_DAMAGED = "The key file is damaged."
KEYS_FOREIGN = "The file where the keys belong is not a key file."
KEYS_NEWER = "The key file was written by a newer version."
KEYS_TAMPERED = "The key file was changed by something other than this program."
KEYS_NO_KDF = "What the key file asks for to turn a passphrase into a key is not to be had here."
KEYS_HINT = (
    "Nothing was changed, and the journal itself is as it was. A copy of the key file lies with every backup:"
    " mother-bond backup list."
)
ENCRYPTED_ALREADY = "This journal is encrypted already."
ENCRYPTED_ALREADY_HINT = "mother-bond passphrase changes its passphrase; mother-bond rotate gives it a new key."
NOT_ENCRYPTED = "This journal is not encrypted."
NOT_ENCRYPTED_HINT = "mother-bond encrypt gives it a passphrase."
ASK_PASSPHRASE = "Passphrase:"
ASK_PASSPHRASE_NEW = "New passphrase:"
ASK_PASSPHRASE_OR_NONE = "New passphrase (Enter alone: not now):"
ASK_PASSPHRASE_AGAIN = "The same once more:"
ASK_CODE = "Recovery code:"
CODE_IS = "If the passphrase is ever forgotten, this recovery code opens the journal:"
CODE_ABOUT = (
    "It is shown this once and kept nowhere. Write it on paper, and keep that where nobody you write about will look."
    " Whoever holds it can read everything; without it and without the passphrase, nobody can, and nobody can help."
)
CODE_WRITTEN_DOWN = "Enter, when it is written down:"
PROTECT_ABOUT = (
    "A passphrase keeps what you write from others who use this computer, or hold its disk. You type it when you open"
    " the journal. It can be added later too: mother-bond encrypt."
)
PROTECT_ASK = "Shall this journal have one?"
PROTECT_CHOICES = (("yes", "yes, a passphrase"), ("no", "not now"))
PROTECT_NOT_YET = "This journal is not encrypted. mother-bond encrypt, at a terminal, gives it a passphrase."
DONE_ENCRYPTED = (
    "The journal is encrypted now, and so is a new backup. Exports made before are not, and what a disk keeps beneath"
    " a file is beyond this program."
)
PLAIN_BACKUPS_ASK = "Backups from before, which can be read without the passphrase: {n}. Take them away?"
PLAIN_BACKUPS_CHOICES = (("yes", "yes, the new one is enough"), ("no", "keep them"))
PLAIN_BACKUPS_GONE = "Taken away: {n}."
DONE_DECRYPTED = "The journal is plain again: whoever can use this account can read it."
DONE_PASSPHRASE = (
    "The journal opens with the new passphrase. A copy of the key file that was made before still opens with the old"
    " one: if that one has become known, mother-bond rotate makes all of them useless."
)
DONE_ROTATED = (
    "The journal has a new key. Backups made before open with what they had then: mother-bond backup renew makes"
    " them anew."
)
ROTATE_ABOUT = "The journal gets a new key, a passphrase (the same one, if you like) and a new recovery code."
DECRYPT_ASK = "Without encryption, whoever can use this account, or holds the disk, can read everything."
DECRYPT_CHOICES = (("no", "keep it encrypted"), ("yes", "make it plain"))
CONFIRM_HINT = "Nothing was changed. Add --yes to confirm."
UNCONFIRMED = "Nothing was changed."
UNLOCK_LENGTH = "A journal can be open for between a minute and a day."
UNLOCK_LENGTH_HINT = "As in --for 30m or --for 2h."
UNLOCK_NOWHERE = "This system has no place where a key is safe from others for a while."
UNLOCK_NOWHERE_HINT = (
    "The passphrase is asked for with each command instead. Where the system has a keyring,"
    " pip install 'mother-bond[keyring]' lets unlock use it."
)
STATUS_PLAIN = "This journal is not encrypted, so there is nothing to lock."
STATUS_LOCKED = "The journal is locked."
STATUS_OPEN = "The journal is open until {time}; its key is kept {where}. mother-bond lock closes it at once."
KEPT_RUNTIME = "in memory, in your own runtime folder"
KEPT_KEYRING = "in the system's keyring"
SEALED_CANNOT = "{file} holds something sealed that this journal's key does not open."
SEALED_CANNOT_HINT = "It stays where it is. It may have been sealed for an earlier key, or be damaged."
SEALED_STRANGE = "Something that was sealed is not of a kind this version knows."
SEALED_IN = "Written while the journal was locked, and part of it now: {n}."
FROM_BACKUP_WHAT = "--from takes one entry or one answer out of a backup. Name that one, and nothing else."
DONE_BROUGHT_BACK = "{ref} is back, as it was when that backup was made."
DONE_THERE_ALREADY = "{ref} is in the journal already; nothing was changed."
SEALED_OPTION = "--sealed does not go with {option}: that would need the journal to be open."
SEALED_OPTION_HINT = "Leave one of the two out."
SEALED_NOBODY = "somebody"
SEALED_NOTE = "Sealed. It joins the journal when that is next opened."
OPTION_SEALED = "Write without opening an encrypted journal; it joins when that is next opened."
KEYS_DO_NOT_FIT = "The key does not fit the journal: the one of the two is damaged, or belongs to another."
KEYS_WITHOUT_JOURNAL = "The key file is here, but the journal is not."
KEYS_WITHOUT_JOURNAL_HINT = "Nothing was made in its place. mother-bond backup restore brings the latest backup back."
KEYS_SECOND_ALONE = "The second copy of the key file is here, but the journal is not."
KEYS_SECOND_ALONE_HINT = (
    "Nothing was made in its place. mother-bond backup restore takes the path of a backup that lies elsewhere."
    " To begin anew, put {file} elsewhere."
)

# --- backups, and looking the journal over -----------------------------------------------
BACKUP_NONE = "There is no backup of that name."
BACKUP_NONE_HINT = "mother-bond backup list shows their names; a path to a file does as well."
BACKUP_NONE_YET = "There is no backup yet that was checked."
BACKUP_NONE_YET_HINT = "mother-bond backup makes one. One that lies elsewhere is named by its path."
BACKUP_NOT_ONE = "That file is not a backup of a journal."
BACKUP_DAMAGED_HINT = "Nothing was changed. mother-bond backup list shows the others."
BACKUP_WHY = {
    "day": "of the day",
    "asked": "asked for",
    "form": "before an update",
    "import": "before an import",
    "purge": "before a purge",
    "key": "before a change of keys",
    "restore": "before another was brought back",
    "renew": "in place of older ones",
}
BACKUP_UNSAID = "unknown"
BACKUP_HEAD = ("backup", "entries", "size", "why")
BACKUP_LINE = "{name}  {day} {time}  {entries}  {size}  {state}  {why}"
BACKUP_VERIFIED = "checked"
BACKUP_UNVERIFIED = "not checked"
BACKUP_ENCRYPTED = "encrypted"
BACKUP_PLAIN = "not encrypted"
BACKUP_SIZE = "{n} MB"
BACKUP_SIZE_SMALL = "{n} kB"
BACKUP_MADE = "Backed up and checked: {entries}, {state}, in {file}."
BACKUP_EMPTY = "No backup was made yet."
BACKUP_HOLDS = "{name}, made on {day} at {time}: {held}."
BACKUP_HELD = "{entries}, from {first} to {last}"
BACKUP_HELD_NONE = "no entries"
BACKUP_CHANGED = "Its note is missing, or does not fit it any more: it opens, but was changed since, or never checked."
BACKUP_PRESENT = "The journal as it is: {held}. It is backed up first."
BACKUP_PRESENT_CLOSED = "The journal as it is cannot be opened. It is set aside under another name, and not deleted."
BACKUP_PRESENT_NONE = "There is no journal here at the moment."
BACKUP_TO_PLAIN = "This backup is not encrypted, so the journal will not be either."
BACKUP_TO_ITS_KEY = "From then on the journal opens with the passphrase it had when this backup was made."
BACKUP_ASK = "This puts the backup in the place of the journal."
BACKUP_CHOICES = (("no", "leave the journal as it is"), ("yes", "put the backup in its place"))
BACKUP_PASSPHRASE = "The passphrase of that backup, or its recovery code:"
BACKUP_RESTORED = "{name} is the journal now: {held}."
BACKUP_KEPT = "The journal of before is the backup {name}."
BACKUP_ASIDE = "The journal of before is in {name}."
BACKUP_RENEW_ASK = "This makes a new backup and takes away the {n} there are now. There is no way back."
BACKUP_RENEW_CHOICES = (("no", "keep them"), ("yes", "renew them"))
BACKUP_RENEWED = "{n} taken away."
BACKUP_WORD = ("backup", "backups")
FILE_WORD = ("file", "files")
DOCTOR_STATES = {
    "well": "well",
    "mind": "please look",
    "mended": "mended",
    "damaged": "damaged",
    "unknown": "not known",
}
DOCTOR_MEND = "mother-bond doctor --mend puts right what it can."
DOCTOR_RESTORE = "mother-bond backup restore brings the latest backup back, and keeps this file."
DOCTOR_LOCKED = "The journal is locked, so its inside was not looked at."
DOCTOR_INDEX = "The index of your words does not match them; no word is lost, but search may miss some."
DOCTOR_SOUND = "The journal is sound: {entries}, every page and the index of words read."
DOCTOR_BACKUP = "The last backup was made and checked on {day} at {time}."
DOCTOR_BACKUP_OLD = "Newer entries are in no backup yet."
DOCTOR_BACKUP_NONE = "There is no backup yet that was checked."
DOCTOR_BACKUP_EMPTY = "There is nothing to back up yet."
DOCTOR_BACKUP_CHANGED = "The backup {name} is no longer as it was when it was checked."
DOCTOR_KEYS = "The key file is there, and its second copy is the same."
DOCTOR_KEYS_SECOND = "The second copy of the key file, {file}, is missing or not the same."
DOCTOR_KEYS_FIRST = "The key file {file} is missing or damaged; its second copy is sound."
DOCTOR_KEYS_LOST = "The key file is missing in both its places; a copy lies with the backup {name}."
DOCTOR_KEYS_NONE = (
    "The key file is damaged in both its places, and no backup has one. Without a copy of it, the journal stays closed."
)
DOCTOR_PRIVATE = "Files and folders can be read by your account alone."
DOCTOR_OPEN = "Others on this machine may read: {files}."
DOCTOR_LEFT = "{n} left over from something that was cut off."
DOCTOR_WRITING = "{file} holds words from an editor that did not end well. Read it, then delete it."
DOCTOR_SCARCE = "The disk has {free} MB left, and the journal takes {size} MB. Backups and changes of keys need more."
DOCTOR_ROOM = "The disk has {free} MB left; the journal takes {size} MB."
DOCTOR_AHEAD = "{entries} begun later than now. This machine says that today is {today}; is its clock right?"
DOCTOR_CLOCK = "The clock of this machine and the entries agree."
DOCTOR_NETWORK = (
    "The journal is on a network disk ({kind}), where two machines can damage it. A disk of your own is safer."
)
DOCTOR_SYNCED = (
    "The folder is carried to other places by {service}, which can damage an open journal, and keeps copies of it."
)
DOCTOR_LOCAL = "The folder is on a disk of this machine, and no service seems to carry it elsewhere."
DOCTOR_SQLITE = "SQLite {version} has none of the faults that are known to damage journals."
DOCTOR_SQLITE_BUG = (
    "SQLite {version} has a fault that can damage a journal when two windows write at once. pip install sqlcipher3"
    " brings a newer one; until then, one window at a time."
)

# --- finding entries ---------------------------------------------------------------------
ENTRY_NONE = "No entry has that id."
ENTRY_NONE_HINT = (
    "mother-bond list shows the ids; an answer is named after its entry, as in k7fm.2. What was purged may still be in"
    " a backup: mother-bond restore ID --from BACKUP."
)
ENTRY_SEVERAL = "More than one entry ends in that id."
ENTRY_SEVERAL_HINT = "Type the short id as mother-bond list shows it."
ASK_SEARCH = "Which words?"
SEARCH_NOTHING = "There is no word to look for."
SEARCH_HINT = "Give at least one word: mother-bond search kitchen 'long call' call* NOT work"

# --- files that are handed in ------------------------------------------------------------
FILE_UNREADABLE = "{file} cannot be read."
FILE_NOT_A_FILE = "{file} cannot be read: it is not a file."
FILE_NOT_A_FILE_HINT = "Save it to a file first; it is read twice, once to check it and once to take it in."
FILE_UNREADABLE_HINT = "Check that the file is there and that you may read it."
TOML_TOO_LARGE = "the file is larger than {most} kilobytes"
TOML_NOT_UTF8 = "the file is not UTF-8 text (byte {byte})"
TOML_DOTS = "the file has more than {most} full stops in one line"
TOML_NOT = "the file is not TOML: {why}"
PACK_BROKEN = "The question pack {file} cannot be used: {key} {reason}."
PACK_BROKEN_HINT = "mother-bond prompts check {file} names everything that is wrong with it."
CAUSE_NONE = "There is no theme of that name."
CAUSE_NONE_HINT = "mother-bond causes lists them."
EDIT_NOTE = "The note, as it stands."
FILE_EXISTS = "{file} is there already."
FILE_EXISTS_HINT = "Nothing was written over. Choose another name, or add --force."
FILE_UNWRITABLE = "{file} cannot be written."
FILE_UNWRITABLE_HINT = "Check that the folder is there, that you may write in it, and that its disk has room."
CONFIG_NOT_TOML = "The settings file {file} cannot be read: {why}."
CONFIG_KEY = "The setting “{key}” is not one there is, or not of the right kind."
CONFIG_HINT = "README lists the settings. With the file taken away, the usual ones hold."
VALUE_ONE_OF = "{option} must be one of: {known}."

# --- text that comes in ------------------------------------------------------------------
TEXT_NUL = "it holds a NUL, which no text has"
TEXT_SURROGATE = "it holds half a character, which cannot be written down"
TEXT_NOT_UTF8 = "Line {line} is not UTF-8 text."
TEXT_REFUSED = "This text cannot be kept as it is: {reason}."
TEXT_TOO_LONG = "This text is longer than twenty megabytes."
TEXT_HINT = "Nothing of it was taken in; what was saved before is safe."
EDITOR_NONE = "No editor was found."
EDITOR_MISSING = "The editor could not be started."
EDITOR_HINT = "Name one in the variable EDITOR, as in EDITOR=nano."
EDITOR_FAILED = "The editor ended with an error, so nothing was changed."
EDITOR_GONE = "The editor left no file behind, so nothing was changed."
EDITOR_HINT_GONE = "Let it save under the name it was given."
EDITOR_KEPT = "What was in it is in {file}."
EDITOR_KEPT_IN_MEMORY = "What was in it is in {file}, in memory only: it goes when you log out or switch off."
EDITOR_EARLIER = "Text from an earlier time is still in {file}."

# --- import ------------------------------------------------------------------------------
LINE_TOO_LONG = "the line is longer than 256 megabytes"
LINE_TOO_MUCH = "the line holds more brackets and commas than any session has"
LINE_NOT_UTF8 = "the line is not UTF-8 text"
LINE_NOT_JSON = "the line is not JSON"
LINE_OBJECT = "must be an object, written {…}"
LINE_LIST = "must be a list, written […]"
LINE_FORMAT = "must be “{known}”"
LINE_ANSWERS = "must be a list of at most {most} answers"
LINE_MOMENT = "must be a moment with its offset, as in 2026-03-01T21:14:00+01:00"
LINE_TWICE = "stands twice in this line; every id is used once"
LINE_PATH = "must be a theme and the number of a part of its path, as in emotional-debt.3"
LINE_BOOL = "must be true or false"
LINE_ID = "must be 26 characters of Crockford's base 32, or be left out"
LINE_WHOLE = "must be a whole number from {low} to {high}"
IMPORT_PROBLEM = "line {line}{key}: {reason}"
IMPORT_BAD = "Nothing was taken in, because {n} of its lines cannot be read:\n{listed}"
IMPORT_MORE = "\nand {n} more"
IMPORT_BAD_HINT = "Mend the file, or add --skip-bad to leave those lines out."
IMPORT_DIFFERING = "{n} of those there already say something else in the file; they were left as they are here."
IMPORT_UNKNOWN = "Keys this version does not know were left out: {keys}."
IMPORTED = "{added} taken in, {already} there already."
EXPORTED = "Written to {file}, readable by you alone."
EXPORTED_PLAIN = "Unlike the journal, it is not encrypted."
PROGRESS = "{n} so far …"

# --- counting ----------------------------------------------------------------------------
ENTRY_WORD = ("entry", "entries")
DAY_WORD = ("day", "days")
ANSWER_WORD = ("answer", "answers")
WORD_WORD = ("word", "words")
PART_WORD = ("part", "parts")
MINUTE_WORD = ("minute", "minutes")
MARK_WORD = ("mark", "marks")
THING_WORD = ("thing", "things")


def count(number: int, word: tuple[str, str]) -> str:
    """A number with its noun: "1 entry", "3 entries"."""
    return f"{number} {word[number != 1]}"


# --- words for values --------------------------------------------------------------------
KINDS = {"reflection": "reflection", "note": "note", "check-in": "check-in", "step": "step", "way-in": "way-in page"}
STAGES = {"notice": "notice", "look-again": "look again", "tend": "tend"}
ROLE_WORDS = {"mother": "you are the mother", "child": "you are the child"}
CONTACT_WORDS = {
    "in-touch": "in touch",
    "little": "little contact",
    "none-my-choice": "no contact, by your choice",
    "none-their-choice": "no contact, by their choice",
    "died": "died",
    "unsaid": "contact left unsaid",
}
STEP_STATES = (("done", "done"), ("resting", "still resting"), ("let-go", "let it go"))
MARKS = (("1", "not me"), ("2", "a little"), ("3", "very much"))
MARK_WORDS = {1: "not me", 2: "a little", 3: "very much"}
NOT_MARKED = "not marked"
DAY_PARTS = ((5, "night"), (12, "morning"), (18, "afternoon"), (24, "evening"))
UNFINISHED = "(not finished)"
SHELLS = ("bash", "zsh", "fish")

# --- an evening --------------------------------------------------------------------------
WELCOME = "Welcome. This is a quiet place to write about the bond between a mother and a child."
WELCOME_ABOUT = (
    "It asks, you write as much or as little as you like, and it remembers. It is not therapy, it takes no side,"
    " and it never treats being closer as the goal. It is written for adults.\n"
    "What you write stays on this machine.\n"
    "If you need a person rather than a page: mother-bond help-now\n\n"
    "A few questions first. Enter alone skips a question, Ctrl-D leaves."
)
LEFT_AGAIN = "Nothing was kept. Come back whenever you like."
ASK_ROLE = "Who is writing?"
ROLES = (("mother", "a mother, about her grown child"), ("child", "a grown child, about their mother"))
ASK_NAME = {
    "mother": "What is your child's name? A nickname or a letter will do.",
    "child": "What name shall your mother have here? Mum, her first name, or a letter.",
}
ASK_CALL = {
    "mother": "And what do you call {name}, speaking of them? As in: my son, my daughter, my eldest.",
    "child": "And what do you call {name}, speaking to her or of her? As in: Mum, Mam, my mother.",
}
ASK_THEY = "Which words for {name}?"
THEYS = (("she", "she, her"), ("he", "he, him"), ("they", "they, them"))
ASK_CONTACT = "Where does contact with {name} stand? It decides which questions are never asked."
CONTACTS = {
    "mother": (
        ("in-touch", "we are in touch"),
        ("little", "there is little contact"),
        ("none-my-choice", "none, by my choice"),
        ("none-their-choice", "none, by their choice"),
        ("died", "my child has died"),
        ("unsaid", "I would rather not say"),
    ),
    "child": (
        ("in-touch", "we are in touch"),
        ("little", "there is little contact"),
        ("none-my-choice", "none, by my choice"),
        ("none-their-choice", "none, by her choice"),
        ("died", "she has died"),
        ("unsaid", "I would rather not say"),
    ),
}
NAME_WHAT = "The name"
CALL_WHAT = "What you call them"
NAME_EMPTY = "{what} is empty."
NAME_LONG = "{what} is longer than {most} characters."
NAME_CONTROL = "{what} holds a character that cannot be shown."
NAME_HINT = "One short line will do."
WAY_IN = "A way in"
WAY_IN_ABOUT = (
    "Eleven sentences that people have said. Mark each as it is for you today. It decides what is asked first, and"
    " nothing else: it is no test and has no result. Enter alone passes a line, Ctrl-D ends the page."
)
WAY_IN_ASK = "There is a page of eleven short sentences that finds a place to begin. It takes two minutes."
WAY_IN_CHOICES = (("now", "fill it in now"), ("later", "later, or not at all"))
WAY_IN_LINE = "{n} of {of}   “{sentence}”"
WAY_IN_AGAIN = "The way-in page is three months old. mother-bond way-in puts then and now side by side."
WAY_IN_NOTHING = "Nothing was marked, and nothing was changed."
WAY_IN_BEFORE = " (before: {mark})"
WAY_IN_EARLIER = "Before was {day}. Neither page is better than the other."
GREETING = "{weekday} {part}. {who}."
GREETING_KEYS = "Ctrl-S goes on to the next question. Ctrl-D is enough for today, and keeps what is there."
NOTE_CUT_OFF = "A note was cut off; its words are kept. mother-bond note goes on with it."
CUT_OFF = "A sitting from {day} was cut off."
CUT_OFF_DRAFT = "The words you were writing are there."
CUT_OFF_ASK = "What would you like?"
CUT_OFF_GO_ON = "go on with it"
CUT_OFF_KEEP = "keep it as it is and begin a new one"
MINUTES_UNKNOWN = "A sitting is 5, 10 or 20 minutes long."
MINUTES_HINT = "As in: mother-bond reflect --minutes 5"
STEP_EARLIER = "A small step you chose on {day}"
STEP_HOW = "How is it going?"
STEP_LABEL = "step"
SCALE_PICTURE = "1 (   )        (   )  {low} … {highest} ((   ))  {high}"
SCALE_LINE = "1 {low} … {highest} {high}"
SCALE_ENDS = "A number from 1, {low}, to {highest}, {high}. An empty line skips."
SCALE_SKIP = "Or say: {skip}."
SCALE_AGAIN = "A whole number from 1 to {highest}, or Enter to skip."
PICK_ONE = "Which one?"
PICK_AGAIN = "A number from 1 to {n}, or the first letters of a line."
TONIGHT = "Tonight: {theme}"
BECAUSE = {
    "asked-for": "because you chose it.",
    "path": "because it is {detail}.",
    "cue": "because {detail}.",
    "go-on": "because you began on it on {detail}, and there is more to it.",
    "way-in": "because you marked its sentence on the way-in page.",
    "new": "because you have not been here yet.",
    "long-ago": "because it is a while since you were here, on {detail}.",
}
STAGE_WHY = {
    "notice": "The first questions only look at what is so.",
    "look-again": "The middle ones look again, from further off or from the other side.",
    "tend": "The last ones are about what you need and where your limit is.",
}
WHY_QUESTION = "This theme came up {reason} {stage} A question usually rests for eight weeks before it is asked again."
PLACE = "{n} of {of} · {stage}"
ASKED_BEFORE = " · asked before, on {day}"
SOFT_STOP = "Twenty minutes have gone by. Enough for today is always all right: Ctrl-D."
NO_OTHER_QUESTION = "There is no other question here tonight that would fit. This one can be skipped."
OTHER_THEME_ASK = "Which theme instead? Enter alone leaves the choice open."
THEME_RESTS = "“{theme}” has nothing new to ask for now; its questions rest for eight weeks."
THEME_NONE_LEFT = "No theme has a question left for tonight. A note is always open: mother-bond note"
FEELING_GROUPS = {
    ("low", False): "low, and hard",
    ("high", False): "stirred, and hard",
    ("low", True): "quiet, and good",
    ("high", True): "lively, and good",
}
FEELING_LINE = "{group}: {words}"
FEELINGS_MORE = "mother-bond feelings says in a line what each means."
PATH_NONE = "No path has parts left that you were on."
PATH_NONE_HINT = "mother-bond paths lists them; mother-bond reflect individuation --path begins one."
PATH_NOT_HERE = "There is no path for this theme."
PATH_NEXT = "That was part {n} of {of} of the path. For the next, whenever you like: mother-bond reflect --path"
PATH_END = "That was the last part of the path “{path}”."
PATH_OPEN = "You are on the path “{path}”; part {n} is next: mother-bond reflect --path"
PATH_BEGINS_AGAIN = "You walked this path to its end on {day}. It begins again."
PATH_WALKED = "{n} of {of}, last on {day}"
PATH_PART = "{n}. {title}"
PATH_PRACTICE = "a small step offered: {practice}"
PATHS_FOOT = "mother-bond paths NAME shows its parts; mother-bond reflect NAME --path walks the next one."
PATHS_ABOUT = "Each path is a walk of some sittings in a set order. Take it up, leave it, take it up again."
PATH_PLACE = "part {n} of {of} of the path “{path}”: {title}"
PATH_NOTHING = "The path has nothing to ask here, because its questions are not in the pack. Tonight is by the rules."
PATH_WAITS = (
    "The next part of the path goes deep, and today is no day for that: it waits. Tonight asks something lighter."
)
OFFER = "A small step, if you like"
OFFER_SAY = "As in: “{say}”"
OFFER_SMALLER = "A smaller one:"
OFFER_ASK = "Take it on? Enter alone lets it be."
OFFER_OPTIONS = (
    ("take", "take it on"),
    ("change", "change the words"),
    ("smaller", "something smaller"),
    ("another", "another one"),
)
OFFER_CHANGE = "In your own words, about your own part: When …, I will …"
CLOSING = "Closing"
SAVED = "Saved for {day}"
SAVED_NOTHING = "Nothing was written, and nothing was kept."
FOOT = "If tonight is too heavy to carry alone: mother-bond help-now"
HELP_CARD = (
    "The last evenings sound low. You are not in trouble, and nothing was shared."
    " If you want a person: mother-bond help-now"
)
SAVE_AGAIN = "What you wrote is not saved yet; it stands above."
SAVE_CHOICES = (("again", "try again"), ("stop", "stop here"))
INTERRUPTED = "Stopped. What was saved by then is kept; the same command goes on from there."
KEYS = ("Ctrl-S go on (empty: skip)", "Enter new line", "Ctrl-X editor", "Ctrl-D enough for today")
KEYS_WALKING = (
    "Ctrl-S go on (empty: skip)",
    "Enter new line",
    "Ctrl-X editor",
    "Ctrl-D enough",
    "Ctrl-G nudge",
    "Ctrl-F feelings",
    "Ctrl-Y why",
    "Ctrl-N another",
    "Ctrl-T theme",
)
PLAIN_WRITE = (
    "Write as many lines as you like and end with a line that holds a single full stop. A line with a full stop alone"
    " skips. Instead of an answer: /other for another question, /theme for another theme, /why, /help for a nudge,"
    " /feelings for words, /skip, /enough for today."
)
PLAIN_NOT_HERE = "That cannot be asked for here; /skip and /enough can."
PLAIN_NO_ANSWER = "Line {line} of what is read here, like a hundred before it, does not answer what was asked."
PLAIN_NO_ANSWER_HINT = "What was answered before is kept. An empty line skips a question."
PLAIN_SUGGESTION = "This is a suggestion; an empty answer takes it as it is:"
PLAIN_DRAFT = "This is there already; what you write is added to it:"
NOTE_ASK = "A note, about anything."
INVITE_NEW = (
    "{day}. There is no journal here yet.\n"
    "To begin, in a terminal: mother-bond\n"
    "Without one: mother-bond begin --role mother --name Daniel --call 'my son' --they he --contact little\n"
    "(or --role child --name Mum). To look around first: mother-bond demo"
)
INVITE_LOCKED = "{day}. The journal is locked. To open it, in a terminal: mother-bond, or mother-bond unlock --for 30m"
INVITE = (
    "{day}. Tonight's page is open, about {who}.\n"
    "To answer, in a terminal: mother-bond\n"
    "Without one, line by line from standard input: mother-bond reflect --plain\n"
    "  a number or a choice is one line; a written answer ends with a line that holds a single full stop;\n"
    "  an empty answer skips; /enough ends, and keeps what is there.\n"
    "A line or a page of your own: mother-bond note, or text | mother-bond note"
)

# --- bonds, steps, entries ---------------------------------------------------------------
BOND_LINE = "{who} · {role} · {they} · {contact}{away}"
BOND_AWAY = " · put away"
BOND_NONE = "No bond has that name."
BOND_NONE_HINT = "mother-bond bonds lists them; mother-bond begin adds one."
BOND_NO_ONE = "There is no bond to write about."
BOND_NO_ONE_HINT = "mother-bond begin adds one; mother-bond bonds use NAME takes one out that was put away."
BOND_SEVERAL = "Two bonds have that name."
BOND_SEVERAL_HINT = "Say which by the role, as in mother:Alex or child:Alex."
BOND_EXISTS = "There is a bond of that role and name already."
BOND_EXISTS_HINT = "mother-bond bonds lists them; mother-bond bonds change alters one."
PRACTICE_NONE = "There is no practice of that name."
PRACTICE_NONE_HINT = "mother-bond steps offer lists those that fit this bond."
PRACTICE_CONTACT = "That practice needs contact, so it is not offered for this bond."
STEP_NONE = "That entry holds no step."
STEP_NONE_HINT = "mother-bond steps lists them with their ids."
STEP_WHY = "Why it may help: {text}"
STEP_PLAN = "A plan to change: {text}"
STEP_SMALLER = "Smaller: {text}"
STEP_NOT_NOW = "When not: {text}"
STEP_SAY = "It may be said like this:"
STEP_NOTICE = "What may come to the tongue instead:"
STEPS_FOOT = "mother-bond steps offer NAME tells more; mother-bond steps take NAME takes it on."
STEPS_NONE = "No step was taken on yet. mother-bond steps offer shows some."
ENTRY_TRASHED = "That entry lies in the trash."
ENTRY_TRASHED_HINT = "mother-bond restore takes it out; mother-bond restore alone shows the trash."
ANSWER_NONE = "That entry has no answer of that number."
ANSWERS_NONE = "That entry holds no written answer."
ANSWER_WHICH = "That entry holds {n} answers. Say which, as in {ref}.1"
ANSWER_WHICH_HINT = "mother-bond show lists them with their numbers."
EDIT_EMPTY = "The new wording is empty."
EDIT_EMPTY_HINT = "Nothing was changed. To take words away: mother-bond delete"
REVISION_NONE = "That answer has {n} earlier wordings."
REVISION_HINT = "mother-bond history lists them with their numbers."
REVISION_LINE = "-- {n}, as it stood until {day}, {time}"
REVISION_NOW = "-- as it stands"
REVISION_ONLY = "-- as it stands, never changed"
NOT_IN_TRASH = "That does not lie in the trash."
NOT_IN_TRASH_HINT = "mother-bond restore alone shows what does."
PURGE_FIRST_HINT = "Only what lies in the trash can be purged: mother-bond delete first."
TRASH_EMPTY = "The trash is empty."
TRASH_ANSWER = "{ref}  one answer"
PURGE_ASK = "This takes {n} out of the journal for good. There is no way back."
PURGE_CHOICES = (("no", "keep it"), ("yes", "purge it"))
PURGE_HINT = "Add --yes to confirm."
PURGE_NOT = "Nothing was purged."
PURGED = "Purged {n}. Copies and exports made elsewhere may still hold them."
PURGED_LOG = "Another window is reading the journal; the last traces go when it is closed."
PURGED_STILL = "These still hold them, or may:"
PURGED_RENEW = (
    "mother-bond backup renew makes a new backup and takes the older ones away. Until then, mother-bond restore ID"
    " --from BACKUP takes an entry back out of one."
)
PURGED_ASIDE = "What was set aside as damaged is yours to delete."
TRASH_GOES = "  purged on {day}"
TRASH_EMPTIED = "Purged {n} that had lain in the trash for their time. Backups may hold them for up to a year."
DONE_UNCHANGED = "{ref} is as it was."
DONE_LEFT = "{ref} is as it was; what you typed is there again the next time you edit it."
DONE_EDITED = "{ref} is changed; mother-bond history {ref} shows how it stood before."
DONE_REVISED = "{ref} has its earlier wording back; the one it had is kept too."
DONE_SHARED = "{ref} is marked as all right to hand on; a summary made with --redact may hold it."
DONE_PRIVATE = "{ref} is private again."
SHARED_MARK = "all right to hand on"
DONE_DELETED = "{ref} lies in the trash. mother-bond restore {ref} takes it out again."
DONE_DELETED_UNTIL = "{ref} lies in the trash until {day}. mother-bond restore {ref} takes it out again."
DONE_RESTORED = "{ref} is back."
DATE_IS = "For {day}."
NOTHING_HERE = "Nothing here yet."
NOTHING_FOUND = "Nothing found."
FOUND_MORE = "{shown} of {total}; -n 0 shows all."
MORE_ENTRIES = "There are earlier ones; -n 0 shows all."
THEN_NOTHING = "No question has been answered twice yet. A question comes round again after eight weeks."
CALENDAR_TITLE = "{year} · {days} written on"
CALENDAR_SEVERAL = "{day} ({n} entries)"
CALENDAR_NONE = "none"
CALENDAR_KEY = "· a day   1 a day with one entry   2 with two, and so on"
CHECKIN_LABEL = "check-in"
SIDES = {"mother": "From a mother's side", "child": "From a grown child's side"}
THEMES_FOOT = "mother-bond causes NAME tells more; mother-bond reflect NAME asks about it."
CHECK_FINE = "{file}: nothing to mend in {n} prompts."
CHECK_FINE_DATA = "{file}: nothing to mend."

# --- what changed ------------------------------------------------------------------------
CHANGES_NOTHING = "Nothing was written yet, and that is fine."
CHANGES_OPENING = "{bond}: {sessions} on {days}, from {first} to {last}."
CHANGES_THEMES = "Themes:"
CHANGES_THEME = "  {name}: {times}, last on {day}"
CHANGES_STEPS = "Steps:"
CHANGES_END = "All of this rests on what you marked on the days you wrote. None of it knows why."
FINDINGS_LOOKS = (
    "A measure is looked at when it has 20, 40 and 80 marks, and at every 80 from then on: looking more often"
    " would find what is not there."
)
TOO_EARLY = "too early to say"
TOO_FEW = "too few to say more"
COURSE_ABOUT = "Marks from 1 to 7, each of them yours, oldest on the left. Neither end is the good one."
COURSE_HEAD = ("", "marks", "median", "range", "course")
COURSE_COUNT = "{name}: {marks}, too few to say more."
COURSE_WORDS = "{name}: {marks}; {counts}."
COURSE_MIDDLE = "{name}: {marks}, median {median}, from {low} to {high}"
COURSE_EARLY = "; too early to say more."
COURSE_QUARTERS = "; from the first quarter of them to the last: {quarters}."

FINDINGS = "What may be said"
CLAIM_NONE = "There is no claim of that number; there are {n}."
CLAIM_NONE_HINT = "mother-bond patterns lists them with their numbers."
MEASURE_NONE = "There is no measure of that name, or it was never marked."
MEASURE_NONE_HINT = "There are: {known}."
FINDING_LINE = "{name} went {way} by about {points} from {first} to {last}, on the days you wrote ({n} marks; {span})."
FINDING_SHIFT = (
    "Around {when}, {name} moved {way} by about {points}, and it had not gone back by {last} ({n} marks; {span})."
)
FINDING_LINK = (
    "When {other} was a point higher, {name} was about {points} {higher}, in the same entry"
    " ({n} entries; {span}). Which of them leads, or whether something else moves both,"
    " this cannot tell."
)
FINDING_LINK_LATER = (
    "When {other} was a point higher, {name} was about {points} {higher} in the entry after"
    " ({n} entries; {span}). Whether the one leads to the other, this cannot tell."
)
FINDING_AROUND = (
    "From {day} on, {name} was about {points} {higher} than before"
    " ({n} marks; {span}). Much else may have changed that day."
)
FINDING_AROUND_UNCLEAR = "{name}: before and from {day} on, nothing clear yet ({n} marks; {span})."
FINDING_NOTHING = "Nothing clear yet, and that is fine: {names}."
FINDING_TOO_EARLY = "Too early to say: {names}. From twenty marks of a measure on, something may be said."
AROUND_NOTHING = "No scale was marked yet, so there is nothing to hold side by side."
FINDING_TOO_EARLY_AROUND = (
    "Too early to say: {names}. Ten marks on either side of the day are needed, and forty in all."
)
SCALE_ENDS_ARE = "1 is {low}, {highest} is {high}; the middles of equal runs of marks, oldest first:"
FINDING_SAID = "Said on {day}, taken back on {back}, when later marks did not hold it up: {said}"
FINDING_UP, FINDING_DOWN = "up", "down"
FINDING_HIGHER, FINDING_LOWER = "higher", "lower"
SPAN = "somewhere between {low} and {high}"
SPAN_ALIKE = "somewhere close to {n}"
SPAN_OVER = "somewhere between {low} lower and {high} higher"
POINTS = "{n} points"
POINT = "a point"
MONTH_PARTS = ("early {month} {year}", "the middle of {month} {year}", "late {month} {year}")
FINDINGS_WHY = "mother-bond patterns why {n} lists the entries behind a line; patterns {measure} goes into one measure."
WEEKDAYS_HEAD = "By weekday (marks, median)"
PARTS_HEAD = "By the time of day (marks, median)"
PARTS_OF_DAY = ("night", "morning", "afternoon", "evening")
WEEKS_HEAD = "Themes by week, from {first} to {last}; a number is how many entries a week held."
GAP = "Nearness lay {points} {way} what you wished for, in the middle of the last {n} entries that hold both."
GAP_SAME = "Nearness and what you wished for were alike, in the middle of the last {n} entries that hold both."
GAP_UNDER, GAP_OVER = "under", "over"
STEPS_AFTER = "Steps, and what you wrote next"
STEP_AFTER_NONE = "nothing yet"
STEP_AFTER = "{day}: {plan} ({state}). Next: {ref}"
WORDS_NOTHING = "There is not enough written yet to set words side by side, and that is fine."
WORDS_RETURN = "“{phrase}” comes back: {times} times in {sessions}, from {first} to {last}"
WORDS_USED = "How often some words stood in answers of one kind, the earlier half beside the later"
WORDS_USE = "{kind}: {name}, {early}; then {late}"
WORDS_SIDE = "{times} in {words} words ({first} to {last})"
WORDS_TOO_FEW = "Too early to set words side by side: {n} words of one kind of question are needed in either half."
WORDS_NOTES = "notes"
WORDS_ABOUT = "These are words you used, and no measure of how you were. The questions drive the words, too."
WORDS_SEE = "mother-bond patterns words shows words of yours worth reading again."

# --- the summary -------------------------------------------------------------------------
SUMMARY_TITLE = "A reflection summary"
SUMMARY_ABOUT = {
    "me": "Made on {day} from a private journal. It holds counts and the writer's own words, and no judgement.",
    "counsellor": "Made on {day} by the program mother_bond, from one person's private journal. The writer chose to"
    " bring it.",
}
SUMMARY_ABOUT_COUNTS = "Made on {day} from a private journal. It holds counts alone; the words stay in the journal."
SUMMARY_IS = "What this is, and what it is not"
SUMMARY_IS_LINES = (
    "It shows one side, on the days on which something was written. Days without an entry say nothing here.",
    "The check-in asks single questions of the program's own: not validated instruments, and no diagnosis.",
    "What is said of a change is held against chance at fixed looks, and is wrong in fewer than one journal in ten.",
)
SUMMARY_IS_WORDS = "Passages were picked by rules, not by worth. They come last, and are the writer's to speak about."
SUMMARY_IS_SHARED = "The writer chose each passage. They come last, and are the writer's to speak about."
SUMMARY_IS_COUNTS = "The writer's words were left out on purpose."
SUMMARY_REDACTED = "Names, places and numbers were replaced by a program; what stands in brackets is not the writer's."
SUMMARY_END_SHARED = "This is a selection, made by the writer. Distance and nearness can each be right."
SUMMARY_END = "This is a selection, made by rules and not by worth. Distance and nearness can each be right."
SUMMARY_NOTHING = "Nothing was written in this time."
SUMMARY_PERIOD = "From {first} to {last}: {sessions} on {days}."
SUMMARY_CAUSE = "Only entries on one theme: {name}."
SUMMARY_ROLE = {"mother": "The writer is the mother.", "child": "The writer is the grown child."}
SUMMARY_CONTACT = {
    "in-touch": "Contact, as the writer set it: in touch.",
    "little": "Contact, as the writer set it: little.",
    "none-my-choice": "Contact, as the writer set it: none, by the writer's choice.",
    "none-their-choice": "Contact, as the writer set it: none, by the other's choice.",
    "died": "As the writer set it: the other has died.",
    "unsaid": "Contact: the writer would rather not say.",
}
SUMMARY_THEMES = "Themes"
SUMMARY_THEMES_HEAD = ("theme", "sittings", "last")
SUMMARY_COURSE = "The course of the check-ins"
SUMMARY_COURSE_ABOUT = {
    "me": "Each mark is yours, the oldest on the left. Neither end of a scale is the good one.",
    "counsellor": "Each mark is the writer's, the oldest on the left. Neither end of a scale is the good one.",
}
SUMMARY_COURSE_HEAD = ("measure", "marks", "median", "range", "course, oldest on the left")
SUMMARY_COURSE_KEY = "A dot is one mark. The line runs through medians, each of several marks in a row."
CHART_FEW = "{marks}, too few to say more."
CHART_EARLY = "{marks}, median {median}, from {low} to {high}; too early to say more."
CHART_COURSE = "{marks}, median {median}, from {low} to {high}."
CHART_WORDS = "{marks}: {counts}."
CHART_TOLD = "Marks from {first} to {last}, on a scale from 1, {low}, to {highest}, {high}. {caption}"
CHART_LINE = "The medians in the order of time: {middles}."
SUMMARY_WORDS = {
    "me": "In your own words, early and late",
    "counsellor": "In the writer's own words, early and late",
}
SUMMARY_SHARED = {
    "me": "Passages you marked to hand on",
    "counsellor": "Passages the writer marked to hand on",
}
SUMMARY_STEPS = "Small steps"
SUMMARY_STEPS_HEAD = ("taken on", "step", "how it went")
SUMMARY_STEPS_COUNTED = ("how it went", "steps")
SUMMARY_NEEDS = "Needs and limits named"
SUMMARY_QUESTIONS = "Questions still open"
SUMMARY_COUNTED = "{needs} about needs and limits, {questions} still open. Their words stay in the journal."
QUESTION_WORD = ("question", "questions")
PAGE_OF = "page {page} of {pages}"
UNSHOWN = "Characters the fonts of a PDF do not hold stand there by name; as HTML they are shown as they are."
PDF_NEEDS = "A PDF needs the package typst, which is not installed here."
PDF_NEEDS_HINT = "pip install 'mother-bond[pdf]' brings it (about 35 MB); as HTML it can be printed from any browser."
PDF_FAILED = "The PDF could not be made."
PDF_FAILED_HINT = "Nothing was written. The same summary can be had with --format html."
PDF_TERMINAL = "A PDF cannot be shown in a terminal."
PDF_TERMINAL_HINT = "Name a file, as in mother-bond export summary.pdf"
SHAPED_DATA = "--for, --redact and --without-words shape the summary; the data is always whole."
SHAPED_DATA_HINT = "Leave them out, or choose --format md, html or pdf."

REDACT_NOTHING = "Nothing was found that had to be replaced."
REDACT_ROW = "  {what} → {mark}, {times} times"
REDACT_ROW_ONCE = "  {what} → {mark}"
REDACT_SHOWN = "Replaced in the summary:"
REDACT_UNSURE = "Left standing, and perhaps a name: {words}. To replace one, put it in names in config.toml."
REDACT_READ = "A program cannot know every name. Please read the file before you hand it on."
REDACT_QUOTED = "Quoted: {answers} marked with mother-bond share. Every other one stays private; steps are counted."
REDACT_UNQUOTED = "No answer is quoted: each is private until mother-bond share marks it. Steps are counted."
REDACT_ASK = "Write it like this?"
REDACT_CHOICES = (("no", "not like this"), ("yes", "write it"))
REDACT_NOT = "Nothing was written."
REDACT_HINT = "Add --yes to write it without being asked."

# --- help lines --------------------------------------------------------------------------
HELP_NOW = "Lines to a person. You need not be sure that it is bad enough."
HELP_KINDS = {"crisis": "to talk", "emergency": "in danger now", "abuse": "abuse at home", "child": "under 18"}
HELP_UNVERIFIED = " (please check the number)"
HELP_CHECKED = "This list was last gone through on {day}; numbers change."
HELP_OLD = "That is more than a year ago: please check a number before you count on it."
HELP_TRACE = "Opening a web page leaves a trace in the browser; a call leaves one in the phone."
DEMO_SET = "export {variable}={folder}"
DEMO_READY = (
    "A made-up journal about {name}, with {sessions} entries. Nothing in it is about you.\n"
    "Paste the line above, then try: mother-bond list · mother-bond patterns · mother-bond then-and-now\n"
    "To leave it: unset MOTHER_BOND_HOME, and delete the folder when you like."
)

# --- when something goes wrong -----------------------------------------------------------
BUG = "Something went wrong inside the program ({kind} at {place}). What was saved before is safe."
BUG_HINT = "If it comes again, please report that line; it holds none of your words."
USAGE_HINT = "mother-bond {command} --help shows how."
USAGE_HINT_ALL = "mother-bond --help lists them."
USAGE_EXTRA = (
    "There is more on the line than this command takes. Words for the journal are never put on the command line."
)
USAGE_OPTION = "There is no option of that name."
USAGE_OPTION_VALUE = "An option lacks its value, or has one it does not take."
USAGE_MISSING = "Something is missing: {what}."
USAGE_VALUE = "The value of {what} cannot be used."
USAGE_NOT_TEXT = "Something on the command line is not UTF-8 text."
USAGE_COMMAND = "There is no command of that name."
USAGE_COMMAND_NEAR = "There is no command of that name. Did you mean {near}?"

# --- help --------------------------------------------------------------------------------
HELP_ALL = """mother-bond: a private journal about the bond between a mother and a child.

With nothing after it, it sets up, goes on where you left off, or starts
tonight's page. Any command says more with --help: mother-bond note --help.
"""
HELP_ALL_FOOT = (
    "Words for the journal are never put on the command line.\nFor a person to talk to: mother-bond help-now"
)
OPTIONS_HEADING = "Options:"
COMMAND_GROUPS = {
    "Writing": ("begin", "reflect", "check-in", "note", "way-in", "steps", "bonds"),
    "Looking back": ("list", "show", "search", "on-this-day", "calendar", "then-and-now", "patterns"),
    "Changing your mind": ("edit", "history", "share", "delete", "restore", "purge"),
    "Reading and taking away": ("causes", "paths", "prompts", "feelings", "export", "import"),
    "Keeping it safe": ("encrypt", "decrypt", "unlock", "lock", "passphrase", "recover", "rotate", "backup", "doctor"),
    "Around": ("help-now", "demo", "completion"),
}
HELP = {
    "begin": "Set up a bond to write about.\n\nExample: mother-bond begin --role child --name Mum --contact little",
    "bonds": "List the people you write about; use, change or put one away.\n\n"
    "Example: mother-bond bonds change Daniel --contact in-touch",
    "way-in": "Mark eleven sentences that find a place to begin.\n\nExample: mother-bond way-in",
    "reflect": "A guided sitting: check-in, a few questions, a closing.\n\n"
    "Example: mother-bond reflect emotional-debt --minutes 5",
    "check-in": "The scales alone.\n\nExample: mother-bond check-in --date yesterday",
    "note": "A free line or page.\n\nThe words come from the prompt, the editor or standard input.\n\n"
    "Example: mother-bond note --cause life-transitions",
    "steps": "Small steps you took on; offer, take, done, let-go, rest.\n\n"
    "Example: mother-bond steps take ask-before-advice",
    "paths": "Walks of some sittings on one theme.\n\nExample: mother-bond paths individuation",
    "feelings": "Words for a feeling that has no name yet.\n\nExample: mother-bond feelings",
    "causes": "Read about a theme, from both sides.\n\nExample: mother-bond causes individuation",
    "prompts": "List the questions, or check a pack of your own.\n\nExample: mother-bond prompts --cause safest-place",
    "list": "Your entries, newest first.\n\nExample: mother-bond list -n 5 --since 'last monday'",
    "show": "One entry whole, or one answer of it.\n\nExample: mother-bond show k7fm",
    "search": "Find words in what you wrote.\n\n"
    "Words in any order; 'a phrase'; begin* for beginnings; NOT word.\n\n"
    "Example: mother-bond search kitchen 'long call' NOT work",
    "on-this-day": "What you wrote on this day of the year.\n\nExample: mother-bond on-this-day --date 2026-05-01",
    "calendar": "A year as a grid of days.\n\nExample: mother-bond calendar 2026",
    "then-and-now": "The same question, answered then and now.\n\n"
    "Example: mother-bond then-and-now --cause individuation",
    "patterns": "What can be counted over time, and what cannot be said yet.\n\n"
    "Example: mother-bond patterns --since 2026-01-01",
    "history": "Earlier wordings of an answer.\n\nExample: mother-bond history k7fm.2",
    "edit": "Change an answer; the old wording is kept.\n\nExample: mother-bond edit k7fm.2",
    "share": "Mark an answer as all right to hand on, or as private again.\n\nExample: mother-bond share k7fm.2",
    "delete": "Put an entry or an answer in the trash.\n\nExample: mother-bond delete k7fm",
    "restore": "Take something out of the trash, or an earlier wording back.\n\n"
    "Alone, it shows the trash.\n\nExample: mother-bond restore k7fm.2 --revision 1",
    "purge": "Take what lies in the trash out for good.\n\nExample: mother-bond purge k7fm",
    "export": "A reflection summary as Markdown, HTML or PDF, or everything as data.\n\n"
    "Example: mother-bond export summary.html --for counsellor --since 2026-01-01",
    "import": "Read exported data back in.\n\nExample: mother-bond import journal-2026-11-20.jsonl",
    "encrypt": "Give a plain journal a passphrase.\n\nExample: mother-bond encrypt",
    "decrypt": "Make an encrypted journal plain again.\n\nExample: mother-bond decrypt",
    "unlock": "Open an encrypted journal for a while.\n\n"
    "Without a terminal, the passphrase is the first line of standard input.\n\nExample: mother-bond unlock --for 30m",
    "lock": "Close it again at once.\n\nExample: mother-bond lock",
    "passphrase": "Change the passphrase.\n\nExample: mother-bond passphrase",
    "recover": "Open with the recovery code, and set a new passphrase.\n\nExample: mother-bond recover",
    "rotate": "Give the journal a new key and a new recovery code.\n\n"
    "For when a passphrase or a code has become known to somebody.\n\nExample: mother-bond rotate",
    "backup": "Back the journal up now; list, bring back or renew the backups.\n\n"
    "One is made by itself on each day something is written, and before anything large changes.\n\n"
    "Example: mother-bond backup restore journal-20261121-061500",
    "doctor": "Look over the journal, its backups and its folder, and mend what can be.\n\n"
    "Example: mother-bond doctor --mend",
    "help-now": "Lines to a person, offline.\n\nExample: mother-bond help-now --country GB",
    "demo": "A made-up journal to look around in.\n\nExample: mother-bond demo child",
    "completion": "Print the completion script for your shell.\n\n"
    "Example: mother-bond completion bash >> ~/.bash_completion",
}
OPTIONS_ALL = {
    "--bond NAME": "Which bond tonight's page is about.",
    "--plain": "No colour, no boxes; questions read plain lines.",
    "--json": "The result as JSON.",
    "--version": "Show the version.",
    "-h, --help": "Show this page.",
}
HELP_CHECK = (
    "Name everything that is wrong with a pack, or with the whole library.\n\n"
    "Example: mother-bond prompts check my-pack.toml"
)
HELP_BACKUP_LIST = "Every backup, the newest first.\n\nExample: mother-bond backup list"
HELP_BACKUP_RESTORE = (
    "Bring a backup back, after showing what it holds: the newest, or one by its name or path.\n\n"
    "Example: mother-bond backup restore /media/stick/journal-20261121-061500.db"
)
HELP_BACKUP_RENEW = "Make a new backup and take the older ones away.\n\nExample: mother-bond backup renew"
HELP_BONDS_USE = "Write about this one from now on.\n\nExample: mother-bond bonds use Daniel"
HELP_BONDS_AWAY = "Put one away; everything written stays.\n\nExample: mother-bond bonds put-away Daniel"
HELP_BONDS_CHANGE = "Change name, words or contact.\n\nExample: mother-bond bonds change Mum --contact little"
HELP_STEPS_OFFER = "Steps that fit this bond, or one of them in full.\n\nExample: mother-bond steps offer open-question"
HELP_STEPS_TAKE = "Take one on, in your own words.\n\nExample: mother-bond steps take self-kindness"
HELP_STEPS_DONE = "It was done.\n\nExample: mother-bond steps done k7fm"
HELP_STEPS_LET_GO = "It was let go.\n\nExample: mother-bond steps let-go k7fm"
HELP_STEPS_REST = "It is resting.\n\nExample: mother-bond steps rest k7fm"
OPTION_BOND = "Which bond, by its name."
OPTION_PLAIN = "No colour, no boxes; questions read plain lines."
OPTION_JSON = "The result as JSON."
OPTION_VERSION = "Show the version."
OPTION_DATE = "Which day, as in 2026-11-20 or yesterday."
OPTION_CAUSE = "Which theme, as in individuation."
OPTION_SINCE = "From this day on."
OPTION_UNTIL = "Up to this day."
OPTION_NUMBER = "How many at most; 0 for all."
OPTION_EDITOR = "Write in your editor."
OPTION_ROLE = "mother or child."
OPTION_NAME = "The other's name."
OPTION_CALL = "What you call them, as in 'my son'."
OPTION_THEY = "he, she or they."
OPTION_CONTACT = "in-touch, little, none-my-choice, none-their-choice, died or unsaid."
OPTION_MINUTES = "5, 10 or 20."
OPTION_AGAIN = "Let questions come back that are still resting."
OPTION_PATH = "The next part of a path: of this theme's, or of the one you are on."
OPTION_REVISION = "The number of an earlier wording."
OPTION_PRIVATE = "Take the mark away again."
OPTION_YES = "Do not ask."
OPTION_MEND = "Put right what can be: permissions, the index, leftovers, key copies, a missing backup."
ARGUMENT_BACKUP = "A backup, by its name or the path of its file; without one, the newest."
OPTION_FROM_BACKUP = "Take the entry back out of a backup, as in journal-20261121-061500; the journal keeps all else."
OPTION_UNLOCK_FOR = "How long: 30m, 2h; 15m when nothing is said."
OPTION_FORMAT = "md, html or pdf for the summary, jsonl for the data; the ending of FILE says it too."
OPTION_FOR = "Whom the summary is for: me, or counsellor."
OPTION_REDACT = "To hand over: names and places replaced, only shared answers quoted."
OPTION_WITHOUT_WORDS = "Leave out every passage, need, question and step; counts and charts only."
OPTION_FORCE = "Write over a file that is there."
OPTION_SKIP_BAD = "Leave out lines that cannot be read."
OPTION_COUNTRY = "Whose lines first, as in GB."
ARGUMENT_CAUSE = "A theme, as in individuation."
ARGUMENT_ENTRY = "The short id of an entry, or of an answer, as in k7fm.2."
ARGUMENT_TRASHED = "What lies in the trash, by its short id."
ARGUMENT_WORDS = "What to look for; without it, you are asked, and nothing is kept in the shell's history."
ARGUMENT_YEAR = "The year."
ARGUMENT_PROMPT = "One question, by its id."
ARGUMENT_PATTERN = "A measure to go into, as in nearness; why, for the entries behind a claim; words, for yours."
ARGUMENT_CLAIM = "With why: the number of the claim."
OPTION_AROUND = "Hold what was before a day against what came from then on."
PATTERNS_NUMBER = "A number goes with why alone, as in mother-bond patterns why 2."
PATTERNS_AROUND = "--around looks at every measure, and takes no other word beside it."
ARGUMENT_PACK = "The pack file; without one, every pack and the data beside them."
ARGUMENT_BOND = "The bond's name."
ARGUMENT_PRACTICE = "The practice, as in self-kindness."
ARGUMENT_EXPORT = "Where to; - for standard output."
ARGUMENT_IMPORT = "A file of JSON Lines."
ARGUMENT_DEMO = "mother or child."
ARGUMENT_DEMO_NAME = "The role"
ARGUMENT_SHELL = "bash, zsh or fish."
ARGUMENT_SHELL_NAME = "The shell"
