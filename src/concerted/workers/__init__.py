"""The specialists: one folder each, declaring what it makes beside the templates it writes from. No store, no model vendor here."""
