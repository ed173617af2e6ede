# Shared by the host tests; source it. Every process that it starts is stopped by its PID.
# Each test names its packages; every test needs these:
#   apt: curl procps util-linux
set -uo pipefail
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$tests/../.." && pwd)
: "${DROIDBAR_BIN:=$root/.build/debug}" # holds droidbar and loopback-factory
# SCREENSHOTS=1 makes the pictures in integrations/screenshots, SCREENSHOTS=DIR in another folder.
: "${SCREENSHOTS:=}"
[ "$SCREENSHOTS" != 1 ] || SCREENSHOTS=$root/integrations/screenshots
[ -z "$SCREENSHOTS" ] || mkdir -p "$SCREENSHOTS"
passed=0 failed=0 pids=()

ok() { passed=$((passed + 1)); echo "ok: $*"; }
bad() { failed=$((failed + 1)); echo "FAILED: $*"; }
check() { # NAME CONDITION…
  local name=$1; shift
  if "$@" >/dev/null 2>&1; then ok "$name"; else bad "$name"; fi
}
same() { # NAME EXPECTED FOUND
  if [ "$2" = "$3" ]; then ok "$1"; else bad "$1: expected '$2', found '$3'"; fi
}
keep_picture() { # PICTURE NAME
  [ -z "$SCREENSHOTS" ] || cp "$1" "$SCREENSHOTS/$2.png"
}
finish() { echo "$passed passed, $failed failed"; [ "$failed" = 0 ]; }

# Waits until a command succeeds: until_true SECONDS COMMAND…
until_true() {
  local n=$(($1 * 20)); shift
  for _ in $(seq "$n"); do "$@" >/dev/null 2>&1 && return 0; sleep 0.05; done
  return 1
}

# Ends a process that this test started, or, with a minus sign, the whole process group that setsid gave it.
stop() { # PID | -PID
  disown "${1#-}" 2>/dev/null # bash would report how it ended
  kill -- "$1" 2>/dev/null || return 0
  until_true 5 is_gone "$1" || kill -KILL -- "$1" 2>/dev/null
}
is_gone() { [ "$1" != none ] && ! kill -0 -- "$1" 2>/dev/null; } # PID | -PID

# sway refuses to run as root: runs the whole test as another user, with a copy of the programs.
as_ordinary_user() { # "$0" "$@"
  [ "$(id -u)" != 0 ] && return 0
  local copy
  copy=$(mktemp -d /tmp/droidbar-host.XXXXXX)
  mkdir "$copy/bin"
  cp "$DROIDBAR_BIN/droidbar" "$DROIDBAR_BIN/loopback-factory" "$copy/bin/"
  cp -r "$root/integrations" "$copy/integrations"
  chmod -R a+rX "$copy"
  chown -R 65534:65534 "$copy"
  local script=$copy/integrations/host-tests/$(basename "$1"); shift
  DROIDBAR_BIN=$copy/bin SCREENSHOTS=${SCREENSHOTS:+$copy/shots} setpriv --reuid=65534 --regid=65534 --clear-groups \
    env HOME="$copy" bash "$script" "$@"
  local status=$?
  if [ -n "$SCREENSHOTS" ]; then find "$copy/shots" -name '*.png' -exec cp {} "$SCREENSHOTS/" ';'; fi
  rm -rf "$copy"
  exit $status
}

start_place() {
  work=$(mktemp -d /tmp/droidbar-host.XXXXXX)
  chmod 700 "$work"
  export PATH=$DROIDBAR_BIN:$PATH TZ=UTC
  # A replacement for xdg-open that records the URL.
  mkdir "$work/bin"
  printf '#!/bin/sh\necho "$1" >"%s/opened"\n' "$work" >"$work/bin/xdg-open"
  chmod +x "$work/bin/xdg-open"
  PATH=$work/bin:$PATH
  trap end_place EXIT
}
# The droidbar of this test with these arguments: tests that run at the same time have other homes.
process_of() { # ARGUMENTS
  local pid
  for pid in $(pgrep -f "^([^ ]*/)?droidbar $1"); do
    if grep -qzxF "HOME=$HOME" "/proc/$pid/environ" 2>/dev/null; then echo "$pid"; return; fi
  done
  echo none
}
page_is_opened() { grep -q settings/usage "$work/opened"; }
end_place() {
  local i
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do stop "${pids[i]}"; done
  rm -rf "$work"
}

# A service on loopback with a logged-in home: `limits 5H WEEK MONTH` changes its responses.
start_service() {
  mkdir -p "$work/service/answers"
  limits 63 20 5
  "$DROIDBAR_BIN/loopback-factory" "$work/service" >"$work/address" &
  pids+=($!)
  until_true 5 test -s "$work/address" || { echo "no service"; exit 3; }
  HOME=$work/service/home
  FACTORY_API_BASE_URL=$(cat "$work/address")
  FACTORY_WORKOS_BASE_URL=$FACTORY_API_BASE_URL
  export HOME FACTORY_API_BASE_URL FACTORY_WORKOS_BASE_URL FACTORY_DISABLE_KEYRING=1
}
limits() {
  printf '{"usesTokenRateLimitsBilling":true,"limits":{"standard":{
    "fiveHour":{"usedPercent":%s,"secondsRemaining":5382},"weekly":{"usedPercent":%s,"secondsRemaining":432468},
    "monthly":{"usedPercent":%s,"secondsRemaining":2419668}}}}' "$@" >"$work/service/answers/.limits"
  mv "$work/service/answers/.limits" "$work/service/answers/limits"
}

# Starts a virtual X screen: start_screen WIDTH HEIGHT. It is not reset when its last client disconnects.
start_screen() {
  # The server chooses a free number itself, so that tests can run at the same time.
  Xvfb -displayfd 3 -screen 0 "$1x$2x24" -nolisten tcp -noreset 3>"$work/display" >"$work/xvfb.log" 2>&1 &
  pids+=($!)
  until_true 10 test -s "$work/display" || { echo "no screen"; cat "$work/xvfb.log"; exit 3; }
  DISPLAY=:$(cat "$work/display")
  export DISPLAY
}
# Starts sway: start_sway WIDTH HEIGHT. A test may add to "$work/bar.conf" before.
start_sway() {
  export XDG_RUNTIME_DIR=$work/run XDG_CONFIG_HOME=$work/config XDG_CURRENT_DESKTOP=sway GDK_BACKEND=wayland
  export WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1 WLR_BACKENDS=x11
  mkdir -p -m 700 "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME"
  # A seat has a pointer only when sway runs inside a screen.
  start_screen "$1" "$2"
  touch "$work/bar.conf"
  printf 'output X11-1 resolution %sx%s background #2e3440 solid_color\nseat seat0 fallback true\nxwayland disable\ninclude %s\n' \
    "$1" "$2" "$work/bar.conf" >"$work/sway.conf"
  sway -c "$work/sway.conf" >"$work/sway.log" 2>&1 &
  pids+=($!)
  until_true 10 sh -c "ls $XDG_RUNTIME_DIR/wayland-* $XDG_RUNTIME_DIR/sway-ipc.*" || { cat "$work/sway.log"; exit 3; }
  WAYLAND_DISPLAY=$(cd "$XDG_RUNTIME_DIR" && ls -d wayland-[0-9]* | grep -v lock | head -1)
  SWAYSOCK=$(ls "$XDG_RUNTIME_DIR"/sway-ipc.*)
  export WAYLAND_DISPLAY SWAYSOCK
}
has_colour() { # PICTURE #RRGGBB
  # Not piped into grep -q, which ends first and makes convert fail.
  local colours
  colours=$(convert "$1" -define histogram:unique-colors=true -format %c histogram:info:-) || return 1
  grep -qi -- "$2" <<<"$colours"
}

# For tests with a picture() that writes "$work/shot.png"; "$blank" has the pixels without a bar.
pixels() { picture && identify -format '%#' "$work/shot.png"; }
is_blank() { [ "$(pixels)" = "$blank" ]; }
drawn() { picture && has_colour "$work/shot.png" "$1"; }
not_drawn() { picture && ! has_colour "$work/shot.png" "$1"; }
same_pixels() { [ "$expected" != "$blank" ] && [ "$(pixels)" = "$expected" ]; }

# Clicks and scrolls on a module at the right end of a bar, with a service: check_clicks CRITICAL_COLOUR. The test's shown()
# prints the text of the window that is chosen.
check_clicks() {
  before=$blank
  until_true 10 drawn '#D8DEE9'
  check "the usage is shown" shown_is 'droid 5h 63% *'
  sleep 0.5
  act 1
  check "a left click shows the next window" until_true 5 shown_is 'droid week 20% *'
  act 5
  check "scrolling down shows the next window" until_true 5 shown_is 'droid month 5% *'
  act 4
  check "scrolling up shows the previous window" until_true 5 shown_is 'droid week 20% *'
  limits 63 95 5
  act 2
  check "a middle click refreshes, and critical has its colour" until_true 8 drawn "$1"
  act 3
  check "a right click opens the usage page" until_true 5 page_is_opened
}
shown_is() { [[ $(shown) == $1 ]] && [ "$(pixels)" != "$before" ]; }
act() { before=$(pixels); xdotool mousemove 560 12; sleep 0.2; xdotool click "$1"; }
