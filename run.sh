#!/usr/bin/env bash
# Builds what has changed and starts the server executable:
#   ./run.sh [serve] [options]        the server; prints its address
#   ./run.sh simulate|check|migrate|bench ...
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output="$top/server/Host/bin/Release/net10.0"
stamp="$output/.built"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

if ! command -v dotnet >/dev/null 2>&1; then
  echo "run.sh: the .NET SDK 10 is missing: install it from https://dotnet.microsoft.com/download and run this again." >&2
  exit 1
fi

changed() { # whether anything that goes into the server is newer than its last build here
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$top/server" "$top/db-migrations" "$top/workflows" "$top"/Directory.* "$top/global.json" \
    \( -name bin -o -name obj \) -prune -o -newer "$stamp" -print -quit 2>/dev/null)" ]
}

build() {
  local log begun
  mkdir -p "$top"/{server/Host,server/Kernel,db-migrations}/{bin,obj}   # now, so that the build does not touch the folders around them
  log=$(mktemp) begun=$(mktemp)
  echo "Building (the first time takes about a minute)..." >&2
  if ! dotnet build "$top/server/Host" -c Release --nologo -v quiet > "$log" 2>&1 < /dev/null; then
    grep -E 'error' "$log" | sort -u | head -n 30 >&2 || cat "$log" >&2
    rm -f "$log" "$begun"
    echo "run.sh: the build failed (see above)." >&2
    exit 1
  fi
  touch -r "$begun" "$stamp"   # a file changed while the build ran is newer than this
  rm -f "$log" "$begun"
}

if changed; then
  # Two at once on one checkout build one after the other.
  if command -v flock >/dev/null 2>&1; then mkdir -p "$output"; exec 9> "$output/.lock"; flock 9; fi
  if changed; then build; fi
  exec 9>&-
fi

case "${1-}" in
  "" | --help | -h) ;;
  -*) set -- serve "$@" ;;
esac
case "${1-serve}" in
  serve | migrate | admin) cd "$top" ;;   # one database per checkout, wherever this is called from
esac
export ORCHESTRATOR__ENVIRONMENT="${ORCHESTRATOR__ENVIRONMENT:-Development}"
exec dotnet "$output/orchestrator.dll" "$@"
