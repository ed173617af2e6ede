#!/bin/sh
# GNOME with Argos, https://github.com/p-e-w/argos: copy this file to ~/.config/argos/ and make it executable (chmod +x).
# Its name sets the interval. The menu has all windows, and the actions that are clicks in other bars.
#
# GNOME with Executor, https://extensions.gnome.org/extension/2932/executor: needs no file. Add the command
# "droidbar plain" with an interval of 10 seconds.
PATH=$PATH:$HOME/.local/bin

state=$(droidbar json | sed 's/.*"state":"\([^"]*\)","stale":\([a-z]*\).*/\1 \2/')
case $state in
  critical* | limited*) color='color=#e5484d' ;;
  warning* | logged-out* | login-unreadable* | forbidden* | config*) color='color=#c27c0e' ;;
  'ok false') color= ;;
  *) color='color=#7f8590' ;;
esac
# A vertical bar starts the attributes.
as_text() { tr '|' '/' | sed "s/\$/ | useMarkup=false emojize=false unescape=false trim=false $1/"; }

droidbar plain | as_text "dropdown=false $color"
echo ---
droidbar status | as_text 'font=monospace'
echo ---
echo "Next window | bash='BLOCK_BUTTON=1 droidbar plain' terminal=false refresh=true"
echo "Refresh | bash='droidbar refresh --force' terminal=false refresh=true"
echo "Usage page | bash='droidbar open' terminal=false"
