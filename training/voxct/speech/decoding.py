"""Words from the frames of the CTC encoder: prefix beam search with a lexicon and n-grams.

Step for step what the browser does (src/domain/speech/decodeWords.ts, prefixTree.ts, lexicon.ts, transcriber.ts), so
that a figure measured here is a figure of the app; fixtures/golden/speech/decoding.json holds both to it.
"""

from __future__ import annotations

import math

import numpy as np

from voxct.speech.alphabet import ALPHABET, BLANK, read_greedy
from voxct.speech.language import EMPTY, DecodingSettings, Language

NEVER = -math.inf


def add_logs(a: float, b: float) -> float:
    if a == NEVER:
        return b
    if b == NEVER:
        return a
    return a + math.log1p(math.exp(b - a)) if a > b else b + math.log1p(math.exp(a - b))


class Node:
    """Where a spelling stands in the lexicon."""

    __slots__ = ("children", "id", "parent", "word")

    def __init__(self, id: int, parent: Node | None):
        self.id, self.parent, self.word = id, parent, -1
        self.children: dict[int, Node] = {}


class Lexicon:
    """A tree of the letters of all words that the alphabet can spell."""

    def __init__(self, language: Language, alphabet: list[str]):
        self._language = language
        self._ends: dict[int, Node] = {}
        self._hopes: dict[int, dict[int, float]] = {}
        letter_of = {letter: index for index, letter in enumerate(alphabet)}
        self.root, count = Node(0, None), 1
        for word, spelling in enumerate(language.words):
            letters = [letter_of.get(letter, -1) for letter in spelling]
            if not letters or -1 in letters:
                continue
            node = self.root
            for letter in letters:
                if letter not in node.children:
                    node.children[letter] = Node(count, node)
                    count += 1
                node = node.children[letter]
            node.word = word
            self._ends[word] = node

    def hope(self, state: int, node: Node) -> float:
        """The best log P after the state of the words that go on from the node (Ortmanns & Ney's look-ahead)."""
        weight, best = 0.0, NEVER
        while True:
            best = max(best, weight + self._hopes_of(state).get(node.id, NEVER))
            if state == EMPTY:
                return best
            log_weight, state = self._language.back_off(state)
            weight += log_weight

    def _hopes_of(self, state: int) -> dict[int, float]:
        if state in self._hopes:
            return self._hopes[state]
        hopes: dict[int, float] = {}
        if state == EMPTY:
            words = [(word, self._language.log_prob(word)) for word in self._ends]
        else:
            words = self._language.continuations(state)
        for word, log_prob in words:
            node = self._ends.get(word)
            while node is not None and hopes.get(node.id, NEVER) < log_prob:
                hopes[node.id] = log_prob
                node = node.parent
        self._hopes[state] = hopes
        return hopes


class Prefix:
    """A text so far: whole words, then the letters of one that has begun (see src/domain/speech/prefixTree.ts)."""

    __slots__ = (
        "children",
        "frame",
        "in_blank",
        "in_letter",
        "length",
        "letter",
        "next_in_blank",
        "next_in_letter",
        "node",
        "parent",
        "rank",
        "said",
        "score",
        "state",
    )

    def __init__(self, parent: Prefix | None, letter: int, node: Node | None, length: int, said: float, state: int):
        self.parent, self.letter, self.node, self.length = parent, letter, node, length
        self.said, self.state, self.rank = said, state, said
        self.children: dict[int, Prefix] = {}
        self.in_blank = self.in_letter = self.next_in_blank = self.next_in_letter = self.score = NEVER
        self.frame = 0


class PrefixTree:
    """All texts that a search has come by, each once; the weights of words outside and inside the lexicon."""

    def __init__(self, language: Language, lexicon: Lexicon, settings: DecodingSettings, space: int):
        self._language, self._lexicon, self._settings, self._space = language, lexicon, settings, space
        self.start = Prefix(None, space, lexicon.root, 0, 0.0, language.start)
        self.start.in_blank = 0.0

    def extend(self, prefix: Prefix, letter: int) -> Prefix:
        child = prefix.children.get(letter)
        if child is None:
            child = prefix.children[letter] = self._grow(prefix, letter)
        return child

    def finish(self, prefix: Prefix) -> float:
        """Weighed log P of the text if it ends here; a text without words costs nothing."""
        if prefix.parent is None:
            return 0.0
        said, state = self._complete(prefix)
        return said + self._settings.languageWeight * self._language.step(state, self._language.end)[0]

    def _grow(self, prefix: Prefix, letter: int) -> Prefix:
        if letter == self._space:
            said, state = self._complete(prefix)
            return Prefix(prefix, letter, self._lexicon.root, 0, said, state)
        node = prefix.node.children.get(letter) if prefix.node else None
        child = Prefix(prefix, letter, node, prefix.length + 1, prefix.said, prefix.state)
        hope = self._settings.languageWeight * self._lexicon.hope(child.state, node) if node else NEVER
        child.rank = child.said + self._settings.wordBonus + max(hope, -self._unknown(child.length))
        return child

    def _complete(self, prefix: Prefix) -> tuple[float, int]:
        if prefix.length == 0:
            return prefix.said, prefix.state
        if prefix.node is None or prefix.node.word < 0:
            return prefix.said + self._settings.wordBonus - self._unknown(prefix.length), EMPTY
        log_prob, following = self._language.step(prefix.state, prefix.node.word)
        return prefix.said + self._settings.wordBonus + self._settings.languageWeight * log_prob, following

    def _unknown(self, length: int) -> float:
        return self._settings.unknownWord + self._settings.unknownLetter * length


class WordSearch:
    """Prefix beam search (Hannun et al., arXiv 1408.2873) with n-grams in the score of every prefix."""

    def __init__(self, language: Language, lexicon: Lexicon, settings: DecodingSettings, alphabet: list[str]):
        self._language, self._lexicon, self._settings, self._alphabet = language, lexicon, settings, alphabet
        self._space = alphabet.index(" ")

    def run(self, log_probs: np.ndarray) -> tuple[str, float]:
        """log_probs [frames, letters] -> (text, log P of the frames given it + the weighed log P of its words)."""
        tree = PrefixTree(self._language, self._lexicon, self._settings, self._space)
        orders = np.argsort(-log_probs[:, 1:], axis=1, kind="stable") + 1
        beam = [tree.start]
        rows = zip(log_probs.astype(np.float64).tolist(), orders.tolist(), strict=True)
        for number, (frame, letters) in enumerate(rows, 1):
            self._number, self._best, self._reached = number, NEVER, []
            self._stay(beam, frame)
            self._extend(tree, beam, frame, letters)
            beam = self._prune(beam)
        return self._choose(tree, beam)

    def _stay(self, beam: list[Prefix], frame: list[float]) -> None:
        for prefix in beam:
            total = add_logs(prefix.in_blank, prefix.in_letter)
            again = total if prefix.letter == self._space else prefix.in_letter
            self._reach(prefix, total + frame[BLANK], again + frame[prefix.letter])

    def _extend(self, tree: PrefixTree, beam: list[Prefix], frame: list[float], letters: list[int]) -> None:
        margin, bonus = self._settings.margin, self._settings.wordBonus
        for prefix in beam:
            total = add_logs(prefix.in_blank, prefix.in_letter)
            is_boundary = prefix.letter == self._space
            most = total + prefix.rank + (bonus if is_boundary else 0)
            for letter in letters:
                if most + frame[letter] < self._best - margin:
                    break
                if is_boundary and letter == self._space:
                    continue
                path = (prefix.in_blank if letter == prefix.letter else total) + frame[letter]
                child = tree.extend(prefix, letter)
                if path + child.rank >= self._best - margin:
                    self._reach(child, NEVER, path)

    def _reach(self, prefix: Prefix, in_blank: float, in_letter: float) -> None:
        if prefix.frame != self._number:
            prefix.frame = self._number
            prefix.next_in_blank = prefix.next_in_letter = NEVER
            self._reached.append(prefix)
        prefix.next_in_blank = add_logs(prefix.next_in_blank, in_blank)
        prefix.next_in_letter = add_logs(prefix.next_in_letter, in_letter)
        prefix.score = add_logs(prefix.next_in_blank, prefix.next_in_letter) + prefix.rank
        if prefix.score > self._best:
            self._best = prefix.score

    def _prune(self, beam: list[Prefix]) -> list[Prefix]:
        for prefix in beam:
            prefix.in_blank = prefix.in_letter = NEVER
        near = [prefix for prefix in self._reached if prefix.score >= self._best - self._settings.margin]
        near.sort(key=lambda prefix: -prefix.score)
        seen: set[tuple[int, int]] = set()
        kept: list[Prefix] = []
        for prefix in near:
            if len(kept) == self._settings.beam:
                break
            # Of two texts that the rest cannot tell apart, the better; outside the lexicon the last letter decides.
            key = (prefix.state, prefix.node.id if prefix.node else -prefix.letter)
            if key in seen:
                continue
            seen.add(key)
            prefix.in_blank, prefix.in_letter = prefix.next_in_blank, prefix.next_in_letter
            kept.append(prefix)
        return kept

    def _choose(self, tree: PrefixTree, beam: list[Prefix]) -> tuple[str, float]:
        best, score = beam[0], NEVER
        for prefix in beam:
            whole = add_logs(prefix.in_blank, prefix.in_letter) + tree.finish(prefix)
            if whole > score:
                best, score = prefix, whole
        letters: list[str] = []
        at: Prefix | None = best
        while at is not None:
            letters.append(self._alphabet[at.letter])
            at = at.parent
        return "".join(reversed(letters)).strip(), score


class Transcriber:
    """Words, or the letters where the words explain the frames too badly."""

    def __init__(self, language: Language, alphabet: list[str] | None = None, settings: DecodingSettings | None = None):
        alphabet = alphabet or ALPHABET
        self.settings = settings or language.settings
        self._search = WordSearch(language, Lexicon(language, alphabet), self.settings, alphabet)

    def read(self, log_probs: np.ndarray) -> str:
        """log_probs float32 [frames, letters], natural logarithms -> text."""
        text, letters, doubt = self.weigh(log_probs)
        return letters if doubt > self.settings.doubtLimit else text

    def weigh(self, log_probs: np.ndarray) -> tuple[str, str, float]:
        """(words, letters of the best path, log probability a letter by which the words fall behind that path)."""
        letters = read_greedy(log_probs)
        if not letters:
            return "", "", 0.0
        text, score = self._search.run(log_probs)
        return text, letters, (float(log_probs.max(-1).astype(np.float64).sum()) - score) / len(letters)
