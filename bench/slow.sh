#!/bin/sh
# Slow clients (bar S7 before a release): 500 of each of five kinds for 20 seconds beside normal requests, with the server's usual deadlines.
# bench/slow.sh [connections of each kind] [seconds]. Needs a build with tests in build/.
set -eu
cd "$(dirname "$0")/.."
ulimit -n 20000 2>/dev/null || ulimit -n "$(ulimit -H -n)"
export ZVENO="$PWD/build/src/main/zveno" BARE_SERVER="$PWD/build/tests/api/bare_server"
[ -x "$BARE_SERVER" ] || { echo "$BARE_SERVER is missing: ninja -C build" >&2; exit 2; }
exec node tests/api/slow.mjs "${1:-500}" "${2:-20}"
