# Source this: a temporary folder, and a home with a login for a loopback service.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
service=
end_work() { [ -z "$service" ] || kill "$service" 2>/dev/null || true; rm -rf "$work"; }
trap end_work EXIT

start_service() {
  "$root/.build/debug/loopback-factory" "$work/service" >"$work/address" &
  service=$!
  for _ in $(seq 100); do [ -s "$work/address" ] && break; sleep 0.05; done
  # A folder that has just changed is checked more thoroughly, which is not the usual case.
  touch -d '1 minute ago' "$work/service/home/.factory"
}
# Runs a program with that home and a clean environment.
run() {
  env -i HOME="$work/service/home" PATH=/usr/bin:/bin TZ=UTC FACTORY_API_BASE_URL="$(cat "$work/address")" \
    FACTORY_WORKOS_BASE_URL="$(cat "$work/address")" FACTORY_DISABLE_KEYRING=1 "$@"
}
