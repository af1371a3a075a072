#!/bin/sh
# Brings .venv in line with one lock file (base or dev) and leaves the command at .venv/bin/concerted.
# pip asks whatever package index this machine is configured for; no address is written here or in the locks.
set -eu

lock="$1"
venv=.venv

say() { printf '%s\n' "$*" >&2; }

old_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
        if command -v "$name" >/dev/null 2>&1 && old_enough "$name"; then
            printf '%s\n' "$name"
            return 0
        fi
    done
    say "Concerted needs Python 3.11 or later and found none (looked for: ${PYTHON:-python3, python3.13, python3.12, python3.11, python})."
    say "Install one (Debian, Ubuntu: apt-get install python3 python3-venv) or name yours: make PYTHON=/path/to/python3 ..."
    return 1
}

# Two make runs at once would install into each other; the second waits where the machine has flock.
if command -v flock >/dev/null 2>&1; then
    exec 9>"$(dirname "$0")/.lock"
    flock 9
fi

# A half-made or too old .venv is made anew; a good one is kept and only brought up to date.
if ! old_enough "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        say "Python's venv module is missing, so no isolated environment can be made."
        say "Install it and run make again: apt-get install python3-venv   (Debian, Ubuntu; for $("$python" -V 2>&1): $("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'))"
        exit 1
    fi
    say "Making $venv with $("$python" -V 2>&1) ..."
    "$python" -m venv --clear "$venv"
fi

say "Installing what requirements/$lock.txt pins ..."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/pip.txt
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$lock.txt"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
# The dev lock holds everything of the base lock.
touch "$venv/.base-installed" "$venv/.$lock-installed"
