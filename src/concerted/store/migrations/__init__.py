"""One file a step from one shape of the tables to the next. Steps that were released are never edited."""
