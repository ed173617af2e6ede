#!/usr/bin/env bash
# The blocks for panels that Debian does not package: eww's file and style, Quickshell's widget with replacements for
# Quickshell's own types, and the commands of all of them.
#   apt: jq python3-minimal sassc qt6-declarative-dev-tools qml6-module-qtquick qml6-module-qtquick-window qml6-module-qtqml qml6-module-qttest qml6-module-qtqml-workerscript
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
start_place
export LC_ALL=C.UTF-8
states=(ok warning critical limited idle stale offline rate-limited logged-out loading tokens unlimited)
blocks=$root/integrations

# Prints droidbar's colour for a state, or nothing for the bar's own.
colour_of() { droidbar i3blocks --demo="$1" | sed -n 3p | tr A-F a-f; }

# eww: balanced parentheses, braces and quotes; --commands prints the file's commands, one on each line.
cat >"$work/yuck.py" <<'C'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
token = re.compile(r'''\s+|;[^\n]*|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|[(){}\[\]]|[^\s(){}\[\]"`;]+''')
closing, open_ones, at, previous = {"(": ")", "{": "}", "[": "]"}, [], 0, ""
while at < len(text):
    match = token.match(text, at)
    assert match, f"a quote without its end: {text[at:at + 40]!r}"
    at, word = match.end(), match.group()
    if word in closing: open_ones.append(closing[word])
    elif word in closing.values(): assert open_ones and open_ones.pop() == word, f"unexpected {word} before {text[at:at + 40]!r}"
    elif word[0] == "`" and sys.argv[2:] == ["--commands"]: print(previous or "command", word[1:-1])
    if word.strip(): previous = word if word[0] == ":" else ""
assert not open_ones, f"missing {open_ones}"
C
yuck=$blocks/eww/eww.yuck
check "eww.yuck is balanced" python3 "$work/yuck.py" "$yuck"
python3 "$work/yuck.py" "$yuck" --commands >"$work/commands"
command_of() { sed -n "s/^$1 //p" "$work/commands"; } # ATTRIBUTE
is_reading() { jq -e '(.text|type)=="string" and (.state|type)=="string" and (.stale|type)=="boolean"' >/dev/null; }
check "eww's initial value is like a reading" is_reading < <(command_of :initial)
for state in "${states[@]}"; do
  check "eww's command prints a reading in $state" is_reading < <(sh -c "$(command_of command | sed 's/ --watch//') --demo=$state")
done

# eww.scss has the colour of every state.
sassc "$blocks/eww/eww.scss" "$work/eww.css" || bad "eww.scss is valid"
rule_of() { tr -d '\n' <"$work/eww.css" | tr '}' '\n' | grep -E "\.droid\.$1[,{ ]" | grep -oE '#[0-9a-f]{6}'; } # CLASS
for state in warning critical limited idle stale offline rate-limited logged-out loading; do
  same "eww.scss has the colour of $state" "$(colour_of "$state")" "$(rule_of "$state")"
done
for problem in login-unreadable forbidden config; do same "eww.scss has the colour of $problem" '#c27c0e' "$(rule_of $problem)"; done
same "eww.scss has the colour of service-error" '#7f8590' "$(rule_of service-error)"

# Quickshell: its widget with Quickshell's types replaced by ones that hand it a line and record its commands.
export QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software QML_DISABLE_DISK_CACHE=1 XDG_RUNTIME_DIR=$work
PATH=$PATH:/usr/lib/qt6/bin
mkdir -p "$work/qml/Quickshell/Io" "$work/tests"
printf 'module Quickshell\nsingleton Quickshell 1.0 Quickshell.qml\n' >"$work/qml/Quickshell/qmldir"
printf 'module Quickshell.Io\nProcess 1.0 Process.qml\nSplitParser 1.0 SplitParser.qml\n' >"$work/qml/Quickshell/Io/qmldir"
cat >"$work/qml/Quickshell/Quickshell.qml" <<'C'
pragma Singleton
import QtQml
QtObject {
    property var last: []
    function execDetached(command: var) { last = command; }
}
C
cat >"$work/qml/Quickshell/Io/Process.qml" <<'C'
import QtQml
QtObject {
    property bool running
    property list<string> command
    property SplitParser stdout
}
C
printf 'import QtQml\nQtObject { signal read(string line) }\n' >"$work/qml/Quickshell/Io/SplitParser.qml"
cp "$blocks/quickshell/Droid.qml" "$work/tests/Droid.qml"
# Debian 12's qmllint also warns about a file of its own that is not packaged.
qml_warnings() { # FILE
  qmllint -I "$work/qml" "$1" >"$work/qmllint" 2>&1
  grep -E '\.qml:[0-9]' "$work/qmllint"
}
same "qmllint has no warning about Quickshell's widget" "" "$(qml_warnings "$work/tests/Droid.qml")"
sed 's/Text.PlainText/Text.Unknown/' "$work/tests/Droid.qml" >"$work/Broken.qml"
check "and would have one about an unknown name" qml_warnings "$work/Broken.qml"
for state in "${states[@]}"; do
  jq -n --arg state "$state" --arg line "$(droidbar json --demo="$state")" --arg text "$(droidbar plain --demo="$state")" \
    --arg colour "$(colour_of "$state")" '{tag:$state,line:$line,text:$text,colour:(if $colour=="" then "#d8dee9" else $colour end)}'
done | jq -s . >"$work/readings"
cat >"$work/tests/tst_droid.qml" <<C
import QtQuick
import QtTest
import Quickshell
Item {
    width: 400
    height: 40
    Droid { id: droid; anchors.fill: parent }
    TestCase {
    name: "Droid"
    when: windowShown
    function process() { return Array.from(droid.resources).find(item => item.command !== undefined); }
    function test_reading_data() { return $(cat "$work/readings"); }
    function test_reading(data) {
        compare(process().command, ["droidbar", "json", "--watch"]);
        verify(process().running);
        process().stdout.read(data.line);
        compare(droid.text, data.text);
        compare(droid.color.toString(), data.colour);
    }
    function test_clicks_data() {
        return [{tag: "left", button: Qt.LeftButton, number: 1}, {tag: "middle", button: Qt.MiddleButton, number: 2},
            {tag: "right", button: Qt.RightButton, number: 3}];
    }
    function test_clicks(data) {
        mouseClick(droid, 10, 10, data.button);
        compare(Quickshell.last, ["env", "BLOCK_BUTTON=" + data.number, "droidbar", "json"]);
    }
    function test_wheel() {
        mouseWheel(droid, 10, 10, 0, 120);
        compare(Quickshell.last, ["env", "BLOCK_BUTTON=4", "droidbar", "json"]);
        mouseWheel(droid, 10, 10, 0, -120);
        compare(Quickshell.last, ["env", "BLOCK_BUTTON=5", "droidbar", "json"]);
    }
    }
}
C
qmltestrunner -import "$work/qml" -input "$work/tests" >"$work/qmltest" 2>&1
status=$?
same "Quickshell's widget shows every state, and its clicks run droidbar" 0 "$status"
[ "$status" = 0 ] || grep -vE '^PASS' "$work/qmltest"
check "with a test for each" grep -q "^PASS .*test_reading(unlimited)" "$work/qmltest"

# GNOME with Argos: the script in every state.
script=$blocks/gnome/droid.10s.sh
check "Argos' script is valid" sh -n "$script"
mkdir "$work/demo"
touch "$work/demo/droidbar"
chmod +x "$work/demo/droidbar"
printf '#!/bin/sh\nexec "%s/droidbar" "$@" --demo="$DEMO" --format "$FORMAT"\n' "$DROIDBAR_BIN" >"$work/demo/droidbar"
same "Argos gets quotes, backslashes and vertical bars as text" 'a "b" \c, / 41%' \
  "$(FORMAT='a "b" \c, | {percent}' DEMO=ok PATH=$work/demo:$PATH sh "$script" | sed -n '1s/ | .*//p')"
printf '#!/bin/sh\nexec "%s/droidbar" "$@" --demo="$DEMO"\n' "$DROIDBAR_BIN" >"$work/demo/droidbar"
for state in "${states[@]}"; do
  DEMO=$state PATH=$work/demo:$PATH sh "$script" >"$work/argos" 2>&1
  colour=$(colour_of "$state")
  text=$(droidbar plain --demo="$state")
  same "Argos shows $state" "$text | useMarkup=false emojize=false unescape=false dropdown=false ${colour:+color=$colour}" \
    "$(head -1 "$work/argos")"
done
DEMO=ok PATH=$work/demo:$PATH sh "$script" >"$work/argos"
check "Argos' menu has the windows" grep -qE '^  weekly .*41%.* \| .*font=monospace' "$work/argos"
same "and three parts" 2 "$(grep -cx -- --- "$work/argos")"

# The commands of all of them, with a service.
start_service
droidbar refresh --force >/dev/null
# Each host remembers its own choice of a window.
window_is() { [ "$(droidbar "$1" --format '{window}' | sed 's/.*"text":"\([^"]*\)".*/\1/')" = "$2" ]; } # HOST WINDOW
run() { sh -c "$1" >"$work/ran" 2>&1 || bad "'$1' failed"; [ ! -s "$work/ran" ] || [ "${2:-}" = prints ] || bad "'$1' prints $(cat "$work/ran")"; }
check "the service's window is shown" window_is json 5h
run "$(command_of :onclick)"
check "eww's left click selects the next window" window_is json week
run "$(command_of :onscroll | sed 's/{}/down/')"
check "eww's scrolling down selects the next window" window_is json month
run "$(command_of :onscroll | sed 's/{}/up/')"
check "eww's scrolling up selects the previous window" window_is json week
limits 63 22 5
run "$(command_of :onmiddleclick)"
check "eww's middle click refreshes" until_true 8 sh -c "droidbar json | grep '22%'"
run "$(command_of :onrightclick)"
check "eww's right click opens the usage page" until_true 5 page_is_opened

setting() { sed -n "s/^  $1: //p" "$blocks/kde/command-output.txt"; } # NAME
same "KDE's command prints the usage" "$(droidbar plain)" "$(sh -c "$(setting Command)")"
run "$(setting 'Mouse Click, Command')" prints
check "KDE's click selects the next window" window_is plain week
run "$(setting 'Mouse Wheel, Scroll Up')" prints
check "KDE's wheel selects the previous window" window_is plain 5h
run "$(setting 'Mouse Wheel, Scroll Down')" prints
check "and the next one" window_is plain week

action() { sh "$script" | sed -n "s/^$1 | bash='\([^']*\)'.*/\1/p"; } # NAME
run "$(action 'Next window')" prints
check "Argos' menu selects the next window" window_is json month
limits 63 22 6
run "$(action Refresh)" prints
check "Argos' menu refreshes" until_true 8 sh -c "droidbar json | grep 'month 6%'"
rm -f "$work/opened"
run "$(action 'Usage page')" prints
check "Argos' menu opens the usage page" until_true 5 page_is_opened
finish
