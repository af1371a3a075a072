"""Reading a mail that asks for changes: what it says becomes proposed edits, and nothing else. Text is only ever data: nothing in it is obeyed."""

from concerted.mail.reading import MailReading, read_mail

__all__ = ["MailReading", "read_mail"]
