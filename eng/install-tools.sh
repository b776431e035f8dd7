#!/usr/bin/env bash
# What a build needs beside the .NET SDK: a linker for the native binary, binutils for packages, curl and python3 for the checks.
set -euo pipefail
command -v dotnet > /dev/null || { echo "the .NET 10 SDK is missing"; exit 1; }
need=()
command -v clang > /dev/null || command -v gcc > /dev/null || need+=(clang)
[ -e /usr/include/zlib.h ] || need+=(zlib1g-dev)
command -v objdump > /dev/null || need+=(binutils)
command -v curl > /dev/null || need+=(curl)
command -v python3 > /dev/null || need+=(python3)
# The SDK itself does not start without it, unless it is told to do without.
[ -n "${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-}" ] || ldconfig -p | grep libicuuc > /dev/null || need+=(libicu72)
[ ${#need[@]} -eq 0 ] && exit 0
export DEBIAN_FRONTEND=noninteractive
timeout 120 apt-get update -qq
timeout 300 apt-get install -y -qq --no-install-recommends "${need[@]}"
