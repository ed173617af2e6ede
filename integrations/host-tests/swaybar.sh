#!/usr/bin/env bash
# droidbar as the status command of a real swaybar: text and colour of every state, clicks, scrolling, and the end of the bar.
#   apt: sway grim jq xvfb xdotool imagemagick fonts-dejavu-core
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
as_ordinary_user "$0" "$@"
start_place
export LC_ALL=C.UTF-8
block=$tests/../i3bar/config

bar() { # FILE WITH A BAR BLOCK; sway starts the bar again when it reads its configuration again
  sed '/^bar {/a position top\nfont pango:DejaVu Sans 11\nworkspace_buttons no\ntray_output none' "$1" >"$work/bar.conf"
  sed -i '/^bar {/a colors { \n background #1d2129\n statusline #d8dee9\n urgent_workspace #c0362c #c0362c #ffffff\n}' "$work/bar.conf"
  swaymsg reload >/dev/null
}
no_bar() { : >"$work/bar.conf"; swaymsg reload >/dev/null; until_true 5 is_blank; }
picture() { grim -g "200,0 400x28" "$work/shot.png"; }

start_service
start_sway 600 60
until_true 5 pixels
blank=$(pixels)

# Each state looks like a fixed block with the same text in the state's colour.
for state in ok warning critical limited idle stale offline rate-limited logged-out loading tokens tokens-max unlimited; do
  colour=$(droidbar i3blocks --demo="$state" | sed -n 3p)
  urgent=false
  case $state in critical | limited) urgent=true ;; esac
  { echo '{"version":1}'
    jq -nc --arg text "$(droidbar plain --demo="$state")" --arg colour "$colour" --argjson urgent "$urgent" \
      '[[{full_text:$text,urgent:$urgent} + if $colour=="" then {} else {color:$colour} end]]' | sed 's/]$/,/'; } >"$work/stream"
  printf 'bar {\n  status_command "cat %s; sleep 60"\n}\n' "$work/stream" >"$work/reference"
  [ "$urgent" = true ] && colour='#FFFFFF'
  bar "$work/reference"
  until_true 5 drawn "${colour:-#D8DEE9}"
  sleep 0.3
  expected=$(pixels)
  no_bar
  sed "s/--watch/--watch --demo=$state/" "$block" >"$work/block"
  bar "$work/block"
  check "$state is drawn as '$(droidbar plain --demo="$state")' in ${colour:-#D8DEE9}" until_true 5 same_pixels
  keep_picture "$work/shot.png" "swaybar-$state"
  no_bar
done

# The file as it is, with a service.
bar "$block"
shown() { droidbar i3bar | jq -r .full_text; }
check_clicks '#C0362C'
watch=$(process_of 'i3bar --watch')
no_bar
check "the watch ends with its bar" until_true 5 is_gone "$watch"
bar "$block"
until_true 5 drawn '#C0362C'
watch=$(process_of 'i3bar --watch')
swaymsg exit >/dev/null 2>&1
check "the watch ends with sway" until_true 5 is_gone "$watch"
finish
