"""The only room that knows models. It is handed work and answers with words; what the words are for is decided below and above."""
