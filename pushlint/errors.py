"""What can go wrong with what the user gave us, said so that they can mend it."""

from dataclasses import dataclass


@dataclass(unsafe_hash=True)  # not frozen: raising sets __traceback__
class InputError(Exception):
    """A file, rule or option that cannot be used as it is.

    `path` is as the user named it (None for the command line itself), `line` and `column` count from 1,
    `message` says what is wrong, `hint` what to do about it.
    """

    message: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\n  {self.hint}" if self.hint else text


class NoEmails(InputError):
    """A file of a kind that holds e-mails, without any."""
