"""A proposal: what an assistant or another outsider would have changed. It waits for a person and changes nothing by itself."""

from dataclasses import dataclass, replace

from concerted.campaign.facets import Facets
from concerted.campaign.proposed_edit import ProposedEdit


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words for one field of an asset, edits of the strategy, or a model's reading of a mail. Kept as given, read anew when a person takes it up."""

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

    words: str = ""
    """Hash of the mail that was read."""
    reading: tuple[ProposedEdit, ...] = ()
    """What a model read in it."""
    missed: tuple[str, ...] = ()
    """Sentences that the model made nothing of."""

    def edits_beside(self, lines: Facets) -> tuple[ProposedEdit, ...]:
        """Give the edits that were read beside the values of today; what stands already is left out."""
        return tuple(replace(edit, old=lines.get(edit.ref)) for edit in self.reading if lines.get(edit.ref) != edit.new)

    @property
    def is_text(self) -> bool:
        """Tell words for a field from edits of the strategy."""
        return bool(self.asset)
