"""
Encoders for the frames of the corpus and, for what is lossy, decoders that are not the app's.

libjpeg-turbo, CharLS, OpenJPEG, OpenJPH and libjxl by imagecodecs; IJG's libjpeg by dcmtk, which alone writes 12-bit
spectral selection and progression. Lossy frames are read by the JPEG committee's libjpeg, by OpenJPEG or by libjxl.
"""

import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import imagecodecs
import jpeg_ls
import libjpeg
import numpy as np
import openjpeg
import pydicom
from pydicom.encaps import generate_frames
from pydicom.pixels.decoders.rle import _rle_decode_frame
from rle.utils import encode_pixel_data as rle_encode

from .elements import EXPLICIT, write_file

Frame = np.ndarray


@dataclass(frozen=True)
class Codec:
    """How one transfer syntax is written; `encode` takes stored values [row, column] and the bits they use."""

    name: str
    uid: str
    encode: Callable[[Frame, int], bytes]
    """None where nothing is lost."""
    decode: Callable[[bytes], Frame] | None = None
    bits: tuple[int, ...] = (8, 12, 16)
    """False: signed values are written as the unsigned pattern of their bits (JPEG and JPEG-LS know no sign)."""
    knows_sign: bool = False


def to_pattern(frame: Frame, bits: int) -> Frame:
    """Two's complement in the lowest `bits` bits."""
    if frame.dtype.kind == "u":
        return frame
    unsigned = np.uint8 if frame.dtype.itemsize == 1 else np.uint16
    return frame.view(unsigned) & unsigned((1 << bits) - 1)


def encode_rle(frame: Frame, _bits: int) -> bytes:
    little = frame.astype(frame.dtype.newbyteorder("<"))
    return rle_encode(little.tobytes(), rows=frame.shape[0], columns=frame.shape[1], samples_per_pixel=1,
                      photometric_interpretation="MONOCHROME2", bits_allocated=frame.dtype.itemsize * 8,
                      number_of_frames=1, byteorder="<")  # fmt: skip


def lossless_jpeg(predictor: int) -> Callable[[Frame, int], bytes]:
    def encode(frame: Frame, bits: int) -> bytes:
        return imagecodecs.jpeg8_encode(to_pattern(frame, bits), lossless=True, predictor=predictor, bitspersample=bits)

    return encode


def encode_jpeg(frame: Frame, bits: int) -> bytes:
    return imagecodecs.jpeg8_encode(to_pattern(frame, bits), level=95, bitspersample=bits)


def dcmtk_jpeg(option: str) -> Callable[[Frame, int], bytes]:
    """A frame as dcmcjpeg writes it: +ee, +es, +ep (extended sequential, spectral selection, progression)."""

    def encode(frame: Frame, bits: int) -> bytes:
        rows, columns = frame.shape
        allocated = frame.dtype.itemsize * 8
        elements = {
            0x00080016: ("UI", "1.2.840.10008.5.1.4.1.1.2"),
            0x00080018: ("UI", "1.2.3"),
            0x00280002: ("US", [1]),
            0x00280004: ("CS", "MONOCHROME2"),
            0x00280010: ("US", [rows]),
            0x00280011: ("US", [columns]),
            0x00280100: ("US", [allocated]),
            0x00280101: ("US", [bits]),
            0x00280102: ("US", [bits - 1]),
            0x00280103: ("US", [0]),
            0x7FE00010: ("OW" if allocated == 16 else "OB", to_pattern(frame, bits).tobytes()),
        }
        with tempfile.TemporaryDirectory() as folder:
            plain, packed = Path(folder) / "plain.dcm", Path(folder) / "packed.dcm"
            plain.write_bytes(write_file(elements, EXPLICIT))
            # Scaling by the range that the bits allow is no scaling.
            depth = "+be" if bits == 8 else "+bt"
            command = ["dcmcjpeg", option, "+q", "95", depth, "+sr", plain, packed]
            subprocess.run(command, check=True, capture_output=True)
            packed_set = pydicom.dcmread(packed)
            return next(generate_frames(packed_set.PixelData, number_of_frames=1))

    return encode


def near_lossless(error: int) -> Callable[[Frame, int], bytes]:
    return lambda frame, bits: bytes(jpeg_ls.encode_array(np.ascontiguousarray(to_pattern(frame, bits)), error))


def jpeg2000(reversible: bool, level: int = 0, **options: object) -> Callable[[Frame, int], bytes]:
    def encode(frame: Frame, bits: int) -> bytes:
        return imagecodecs.jpeg2k_encode(
            frame, level, codecformat="j2k", bitspersample=bits, reversible=reversible, **options
        )

    return encode


def htj2k(reversible: bool = False, **options: object) -> Callable[[Frame, int], bytes]:
    return lambda frame, _bits: imagecodecs.htj2k_encode(frame, reversible=reversible, **options)


def jpegxl(frame: Frame, bits: int) -> bytes:
    pattern = to_pattern(frame, bits)
    return imagecodecs.jpegxl_encode(pattern, lossless=True, bitspersample=bits)


def read_libjpeg(frame: bytes) -> Frame:
    return libjpeg.decode(frame)


def read_jpegls(frame: bytes) -> Frame:
    return imagecodecs.jpegls_decode(frame)


LOSSLESS = (
    Codec("rle", "1.2.840.10008.1.2.5", encode_rle, bits=(8, 12, 16), knows_sign=True),
    *(
        Codec(f"jpeg-lossless-{n}", "1.2.840.10008.1.2.4.57", lossless_jpeg(n))
        for n in range(2, 8)
    ),
    Codec("jpeg-lossless-sv1", "1.2.840.10008.1.2.4.70", lossless_jpeg(1)),
    Codec("jpeg-ls", "1.2.840.10008.1.2.4.80", near_lossless(0)),
    Codec("jpeg-ls-near-0", "1.2.840.10008.1.2.4.81", near_lossless(0)),
    Codec("j2k-lossless", "1.2.840.10008.1.2.4.90", jpeg2000(True), knows_sign=True),
    Codec("j2k-reversible", "1.2.840.10008.1.2.4.91", jpeg2000(True), knows_sign=True),
    Codec("htj2k-lossless", "1.2.840.10008.1.2.4.201", htj2k(reversible=True), bits=(8, 16), knows_sign=True),
    Codec("htj2k-rpcl", "1.2.840.10008.1.2.4.202", htj2k(reversible=True, tlm=True), bits=(8, 16), knows_sign=True),
    Codec("htj2k-reversible", "1.2.840.10008.1.2.4.203", htj2k(reversible=True), bits=(8, 16), knows_sign=True),
    Codec("jpeg-xl-lossless", "1.2.840.10008.1.2.4.110", jpegxl),
)  # fmt: skip

LOSSY = (
    Codec("jpeg-baseline", "1.2.840.10008.1.2.4.50", encode_jpeg, read_libjpeg, bits=(8,)),
    Codec("jpeg-extended", "1.2.840.10008.1.2.4.51", encode_jpeg, read_libjpeg, bits=(8, 12)),
    Codec("jpeg-extended-ijg", "1.2.840.10008.1.2.4.51", dcmtk_jpeg("+ee"), read_libjpeg, bits=(12,)),
    Codec("jpeg-spectral", "1.2.840.10008.1.2.4.53", dcmtk_jpeg("+es"), read_libjpeg, bits=(8, 12)),
    Codec("jpeg-progressive", "1.2.840.10008.1.2.4.55", dcmtk_jpeg("+ep"), read_libjpeg, bits=(8, 12)),
    Codec("jpeg-ls-near-2", "1.2.840.10008.1.2.4.81", near_lossless(2), read_jpegls),
    Codec("j2k-lossy", "1.2.840.10008.1.2.4.91", jpeg2000(False, 60), openjpeg.decode, knows_sign=True),
    Codec("htj2k-lossy", "1.2.840.10008.1.2.4.203", htj2k(level=2e-4), openjpeg.decode, (8, 16), True),
)  # fmt: skip

"""Readers by the other hand: libjpeg, OpenJPEG (HTJ2K too, which OpenJPH wrote) and pydicom."""
READERS: dict[str, Callable[[bytes], Frame]] = {
    "jpeg-lossless": read_libjpeg,
    "j2k": openjpeg.decode,
    "htj2k": openjpeg.decode,
    "jpeg-ls": read_jpegls,
    "jpeg-xl": imagecodecs.jpegxl_decode,
}


def prove_lossless(codec: Codec, stored: Frame, bits: int) -> None:
    """What was written reads as the source with a reader that did not write it."""
    written = codec.encode(stored, bits)
    reader = next((read for name, read in READERS.items() if codec.name.startswith(name)), None)
    if reader:
        expected = stored if codec.knows_sign else to_pattern(stored, bits)
        assert np.array_equal(reader(bytes(written)), expected), codec.name
    else:
        read = _rle_decode_frame(bytes(written), *stored.shape, 1, stored.dtype.itemsize * 8)
        assert bytes(read) == stored.astype(stored.dtype.newbyteorder("<")).tobytes(), codec.name


BY_NAME = {codec.name: codec for codec in (*LOSSLESS, *LOSSY)}
