"""Reading copies of drafts that are not released, and what comes back on them. Nothing here reaches a store or decides."""
