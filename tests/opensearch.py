"""An OpenSearch of Maven's artifacts in a temporary folder, for tests: the server's own jars, and three of its modules, put together here.

It wants a Java that still has a security manager (17 to 23), and does not run as root.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from copydesk.shared.broker import free_ports
from tests.data import missing

VERSION = "2.19.6"
SERVER = f"org.opensearch:opensearch:{VERSION}+org.opensearch:opensearch-plugin-classloader:{VERSION}+org.apache.logging.log4j:log4j-core:2.25.4"
MODULES = {
    "transport-netty4-client": "org.opensearch.transport.Netty4Plugin",
    "analysis-common": "org.opensearch.analysis.common.CommonAnalysisPlugin",
    "reindex-client": "org.opensearch.index.reindex.ReindexPlugin",
}
DESCRIPTOR = """
description={name}
version={version}
name={name}
classname={kind}
java.version=11
opensearch.version={version}
has.native.controller=false
"""
NETTY = """
grant codeBase "${codebase.netty-common}" {
   permission java.lang.RuntimePermission "getClassLoader";
   permission java.lang.RuntimePermission "setContextClassLoader";
   permission java.net.SocketPermission "*", "accept,connect,resolve";
   permission java.util.PropertyPermission "*", "write";
};
grant codeBase "${codebase.netty-transport}" {
   permission java.net.SocketPermission "*", "accept,connect,resolve";
};
"""
LOGGING = """
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d][%p][%c] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""
JVM = ("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.security.manager=allow", "-Dlog4j2.disable.jmx=true")
PATIENCE_S = 300.0


def java() -> str | None:
    """A Java of version 17 to 23."""
    candidates = [*sorted(map(str, Path("/usr/lib/jvm").glob("*/bin/java"))), shutil.which("java") or ""]
    return next((path for path in filter(None, candidates) if 17 <= _version(path) < 24), None)


def _version(path: str) -> int:
    said = subprocess.run([path, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


@dataclass
class LocalOpenSearch:
    """A server of one node below `folder`."""

    folder: Path
    java: str
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def assemble(self) -> None:
        import jgo

        for part in ("lib", "config", "data", "logs", "plugins", "tmp", *(f"modules/{name}" for name in MODULES)):
            (self.folder / part).mkdir(parents=True)
        _copy(jgo.build(SERVER).all_jars, self.folder / "lib")
        for name, kind in MODULES.items():
            own = [jar for jar in jgo.build(f"org.opensearch.plugin:{name}:{VERSION}").all_jars if not (self.folder / "lib" / jar.name).exists()]
            _copy(own, self.folder / "modules" / name)
            (self.folder / "modules" / name / "plugin-descriptor.properties").write_text(DESCRIPTOR.format(name=name, kind=kind, version=VERSION))
        (self.folder / "modules/transport-netty4-client/plugin-security.policy").write_text(NETTY)
        (self.folder / "config/log4j2.properties").write_text(LOGGING)
        settings = f"discovery.type: single-node\nnetwork.host: 127.0.0.1\nhttp.port: {self.port}\ntransport.port: {self.port + 1}\n"
        (self.folder / "config/opensearch.yml").write_text(settings + "cluster.routing.allocation.disk.threshold_enabled: false\n")

    def start(self) -> None:
        own = [f"-Dopensearch.path.home={self.folder}", f"-Dopensearch.path.conf={self.folder}/config", f"-Djava.io.tmpdir={self.folder}/tmp"]
        kind = ["-Dopensearch.distribution.type=tar", "-Dopensearch.bundled_jdk=false"]
        command = [self.java, *JVM, *own, *kind, "-cp", f"{self.folder}/lib/*", "org.opensearch.bootstrap.OpenSearch"]
        user = None
        if os.getuid() == 0:
            user = "nobody"
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, pwd.getpwnam(user).pw_uid, -1)
        with (self.folder / "out").open("ab") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out, user=user, cwd=self.folder)
        self._await_ready()

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _await_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/_cluster/health", timeout=5) as answer:
                if answer.status == 200:
                    return
            if self.process is None or self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"OpenSearch did not start:\n{(self.folder / 'out').read_text()[-3000:]}")
            time.sleep(0.2)


def _copy(jars: list[Path], folder: Path) -> None:
    for jar in jars:
        shutil.copy(jar, folder)


@contextlib.contextmanager
def running_opensearch() -> Iterator[LocalOpenSearch]:
    """A server for some tests. Skips them where no such Java is installed, unless all data is required."""
    found = java()
    if found is None:
        missing("no Java 17 is installed here: apt-get install openjdk-17-jre-headless")
    with tempfile.TemporaryDirectory(prefix="copydesk-os-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        server = LocalOpenSearch(Path(name), found, free_ports())
        server.assemble()
        server.start()
        try:
            yield server
        finally:
            server.stop()
