#!/usr/bin/env bash
# Brings a fresh machine to a green run of everything:
#   ./test.sh                         installs what is missing, builds, checks the format, runs every test project
#   ./test.sh Kernel.Tests [args]     builds and runs one project; args go to its test runner (-class "*Clocks*")
# The last line is always "N passed, N failed" (and ", N skipped"); the exit code is 0 only when nothing failed.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
exec < /dev/null
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 TERM=dumb
. scripts/postgres.sh

passed=0 failed=0 skipped=0
logs=$(mktemp -d)

finish() {
  postgres_stop
  rm -rf "$logs"
}
trap finish EXIT
trap 'exit 130' INT TERM

report() { # prints the totals as the last line and ends with the matching exit code
  local line="$passed passed, $failed failed"
  [ "$skipped" -gt 0 ] && line="$line, $skipped skipped"
  printf '\n%s\n' "$line"
  [ "$failed" -eq 0 ]; exit
}

stop_with() { # a step without which the tests say nothing
  echo "FAILED: $1" >&2
  failed=$((failed + 1))
  report
}

build() { # what: the solution or one project
  echo "== build"
  dotnet build "$1" -c Release --nologo -v quiet -warnaserror > "$logs/build" 2>&1 && return
  grep -E 'error|warning' "$logs/build" | sort -u | head -n 60 >&2 || true
  [ -s "$logs/build" ] || echo "(the build printed nothing)" >&2
  stop_with "the build (see above)"
}

check_format() {
  echo "== format"
  dotnet format Orchestrator.slnx --no-restore --verify-no-changes > "$logs/format" 2>&1 && return
  head -n 60 "$logs/format" >&2
  echo "FAILED: the format; 'dotnet format' puts it right" >&2
  failed=$((failed + 1))
}

# Adds one project's totals. A host that crashed before its summary, ran no test or failed without a failed test counts as one failure.
run_project() {
  local project=$1 name log summary code bad; shift
  name=$(basename "$(dirname "$project")")
  log="$logs/$name"
  echo "== $name"
  dotnet run --no-build -c Release --project "$project" -- -noColor "$@" > "$log" 2>&1
  code=$?
  summary=$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+, Not Run: [0-9]+, Time: [0-9.,]+s' "$log" | tail -n 1)
  if [ -z "$summary" ]; then
    tail -n 100 "$log" >&2
    echo "   no test ran; the test host ended with exit code $code" >&2
    failed=$((failed + 1))
    return
  fi
  echo "   $summary"
  # shellcheck disable=SC2086
  set -- $(grep -oE '[0-9]+' <<< "${summary%, Time*}")
  bad=$(($2 + $3))
  if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; echo "   the test host ended with exit code $code" >&2; fi
  if [ "$bad" -ne 0 ]; then grep -vE '^ *(Discover|Starting)' "$log" | head -n 400 >&2; fi
  passed=$((passed + $1 - $3 - $4 - $5)) failed=$((failed + bad)) skipped=$((skipped + $4))
}

command -v dotnet >/dev/null 2>&1 || stop_with "the .NET SDK 10 is missing: https://dotnet.microsoft.com/download"

projects=$(grep -l '<IsTestProject>true' tests/*/*.csproj)
if [ $# -gt 0 ]; then
  projects=$(grep -E "^tests/$1/" <<< "$projects") || stop_with "there is no test project '$1'; there are: $(ls tests | tr '\n' ' ')"
  shift
  build "$projects"
else
  build Orchestrator.slnx
  check_format
fi

postgres_install && postgres_start || stop_with "PostgreSQL"
export ORCHESTRATOR_TEST_POSTGRES="$POSTGRES_CONNECTION"
for project in $projects; do run_project "$project" "$@"; done
report
