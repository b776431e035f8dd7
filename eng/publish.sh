#!/usr/bin/env bash
# Publishes the native binary for this machine. usage: publish.sh FOLDER
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
case $(uname -m) in
  aarch64 | arm64) rid=linux-arm64 ;;
  *) rid=linux-x64 ;;
esac
dotnet publish "$root/Gateway.Host" -c Release -r "$rid" -o "$1" --nologo
