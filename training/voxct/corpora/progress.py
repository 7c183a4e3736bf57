"""A line of progress with rate and time left, not more than one a few seconds."""

import sys
import time


class Progress:
    """done and refused of `total`; `before` of them were done by an earlier run and don't count for the rate."""

    def __init__(self, what: str, total: int, before: int = 0, seconds: float = 5.0) -> None:
        self.what, self.total, self.before, self.seconds = what, total, before, seconds
        self.done, self.refused = before, 0
        self.started = self.shown = time.monotonic()

    def add(self, refused: bool = False) -> None:
        self.done += 1
        self.refused += refused
        if time.monotonic() - self.shown >= self.seconds:
            self.show()

    def show(self) -> None:
        self.shown = time.monotonic()
        print(self.describe(self.shown - self.started), file=sys.stderr, flush=True)

    def describe(self, elapsed: float) -> str:
        rate = (self.done - self.before) / max(elapsed, 1e-9)
        parts = [f"{self.done:,} of {self.total:,} {self.what}", f"{self.refused:,} refused"]
        if self.done > self.before:
            parts.insert(1, f"{rate:.2f}/s" if rate >= 0.1 else f"{60 * rate:.2f}/min")
            if self.done < self.total:
                parts.insert(2, f"{describe_time((self.total - self.done) / rate)} left")
        return " · ".join(parts)


def describe_time(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"
