#!/usr/bin/env bash
# The metrics as promtool reads them, the rules, and a real cron that runs the crontab line; cron takes up to a minute.
#   apt: prometheus jq cron
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
start_place

for state in ok limited stale offline logged-out tokens unlimited; do
  check "promtool takes $state" sh -c "droidbar prometheus --demo=$state | promtool check metrics"
done
check "promtool takes the rules" promtool check rules "$root/integrations/prometheus/droidbar.rules.yml"
check "the dashboard is JSON" jq -e .panels "$root/integrations/prometheus/dashboard.json"
droidbar prometheus --demo --output "$work/droidbar.prom"
check "the file is complete and readable by all" sh -c "promtool check metrics <$work/droidbar.prom && [ \$(stat -c %a $work/droidbar.prom) = 644 ]"

if [ "$(id -u)" != 0 ]; then
  echo "skipped: cron needs root"
  finish
  exit
fi
start_service
install -D "$DROIDBAR_BIN/droidbar" "$HOME/.local/bin/droidbar"
mkdir "$work/textfile"
{ printf 'HOME=%s\n' "$HOME"
  env | grep '^FACTORY_'
  sed "s|/var/lib/prometheus/node-exporter|$work/textfile|" "$root/integrations/prometheus/crontab"; } >"$work/crontab"
# cron sees no crontab of this machine but this one, and no other cron.
unshare --mount bash -euc '
  for folder in /run /etc/cron.d /var/spool/cron/crontabs; do mount -t tmpfs tmpfs "$folder"; done
  mount --bind /dev/null /etc/crontab
  install -m 600 "$1" /var/spool/cron/crontabs/root
  exec cron -f' bash "$work/crontab" >"$work/cron.log" 2>&1 &
pids+=($!)
metrics=$work/textfile/droidbar.prom
check "cron runs the line with the absolute path" until_true 75 test -s "$metrics"
cat "$work/cron.log"
check "promtool takes what it wrote" sh -c "promtool check metrics <$metrics"
check "which is the service's figure" grep -qxF 'droidbar_used_ratio{window="5h"} 0.63' "$metrics"
finish
