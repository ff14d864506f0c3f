#!/usr/bin/env bash
# Pin what lock/*.in asks for by version and hash; no registry is named in what it writes. UPGRADE=1 takes the newest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export UV_NO_CONFIG=1
pin() {
  .tool/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
    --no-annotate ${UPGRADE:+--upgrade} -o "lock/$1.txt" "lock/$1.in" "${@:2}"
}
pin test
pin run -c lock/test.txt     # one version of each package, whatever is installed
pin build -c lock/test.txt
pin uv
