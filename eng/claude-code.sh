#!/usr/bin/env bash
# Runs the real Claude Code client through the gateway. usage: claude-code.sh BINARY [SCENARIOS] | --install
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
harness=$root/../shared/claude-code/cc_harness.py
cache=${XDG_CACHE_HOME:-$HOME/.cache}/claude-gateway
[ -e "$harness" ] || { echo "the client's harness is not here"; exit 1; }
if [ "$1" = --install ]; then
  command -v npm > /dev/null || { echo "npm is not here"; exit 1; }
  # Listing installs nothing; the one cheap scenario does.
  timeout 400 python3 "$harness" --cache "$cache" --only text > /dev/null 2>&1 || { echo "the client could not be installed"; exit 1; }
  exit 0
fi
exec python3 "$harness" --cache "$cache" --max-seconds 280 ${2:+--only "$2"} \
  --gateway-cmd "$root/eng/gateway-for-harness.sh $(realpath "$1") {port} {upstream}"
