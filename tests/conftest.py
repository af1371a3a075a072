"""What holds for every test: Hypothesis is deterministic unless asked to explore, and nothing leaves this machine."""

import ipaddress
import os
import sys
from typing import cast

from hypothesis import HealthCheck, settings

# `ci` repeats itself exactly; `explore` looks further: HYPOTHESIS_PROFILE=explore make test.
# Wall-clock limits say more about a busy machine than about the code, so neither profile has one.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=1_000, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", "")


def _stay_on_this_machine(event: str, args: tuple[object, ...]) -> None:
    """Refuse a connection that leaves the machine: models and servers in tests answer on the loopback."""
    if event != "socket.connect" or not isinstance(args[1], tuple):
        return
    host = str(cast("tuple[object, ...]", args[1])[0])
    if not _is_here(host):
        raise PermissionError(f"A test tried to reach {host}. Tests talk to this machine only: start a loopback server instead.")


sys.addaudithook(_stay_on_this_machine)
