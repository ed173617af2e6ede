#!/usr/bin/env bash
# Builds droidbar as Embedded Swift and installs it, its man page, its completions and these integration files.
#   integrations/install.sh [--prefix DIR]      default: ~/.local
#   integrations/install.sh --uninstall [--prefix DIR]
set -euo pipefail

usage() {
  echo "usage: integrations/install.sh [--prefix DIR] [--uninstall]" >&2
  exit 64
}

prefix=${HOME:-}/.local
uninstall=false
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) [ $# -ge 2 ] || usage; prefix=$2; shift 2 ;;
    --prefix=*) prefix=${1#--prefix=}; shift ;;
    --uninstall) uninstall=true; shift ;;
    *) usage ;;
  esac
done
[ -n "$prefix" ] && [ "$prefix" != /.local ] || usage
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac

program=$prefix/bin/droidbar
files=(
  "$program" "$prefix/share/man/man1/droidbar.1"
  "$prefix/share/bash-completion/completions/droidbar" "$prefix/share/zsh/site-functions/_droidbar"
  "$prefix/share/fish/vendor_completions.d/droidbar.fish"
)
share=$prefix/share/droidbar
# systemd searches ~/.local/share/systemd/user and /usr/local/share/systemd/user.
units=$prefix/share/systemd/user
for unit in refresh.service refresh.timer prometheus.service prometheus.timer; do
  files+=("$units/droidbar-$unit")
done

if $uninstall; then
  for file in "${files[@]}"; do
    if [ -e "$file" ]; then rm -f "$file" && echo "removed $file"; fi
  done
  if [ -d "$share" ]; then rm -rf "$share" && echo "removed $share"; fi
  echo "Your data is still in ~/.config/droidbar, ~/.cache/droidbar and ~/.local/state/droidbar."
  echo "If a bar still has the module, remove it from the bar's configuration."
  echo "If you enabled a timer: systemctl --user disable --now droidbar-refresh.timer droidbar-prometheus.timer"
  exit 0
fi

cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Embedded Swift needs its standard library for this platform, which swift.org's Linux toolchains contain.
architecture=$(uname -m)
resources=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
libraries=$resources/embedded/$architecture-unknown-linux-gnu
# Without debug information and the compiler's hashes of it, which contain the name of this folder, a build in another
# folder gives the same bytes.
build=(
  swift build -c release --disable-local-rpath -debug-info-format none
  -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen --product droidbar
)
if [ -f "$libraries/libswiftUnicodeDataTables.a" ]; then
  export DROIDBAR_EMBEDDED_LIBRARIES=$libraries
  build+=(--experimental-lto-mode full --scratch-path .build/embedded)
else
  echo "This toolchain has no Embedded Swift for $architecture Linux: building with the full runtime instead." >&2
  build+=(--static-swift-stdlib)
fi
"${build[@]}"
built=$("${build[@]}" --show-bin-path)/droidbar

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$built" "$work/droidbar"
if command -v strip >/dev/null; then strip "$work/droidbar"
elif command -v llvm-strip >/dev/null; then llvm-strip "$work/droidbar"; fi

# Replaced by renaming, because a running bar keeps the old file open.
install -D -m 755 "$work/droidbar" "$program.new"
mv -f "$program.new" "$program"
install -D -m 644 integrations/man/droidbar.1 "${files[1]}"
shells=(bash zsh fish)
for i in 0 1 2; do
  "$program" completions "${shells[i]}" >"$work/completions"
  install -D -m 644 "$work/completions" "${files[i + 2]}"
done
for folder in integrations/*/; do
  case $folder in */host-tests/ | */screenshots/ | */man/ | */packaging/ | */systemd/) continue ;; esac
  for file in "$folder"*; do
    mode=644
    if [ -x "$file" ]; then mode=755; fi
    install -D -m $mode "$file" "$share/$(basename "$folder")/$(basename "$file")"
  done
done
# The path is quoted for systemd, and then for sed.
quoted=\"$(sed 's/[\\"]/\\&/g; s/%/%%/g' <<<"$program")\"
for unit in integrations/systemd/*; do
  sed "s|^ExecStart=/usr/bin/droidbar|ExecStart=$(sed 's/[\\&|]/\\&/g' <<<"$quoted")|" "$unit" >"$work/unit"
  install -D -m 644 "$work/unit" "$units/$(basename "$unit")"
done

echo "Installed $program ($("$program" --version), $(($(stat -c %s "$program" 2>/dev/null || stat -f %z "$program") / 1024)) KB)."
case :$PATH: in
  *":$prefix/bin:"*) ;;
  *)
    echo "$prefix/bin is not in your PATH. Log in again. If it is still missing, add this to your shell's profile:"
    echo "  export PATH=\"$prefix/bin:\$PATH\""
    ;;
esac
echo "zsh finds the completions after this line in ~/.zshrc, before compinit: fpath=($prefix/share/zsh/site-functions \$fpath)"
echo "Next: droidbar setup waybar (or i3blocks, polybar), then droidbar doctor."
