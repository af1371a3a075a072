"""Reading a brief as it was received: its lines with their places, and what they say about a strategy. Nothing is adopted here."""
