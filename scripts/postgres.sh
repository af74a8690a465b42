# A private PostgreSQL cluster for tests and measurements: loopback only, in a folder of its own, on a free port.
# Meant to be sourced:
#   . scripts/postgres.sh
#   trap postgres_stop EXIT
#   postgres_start            # sets POSTGRES_CONNECTION, the administrator's connection string
# The server refuses to run as root; a root caller runs it as the user postgres that the package brings.
# shellcheck shell=bash

POSTGRES_DIR="" POSTGRES_PID="" POSTGRES_CONNECTION=""

# Prints the newest installed server's folder of programs; fails when there is none.
postgres_bin() {
  local found
  found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  if [ -z "$found" ] && command -v initdb >/dev/null 2>&1; then found=$(dirname "$(command -v initdb)"); fi
  [ -x "$found/initdb" ] && printf '%s\n' "$found"
}

# Installs the server where it is missing (Debian, as root); prints one line when it cannot.
postgres_install() {
  postgres_bin >/dev/null && return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "PostgreSQL is not installed: install your system's PostgreSQL server package and run this again." >&2
    return 1
  fi
  local log; log=$(mktemp)
  # The package would start a cluster of its own; this keeps it from doing so.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } > "$log" 2>&1 < /dev/null; then
    tail -n 20 "$log" >&2; rm -f "$log"
    echo "PostgreSQL could not be installed (see above)." >&2
    return 1
  fi
  rm -f "$log"
}

postgres_as_owner() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}

# Takes a port from the kernel's own choice, so that two runs on one machine do not meet.
postgres_free_port() {
  python3 - 2>/dev/null <<'PY' || echo $((20000 + (RANDOM * 32768 + RANDOM) % 12000))
import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])
PY
}

postgres_start() {
  local bin port attempt
  bin=$(postgres_bin) || { echo "PostgreSQL is not installed." >&2; return 1; }
  POSTGRES_DIR=$(mktemp -d "${TMPDIR:-/tmp}/orchestrator-postgres.XXXXXX") || return 1
  if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$POSTGRES_DIR"; fi
  if ! (cd "$POSTGRES_DIR" && postgres_as_owner "$bin/initdb" -D "$POSTGRES_DIR/data" -U orchestrator -A trust -E UTF8 --locale=C.UTF-8 --no-instructions \
       > "$POSTGRES_DIR.init.log" 2>&1); then
    cat "$POSTGRES_DIR.init.log" >&2; return 1
  fi
  for attempt in 1 2 3 4 5; do
    port=$(postgres_free_port)
    postgres_launch "$bin" "$port" && { POSTGRES_CONNECTION="Host=127.0.0.1;Port=$port;Username=orchestrator;Database=postgres"; return 0; }
  done
  cat "$POSTGRES_DIR/server.log" >&2
  echo "The private PostgreSQL did not start (see above)." >&2
  return 1
}

# Starts the server on a port and waits until it answers; fails when it ends first (the port was taken meanwhile) or stays silent.
postgres_launch() {
  local bin=$1 port=$2 waited
  (cd "$POSTGRES_DIR" && postgres_as_owner "$bin/pg_ctl" start -D "$POSTGRES_DIR/data" -l "$POSTGRES_DIR/server.log" -W -s \
    -o "-h 127.0.0.1 -p $port -k '' -c max_connections=200 -c shared_buffers=256MB -c fsync=on -c synchronous_commit=on") < /dev/null || return 1
  for waited in $(seq 1 150); do
    "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" -U orchestrator && POSTGRES_PID=$(head -n 1 "$POSTGRES_DIR/data/postmaster.pid" 2>/dev/null) && return 0
    [ "$waited" -gt 10 ] && [ ! -e "$POSTGRES_DIR/data/postmaster.pid" ] && return 1
    sleep 0.2
  done
  return 1
}

# Stops the cluster and removes its folder; safe to call twice and after a failed start.
postgres_stop() {
  if [ -z "$POSTGRES_PID" ] && [ -n "$POSTGRES_DIR" ]; then POSTGRES_PID=$(head -n 1 "$POSTGRES_DIR/data/postmaster.pid" 2>/dev/null); fi
  if [ -n "$POSTGRES_PID" ]; then
    kill -INT "$POSTGRES_PID" 2>/dev/null
    for _ in $(seq 1 100); do kill -0 "$POSTGRES_PID" 2>/dev/null || break; sleep 0.1; done
    kill -0 "$POSTGRES_PID" 2>/dev/null && kill -QUIT "$POSTGRES_PID" 2>/dev/null
  fi
  if [ -n "$POSTGRES_DIR" ]; then rm -rf "$POSTGRES_DIR" "$POSTGRES_DIR.init.log"; fi
  POSTGRES_DIR="" POSTGRES_PID="" POSTGRES_CONNECTION=""
}
