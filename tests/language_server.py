"""The YAML language server, driven as an editor would: open a text, ask for completion, hover and diagnostics."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from pathlib import Path
from types import TracebackType

import playwright
import pytest

SERVER = Path(__file__).parent / "editor" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
HANG = 60.0
Json = dict[str, object]


def node() -> str:
    """Return the node that playwright brings, or the machine's; without server or node, skip, but fail where CI is
    set."""
    brought = Path(playwright.__file__).parent / "driver" / "node"
    found = str(brought) if brought.exists() else shutil.which("node")
    if found is None or not SERVER.exists():
        missing = "the YAML language server is not here: it needs npm, and `make setup`"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found


class LanguageServer:
    """One server process with the documents that were opened in it."""

    def __init__(self, folder: Path) -> None:
        """Start a server on a folder."""
        self._process = subprocess.Popen(
            [node(), str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._alarm = threading.Timer(HANG, self._process.kill)
        self._alarm.start()
        self._asked = 0
        self._diagnostics: dict[str, list[Json]] = {}
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}},
        }
        self._ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
        self._send({"method": "initialized", "params": {}})

    def __enter__(self) -> LanguageServer:
        """Return the server itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server."""
        self._alarm.cancel()
        self._process.terminate()
        self._process.communicate()

    def open(self, path: Path, text: str) -> list[str]:
        """Open a document and return its diagnostics, as `line: message`."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while uri not in self._diagnostics:
            self._receive()
        return [f"{_line(found)}: {found['message']}" for found in self._diagnostics[uri]]

    def completions(self, path: Path, line: int, character: int) -> dict[str, Json]:
        """Return what can be written at a place (both counted from 0), by its label."""
        answer = self._at("textDocument/completion", path, line, character)
        items = answer["items"] if isinstance(answer, dict) else answer
        assert isinstance(items, list)
        return {str(item["label"]): item for item in items}

    def hover(self, path: Path, line: int, character: int) -> str:
        """Return what is said about the word at a place."""
        answer = self._at("textDocument/hover", path, line, character)
        assert isinstance(answer, dict)
        contents = answer["contents"]
        return str(contents["value"] if isinstance(contents, dict) else contents)

    def _at(self, method: str, path: Path, line: int, character: int) -> object:
        place = {"line": line, "character": character}
        return self._ask(method, {"textDocument": {"uri": path.as_uri()}, "position": place})

    def _ask(self, method: str, params: Json) -> object:
        self._asked += 1
        asked = self._asked
        self._send({"id": asked, "method": method, "params": params})
        while True:
            message = self._receive()
            if "method" not in message and message.get("id") == asked:
                assert "error" not in message, message
                return message.get("result")

    def _send(self, message: Json) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self._process.stdin.flush()

    def _receive(self) -> Json:
        """Read one message; answer the server's own questions, keep its diagnostics."""
        assert self._process.stdout is not None
        length = 0
        while header := self._process.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: Json = json.loads(self._process.stdout.read(length))
        params = message.get("params")
        if "method" in message and "id" in message:
            configured = message["method"] == "workspace/configuration" and isinstance(params, dict)
            answer: object = [{} for _ in params["items"]] if configured and isinstance(params, dict) else None
            self._send({"id": message["id"], "result": answer})
        elif message.get("method") == "textDocument/publishDiagnostics" and isinstance(params, dict):
            self._diagnostics[params["uri"]] = params["diagnostics"]
        return message


def _line(diagnostic: Json) -> int:
    place = diagnostic["range"]
    assert isinstance(place, dict)
    return int(place["start"]["line"]) + 1
