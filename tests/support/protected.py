"""HTTPS on loopback: a certificate of the test's own, and a scripted server behind it."""

from __future__ import annotations

import contextlib
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.support.scripted import Script, ScriptedServer


@contextlib.contextmanager
def protected(script: Script, folder: Path) -> Iterator[tuple[ScriptedServer, str]]:
    """A running server, whose ``root`` is https, and the certificate to trust."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            str(key),
            "-out",
            str(certificate),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ScriptedServer(script)
    server._server.socket = context.wrap_socket(server._server.socket, server_side=True)
    server.root = server.root.replace("http:", "https:")
    try:
        yield server, str(certificate)
    finally:
        server.stop()
