"""The machine door: an MCP server over the conductor's verbs. It reads, judges and proposes; nothing here approves, decides, lands or releases."""
