"""What the process that opens PDFs may use of the machine."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time

_OUT_OF_MEMORY = 9  # exit code


def hold_to(seconds: int, memory: int) -> int:
    """Hold this process to seconds of processor time and bytes of memory, and let it write no file.

    The system enforces it where it can; elsewhere a thread watches the memory, and the parent the time.

    A lower limit that this process was started under stays; no process may raise it. Returns the bytes of memory that hold.
    """
    try:
        import resource
    except ImportError:  # Windows
        _watch(memory)
        return memory
    # A second between the soft and the hard one: at the first the system says why it ends the process, at the other it does not.
    for what, soft, hard in ((resource.RLIMIT_CPU, seconds, seconds + 1), (resource.RLIMIT_FSIZE, 0, 0), (resource.RLIMIT_CORE, 0, 0)):
        resource.setrlimit(what, (lowest(soft, *resource.getrlimit(what)), lowest(hard, resource.getrlimit(what)[1])))
    if sys.platform == "darwin":  # which takes RLIMIT_AS and does not keep it
        _watch(memory)
        return memory
    memory = lowest(memory, *resource.getrlimit(resource.RLIMIT_AS))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    return memory


def lowest(limit: int, *others: int) -> int:
    """The lowest of some limits as the system has them; negative ones mean none (RLIM_INFINITY)."""
    return min([limit, *(other for other in others if other >= 0)])


def allowed(name: str, most: int) -> int:
    """What a process started from this one may have at most: `most`, or the lower limit (RLIMIT_...) that it inherits."""
    try:
        import resource
    except ImportError:  # Windows
        return most
    return lowest(most, *resource.getrlimit(getattr(resource, name)))


def _watch(memory: int) -> None:
    def look() -> None:
        while _resident() <= memory:
            time.sleep(0.02)
        os._exit(_OUT_OF_MEMORY)

    threading.Thread(target=look, daemon=True).start()


def _resident() -> int:
    """The most memory this process has held, in bytes."""
    if sys.platform != "win32":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counters = (ctypes.c_size_t * 9)()  # PROCESS_MEMORY_COUNTERS: two 32-bit fields, then sizes; [1] is the peak working set
    library = ctypes.WinDLL("psapi")
    library.GetProcessMemoryInfo(ctypes.c_void_p(-1), ctypes.byref(counters), ctypes.sizeof(counters))
    return int(counters[1])
