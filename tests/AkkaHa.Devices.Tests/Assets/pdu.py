#!/usr/bin/python3 -u
"""An APC power strip with eight outlets for snmpd's pass_persist, under .1.3.6.1.4.1.318.1.1.12.

Usage: pdu.py FOLDER. The state of outlet N is in FOLDER/N (1 on, 2 off; a missing file is on). While FOLDER/stuck-N exists,
the strip acknowledges an order for that outlet and does nothing.
"""
import os
import sys

BASE = ".1.3.6.1.4.1.318.1.1.12"
STATUS, NAME, CONTROL = BASE + ".3.5.1.1.4.", BASE + ".3.5.1.1.2.", BASE + ".3.3.1.1.4."
OUTLETS = range(1, 9)
folder = sys.argv[1]


def state(outlet):
    try:
        with open(f"{folder}/{outlet}") as file:
            return int(file.read())
    except (OSError, ValueError):
        return 1


def table():
    rows = {}
    for outlet in OUTLETS:
        rows[CONTROL + str(outlet)] = ("integer", state(outlet))
        rows[NAME + str(outlet)] = ("string", f"outlet{outlet}")
        rows[STATUS + str(outlet)] = ("integer", state(outlet))
    return rows


def order(oid):
    return [int(part) for part in oid.strip(".").split(".")]


def answer(*lines):
    print("\n".join(str(line) for line in lines), flush=True)


for line in iter(sys.stdin.readline, ""):
    command = line.strip()
    if command == "PING":
        answer("PONG")
    elif command in ("get", "getnext"):
        oid, rows = sys.stdin.readline().strip(), table()
        if command == "getnext":
            later = [row for row in sorted(rows, key=order) if order(row) > order(oid)]
            oid = later[0] if later else None
        if oid in rows:
            answer(oid, *rows[oid])
        else:
            answer("NONE")
    elif command == "set":
        oid, value = sys.stdin.readline().strip(), sys.stdin.readline().split()[1]
        outlet = oid.split(".")[-1]
        if not oid.startswith(CONTROL):
            answer("not-writable")
            continue
        if not os.path.exists(f"{folder}/stuck-{outlet}"):
            with open(f"{folder}/{outlet}", "w") as file:
                file.write(value)
        answer("DONE")
