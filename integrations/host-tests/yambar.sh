#!/usr/bin/env bash
# droidbar in a real yambar: text and colour of every state, a refresh elsewhere, and the end of the bar.
#   apt: yambar jq xvfb imagemagick x11-xserver-utils fonts-dejavu-core
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
start_place
export LC_ALL=C.UTF-8 XDG_RUNTIME_DIR=$work
start_screen 600 40
xsetroot -solid '#2e3440'
block=$root/integrations/yambar/config.yml

bar() { # FILE WITH ONE MODULE
  : >"$work/log"
  { printf 'bar:\n  height: 28\n  location: top\n  background: 1d2129ff\n  foreground: d8dee9ff\n'
    printf '  font: DejaVu Sans:size=11\n  right:\n'
    sed 's/^/    /' "$1"; } >"$work/config.yml"
  yambar -b xcb -c "$work/config.yml" -s -l never >>"$work/log" 2>&1 &
  yambar=$!
  pids+=("$yambar")
}
stop_bar() { stop "$yambar"; until_true 5 is_blank; }
picture() { import -window root "$work/shot.png"; }
# yambar complains about the tags of every condition until a script has printed its first lines.
complaints() { grep -aE '(err|warn):' "$work/log" | grep -avE 'tag (state|stale) not found'; }
blank=$(pixels)

# Each state looks like a label with the same text in the state's colour.
for state in ok warning critical limited idle stale offline rate-limited logged-out loading tokens tokens-max unlimited; do
  colour=$(droidbar i3bar --demo="$state" | jq -r '.color // "#D8DEE9"')
  text=$(droidbar plain --demo="$state")
  printf -- '- label: {content: {string: {text: "%s", foreground: %sff}}}\n' "$text" "${colour#\#}" >"$work/label.yml"
  bar "$work/label.yml"
  until_true 10 drawn "$colour"
  expected=$(pixels)
  stop_bar
  sed "s/--watch]/--watch, --demo=$state]/" "$block" >"$work/module.yml"
  bar "$work/module.yml"
  check "$state is drawn as '$text' in $colour" until_true 10 same_pixels
  keep_picture "$work/shot.png" "yambar-$state"
  same "yambar logs no problem" "" "$(complaints)"
  stop_bar
done

# The file as it is, with a service.
start_service
limits 95 20 5
bar "$block"
check "the usage is shown, critical" until_true 10 drawn '#E5484D'
: >"$work/log"
limits 10 20 5
droidbar refresh --force >/dev/null
check "a refresh elsewhere is shown" until_true 5 not_drawn '#E5484D'
watch=$(process_of 'yambar --watch')
same "yambar logs no problem, and misses no tag" "" "$(grep -aE '(err|warn):' "$work/log")"
stop_bar
check "the watch ends with its bar" until_true 5 is_gone "$watch"
finish
