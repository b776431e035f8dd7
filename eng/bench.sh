#!/usr/bin/env bash
# Publishes the native binary and measures it side by side with its peers. usage: bench.sh [bench.py OPTIONS]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
bench=$root/../shared/bench
out=${TMPDIR:-/tmp}/claude-gateway-bench
dotnet publish "$root/Gateway.Host" -c Release -r linux-x64 -o "$out" -v q --nologo
bash "$bench/setup.sh" core
exec python3 "$bench/bench.py" --set "claudegateway.gateway=$out/claude-gateway" "$@"
