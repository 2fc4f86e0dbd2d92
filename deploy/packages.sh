#!/usr/bin/env bash
# The Debian packages that some tests need, and that come from no other registry: those that are not here are installed. Needs root, or sudo.
set -euo pipefail
wanted=()
command -v chromium >/dev/null || wanted+=(chromium)
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || wanted+=(postgresql)
ls /usr/lib/jvm/*17*/bin/java >/dev/null 2>&1 || wanted+=(openjdk-17-jre-headless) # OpenSearch wants a Java with a security manager
command -v promtool >/dev/null || wanted+=(prometheus)
[ ${#wanted[@]} -gt 0 ] || exit 0
command -v apt-get >/dev/null || { echo "install ${wanted[*]} by hand: this is no Debian" >&2; exit 1; }
as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${wanted[@]}"
