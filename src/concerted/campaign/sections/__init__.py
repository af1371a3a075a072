"""The campaign file, topic by topic: every leaf with its type, its role, its grammar and the question that asks for it.

Only declarations. Checks that look at more than one leaf are in `soundness/`.
"""
