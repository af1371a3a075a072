"""How reports look on a screen. A page only prints what a report says; it never asks and never decides."""
