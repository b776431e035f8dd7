#!/usr/bin/env bash
# Serves on PORT with one OpenAI-dialect provider: a second gateway, whose provider is the Anthropic-dialect one at UPSTREAM. So a client's
# request is translated, and translated back, and so is the answer. usage: openai-bridge-for-harness.sh BINARY PORT UPSTREAM
set -euo pipefail
folder=$(mktemp -d)
inner=$(($2 > 60000 ? $2 - 1000 : $2 + 1000))
cat > "$folder/inner.json" <<JSON
{ "claude_gateway": { "log_level": "warn" }, "default_provider": "mock",
  "providers": { "mock": { "dialect": "anthropic", "base_url": "$3", "api_key": "\${HARNESS_KEY}" } } }
JSON
cat > "$folder/outer.json" <<JSON
{ "claude_gateway": { "log_level": "warn" }, "default_provider": "bridge",
  "providers": { "bridge": { "dialect": "openai", "base_url": "http://127.0.0.1:$inner/openai/v1", "auth": "none" } } }
JSON
HARNESS_KEY=harness-key "$1" --config "$folder/inner.json" --port "$inner" & far=$!
"$1" --config "$folder/outer.json" --port "$2" & near=$!
trap 'kill "$near" "$far" 2>/dev/null; wait; rm -rf "$folder"' TERM INT EXIT
wait "$near"
