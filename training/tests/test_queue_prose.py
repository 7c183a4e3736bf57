"""Plain sentences out of prose."""

from scripts.queue_prose import main, to_sentences

PROSE = """It was a fine day for all of them.  Nobody knew why the dog barked.
\t\t-- Somebody, of Somewhere and of nowhere else
%
NASA said that nothing at all was lost. Too short. There were 12 of us in the small boat."""


def test_takes_plain_sentences_and_no_author():
    assert to_sentences(PROSE) == ["It was a fine day for all of them.", "Nobody knew why the dog barked."]


def test_queues_each_sentence_once(tmp_path):
    (tmp_path / "prose").write_text(PROSE)
    (tmp_path / "prose.dat").write_text("This is of another kind and stays unread.")
    out = tmp_path / "queue.jsonl"
    assert main(tmp_path, "a", 1, 0, 9, True, out) == 2
    assert main(tmp_path, "b", 1, 1, 9, False, out) == 1
    assert len(set(out.read_text().splitlines())) == 3
