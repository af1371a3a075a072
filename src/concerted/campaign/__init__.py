"""Pure nouns of a campaign and the law of what may happen next. Nothing here reads a file, a clock or a database."""
