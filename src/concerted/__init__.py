"""Concerted: every asset, one strategy.

Only the version lives here. Importing the package must stay free of side effects and of every other import.
"""

__version__ = "0.1.0"
