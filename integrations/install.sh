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

# What a start costs is mostly the dynamic linker's work and the pages that are touched. A fixed address spares thousands
# of relocations, and without a search path of its own the program does not look for the C library in its own folder.
plain=(-Xswiftc -Xclang-linker -Xswiftc -no-pie -Xlinker --gc-sections -Xlinker --no-export-dynamic)
lean=("${plain[@]}" -Xlinker "-L$work")

# The C++ library that Swift's runtime needs is linked in where the toolchain has it as an archive.
for compiler in clang cc gcc; do
  command -v "$compiler" >/dev/null || continue
  archive=$("$compiler" --print-file-name=libstdc++.a)
  [ -f "$archive" ] || continue
  ln -s "$(realpath "$archive")" "$work/libstdc++.a"
  lean+=(-Xswiftc -Xclang-linker -Xswiftc -static-libgcc)
  break
done

# An empty libm: Sources/CLibraries/Mathematics.c has what a print needs, and opens the real one for the rest.
if [ "$(uname -sm)" = "Linux x86_64" ] && ldd --version 2>&1 | grep -qiE 'glibc|gnu libc'; then
  printf '!<arch>\n' >"$work/libm.a"
fi

# What a print calls stands together in the file (Tests/Benchmarks/order writes the list), so that fewer pages are read.
lean+=(-Xswiftc -Xfrontend -Xswiftc -function-sections -Xswiftc -use-ld=lld -Xlinker --icf=safe -Xlinker --no-rosegment
  -Xlinker "--symbol-ordering-file=$PWD/integrations/start-order" -Xlinker --no-warn-symbol-ordering)

build=(swift build -c release --static-swift-stdlib --disable-local-rpath --product droidbar)
if "${build[@]}" "${lean[@]}"; then
  flags=("${lean[@]}")
else
  echo "This toolchain does not link the lean way: a program that starts a little slower is made instead." >&2
  flags=("${plain[@]}")
  "${build[@]}" "${flags[@]}"
fi
built=$("${build[@]}" "${flags[@]}" --show-bin-path)/droidbar

cp "$built" "$work/droidbar"
if command -v strip >/dev/null; then strip "$work/droidbar"
elif command -v llvm-strip >/dev/null; then llvm-strip "$work/droidbar"; fi
mkdir -p "$prefix/bin"
# A running bar keeps the file it has: the new one takes its name in one step.
install -m 755 "$work/droidbar" "$prefix/bin/.droidbar.new"
mv -f "$prefix/bin/.droidbar.new" "$prefix/bin/droidbar"
echo "installed $prefix/bin/droidbar ($("$prefix/bin/droidbar" --version))"
