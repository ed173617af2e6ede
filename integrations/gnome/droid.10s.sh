#!/bin/sh
# GNOME with Argos, https://github.com/p-e-w/argos: copy this file to ~/.config/argos/ and make it executable (chmod +x).
# Its name sets the interval. The menu has all windows, and the actions that are clicks in other bars.
#
# GNOME with Executor, https://extensions.gnome.org/extension/2932/executor, needs no file: add the command
# "droidbar plain" with an interval of 10 seconds.
PATH=$PATH:$HOME/.local/bin

usage=$(droidbar json)
value() { printf '%s\n' "$usage" | sed -E 's/.*"'"$1"'":"(([^"\\]|\\.)*)".*/\1/; s/\\(.)/\1/g'; }
case $usage in *'"stale":true'*) stale=stale ;; *) stale=current ;; esac
case $(value state)-$stale in
  critical-* | limited-*) color='color=#e5484d' ;;
  warning-* | logged-out-* | login-unreadable-* | forbidden-* | config-*) color='color=#c27c0e' ;;
  ok-current) color= ;;
  *) color='color=#7f8590' ;;
esac
# A vertical bar starts the attributes.
with() { tr '|' '/' | sed "s/\$/ | useMarkup=false emojize=false unescape=false $1/"; }

value text | with "dropdown=false $color"
echo ---
droidbar status | with 'trim=false font=monospace'
echo ---
echo "Next window | bash='BLOCK_BUTTON=1 droidbar json' terminal=false refresh=true"
echo "Refresh | bash='droidbar refresh --force' terminal=false refresh=true"
echo "Usage page | bash='droidbar open' terminal=false"
