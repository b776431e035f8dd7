#!/usr/bin/env bash
# Publishes the native binary for this machine. usage: publish.sh FOLDER
# INSTRUCTION_SET=x86-64-v3 makes one that runs on any machine since 2013.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
case $(uname -m) in
  aarch64 | arm64) rid=linux-arm64 ;;
  *) rid=linux-x64 ;;
esac
# The build judges the code; this only makes the binary.
dotnet publish "$root/Gateway.Host" -c Release -r "$rid" -p:IlcInstructionSet="${INSTRUCTION_SET:-native}" -p:RunAnalyzers=false -o "$1" --nologo
