#!/usr/bin/env bash
# Droid.qml in a real Quickshell, inside a headless sway: colour of every state, clicks, scrolling, and the end of the bar.
#   apt: sway grim jq xvfb xdotool imagemagick fonts-dejavu-core
#   apt, where available: quickshell qt6-wayland
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
command -v quickshell >/dev/null || { echo "skipped: Quickshell is not installed"; exit 0; }
as_ordinary_user "$0" "$@"
start_place
export LC_ALL=C.UTF-8 QT_QPA_PLATFORM=wayland QT_QUICK_BACKEND=software QML_DISABLE_DISK_CACHE=1

mkdir "$work/shell"
cp "$tests/../quickshell/Droid.qml" "$work/shell/"
cat >"$work/shell/shell.qml" <<'C'
import QtQuick
import Quickshell
PanelWindow {
    anchors { top: true; left: true; right: true }
    implicitHeight: 28
    color: "#1d2129"
    Droid {
        anchors { right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
        font { family: "DejaVu Sans"; pixelSize: 15 }
    }
}
C
start_shell() {
  env -u DISPLAY quickshell -p "$work/shell" --no-color >"$work/log" 2>&1 &
  shell=$!
  pids+=("$shell")
}
stop_shell() { stop "$shell"; until_true 5 is_blank; }
picture() { grim -g "200,0 400x28" "$work/shot.png"; }
complaints() { grep -aE 'WARN|ERROR' "$work/log"; }

start_service
start_sway 600 60
until_true 5 pixels
blank=$(pixels)

# A program in front of droidbar adds the state.
mkdir "$work/demo"
printf '#!/bin/sh\nexec "%s/droidbar" "$@" --demo="$DEMO"\n' "$DROIDBAR_BIN" >"$work/demo/droidbar"
chmod +x "$work/demo/droidbar"
for state in ok warning critical limited idle stale offline logged-out loading; do
  colour=$(droidbar i3blocks --demo="$state" | sed -n 3p)
  DEMO=$state PATH=$work/demo:$PATH start_shell
  check "$state is drawn in ${colour:-#D8DEE9}" until_true 10 drawn "${colour:-#D8DEE9}"
  keep_picture "$work/shot.png" "quickshell-$state"
  same "Quickshell logs no problem" "" "$(complaints)"
  stop_shell
done

limits 63 20 5
start_shell
shown() { droidbar json | jq -r .text; }
check_clicks '#E5484D'
same "Quickshell logs no problem" "" "$(complaints)"
watch=$(process_of 'json --watch')
stop_shell
check "the watch ends with Quickshell" until_true 5 is_gone "$watch"
finish
