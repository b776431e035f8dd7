#!/usr/bin/env bash
# Runs translation cases against the gateway: starts it with a configuration made from the cases' profiles, and the judge beside it.
# usage: translation-cases.sh CASES_FOLDER [GATEWAY_BINARY] [JUDGE OPTIONS]   (--check only says whether they can be run)
# The last line is 'N passed, N failed'.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
judge=$root/../shared/judge/judge.mjs
cases=$(cd "${1:-$root/../shared/cases/translation}" 2>/dev/null && pwd) || { echo "the cases are not here"; exit 1; }
binary=${2:-}
only=${3:-}
shift $(($# > 2 ? 2 : $#))
[ -e "$judge" ] || { echo "the judge is not here"; exit 1; }
command -v node > /dev/null || { echo "node is not installed"; exit 1; }
[ "$only" != --check ] || exit 0
work=$(mktemp -d)
trap 'kill $gateway 2>/dev/null; rm -rf "$work"' EXIT
read -r port mock < <(python3 -c '
import socket
sockets = [socket.socket() for _ in range(2)]
for s in sockets: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))')
node "$root/eng/translation-config.mjs" "$cases" "$mock" "$port" > "$work/gateway.json"
if [ -z "$binary" ]; then
  "$root/eng/publish.sh" "$work/publish" > /dev/null
  binary=$work/publish/claude-gateway
fi
PROVIDER_KEY=sk-provider-secret-1234567890 "$binary" --config "$work/gateway.json" > "$work/log" 2>&1 &
gateway=$!
for _ in $(seq 100); do
  curl -sf "http://127.0.0.1:$port/health" > /dev/null && break
  kill -0 $gateway 2>/dev/null || { cat "$work/log"; exit 1; }
  read -rt 0.1 < <(:) || true
done
sdk=${XDG_CACHE_HOME:-$HOME/.cache}/claude-gateway/sdk
if [ ! -e "$sdk/node_modules/@anthropic-ai/sdk" ]; then
  mkdir -p "$sdk" && (cd "$sdk" && npm init -y > /dev/null && npm install --silent --ignore-scripts @anthropic-ai/sdk@1.12.0 > /dev/null 2>&1) || true
fi
[ -e "$sdk/node_modules/@anthropic-ai/sdk" ] && set -- --sdk "$sdk/node_modules/@anthropic-ai/sdk" "$@" || echo "the SDK could not be installed: streams are judged without it"
node "$judge" --gateway "http://127.0.0.1:$port/anthropic" --mock-port "$mock" --cases "$cases" "$@" | tee "$work/verdict" || true
sed -nE 's/^([0-9]+) of ([0-9]+) passed.*/\1 \2/p' "$work/verdict" | tail -n 1 | {
  read -r passed all || { echo "0 passed, 1 failed"; exit 1; }
  echo "$passed passed, $((all - passed)) failed"
  [ "$passed" -eq "$all" ]
}
