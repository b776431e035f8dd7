# shellcheck shell=bash
# What the documents say to type, typed by DocumentCommandTests: each line of the file COMMANDS, in one shell for each document. Real programs
# everywhere but where one would change this machine, needs hours, or asks a vendor; what stands in for it looks at what it was told.
# ROOT: the repository, built by the user whose home is BUILDER. HERE: the folder to work in, with bin/claude-gateway. MAINPID: a gateway that runs. CONFIGURATION: of the tests' own build.
shopt -s expand_aliases
cd "$HERE" || exit 1
alias bench='dotnet run -c Release --project Gateway.Benchmarks --'

fail() { echo "$*" >&2; return 1; }

claude-gateway() {
  case "$1 $2" in
    "service "*) bin/claude-gateway "$@" --root "$HERE/root" ;;
    "bench "*) bin/claude-gateway "$@" --yes --requests 1 ;;
    *) bin/claude-gateway "$@" ;;
  esac
}

# An answer of 400 is a failure; a stream without an end is followed for a while.
curl() {
  local status=0
  command curl --silent --show-error --fail --max-time "$(case " $* " in *" -N "*) echo 1 ;; *) echo 20 ;; esac)" "$@" || status=$?
  case "$status $*" in "28 -N "*) return 0 ;; esac
  return "$status"
}

# Claude Code as far as the gateway sees it: it asks where the environment says, with the key that is there.
claude() {
  curl "$ANTHROPIC_BASE_URL/v1/messages" -H "x-api-key: $ANTHROPIC_API_KEY" -H 'content-type: application/json' -d @request.json
}

# The shipped unit's word for reload and the signal it is told to send reach the gateway that runs.
systemctl() {
  local verb="" unit="" signal=TERM word
  for word in "$@"; do
    case $word in
      --signal=*) signal=${word#*=} ;;
      --kill-whom=main) ;;
      -*) fail "systemctl: $word is not known here"; return ;;
      *) if [ -z "$verb" ]; then verb=$word; else unit=$word; fi ;;
    esac
  done
  [ -f "$ROOT/deploy/systemd/system/$unit.service" ] || { fail "systemctl: no such unit: '$unit'"; return; }
  case $verb in
    reload) eval "$(sed -n 's/^ExecReload=//p' "$ROOT/deploy/systemd/system/$unit.service")" ;;
    kill) kill "-$signal" "$MAINPID" ;;
    restart | status | edit) claude-gateway health > /dev/null ;; # whoever took over may serve by now
    *) fail "systemctl: $verb is not known here" ;;
  esac && understood systemctl "$@"
}

loginctl() { understood loginctl "$@"; }

# Where systemd does not run, its own program says whether it knows the words, and that it can't.
understood() {
  local program said
  program=$(type -P "$1") || return 0
  [ ! -d /run/systemd/system ] || return 0
  said=$("$program" "${@:2}" 2>&1) || grep -qE 'not been booted with systemd|Failed to connect to bus' <<< "$said" || fail "$said"
}

systemd-analyze() {
  type -P systemd-analyze > /dev/null || return 0
  case "$*" in
    "security claude-gateway") set -- security --offline=true --threshold=15 "$ROOT/deploy/systemd/system/claude-gateway.service" ;;
  esac
  (cd "$ROOT" && command systemd-analyze --no-pager "$@")
}

# Programs that need not be here.
optional() { ! type -P "$1" > /dev/null || command "$@"; }
journalctl() { optional journalctl --no-pager "$@"; }
ss() { optional ss "$@"; }
perf() {
  local said
  said=$(optional perf "$@" true 2>&1) || grep -qE 'not (permitted|supported)|[Pp]ermission' <<< "$said" || fail "$said"
}
strace() { optional strace "$@" -o /dev/null true; }
valgrind() { optional valgrind "$@" --callgrind-out-file=/dev/null true; }

# Nothing is built here: the tests' own build is run, tests are found and not run again, and what would be published is evaluated.
dotnet() {
  local words=() word out="" before=""
  for word in "$@"; do
    case "$1 $before $word" in
      *" -c Release") words+=("$CONFIGURATION") ;;
      "publish -o "*) out=$word; unset 'words[-1]' ;;
      *) words+=("${word/#"$HERE/tree"/$ROOT}") ;;
    esac
    before=$word
  done
  case "$*" in
    "run -c Release --project Gateway.Host") serve_shortly "${words[@]}" ;;
    "run -c Release --project Gateway.Benchmarks -- micro"*) in_root run --no-build "${words[@]:1}" -- --list flat ;;
    *"Gateway.Benchmarks -- budget") grep -q 'eng/allocation-budget.sh' "$ROOT/.ci/run" && grep -q -- '-- budget' "$ROOT/eng/allocation-budget.sh" ;;
    "run -c Release --project Gateway.Benchmarks --"*) benchmarks "${words[@]}" ;;
    "test" | "test "*) found_tests "${words[@]}" ;;
    "publish "*) published "$out" "${words[@]}" ;;
    *) fail "dotnet $*: not known here" ;;
  esac
}

in_root() { (cd "$ROOT" && HOME=$BUILDER command dotnet "$@"); }

# Serves, says so, and leaves when it is told to.
serve_shortly() {
  (cd "$ROOT" && HOME=$BUILDER GATEWAY_STATE_DIR=$HERE/state exec dotnet run --no-build "${@:2}" -- --port 0 > "$HERE/served" 2>&1) &
  local starter=$! status=0
  until grep -q '"listening"' "$HERE/served"; do kill -0 "$starter" || { cat "$HERE/served"; return 1; }; done
  kill "$starter"
  wait "$starter" || status=$?
  [ "$status" -eq 0 ] && grep -q '"stopped"' "$HERE/served"
}

# In the folder that results are written to; for a moment instead of minutes.
benchmarks() {
  local words=() word before=""
  for word in "${@:7}"; do
    case "$before $word" in
      *" --rounds" | "--rounds "*) ;;
      "--streams "*) words+=(10) ;;
      *) words+=("$word") ;;
    esac
    before=$word
  done
  case " ${words[*]} " in
    *" --help "*) ;;
    " load "* | " compare "*) words+=(--rounds 1 --seconds 0.05) ;;
  esac
  local said status=0
  said=$(command dotnet "$ROOT/Gateway.Benchmarks/bin/$CONFIGURATION/net10.0/Gateway.Benchmarks.dll" "${words[@]}") || status=$?
  printf '%s\n' "$said"

  # A busy machine may give no answer in such a moment. That is told, and no success; the command is right all the same.
  case "$status $said" in "1 "*": no answer;"*) return 0 ;; esac
  return "$status"
}

found_tests() {
  case " $* " in *" -c "*) ;; *) set -- "$1" -c "$CONFIGURATION" "${@:2}" ;; esac
  in_root test --no-build --list-tests "${@:2}" > "$HERE/tests" && grep -qE '^    \w' "$HERE/tests"
}

# The program that runs stands in for the one that minutes of compiling would make; .ci/run compiles it by the same script. The project is
# asked whether it would: publish itself has no dry run.
published() {
  local project="" properties=() word
  for word in "${@:3}"; do
    case $word in
      -c | -r | --nologo) ;;
      linux-*) properties+=("-p:RuntimeIdentifier=$word") ;;
      Release | Debug) properties+=("-p:Configuration=$word") ;;
      -p:*) properties+=("$word") ;;
      -*) fail "dotnet publish: $word is not known here"; return ;;
      *) project=$word ;;
    esac
  done
  [ "$(in_root msbuild "$project" "${properties[@]}" -getProperty:PublishAot)" = true ] || { fail "not compiled ahead: $*"; return; }
  [ -n "$1" ] || return 0
  mkdir -p "$1"
  cp "$HERE/bin/claude-gateway" "$1/claude-gateway"
}

# A script of ours: run here where that takes moments; else .ci/run must run it.
script() {
  case $1 in
    eng/publish.sh) bash "$ROOT/$1" "${@:2}" ;;
    eng/bench.sh) beside_the_bench "${@:2}" ;;
    *) grep -q " $1" "$ROOT/.ci/run" || fail "$1: neither known here nor run by .ci/run" ;;
  esac
}

# The bench lies beside the repository, if it is there at all: one that only tells what it was asked for.
beside_the_bench() {
  mkdir -p tree/eng shared/bench && cp "$ROOT"/eng/{bench,publish}.sh tree/eng && echo : > shared/bench/setup.sh
  echo 'import os, sys; assert sys.argv[1] == "--set" and os.access(sys.argv[2].removeprefix("claudegateway.gateway="), os.X_OK)' > shared/bench/bench.py
  XDG_CACHE_HOME=$HERE/cache bash tree/eng/bench.sh "$@"
}

export -f dotnet in_root published fail

# type_it NUMBER COMMAND: types it, and says it and the last of what it said when it fails.
type_it() {
  if ! eval "$2" > "said.$1" 2>&1 < /dev/null; then
    printf '%s: %s\n' "$2" "$(tail -n 5 "said.$1" | tr '\n' ' ')"
  fi
}

# Runs of load mostly wait: they do so together.
number=0
while IFS= read -r line <&3; do
  number=$((number + 1))
  case $line in
    "bench load "* | "bench compare "*) type_it "$number" "$line" & ;;
    "bench "*) wait; type_it "$number" "$line" ;;
    *) type_it "$number" "$line" ;;
  esac
done 3< "$COMMANDS"
wait
