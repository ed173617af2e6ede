#!/usr/bin/env bash
# Hosts that need no desktop session: a real tmux, promtool, and xmobar under Xvfb.
#   apt: tmux prometheus jq xmobar xvfb imagemagick x11-xserver-utils
# i3status-rust and yambar are not packaged for the Debian releases used here: their output follows their manuals.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
start_place
export LC_ALL=C.UTF-8

# tmux inside tmux: the outer one can capture its pane, which shows the status line of the inner one.
export TMUX_TMPDIR=$work
inner() { tmux -L inner -f "$work/tmux.conf" "$@"; }
shown() { tmux -L outer capture-pane -p | tail -1; }
for text in '{window} {percent}' '#[fg=red]100% #{{pane_id} #(touch /tmp/never) ##'; do
  printf "set -g status-interval 1\nset -g status-right-length 100\nset -g status-right '#(droidbar tmux --demo=critical --format \"\$DROID_TEXT\")'\n" >"$work/tmux.conf"
  export DROID_TEXT=$text
  inner new-session -d -x 120 -y 10 'sleep 60'
  tmux -L outer -f /dev/null new-session -d -x 120 -y 10 "env -u TMUX tmux -L inner attach"
  tmux -L outer set -g status off
  expected=$(droidbar plain --demo=critical --format "$text")
  check "tmux shows '$expected'" until_true 10 sh -c "TMUX_TMPDIR=$work tmux -L outer capture-pane -p | grep -qF -- '$expected'"
  inner kill-server
  tmux -L outer kill-server
done

for state in ok limited stale offline logged-out tokens unlimited; do
  check "promtool takes $state" sh -c "droidbar prometheus --demo=$state | promtool check metrics"
done
check "promtool takes the rules" promtool check rules "$root/integrations/prometheus/droidbar.rules.yml"
check "the dashboard is JSON" jq -e .panels "$root/integrations/prometheus/dashboard.json"
droidbar prometheus --demo --output "$work/droidbar.prom"
check "the file is complete and readable by all" sh -c "promtool check metrics <$work/droidbar.prom && [ \$(stat -c %a $work/droidbar.prom) = 644 ]"

for state in ok critical stale logged-out; do
  check "i3status-rust's words for $state" sh -c "droidbar i3status-rust --demo=$state |
    jq -e '(.state|IN(\"Idle\",\"Info\",\"Good\",\"Warning\",\"Critical\")) and (.text|length>0) and (.short_text|length>0)'"
  check "yambar's lines for $state" sh -c "droidbar yambar --demo=$state |
    awk -F'|' 'NR>1 && last {exit 1} \$0==\"\" {last=1; next} NF<3 || \$2 !~ /^(string|bool|range:0-100)\$/ {exit 1} END {exit !last}'"
done

start_screen 600 40
xsetroot -solid '#2e3440'
cat >"$work/xmobarrc" <<C
Config { bgColor = "#1d2129", fgColor = "#d8dee9", position = Static { xpos = 0, ypos = 0, width = 600, height = 30 },
  commands = [ Run CommandReader "exec droidbar xmobar --watch --demo=critical --format '<raw>{percent}<fc=#00ff00>'" "droid" ],
  sepChar = "%", alignSep = "}{", template = "}{ %droid% " }
C
xmobar "$work/xmobarrc" >"$work/xmobar.log" 2>&1 &
pids+=($!)
drawn() { import -window root "$work/xmobar.png" && has_colour "$work/xmobar.png" "$1"; }
not_drawn() { ! drawn "$1"; }
check "xmobar draws critical in its colour" until_true 10 drawn '#E5484D'
check "and a tag in the text is shown as text" not_drawn '#00FF00'
finish
