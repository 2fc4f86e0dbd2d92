#!/usr/bin/env bash
# What some tests and checks need and PyPI does not have: Debian packages, and kustomize as a Go module. What is here already stays. Needs root, or sudo.
set -euo pipefail
as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
if ! command -v kubectl >/dev/null && ! command -v kustomize >/dev/null; then
  command -v go >/dev/null || { echo "install kubectl or kustomize by hand: there is no Go to build it with" >&2; exit 1; }
  "${as_root[@]}" env GOBIN=/usr/local/bin "$(command -v go)" install sigs.k8s.io/kustomize/kustomize/v5@v5.5.0
fi
wanted=()
command -v chromium >/dev/null || wanted+=(chromium)
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || wanted+=(postgresql)
ls /usr/lib/jvm/*17*/bin/java >/dev/null 2>&1 || wanted+=(openjdk-17-jre-headless) # OpenSearch wants a Java with a security manager
command -v promtool >/dev/null || wanted+=(prometheus)
[ ${#wanted[@]} -gt 0 ] || exit 0
command -v apt-get >/dev/null || { echo "install ${wanted[*]} by hand: this is no Debian" >&2; exit 1; }
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${wanted[@]}"
