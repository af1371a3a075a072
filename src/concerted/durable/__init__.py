"""The clockwork: has wanted drafts written, whatever dies meanwhile. The only room that knows DBOS; what is wanted is decided below."""
