"""The database: the record of events and the tables of what stands now, written in one transaction. The only room that knows SQL."""
