# For scripts, for example with jq:
droidbar json | jq -r '.limits[] | "\(.window) \(.used_percent)%"'
