#!/usr/bin/env bash
# Builds droidbar and installs it as one file that needs no Swift at run time.
#   integrations/install.sh [--prefix DIR]      default: ~/.local, the program is DIR/bin/droidbar
set -euo pipefail

usage() {
  echo "usage: integrations/install.sh [--prefix DIR]" >&2
  exit 64
}

prefix=${HOME:-}/.local
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) [ $# -ge 2 ] || usage; prefix=$2; shift 2 ;;
    --prefix=*) prefix=${1#--prefix=}; shift ;;
    *) usage ;;
  esac
done
[ -n "$prefix" ] && [ "$prefix" != /.local ] || usage
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What a start costs is mostly the dynamic linker's work: a fixed address spares it thousands of relocations, and the
# C++ library that Swift's runtime needs is linked in where the toolchain has it as an archive. Without a search path of
# its own the program does not look for the C library in its own folder first.
flags=(-Xswiftc -Xclang-linker -Xswiftc -no-pie -Xlinker --gc-sections -Xlinker --no-export-dynamic)
for compiler in clang cc gcc; do
  command -v "$compiler" >/dev/null || continue
  archive=$("$compiler" --print-file-name=libstdc++.a)
  [ -f "$archive" ] || continue
  ln -s "$(realpath "$archive")" "$work/libstdc++.a"
  flags+=(-Xlinker "-L$work" -Xswiftc -Xclang-linker -Xswiftc -static-libgcc)
  break
done

build=(swift build -c release --static-swift-stdlib --disable-local-rpath --product droidbar "${flags[@]}")
"${build[@]}"
built=$("${build[@]}" --show-bin-path)/droidbar

cp "$built" "$work/droidbar"
if command -v strip >/dev/null; then strip "$work/droidbar"
elif command -v llvm-strip >/dev/null; then llvm-strip "$work/droidbar"; fi
mkdir -p "$prefix/bin"
# A running bar keeps the file it has: the new one takes its name in one step.
install -m 755 "$work/droidbar" "$prefix/bin/.droidbar.new"
mv -f "$prefix/bin/.droidbar.new" "$prefix/bin/droidbar"
echo "installed $prefix/bin/droidbar ($("$prefix/bin/droidbar" --version))"
