"""A small HTTP server between the app and a library: one address, POST alone, nothing kept and nothing logged of a
query. It stands behind the site's own web server, so that the page's policy of one origin stays as it is.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from voxct.library.case_store import CaseStore, StoreAway
from voxct.library.search_wire import Refusal, answer, longest_request, read_request
from voxct.library.traits import Traits

IDLE_S = 10
"""A connection that says nothing for so long is closed."""


class Gateway(ThreadingHTTPServer):
    """path: where searches are answered, e.g. /library/search."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], store: CaseStore, traits: Traits, path: str) -> None:
        self.store, self.traits, self.path = store, traits, path
        super().__init__(address, Handler)


class Handler(BaseHTTPRequestHandler):
    server: Gateway
    timeout = IDLE_S
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "voxct-library", ""

    def do_POST(self) -> None:
        try:
            asked = read_request(self.read_body(), self.server.store.encoder, self.server.store.dimension)
            self.send_json(200, answer(self.server.store, self.server.traits, asked))
        except Refusal as refused:
            self.send_json(refused.status, {"problem": refused.reason})
        except StoreAway as away:
            print(away, file=sys.stderr, flush=True)
            self.send_json(503, {"problem": "the library does not answer"})

    def refuse_method(self) -> None:
        self.send_json(405, {"problem": "only POST is answered"})

    do_GET = do_HEAD = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = refuse_method

    def read_body(self) -> bytes:
        if self.path.partition("?")[0] != self.server.path:
            raise Refusal(404, "searches are answered elsewhere")
        if self.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise Refusal(403, "only pages of this site are answered")
        if self.headers.get_content_type() != "application/json":
            raise Refusal(415, "the request is not application/json")
        length = self.headers.get("Content-Length", "")
        if not length.isdigit():
            raise Refusal(411, "the request has no length")
        if int(length) > longest_request(self.server.store.dimension):
            raise Refusal(413, f"the request is longer than {longest_request(self.server.store.dimension)} bytes")
        return self.rfile.read(int(length))

    def send_json(self, status: int, content: dict) -> None:
        """A body that was not read would be taken for the next request: a refused connection ends."""
        body = b"" if self.command == "HEAD" else json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
        self.send_response(status)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), "Cache-Control": "no-store"}
        if status == 405:
            headers["Allow"] = "POST"
        if status != 200:
            headers["Connection"] = "close"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Who searched when is nobody's business here; the site's own server may log it."""
