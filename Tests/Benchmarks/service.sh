# Shared by the scripts here. Source it: a folder to work in, and a home that is logged in to a service on loopback.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
service=
end_work() { [ -z "$service" ] || kill "$service" 2>/dev/null || true; rm -rf "$work"; }
trap end_work EXIT

start_service() {
  "$root/.build/debug/loopback-factory" "$work/service" >"$work/address" &
  service=$!
  for _ in $(seq 100); do [ -s "$work/address" ] && break; sleep 0.05; done
  # A folder that was changed this very moment is looked at more closely: not what is to be measured.
  touch -d '1 minute ago' "$work/service/home/.factory"
}
# Runs a program in that home, and in no other environment.
run() {
  env -i HOME="$work/service/home" PATH=/usr/bin:/bin TZ=UTC FACTORY_API_BASE_URL="$(cat "$work/address")" \
    FACTORY_WORKOS_BASE_URL="$(cat "$work/address")" FACTORY_DISABLE_KEYRING=1 "$@"
}
