#!/usr/bin/env bash
# Serves on PORT with one Anthropic-dialect provider at UPSTREAM. usage: gateway-for-harness.sh BINARY PORT UPSTREAM
set -euo pipefail
config=$(mktemp)
trap 'rm -f "$config"' EXIT
cat > "$config" <<JSON
{
  "claude_gateway": { "port": $2, "log_level": "warn" },
  "default_provider": "mock",
  "providers": { "mock": { "dialect": "anthropic", "base_url": "$3", "api_key": "\${HARNESS_KEY}" } }
}
JSON
HARNESS_KEY=harness-key "$1" --config "$config" &
gateway=$!
trap 'kill "$gateway" 2>/dev/null; wait "$gateway"; rm -f "$config"' TERM INT
wait "$gateway"
