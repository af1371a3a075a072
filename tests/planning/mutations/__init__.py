"""The ways in which the engine is broken on purpose, each a sentence of what then goes wrong in the world."""

from tests.planning.mutations.answers import ANSWERS
from tests.planning.mutations.days import DAYS
from tests.planning.mutations.files import FILES
from tests.planning.mutations.gate import GATE
from tests.planning.mutations.landings import LANDINGS
from tests.planning.mutations.mutant import Mutant
from tests.planning.mutations.owners import OWNERS
from tests.planning.mutations.reads import READS
from tests.planning.mutations.signatures import SIGNATURES
from tests.planning.mutations.writers import WRITERS

MUTANTS: tuple[Mutant, ...] = (*ANSWERS, *LANDINGS, *READS, *WRITERS, *OWNERS, *SIGNATURES, *GATE, *FILES, *DAYS)
