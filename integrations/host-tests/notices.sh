#!/usr/bin/env bash
# Desktop notifications with notify-send, a session bus and dunst.
#   apt: dunst libnotify-bin dbus xvfb xdotool
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
if [ -z "${IN_BAR_BUS:-}" ]; then
  export IN_BAR_BUS=1
  exec dbus-run-session -- bash "$0" "$@" 2> >(grep -v '^dbus-daemon' >&2)
fi
start_place
start_screen 800 300
# dunst records the notifications that it shows.
dunst -print -conf /dev/null >"$work/shown" 2>"$work/dunst.log" &
pids+=($!)
until_true 10 dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner \
  string:org.freedesktop.Notifications || { cat "$work/dunst.log"; exit 3; }
start_service
is_shown() { grep -qF -- "$1" "$work/shown"; }
titles() { grep -c 'summary:' "$work/shown"; }

limits 50 20 5
droidbar refresh --force --notify >/dev/null
limits 76 20 5
droidbar waybar --ttl 0 --wait 5s --notify >/dev/null
check "a warning is shown" until_true 5 is_shown "summary: 'Droid: Standard Usage, 5-hour at 76%'"
check "as not urgent" is_shown 'urgency: NORMAL'
limits 100 20 5
droidbar refresh --force --notify >/dev/null
check "a full window is shown" until_true 5 is_shown "summary: 'Droid: Standard Usage, 5-hour is used up'"
check "as urgent" is_shown 'urgency: CRITICAL'
check "with its consequence" is_shown 'Work stops until'
bars=()
for _ in 1 2 3 4; do
  droidbar waybar --ttl 0 --wait 5s --notify >/dev/null &
  bars+=($!)
done
wait "${bars[@]}"
droidbar refresh --force --notify >/dev/null
limits 1 20 5
droidbar refresh --force --notify >/dev/null
check "and that it is available again" until_true 5 is_shown "summary: 'Droid: Standard Usage, 5-hour is available again'"
same "three in all, however many bars" 3 "$(titles)"
check "by the name of the program" is_shown "appname: 'droidbar'"
finish
