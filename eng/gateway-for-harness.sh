#!/usr/bin/env bash
# Serves on PORT with one provider at UPSTREAM. usage: gateway-for-harness.sh BINARY PORT UPSTREAM [DIALECT]
set -euo pipefail
config=$(mktemp)
dialect=${4:-anthropic} base=$3 more=
[ "$dialect" = anthropic ] || base=$3/v1 more=', "auth": "bearer", "quirks": { "reasoning_replay": "reasoning_content" }'
trap 'rm -f "$config"' EXIT
cat > "$config" <<JSON
{
  "claude_gateway": { "port": $2, "log_level": "warn" },
  "default_provider": "mock",
  "providers": { "mock": { "dialect": "$dialect", "base_url": "$base", "api_key": "\${HARNESS_KEY}"$more } }
}
JSON
HARNESS_KEY=harness-key "$1" --config "$config" &
gateway=$!
trap 'kill "$gateway" 2>/dev/null; wait "$gateway"; rm -f "$config"' TERM INT
wait "$gateway"
