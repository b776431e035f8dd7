#!/usr/bin/env bash
# Runs the real Claude Code client through the gateway. usage: claude-code.sh BINARY [SCENARIOS] [DIALECT] | --install
# With the dialect openai the provider behind the gateway speaks Chat Completions, and every message is translated.
# --install gets the client (outside the repository) and says why where that is not possible.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
harness=$root/../shared/claude-code/cc_harness.py
cache=${XDG_CACHE_HOME:-$HOME/.cache}/claude-gateway

[ -e "$harness" ] || { echo "the client's harness is not here"; exit 1; }
if [ "$1" = --install ]; then
  command -v npm > /dev/null || { echo "npm is not here"; exit 1; }
  # The harness installs what it runs; a failed scenario is for the real run to tell.
  said=$(timeout -k 10 400 python3 "$harness" --cache "$cache" --only text 2>&1) || true
  case $said in
    *"1 passed, 0 failed"* | *"0 passed, 1 failed"*) exit 0 ;;
    *) echo "$said"; echo "the client could not be installed"; exit 1 ;;
  esac
fi
dialect=${3:-anthropic}
run=("$harness")
[ "$dialect" = anthropic ] || run=("$root/eng/claude-code-openai.py" "$(dirname "$harness")")
exec python3 "${run[@]}" --cache "$cache" --max-seconds 280 ${2:+--only "$2"} \
  --gateway-cmd "$root/eng/gateway-for-harness.sh $(realpath "$1") {port} {upstream} $dialect"
