"""Tables that a campaign file includes: CSV and XLSX read as parts of the strategy, and written back cell by cell.

Never here: what a change means. Which columns there are follows from the schema.
"""
