"""The words of a text one after the other, with a look ahead."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.io.phrases.reading import Misread
from scheduler.io.phrases.tokens import Token
from scheduler.io.phrases.vocabulary import Kind
from scheduler.text import Text

_END = Token(Kind.UNKNOWN, "")
NOT_READ = Text("this is not understood", "无法理解")


class Stream:
    """A position among the words of a text."""

    def __init__(self, words: Sequence[Token]) -> None:
        self.words = words
        self.at = 0

    def peek(self, ahead: int = 0) -> Token:
        """A word further on (or before) without taking it; an unknown empty one past either end."""
        at = self.at + ahead
        return self.words[at] if 0 <= at < len(self.words) else _END

    @property
    def ended(self) -> bool:
        """Whether all words are taken."""
        return self.at >= len(self.words)

    def next_is(self, *kinds: Kind) -> bool:
        """Whether the next word is of one of these sorts."""
        return not self.ended and self.peek().kind in kinds

    def sequence(self, *kinds: Kind) -> bool:
        """Whether the next words are of these sorts, in this order."""
        return all(self.peek(n).kind is kind for n, kind in enumerate(kinds)) and (
            self.at + len(kinds) <= len(self.words)
        )

    def take(self, *kinds: Kind) -> Token | None:
        """The next word if it is of one of these sorts; it is taken."""
        if not self.next_is(*kinds):
            return None
        self.at += 1
        return self.words[self.at - 1]

    def skip(self, *kinds: Kind) -> None:
        """Take all next words of these sorts."""
        while self.next_is(*kinds):
            self.at += 1

    def after(self, *kinds: Kind) -> Stream:
        """What follows when all next words of these sorts are passed; nothing is taken."""
        rest = Stream(self.words)
        rest.at = self.at
        rest.skip(*kinds)
        return rest

    def misread(self, reason: Text = NOT_READ, back: int = 0) -> Misread:
        """What to raise for the next word (or one a few back)."""
        word = self.peek(-back) if self.at - back >= 0 else self.peek()
        if word.kind is Kind.VAGUE and isinstance(word.value, Text):
            reason = word.value
        return Misread(word.text or (self.words[-1].text if self.words else ""), reason)
