#!/usr/bin/env bash
# droidbar in a real waybar, inside a headless sway: label, tooltip, class, clicks, signal, reload, and no log output.
#   apt: waybar sway grim dbus at-spi2-core python3-gi gir1.2-atspi-2.0 jq fonts-dejavu-core fonts-noto-color-emoji
#   apt: xvfb xdotool imagemagick util-linux procps
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
as_ordinary_user "$0" "$@"
if [ -z "${IN_BAR_BUS:-}" ]; then
  export IN_BAR_BUS=1
  unset XDG_RUNTIME_DIR
  exec dbus-run-session -- bash "$0" "$@" 2> >(grep -v '^dbus-daemon\|^SpiRegistry' >&2)
fi
start_place
states=(ok warning critical limited idle stale offline rate-limited logged-out loading tokens tokens-max unlimited)

start_waybar() { # CONFIG STYLE
  # waybar needs no DISPLAY, because it is a Wayland program.
  env -u DISPLAY waybar -c "$1" -s "$2" -l debug >"$work/waybar.log" 2>&1 &
  waybar=$!
  pids+=("$waybar")
  until_true 10 grep -q 'Bar configured' "$work/waybar.log" || { cat "$work/waybar.log"; exit 3; }
}
stop_waybar() { stop "$waybar"; }
labels() {
  python3 "$tests/atspi_dump.py" waybar 5 |
    jq -c 'select(.role=="label" and .showing) | {text: .name, tooltip: .description}'
}
label() { labels | jq -rs '.[0].text // ""'; }
tooltip() { labels | jq -rs '.[0].tooltip // ""'; }
label_is() { [[ $(label) == $1 ]]; }
# waybar's log above level info, without GTK's messages about AT-SPI and a missing system bus, and the module's standard
# error.
complaints() { grep -aE '\[(error|warning|critical)\]|CRITICAL|WARNING|droidbar:' "$work/waybar.log" | grep -avE 'Requested height|SYSTEM Bus|StatusNotifier|portal|GLib-GIO|Atk-CRITICAL|GLib-GObject-CRITICAL'; }

start_sway 1500 700

# Every state at once, one module for each; each class has a unique colour.
n=10
{
  echo '* { font-family: "DejaVu Sans"; font-size: 12px; min-height: 0; } window#waybar { background: #000000; color: #ffffff; }'
  echo 'label { padding: 0 2px; }'
  for class in ok warning critical limited idle loading logged-out offline rate-limited stale; do
    printf 'label.%s { border-bottom: 4px solid #%02x%02x%02x; }\n' "$class" "$n" 200 "$n"
    n=$((n + 10))
  done
} >"$work/states.css"
jq -n --args '{layer:"top",position:"top",height:30,"modules-left":[$ARGS.positional[]|"custom/"+.]}
  + ([$ARGS.positional[]|{key:("custom/"+.),value:{exec:("exec droidbar waybar --demo="+.),"return-type":"json",interval:60}}]|from_entries)' \
  "${states[@]}" >"$work/states.json"
start_waybar "$work/states.json" "$work/states.css"
until_true 10 sh -c "[ \$(python3 $tests/atspi_dump.py waybar 5 | grep -c '\"role\": \"label\"') -ge ${#states[@]} ]"
sleep 0.5
labels >"$work/labels"
i=0
for state in "${states[@]}"; do
  i=$((i + 1))
  line=$(sed -n "${i}p" "$work/labels")
  printed=$(droidbar waybar --demo="$state")
  unescape='gsub("<[^>]*>";"")|gsub("&lt;";"<")|gsub("&gt;";">")|gsub("&apos;";"\u0027")|gsub("&quot;";"\"")|gsub("&amp;";"&")'
  same "$state: the label is what was printed" "$(jq -r ".text|$unescape" <<<"$printed")" "$(jq -r .text <<<"$line")"
  # Clock times may change while the bar starts: the first line identifies the tooltip.
  same "$state: the tooltip is there" "$(jq -r ".tooltip|$unescape" <<<"$printed" | head -1)" "$(jq -r .tooltip <<<"$line" | head -1)"
done
grim "$work/states.png"
n=10
for class in ok warning critical limited idle loading logged-out offline rate-limited stale; do
  check "class $class is drawn" has_colour "$work/states.png" "$(printf '#%02X%02X%02X' "$n" 200 "$n")"
  n=$((n + 10))
done
same "waybar logs no problem" "" "$(complaints)"
stop_waybar

# Markup in the user's format: valid markup is drawn, invalid markup is shown as text.
jq -n --arg whole "<span color='#00FF7F'>{percent}</span>" --arg broken '<b>{percent} R&D' '{layer:"top",position:"top",height:30,
  "modules-left":["custom/whole","custom/broken"],
  "custom/whole":{exec:("exec droidbar waybar --demo --format \""+$whole+"\" --tooltip-format \"<i>{plan}</i>\""),"return-type":"json",interval:60},
  "custom/broken":{exec:("exec droidbar waybar --demo --format \u0027"+$broken+"\u0027"),"return-type":"json",interval:60}}' >"$work/markup.json"
start_waybar "$work/markup.json" "$work/states.css"
check "the user's markup is drawn" until_true 10 label_is '41%'
check "in the tooltip too" test "$(tooltip)" = Max
same "invalid markup is shown as text" '<b>41% R&D' "$(labels | jq -rs '.[1].text')"
grim "$work/markup.png"
check "in its colour" has_colour "$work/markup.png" '#00FF7F'
same "waybar logs no problem" "" "$(complaints)"
stop_waybar

# The shipped block, added to a configuration by setup, with a service.
start_service
mkdir -p "$XDG_CONFIG_HOME/waybar"
config=$XDG_CONFIG_HOME/waybar/config
printf '{ // a bar\n  "layer": "top", "position": "top", "height": 30,\n  "modules-left": ["custom/left"],\n  "custom/left": {"format": "x"}\n}\n' >"$config"
cp "$config" "$work/before"
check "setup accepts the configuration" droidbar setup waybar
cp "$tests/../waybar/style.css" "$work/style.css"
start_waybar "$config" "$work/style.css"
check "the service's figure is shown" until_true 10 label_is 'droid 5h 63% *'
check "the tooltip has its rows" grep -q 'monthly .* 5%' <(tooltip)
limits 64 20 5
kill -$(($(kill -l RTMIN) + 8)) "$waybar"
sleep 0.7
check "a signal alone does not fetch within the TTL" label_is 'droid 5h 63% *'
DROIDBAR_NOTIFY_HOST=waybar:8 droidbar refresh --force >/dev/null
check "a refresh elsewhere signals waybar" until_true 5 label_is 'droid 5h 64% *'
click() { xdotool mousemove 40 15; sleep 0.3; xdotool click "$1"; }
click 1
check "a left click shows the next window" until_true 5 label_is 'droid week 20% *'
limits 64 21 5
click 2
check "a middle click refreshes" until_true 8 label_is 'droid week 21% *'
click 3
check "a right click opens the usage page" until_true 5 page_is_opened
click 1
check "another left click shows the next one" until_true 5 label_is 'droid month 5% *'
kill -USR2 "$waybar"
check "a reload shows it again" until_true 10 label_is 'droid month 5% *'
echo '<html>' >"$work/service/answers/limits"
rm -f "$work/service/answers/tokens"
droidbar refresh --force >/dev/null 2>&1
kill -$(($(kill -l RTMIN) + 8)) "$waybar"
sleep 0.5
check "an invalid response leaves the reading" label_is 'droid month 5% *'
same "waybar logs no problem" "" "$(complaints)"
stop_waybar
limits 64 21 5

check "setup --remove restores the configuration" sh -c "droidbar setup waybar --remove && cmp '$config' '$work/before'"

# The blocks as they are in the files: config.jsonc polls, watch.jsonc keeps one process running.
for block in config watch; do
  rm -f "$HOME"/.local/state/droidbar/*/window-*
  limits 64 21 5
  droidbar refresh --force >/dev/null
  printf '{"layer":"top","position":"top","height":30,"modules-left":["custom/droid"],\n%s}\n' \
    "$(cat "$tests/../waybar/$block.jsonc")" >"$work/block.jsonc"
  start_waybar "$work/block.jsonc" "$work/style.css"
  check "$block.jsonc: the usage is shown" until_true 10 label_is 'droid 5h 64% *'
  limits 65 21 5
  droidbar refresh --force --notify-host waybar:8 >/dev/null
  check "$block.jsonc: a refresh elsewhere is shown" until_true 5 label_is 'droid 5h 65% *'
  click 5
  check "$block.jsonc: scrolling down shows the next window" until_true 5 label_is 'droid week 21% *'
  click 5
  check "$block.jsonc: and the next one" until_true 5 label_is 'droid month 5% *'
  click 4
  check "$block.jsonc: scrolling up shows the previous window" until_true 5 label_is 'droid week 21% *'
  click 1
  check "$block.jsonc: a left click shows the next window" until_true 5 label_is 'droid month 5% *'
  limits 65 21 6
  click 2
  check "$block.jsonc: a middle click refreshes" until_true 8 label_is 'droid month 6% *'
  rm -f "$work/opened"
  click 3
  check "$block.jsonc: a right click opens the usage page" until_true 5 page_is_opened
  same "waybar logs no problem" "" "$(complaints)"
  watch=$(process_of 'waybar --watch')
  stop_waybar
done
check "the process of watch.jsonc ends with its bar" until_true 5 is_gone "$watch"

# Screenshots: some states alone, the tooltip, all states on a dark and a light bar, and a busy bar.
if [ -n "$SCREENSHOTS" ]; then
  style() { # BACKGROUND FOREGROUND
    echo '* { font-family: "DejaVu Sans"; font-size: 15px; min-height: 0; border: none; }'
    echo "window#waybar { background: $1; color: $2; } #clock, #custom-left { padding: 0 12px; }"
    echo "tooltip { background: $1; border: 1px solid #4c566a; } tooltip label { color: $2; padding: 4px; }"
    cat "$tests/../waybar/style.css"
  }
  style '#1d2129' '#d8dee9' >"$work/dark.css"
  style '#ffffff' '#2e3440' >"$work/light.css"
  shoot() { # STATE STYLE LEFT GEOMETRY PICTURE
    jq -n --arg s "$1" --arg left "$3" '{layer:"top",position:"top",height:34,"modules-left":["custom/left"],"modules-right":["custom/droid","clock"],
      "custom/left":{format:$left,tooltip:false},clock:{format:"Sat 21 Nov  12:00",tooltip:false},
      "custom/droid":{exec:("droidbar waybar --demo="+$s),"return-type":"json",interval:60}}' >"$work/shot.json"
    start_waybar "$work/shot.json" "$2"
    sleep 0.8
    grim -g "$4" "$5"
  }
  for state in ok warning critical limited stale logged-out; do
    shoot "$state" "$work/dark.css" '1  2  3   ~/src' "1100,0 400x34" "$SCREENSHOTS/waybar-$state.png"
    if [ "$state" = warning ]; then
      xdotool mousemove 1250 17; sleep 0.3; xdotool mousemove 1254 18; sleep 1.5
      grim -g "790,0 710x650" "$SCREENSHOTS/waybar-tooltip.png"
      xdotool mousemove 100 640; sleep 0.3
    fi
    stop_waybar
  done
  for theme in dark light; do
    rows=()
    for state in "${states[@]}"; do
      shoot "$state" "$work/$theme.css" "$state" "0,0 1500x34" "$work/$state.png"
      stop_waybar
      convert "$work/$state.png" -crop 180x34+0+0 +repage "$work/name.png"
      convert "$work/$state.png" -crop 520x34+980+0 +repage "$work/module.png"
      convert "$work/name.png" "$work/module.png" +append "$work/$state.png"
      rows+=("$work/$state.png")
    done
    convert "${rows[@]}" -append "$SCREENSHOTS/waybar-states-$theme.png"
  done
  jq -n 'def fixed(t): {format:t,tooltip:false}; {layer:"top",position:"top",height:34,
    "modules-left":["custom/spaces","custom/title"],"modules-right":["custom/net","custom/cpu","custom/memory","custom/volume","custom/battery","custom/droid","clock"],
    "custom/spaces":fixed("1  2  3  4"),"custom/title":fixed("main.swift — editor"),"custom/net":fixed("wlan 62%"),
    "custom/cpu":fixed("cpu 18%"),"custom/memory":fixed("mem 5.2G"),"custom/volume":fixed("vol 40%"),"custom/battery":fixed("bat 81%"),
    clock:fixed("Sat 21 Nov  12:00"),"custom/droid":{exec:"droidbar waybar --demo=warning","return-type":"json",interval:60}}' >"$work/busy.json"
  { cat "$work/dark.css"; echo "label { padding: 0 9px; }"; } >"$work/busy.css"
  start_waybar "$work/busy.json" "$work/busy.css"
  sleep 0.8
  grim -g "0,0 1500x34" "$SCREENSHOTS/waybar-busy.png"
  stop_waybar
fi
finish
