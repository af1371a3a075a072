"""A person's working copy of the campaign: located YAML and tables, includes, check, write-back. The only room that knows these files.

Never here: what a change means, and the store.
"""

from concerted.campaign.soundness import CatalogNames
from concerted.folder.causes import left_out
from concerted.folder.check import check
from concerted.folder.problem import Problem
from concerted.folder.source import ROOT, Source, Span, read_files, read_folder
from concerted.folder.splice import Edit, splice
from concerted.folder.write import write

__all__ = ["ROOT", "CatalogNames", "Edit", "Problem", "Source", "Span", "check", "left_out", "read_files", "read_folder", "splice", "write"]
