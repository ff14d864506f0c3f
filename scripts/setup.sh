#!/usr/bin/env bash
# Bring everything the project needs, on a bare Debian or on a machine where it is all there: setup.sh [run|test]
# Idempotent, asks nothing, says what it does with the seconds since it began; under a second when nothing changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

want=${1:-test}                      # run: what the server needs; test: also the browser, the linters, the test tools
say() { printf 'setup +%ss: %s\n' "$SECONDS" "$*"; }

# Compiled files are part of the installation: where the environment forbids them, every start costs seconds.
unset PYTHONDONTWRITEBYTECODE
export UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never UV_NO_CONFIG=1
if [ -z "${SSL_CERT_FILE:-}" ] && [ -r /etc/ssl/certs/ca-certificates.crt ]; then
  export SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
fi
# pip trusts its own list unless it is told: an office with an authority of its own has it in the system's
if [ -n "${SSL_CERT_FILE:-}" ]; then export PIP_CERT=${PIP_CERT:-$SSL_CERT_FILE}; fi

# ---- Python 3.11 or newer
modern() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
python=
for candidate in ${PYTHON:-python3 python3.11 python3.12 python3.13 /usr/bin/python3}; do
  if modern "$candidate"; then python=$candidate; break; fi
done

# ---- system packages, only those that are missing
need=()
if [ -z "$python" ]; then
  need+=(python3 python3-venv python3-dev)
else
  "$python" -c 'import venv, ensurepip' 2>/dev/null || need+=(python3-venv)
  # durable-rules is a C extension that comes as source
  [ -e "$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" ] || need+=(python3-dev)
fi
command -v gcc >/dev/null || need+=(gcc libc6-dev)
if [ "$want" = test ]; then
  [ -n "${CHROMIUM:-}" ] || command -v chromium-headless-shell >/dev/null || need+=(chromium-headless-shell)
  # Playwright's own node links it, and a minimal Debian is without
  { PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true; } | grep -q 'libatomic\.so\.1' || need+=(libatomic1)
  { fc-list 2>/dev/null || true; } | grep -q . || need+=(fontconfig fonts-dejavu-core)
  command -v pdftoppm >/dev/null || need+=(poppler-utils)  # a permit is looked at as a page, its signature by pdfsig
  # the store's laws are tried on a cluster of the tests' own; Debian need not start one of its own
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need+=(postgresql)
  command -v npm >/dev/null || need+=(npm)  # for the language server that the editor's schema is tried with
fi
if [ ${#need[@]} -gt 0 ]; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
    say "apt-get install ${need[*]}"
    log=$(mktemp)
    case " ${need[*]} " in *" postgresql "*)
      "${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
      echo 'create_main_cluster = false' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.d/satupintu.conf >/dev/null
    esac
    as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -qq)
    if ! { "${as_root[@]}" update && "${as_root[@]}" install -y --no-install-recommends "${need[@]}"; } >"$log" 2>&1 </dev/null; then
      tail -20 "$log"; say "apt-get failed"; exit 1
    fi
    rm -f "$log"
    [ -n "$python" ] || python=python3
  else
    say "missing here: ${need[*]} (as root: apt-get install ${need[*]})"
    [ -z "${CI:-}" ] || exit 1
  fi
fi
if [ -z "$python" ] || ! modern "$python"; then
  say "no Python 3.11 or newer was found; name one with PYTHON=/path/to/python3"; exit 1
fi

# ---- uv, from a hash-pinned lock, by pip; one set-up at a time
mkdir -p .tool
if command -v flock >/dev/null; then exec 9>.tool/.lock; flock 9; fi
version=$("$python" -VV)
key=$({ cat lock/uv.txt; echo "$version"; } | sha256sum | cut -c1-16)
if [ "$(cat .tool/.key 2>/dev/null)" != "$key" ]; then
  say "uv"
  "$python" -m venv .tool
  # pip names each folder of PIP_FIND_LINKS that is not there; nobody needs to read that
  .tool/bin/python -m pip install -q --no-deps --require-hashes --only-binary :all: -r lock/uv.txt \
    2> >(grep -v 'is ignored: it is neither' >&2)
  echo "$key" >.tool/.key
fi
uv=.tool/bin/uv

# ---- Python packages, from hash-pinned locks; the project itself is linked, not copied
key=$({ cat lock/build.txt lock/run.txt lock/test.txt pyproject.toml; echo "$version"; } | sha256sum | cut -c1-16)
have=$(cat .venv/.key 2>/dev/null || true)
if [ "$have" != "$key test" ] && [ "$have" != "$key $want" ]; then
  if [ "$(.venv/bin/python -VV 2>/dev/null || true)" != "$version" ]; then
    rm -rf .venv; "$python" -m venv --without-pip .venv
  fi
  case $have in *" test") install=test ;; *) install=$want ;; esac
  say "Python packages (lock/$install.txt)"
  # 3.13 dropped a C function that durable-rules calls under its old name
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 13))'; then
    export CPPFLAGS="${CPPFLAGS:-} -DPyEval_CallObject=PyObject_CallObject"
  fi
  # The build tools go first: nothing is built in an environment that was not pinned.
  "$uv" pip install -q --require-hashes --python .venv/bin/python -r lock/build.txt
  "$uv" pip sync -q --require-hashes --no-build-isolation --python .venv/bin/python lock/build.txt "lock/$install.txt"
  "$uv" pip install -q --no-deps --no-build-isolation --python .venv/bin/python -e .
  echo "$key $install" >.venv/.key
fi

# ---- the YAML language server, for the tests of the editor's schema
if [ "$want" = test ] && [ -e tests/editor/package-lock.json ]; then
  key=$(sha256sum <tests/editor/package-lock.json | cut -c1-16)
  if [ "$(cat tests/editor/node_modules/.key 2>/dev/null)" != "$key" ]; then
    if command -v npm >/dev/null; then
      say "npm packages (tests/editor/package-lock.json)"
      (cd tests/editor && npm ci --ignore-scripts --silent --no-fund --no-audit </dev/null)
      echo "$key" >tests/editor/node_modules/.key
    else
      say "npm is not here: the tests of the editor's schema will be skipped"
    fi
  fi
fi
say "ready"
