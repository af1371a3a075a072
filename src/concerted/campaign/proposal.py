"""A proposal: what an assistant or another outsider would have changed. It waits for a person and changes nothing by itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words for one field of an asset, or edits of the strategy. Kept as they were given, and read anew when a person takes it up."""

    id: str
    by: str
    at: str
    because: str
    asset: str = ""
    field: str = ""
    text: str = ""
    draft: str = ""
    """The draft that stood when it was made: what has moved since is not overlooked."""
    sets: tuple[str, ...] = ()
    """Edits as `REF=VALUE`."""
    unsets: tuple[str, ...] = ()
    """Refs to take out."""

    @property
    def is_text(self) -> bool:
        """Tell words for a field from edits of the strategy."""
        return bool(self.asset)
