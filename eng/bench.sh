#!/usr/bin/env bash
# Publishes the native binary and measures it side by side with its peers. usage: bench.sh [bench.py OPTIONS]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
bench=$root/../shared/bench
out=${XDG_CACHE_HOME:-$HOME/.cache}/claude-gateway/bench
[ -e "$bench/bench.py" ] || { echo "the bench is not here"; exit 1; }
"$root/eng/publish.sh" "$out" > /dev/null
bash "$bench/setup.sh" core
exec python3 "$bench/bench.py" --set "claudegateway.gateway=$out/claude-gateway" "$@"
