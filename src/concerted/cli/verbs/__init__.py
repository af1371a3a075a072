"""The verbs, a few to a module. Bodies import what they need, so that help and reading stay quick."""
