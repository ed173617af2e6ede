#!/usr/bin/env bash
# droidbar in a real lemonbar: the colour of every state, tags in the text, a refresh elsewhere, and the end of the bar.
#   apt: lemonbar jq xvfb imagemagick x11-xserver-utils
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
start_place
export LC_ALL=C.UTF-8
start_screen 600 40
xsetroot -solid '#2e3440'
script=$root/integrations/lemonbar/bar.sh

bar() { # SCRIPT, which runs in its own process group
  setsid sh "$1" >"$work/log" 2>&1 &
  bar=$!
  pids+=("-$bar")
}
stop_bar() { stop "-$bar"; until_true 5 is_blank; }
picture() { import -window root "$work/shot.png"; }
blank=$(pixels)

# Each state looks like its text with lemonbar's own colour option.
for state in ok warning critical limited idle stale offline logged-out loading tokens unlimited; do
  colour=$(droidbar i3bar --demo="$state" | jq -r '.color // "#FFFFFF"')
  text=$(droidbar plain --demo="$state" | sed 's/%/%%/g')
  printf "printf '%%s\\\\n' '%s' | lemonbar -p -F '%s'\n" "$text" "$colour" >"$work/reference.sh"
  bar "$work/reference.sh"
  until_true 10 drawn "$colour"
  expected=$(pixels)
  stop_bar
  sed "s/--watch/--watch --demo=$state/" "$script" >"$work/bar.sh"
  bar "$work/bar.sh"
  check "$state is drawn as '$(droidbar plain --demo="$state")' in $colour" until_true 10 same_pixels
  keep_picture "$work/shot.png" "lemonbar-$state"
  same "lemonbar logs no problem" "" "$(cat "$work/log")"
  stop_bar
done

echo "printf '%s\\n' '100%% %%{F#00ff00}41%%' | lemonbar -p" >"$work/reference.sh"
bar "$work/reference.sh"
until_true 10 drawn '#FFFFFF'
expected=$(pixels)
check "lemonbar can draw a tag as text" not_drawn '#00FF00'
stop_bar
echo "droidbar lemonbar --demo --watch --format '100% %{{F#00ff00}{percent}' | lemonbar -p" >"$work/bar.sh"
bar "$work/bar.sh"
check "a tag in the text is drawn as text" until_true 10 same_pixels
keep_picture "$work/shot.png" lemonbar-tag
stop_bar

# The file as it is, with a service.
start_service
limits 95 20 5
bar "$script"
check "the usage is shown, critical" until_true 10 drawn '#E5484D'
limits 10 20 5
droidbar refresh --force >/dev/null
check "a refresh elsewhere is shown" until_true 5 not_drawn '#E5484D'
watch=$(process_of 'lemonbar --watch')
stop "$(pgrep -g "$bar" -x lemonbar)"
check "the watch ends with its bar" until_true 5 is_gone "$watch"
finish
