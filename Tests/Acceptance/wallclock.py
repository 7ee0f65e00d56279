"""The clock on the wall of a gateway's process, in a test's hands: `wallclock.c`, compiled and preloaded."""

import os
import pathlib
import shutil
import subprocess

SOURCE = pathlib.Path(__file__).with_name("wallclock.c")
LENGTH = 32


class WallClock:
    """Moves CLOCK_REALTIME of the processes that get `environment`, also while they run."""

    def __init__(self, folder: pathlib.Path):
        self._library, self._file = folder / "wallclock.so", folder / "shift"
        # Swift's own toolchain has clang where a machine has no other compiler.
        compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), "cc")
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", self._library, SOURCE, "-ldl"],
            check=True)
        self.seconds = 0
        self.set(0)

    @property
    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self._library), "GODKEND_WALL_SHIFT": str(self._file)}

    def set(self, seconds: int) -> None:
        """The clock is so many seconds ahead of the machine's (negative: behind), from now on."""
        self.seconds = seconds
        text = f"{seconds * 1000:<{LENGTH}d}".encode()
        with open(self._file, "r+b" if self._file.exists() else "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
