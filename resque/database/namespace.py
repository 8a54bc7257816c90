"""Run a program in a user namespace: `python namespace.py UID GID PROGRAM ARGUMENT...`

Inside, the program sees itself as UID and GID, although outside it remains whoever started it: the only way for
root to run PostgreSQL on files that no other user can reach. A script of its own, because changing the identity
between fork and exec of a process with threads is unsafe.
"""

import ctypes
import os
import sys

CLONE_NEWUSER = 0x10000000


def main() -> None:
    """Enter the namespace, write the two mappings, become the program."""
    inner_user, inner_group, *command = sys.argv[1:]
    outer_user, outer_group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER):
        reason = os.strerror(ctypes.get_errno())
        sys.exit(
            f"This system allows no user namespace ({reason}), and the unprivileged user cannot reach the files. "
            "Run as an ordinary user, or put the clone and RESQUE_DATA_DIR where other users may pass."
        )
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{inner_user} {outer_user} 1"),
        ("gid_map", f"{inner_group} {outer_group} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
