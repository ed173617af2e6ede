# Source this: checks of an installed droidbar, against the loopback service.
fail() { echo "FAILED: $*" >&2; exit 1; }

# use PREFIX HOME ADDRESS [RUNNER…]: uses the program below PREFIX. HOME has a login for the service at ADDRESS, and must
# exist for RUNNER, such as chroot.
use() {
  local prefix=$1 home=$2 address=$3
  shift 3
  run() {
    "${runner[@]}" env -i HOME="$home" PATH=/usr/bin:/bin FACTORY_DISABLE_KEYRING=1 FACTORY_API_BASE_URL="$address" \
      FACTORY_WORKOS_BASE_URL="$address" "$prefix/bin/droidbar" "$@"
  }
  local runner=("$@") output
  output=$(run waybar --demo=warning)
  grep -q '^{"text":.*"class":\["warning"' <<<"$output" || fail "a demo prints: $output"
  output=$(run refresh --force 2>&1) || fail "a refresh exits $?: $output"
  output=$(run json)
  grep -q '"used_percent":63' <<<"$output" || fail "no usage after a refresh: $output"
}

# check_files PREFIX ZSH-FOLDER: the man page and the completions.
check_files() {
  local page
  page=$(gzip -cdf "$1"/share/man/man1/droidbar.1*)
  grep -q '^\.TH DROIDBAR 1' <<<"$page" || fail "no man page below $1"
  if command -v man >/dev/null; then man -M "$1/share/man" -w droidbar >/dev/null || fail "man does not find the page"; fi
  bash -n "$1/share/bash-completion/completions/droidbar" || fail "bash cannot read its completions"
  grep -q '^complete .*droidbar' "$1/share/bash-completion/completions/droidbar" || fail "no completions for bash"
  grep -q '^#compdef droidbar' "$1/share/zsh/$2/_droidbar" || fail "no completions for zsh"
  grep -q '^complete -c droidbar' "$1/share/fish/vendor_completions.d/droidbar.fish" || fail "no completions for fish"
}
