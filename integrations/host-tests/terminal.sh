#!/usr/bin/env bash
# 'droidbar status' in a real terminal: colours, width, and NO_COLOR.
#   apt: xterm xvfb imagemagick x11-xserver-utils fonts-dejavu-core
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
start_place
export LC_ALL=C.UTF-8
start_screen 900 700
xsetroot -solid '#2e3440'

terminal() { # COLUMNS COMMAND
  xterm -u8 -fa 'DejaVu Sans Mono' -fs 11 -bg '#1d2129' -fg '#d8dee9' +sb -b 12 -geometry "$1x34+0+0" \
    -xrm 'XTerm*color1: #e5484d' -xrm 'XTerm*color3: #c27c0e' -xrm 'XTerm*allowBoldFonts: true' \
    -e sh -c "tput civis; $2; touch $work/drawn; sleep 30" >"$work/xterm.log" 2>&1 &
  xterm=$!
  pids+=("$xterm")
  until_true 10 test -e "$work/drawn"
  rm -f "$work/drawn"
}
end_terminal() { stop "$xterm"; }
picture() { sleep 0.3; import -window root "$work/terminal.png"; }
drawn() { picture && has_colour "$work/terminal.png" "$1"; }
not_drawn() { ! drawn "$1"; }

terminal 96 'droidbar status --demo=warning --local'
check "a warning is drawn in its colour" until_true 5 drawn '#C27C0E'
if [ -n "$SCREENSHOTS" ]; then
  convert "$work/terminal.png" -crop 800x640+0+0 +repage "$SCREENSHOTS/status.png"
fi
end_terminal
terminal 96 'droidbar status --history --demo=warning'
check "the history's warning is drawn in its colour" until_true 5 drawn '#C27C0E'
if [ -n "$SCREENSHOTS" ]; then
  convert "$work/terminal.png" -crop 800x520+0+0 +repage "$SCREENSHOTS/history.png"
fi
end_terminal
terminal 96 'droidbar status --demo=limited'
check "limited is drawn in its colour" until_true 5 drawn '#E5484D'
end_terminal
terminal 96 'NO_COLOR=1 droidbar status --demo=limited'
check "NO_COLOR is obeyed" not_drawn '#E5484D'
end_terminal
for columns in 40 50 70 90; do
  terminal "$columns" "script -qec 'stty cols $columns; droidbar status --demo=critical --local' /dev/null >$work/typescript"
  # Truncated by characters, without counting colour codes: no line wraps.
  widest=$(sed 's/\x1b\[[0-9;]*[mK]//g; s/\r//g' "$work/typescript" | wc -L)
  check "no line is wider than $columns columns" test "$widest" -gt 20 -a "$widest" -le "$columns"
  end_terminal
done
finish
