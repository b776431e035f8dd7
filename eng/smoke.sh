#!/usr/bin/env bash
# Starts the native binary with the shipped configuration and asks it what a user would. usage: smoke.sh BINARY
set -uo pipefail
binary=$1
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
passed=0 failed=0
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port

check() { # check NAME TEXT COMMAND...: the command's output holds the text
  local name=$1 text=$2
  shift 2
  if { "$@" 2>&1 || true; } | grep -F -- "$text" > /dev/null; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $name: no '$text' in the output of: $*"
  fi
}

# As the hardened unit runs it: no page of its memory is both written and run (prctl(2), PR_SET_MDWE; kernels before 6.3 ignore it).
hardened='import ctypes, os, sys; ctypes.CDLL(None).prctl(65, 1, 0, 0, 0); os.execv(sys.argv[1], sys.argv[1:])'
env -u ANTHROPIC_API_KEY python3 -c "$hardened" "$binary" --config "$root/gateway.json" --port "$port" > "$work/log" 2>&1 &
gateway=$!
trap 'kill -9 "$gateway" 2> /dev/null; rm -rf "$work"' EXIT
timeout 10 bash -c "until grep -q '\"listening\"' '$work/log'; do kill -0 $gateway || exit 1; sleep 0.02; done" || { cat "$work/log"; echo "0 passed, 1 failed"; exit 1; }

ask() { curl -s -m 10 -i -H 'content-type: application/json' "$@"; }
message='{"model":"claude-x","max_tokens":99,"messages":[{"role":"user","content":"smoke"}]}'
check version 0.1.0 "$binary" --version
check help --request-logging "$binary" --help
check health '"status":"ok"' ask "$url/health"
check message '"stop_reason":"end_turn"' ask "$url/anthropic/v1/messages?beta=true" -d "$message"
check stream 'event: message_stop' ask "$url/anthropic/v1/messages" -d "${message/\"model\"/\"stream\":true,\"model\"}"
check count '"input_tokens"' ask "$url/anthropic/v1/messages/count_tokens" -d "$message"
check models claude-synthetic-1 ask "$url/anthropic/v1/models?limit=1000"
check refusal 'max_tokens: Field required' ask "$url/anthropic/v1/messages" -d '{"model":"m","messages":[{"role":"user","content":"x"}]}'
check second_gateway 'in use' "$binary" --config "$root/gateway.json" --port "$port"
check unknown_option "Unrecognized" "$binary" --no-such-option
check bad_bind 'expected a loopback address' "$binary" --bind 0.0.0.0
kill -TERM "$gateway"
wait "$gateway"
status=$?
check exit_code "exit 0" echo "exit $status"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
