"""Those who hand a release over as files. They see a `Bundle` and nothing else: no store, no strategy, no model."""
