"""BERT's WordPiece tokenizer from a folder of Hugging Face files (CXR-BERT: BertTokenizer, do_lower_case)."""

from collections.abc import Callable
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.decoders import WordPiece as WordPieceDecoder
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing

REPOSITORY = "microsoft/BiomedVLP-CXR-BERT-specialized"
FILES = ("tokenizer.json", "vocab.txt")
WHOLE_IN_CXR_BERT = ("cardiomegaly", "atelectasis")
"""One token each in CXR-BERT's vocabulary; general vocabularies of the same size cut them (Boecking et al. 2022)."""


class UnsuitableTokenizer(ValueError):
    """Says what is wrong with the folder and what to do."""


def find_tokenizer(given: Path | None, checkpoint: Path, fetch: Callable[[], str] | None = None) -> Path:
    """The folder named, else the checkpoint's own folder, else Hugging Face's cache or site."""
    if given is not None:
        return given
    beside = (checkpoint.parent, checkpoint.parent / REPOSITORY.rpartition("/")[2])
    for folder in beside:
        if any((folder / name).is_file() for name in FILES):
            return folder
    try:
        return Path((fetch or fetch_tokenizer)())
    except Exception as error:  # of the network, of the file system, of a missing package: all mean the same here
        raise UnsuitableTokenizer(
            f"no tokenizer beside {checkpoint}, and {REPOSITORY} cannot be fetched ({error}). Download its tokenizer "
            "files (vocab.txt or tokenizer.json) and give their folder: --tokenizer DIR"
        ) from error


def fetch_tokenizer() -> str:
    from huggingface_hub import snapshot_download

    return snapshot_download(REPOSITORY, allow_patterns=list(FILES))


def open_tokenizer(folder: Path | str) -> Tokenizer:
    """tokenizer.json, else vocab.txt (a token a line). Encodes as [CLS] … [SEP], without padding."""
    folder = Path(folder)
    whole, vocabulary = folder / "tokenizer.json", folder / "vocab.txt"
    if whole.is_file():
        tokenizer = read_whole(whole)
    elif vocabulary.is_file():
        tokenizer = build_word_piece(vocabulary.read_text(encoding="utf-8").splitlines())
    else:
        raise UnsuitableTokenizer(
            f"{folder}: neither tokenizer.json nor vocab.txt. Put the tokenizer files of {REPOSITORY} there"
        )
    tokenizer.no_padding()
    tokenizer.no_truncation()
    check_tokenizer(tokenizer, folder)
    return tokenizer


def read_whole(path: Path) -> Tokenizer:
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises plain Exception
        raise UnsuitableTokenizer(f"{path}: no tokenizer of Hugging Face's format ({error})") from error


def build_word_piece(tokens: list[str]) -> Tokenizer:
    ids = {token: n for n, token in enumerate(tokens)}
    lacking = [token for token in ("[UNK]", "[CLS]", "[SEP]") if token not in ids]
    if lacking:
        raise UnsuitableTokenizer(f"vocab.txt has no {', '.join(lacking)}: it is no BERT vocabulary")
    tokenizer = Tokenizer(WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = BertProcessing(("[SEP]", ids["[SEP]"]), ("[CLS]", ids["[CLS]"]))
    tokenizer.decoder = WordPieceDecoder()
    return tokenizer


def check_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    encoded = tokenizer.encode("A")
    if encoded.tokens[:1] != ["[CLS]"] or encoded.tokens[-1:] != ["[SEP]"]:
        raise UnsuitableTokenizer(f"{folder}: sentences do not become [CLS] … [SEP]; it is no BERT tokenizer")
    if tokenizer.encode("EFFUSION").ids != tokenizer.encode("effusion").ids:
        raise UnsuitableTokenizer(f"{folder}: it tells capitals from small letters, CXR-BERT's does not")


def list_cut_words(tokenizer: Tokenizer) -> list[str]:
    """Words that CXR-BERT's tokenizer keeps whole and this one does not: a sign of another model's vocabulary."""
    return [word for word in WHOLE_IN_CXR_BERT if len(tokenizer.encode(word).ids) != 3]
