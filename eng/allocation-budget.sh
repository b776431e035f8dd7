#!/usr/bin/env bash
# Runs every micro benchmark for a moment and fails if one allocates more than Gateway.Benchmarks/allocation-budget.json allows.
# usage: allocation-budget.sh [--write]   (--write: what is allocated now becomes the budget)
set -euo pipefail
cd "$(dirname "$0")/.."
exec dotnet run -c Release --no-build --project Gateway.Benchmarks -- budget "$@"
