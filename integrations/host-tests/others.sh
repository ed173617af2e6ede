#!/usr/bin/env bash
# Hosts that need no desktop session: a real tmux, and xmobar under Xvfb. i3status-rust's file, as TOML.
#   apt: tmux jq python3-minimal xmobar xvfb imagemagick x11-xserver-utils
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
start_place
export LC_ALL=C.UTF-8

# tmux inside tmux: the outer one can capture its pane, which shows the status line of the inner one. Each pair has its own
# sockets, because a server ends some time after kill-server.
export TMUX_TMPDIR=$work
pair=0
start_tmux() { # CONFIGURATION
  pair=$((pair + 1))
  tmux -L "inner$pair" -f "$1" new-session -d -x 120 -y 10 'sleep 60'
  tmux -L "outer$pair" -f /dev/null new-session -d -x 120 -y 10 "env -u TMUX tmux -L inner$pair attach"
  tmux -L "outer$pair" set -g status off
}
stop_tmux() { tmux -L "inner$pair" kill-server; tmux -L "outer$pair" kill-server 2>/dev/null; }
status_has() { # TEXT
  local pane
  pane=$(tmux -L "outer$pair" capture-pane -pe)
  grep -qF -- "$1" <<<"$pane"
}
for text in '{window} {percent}' '#[fg=red]100% #{{pane_id} #(touch /tmp/never) ##'; do
  printf "set -g status-interval 1\nset -g status-right-length 100\nset -g status-right '#(droidbar tmux --demo=critical --format \"\$DROID_TEXT\")'\n" >"$work/tmux.conf"
  export DROID_TEXT=$text
  start_tmux "$work/tmux.conf"
  expected=$(droidbar plain --demo=critical --format "$text")
  check "tmux shows '$expected'" until_true 10 status_has "$expected"
  stop_tmux
done

# The file after the user's own status line, with a service.
start_service
limits 95 20 5
{ printf "set -g status-right-length 100\nset -g status-right 'my own'\n"; cat "$root/integrations/tmux/tmux.conf"; } >"$work/tmux.conf"
start_tmux "$work/tmux.conf"
check "tmux shows the usage" until_true 10 status_has 'droid 5h 95%'
check "after what was there" status_has 'my own '
check "in its colour" status_has "$(printf '\033[38;2;229;72;77m')"
limits 96 20 5
droidbar refresh --force >/dev/null
check "and later the new one" until_true 15 status_has 'droid 5h 96%'
stop_tmux

# i3status-rust is not packaged for Debian: its lines and its file follow its manual.
for state in ok critical stale logged-out; do
  check "i3status-rust's words for $state" sh -c "droidbar i3status-rust --demo=$state |
    jq -e '(.state|IN(\"Idle\",\"Info\",\"Good\",\"Warning\",\"Critical\")) and (.text|length>0) and (.short_text|length>0)'"
done
check "i3status-rust's file is TOML, and waits for each click that changes the text" python3 - "$root/integrations/i3status-rust/config.toml" <<'C'
import sys, tomllib
with open(sys.argv[1], "rb") as file:
    (block,) = tomllib.load(file)["block"]
clicks = {click["button"]: click for click in block["click"]}
assert block["block"] == "custom" and block["json"] and block["interval"] > 0
assert set(clicks) == {"left", "middle", "right", "up", "down"}
for button in ("left", "middle", "up", "down"):
    assert clicks[button]["sync"] and clicks[button]["update"], button
C

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
