#!/usr/bin/env bash
# droidbar in a real i3blocks, alone and inside i3bar: lines, colour, urgent, markup, clicks, signal, and no log output.
#   apt: i3blocks jq i3-wm xvfb xdotool imagemagick fonts-dejavu-core fonts-noto-color-emoji x11-xserver-utils
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
start_place

start_i3blocks() { # CONFIG
  mkfifo "$work/clicks.$$" 2>/dev/null
  # Opened for reading and writing, so that it neither blocks nor reaches its end.
  exec 9<>"$work/clicks.$$"
  # In a process group of its own, as the bars start it. Killed alone, it would wait for its children for ever.
  setsid i3blocks -c "$1" <"$work/clicks.$$" 9>&- >"$work/stream" 2>"$work/errors" &
  i3blocks=$!
  pids+=("-$i3blocks")
}
stop_i3blocks() { stop "-$i3blocks"; exec 9>&-; }
# i3blocks adds an unnamed block of its own.
blocks() { grep -a '^,' "$work/stream" | tail -1 | sed 's/^,//' | jq -c '[.[] | select(.full_text != "")]'; }
block() { blocks | jq -r "$1"; } # JQ
text_is() { [[ $(block '.[0].full_text') == $1 ]]; }
click() { printf ',{"name":"droid","instance":"","button":%s,"x":1,"y":1}\n' "$1" >&9; }

# Every state at once, one block for each.
states=(ok warning critical limited idle stale offline rate-limited logged-out loading tokens tokens-max unlimited)
for state in "${states[@]}"; do
  printf '[%s]\ncommand=droidbar i3blocks --demo=%s\ninterval=once\n' "$state" "$state"
done >"$work/states"
start_i3blocks "$work/states"
until_true 5 sh -c "[ \$(grep -a '^,' $work/stream | tail -1 | sed 's/^,//' | jq '[.[]|select(.full_text!=\"\")]|length') = ${#states[@]} ]"
i=0
for state in "${states[@]}"; do
  droidbar i3blocks --demo="$state" >"$work/printed"
  urgent=$([ $? = 33 ] && echo true || echo null)
  shown=$(block ".[$i]|[.full_text,.short_text,.color//\"\",(.urgent//null|tostring)]|join(\"|\")")
  same "$state: text, short text, colour and urgent" \
    "$(sed -n 1p "$work/printed")|$(sed -n 2p "$work/printed")|$(sed -n 3p "$work/printed")|$urgent" "$shown"
  i=$((i + 1))
done
same "i3blocks logs no problem" "" "$(cat "$work/errors")"
stop_i3blocks

# The shipped block, added to a configuration by setup, with a service.
start_service
mkdir -p "$HOME/.config/i3blocks"
echo '# my blocks' >"$HOME/.config/i3blocks/config"
check "setup accepts the configuration" droidbar setup i3blocks
cp "$HOME/.config/i3blocks/config" "$work/config"
start_i3blocks "$work/config"
check "the service's figure is shown" until_true 10 text_is 'droid 5h 63% *'
printf '[\n' >&9
click 1
check "a left click shows the next window" until_true 5 text_is 'droid week 20% *'
limits 63 21 5
click 2
check "a middle click refreshes" until_true 8 text_is 'droid week 21% *'
limits 63 22 5
droidbar refresh --force --notify-host i3blocks:8 >/dev/null
check "a refresh elsewhere signals i3blocks" until_true 5 text_is 'droid week 22% *'
click 3
check "a right click opens the usage page" until_true 5 page_is_opened
same "i3blocks logs no problem" "" "$(cat "$work/errors")"
stop_i3blocks

# With --watch: one process for the block.
rm -f "$HOME"/.local/state/droidbar/*/window-*
printf '[droid]\ncommand=exec droidbar i3blocks --watch --markup pango\ninterval=persist\nmarkup=pango\n' >"$work/persist"
start_i3blocks "$work/persist"
check "a watch shows its figure" until_true 10 text_is 'droid 5h 63% *'
limits 95 22 5
droidbar refresh --force >/dev/null
check "a watch sees another bar's refresh, in colour" until_true 5 text_is '<span color="#E5484D">droid 5h 95%*'
watch=$(process_of 'i3blocks --watch')
stop_i3blocks
check "a watch ends with its bar" until_true 5 is_gone "$watch"

# The whole protocol, without i3blocks, and the block inside a real i3bar.
limits 63 22 5
droidbar refresh --force >/dev/null
bar() { # STATUS-COMMAND PICTURE
  cat >"$work/i3.conf" <<C
# i3 config file (v4)
font pango:DejaVu Sans 11
bar {
  font pango:DejaVu Sans 11
  position top
  workspace_buttons no
  tray_output none
  status_command $1
  colors {
    background #1d2129
    statusline #d8dee9
    urgent_workspace #c0362c #c0362c #ffffff
  }
}
C
  i3 -c "$work/i3.conf" >"$work/i3.log" 2>&1 &
  local i3=$!
  pids+=("$i3")
  until_true 10 sh -c "pgrep -P $i3 i3bar || pgrep -x i3bar"
  sleep 1.2
  [ -n "${3:-}" ] && { xdotool mousemove 570 10 click "$3"; sleep 1.2; }
  import -window root -crop 360x24+240+0 +repage "$2"
  i3-msg -q exit >/dev/null 2>&1
  wait "$i3" 2>/dev/null
}
start_screen 600 60
unset I3SOCK
xsetroot -solid '#2e3440'
bar 'exec droidbar i3bar --watch' "$work/i3bar.png"
check "i3bar shows droidbar's own stream" has_colour "$work/i3bar.png" '#D8DEE9'
limits 95 22 5
bar 'exec droidbar i3bar --watch' "$work/i3bar.png" 2
check "a middle click in i3bar refreshes, and critical is urgent" has_colour "$work/i3bar.png" '#C0362C'
for state in ok warning critical stale logged-out; do
  printf '[droid]\ncommand=droidbar i3blocks --demo=%s\ninterval=60\n\n[time]\ncommand=echo Sat 21 Nov  12:00\ninterval=60\n' "$state" >"$work/shot"
  bar "i3blocks -c $work/shot" "$work/i3blocks-$state.png"
  colour=$(droidbar i3blocks --demo="$state" | sed -n 3p)
  [ "$state" = critical ] && colour='#FFFFFF'
  check "$state is drawn in its colour in i3bar" has_colour "$work/i3blocks-$state.png" "${colour:-#D8DEE9}"
  keep_picture "$work/i3blocks-$state.png" "i3blocks-$state"
done
finish
