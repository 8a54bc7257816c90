"""Make .venv and install the pinned packages, unless both are there. Runs with the Python of the machine."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
WANTED = ROOT / "requirements.txt"
INSTALLED = VENV / "installed-requirements.txt"  # what the last complete installation installed


def works() -> bool:
    """Return whether the environment is complete: an upgrade of the machine's Python can break it."""
    if not INSTALLED.exists() or INSTALLED.read_bytes() != WANTED.read_bytes():
        return False
    return subprocess.run([PYTHON, "-c", "import gunicorn"], stderr=subprocess.DEVNULL).returncode == 0


def make_environment() -> None:
    """Make .venv, again when its Python or its pip no longer runs."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    result = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if result.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            f"{result.stdout}{result.stderr}\nPython cannot make a virtual environment here. "
            "On Debian and Ubuntu: apt install python3-venv"
        )


def install() -> None:
    """Install requirements.txt; a failure leaves no mark, so that the next start tries again."""
    print("Installing packages, once ...", flush=True)
    INSTALLED.unlink(missing_ok=True)
    command = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", WANTED]
    environment = os.environ | {"PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.run(command, env=environment).returncode:
        sys.exit("The packages could not be installed; the lines above say why. Then start again.")
    shutil.copyfile(WANTED, INSTALLED)


def main() -> None:
    """Set up under a lock, because two people or two commands may start at once."""
    lock = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        if not works():
            make_environment()
            install()
    except PermissionError as error:
        sys.exit(f"{error.filename} belongs to another user. Run as that user, or make a clone of your own.")


if __name__ == "__main__":
    main()
