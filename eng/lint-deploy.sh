#!/usr/bin/env bash
# Has the tools that know judge what is deployed: units, image, compose file, servers in front, packages, scripts.
# A tool that is not here is named and skipped. usage: lint-deploy.sh [FOLDER with packages]
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
PATH=$PATH:/usr/sbin:/usr/local/sbin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# check NAME TOOL COMMAND...: the command succeeds, where its tool is.
check() {
  local name=$1 tool=$2 said
  shift 2
  if ! command -v "$tool" > /dev/null; then
    echo "skipped: $name, for want of $tool"
  elif said=$("$@" 2>&1); then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n%s\n' "$name" "$said"
  fi
}

# The binary need not be installed for its unit to be judged.
verify_units() {
  local folder=$work/units-$1 said
  mkdir -p "$folder"
  sed 's#^ExecStart=/usr/bin/claude-gateway#ExecStart=/bin/true#' "deploy/systemd/$1/claude-gateway.service" > "$folder/claude-gateway.service"
  cp "deploy/systemd/$1/claude-gateway.socket" "$folder/"
  said=$(systemd-analyze "--$1" verify "$folder/claude-gateway.service" "$folder/claude-gateway.socket" 2>&1) || { echo "$said"; return 1; }
  # It warns and succeeds.
  ! grep -F "$folder/claude-gateway" <<< "$said"
}

exposure() {
  local said
  said=$(systemd-analyze security --offline=true --no-pager --threshold=15 deploy/systemd/system/claude-gateway.service 2>&1) || { tail -n 3 <<< "$said"; return 1; }
}

compose_file() {
  touch "$work/key"
  sed "s#\./\(anthropic\|client\)\.key#$work/key#" deploy/docker/compose.yaml > "$work/compose.yaml"
  docker compose -f "$work/compose.yaml" config --quiet
}

# hadolint where it is; else the checker that editors use, where npm can bring it.
dockerfile_lint() {
  if command -v hadolint > /dev/null; then hadolint "$@"; else npm exec --yes --package=dockerfile-utils@0.16.3 -- dockerfile-utils lint "$@"; fi
}
has_dockerfile_lint() { command -v hadolint || { echo FROM scratch > "$work/Dockerfile" && timeout 100 npm exec --yes --package=dockerfile-utils@0.16.3 -- dockerfile-utils lint "$work/Dockerfile"; }; }

debian() { dpkg-deb --info "$1" && dpkg-deb --contents "$1" && ! dpkg-deb --contents "$1" | grep -v ' 0/0 '; }

check "system units" systemd-analyze verify_units system
check "exposure of at most 1.5" systemd-analyze exposure
if has_dockerfile_lint > /dev/null 2>&1; then check "Dockerfile" dockerfile_lint dockerfile_lint deploy/docker/Dockerfile; else echo "skipped: Dockerfile, for want of hadolint and npm"; fi
docker compose version > /dev/null 2>&1 && check "compose file" docker compose_file
for script in eng/*.sh deploy/debian/p* .ci/run; do
  check "syntax of $script" bash bash -n "$script"
  check "$script" shellcheck shellcheck -S warning "$script"
done
for package in ${1:+"$1"/*.deb}; do check "$package" dpkg-deb debian "$package"; done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
