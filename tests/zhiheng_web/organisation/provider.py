"""A single sign-on provider on loopback for the tests: it answers with whatever claims a test puts in."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "zhiheng", "client-secret"


class Provider:
    """Its keys, and what it says about the one person who signs in there."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.other_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.issuer = ""
        self.claims: dict[str, Any] = {"sub": "s-1", "preferred_username": "jixiao", "name": "绩效管理员"}
        self.token_changes: dict[str, Any] = {}
        self.userinfo_changes: dict[str, Any] = {}
        self.forged = False
        self.codes: dict[str, dict[str, str]] = {}

    def authorise(self, location: str) -> str:
        """What the person's browser does there: the address it is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert asked["client_id"] == CLIENT and asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    def token(self, sent: dict[str, str]) -> dict[str, str] | None:
        """The answer to the service itself, which proves its secret and the verifier."""
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or sent.get("client_secret") != SECRET:
            return None
        digest = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).decode().rstrip("=")
        if digest != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"], **self.claims}
        claims = {name: value for name, value in {**claims, **self.token_changes}.items() if value is not None}
        key = self.other_key if self.forged else self.key
        return {"access_token": "t", "token_type": "Bearer", "id_token": jwt.encode(claims, key, "RS256", headers={"kid": "k"})}

    def keys(self) -> dict[str, Any]:
        """Its public key."""
        return {"keys": [{**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key())), "kid": "k", "alg": "RS256"}]}


@contextmanager
def provider() -> Iterator[Provider]:
    """Run one until the test ends."""
    own = Provider()

    class Handler(BaseHTTPRequestHandler):
        def answer(self, content: object, status: int = 200) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self.answer(own.keys() if self.path == "/keys" else {**own.claims, **own.userinfo_changes})

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            token = own.token({name: values[0] for name, values in sent.items()})
            self.answer(token or {"error": "invalid_grant"}, 200 if token else 400)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    own.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield own
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
