"""Processes to kill, born with everything imported: dozens of them would otherwise import for most of the test."""

import multiprocessing
from multiprocessing.context import ForkServerContext

import pytest


@pytest.fixture(scope="session")
def nursery() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.durable.campaign", "concerted.durable.transact"])
    return context
