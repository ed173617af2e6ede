#!/usr/bin/env bash
# droidbar in a real polybar: colour, text, clicks, IPC, respawn, and an empty log.
#   apt: polybar xvfb xdotool imagemagick x11-utils x11-xserver-utils fonts-dejavu-core
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
start_place
start_screen 600 60
xsetroot -solid '#2e3440'
export XDG_RUNTIME_DIR=$work

configuration() { # MODULE-NAME
  cat <<C
[bar/main]
width = 100%
height = 28
background = #1d2129
foreground = #d8dee9
font-0 = DejaVu Sans:size=11;2
padding-right = 1
module-margin = 1
modules-right = $1
enable-ipc = true
override-redirect = true
C
}
bar() { # MODULE-FILE, or nothing for the bar that is there
  if [ -n "${1:-}" ]; then { configuration droid; cat "$1"; } >"$work/bar.ini"; fi
  polybar -c "$work/bar.ini" -l trace main >"$work/log" 2>&1 &
  polybar=$!
  pids+=("$polybar")
  until_true 10 sh -c 'xwininfo -root -children | grep -q polybar'
  sleep 0.8
}
stop_bar() { stop "$polybar"; }
picture() { import -window root -crop 300x28+300+0 +repage "$work/shot.png"; }
drawn() { picture; has_colour "$work/shot.png" "$1"; }
not_drawn() { ! drawn "$1"; }
complaints() { sed 's/\x1b\[[0-9;]*m//g' "$work/log" | grep -aE '^polybar\|(error|warn)|Dropping|droidbar:' | grep -avE 'monitor|wm-restack|[Tt]ray|[Ff]ont' ; }

for state in ok warning critical limited idle stale logged-out; do
  printf '[module/droid]\ntype = custom/script\nexec = droidbar polybar --demo=%s\ninterval = 60\n' "$state" >"$work/module.ini"
  bar "$work/module.ini"
  colour=$(droidbar polybar --demo="$state" | sed -n 's/^%{F\(#[0-9A-F]*\)}.*/\1/p')
  check "$state is drawn in its colour" until_true 5 drawn "${colour:-#D8DEE9}"
  same "polybar logs no problem $state" "" "$(complaints)"
  case $state in ok | warning | critical | stale | logged-out) keep_picture "$work/shot.png" "polybar-$state" ;; esac
  stop_bar
done

# Text that would be a tag if it were not escaped.
cat >"$work/module.ini" <<'C'
[module/droid]
type = custom/script
exec = droidbar polybar --demo --format "%{{F#ff0000}100%{{A1:touch /tmp/never:}"
interval = 60
C
bar "$work/module.ini"
check "a tag in the text is shown as text" not_drawn '#FF0000'
same "and polybar parses it" "" "$(complaints)"
stop_bar

# The shipped block, added to a configuration by setup, with a service. Colours identify what it shows.
start_service
limits 95 80 5
mkdir -p "$HOME/.config/polybar"
configuration '' >"$HOME/.config/polybar/config.ini"
check "setup accepts the configuration" droidbar setup polybar
cp "$HOME/.config/polybar/config.ini" "$work/bar.ini"
bar
check "the usage is shown, critical" until_true 10 drawn '#E5484D'
click() { xdotool mousemove 560 14 click "$1"; }
pixels() { picture; identify -format '%#' "$work/shot.png"; }
week_is_drawn() { droidbar polybar | grep -q 'droid week 80%' && [ "$(pixels)" != "$before" ]; }
before=$(pixels)
click 1
check "a left click shows the next window" until_true 5 week_is_drawn
limits 95 96 5
click 2
check "a middle click refreshes" until_true 8 drawn '#E5484D'
click 3
check "a right click opens the usage page" until_true 5 page_is_opened
limits 10 20 5
droidbar refresh --force >/dev/null
check "another bar's refresh is shown" until_true 5 not_drawn '#E5484D'
watch=$(process_of 'polybar --watch')
same "polybar logs no problem" "" "$(complaints)"
stop_bar
check "the watch ends with its bar" until_true 5 is_gone "$watch"

# A module that is signalled: custom/ipc.
rm -f "$HOME"/.local/state/droidbar/*/window-*
printf '[module/droid]\ntype = custom/ipc\nhook-0 = droidbar polybar\ninitial = 1\n' >"$work/module.ini"
bar "$work/module.ini"
limits 96 20 5
droidbar refresh --force --notify-host polybar >/dev/null
check "a refresh elsewhere signals polybar" until_true 5 drawn '#E5484D'
stop_bar
finish
