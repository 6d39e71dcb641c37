#!/usr/bin/env bash
# build.sh MEDIASOUP OUT: builds OUT/mediasoup-worker from the npm package unpacked in MEDIASOUP.
# SYSROOT: folder with the -dev packages, unpacked instead of installed (resolve.ts makes it).
set -euo pipefail
recipe=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mediasoup=$(cd "$1" && pwd -P)
mkdir -p "$2"
out=$(cd "$2" && pwd)

options=(-G Ninja -DCMAKE_BUILD_TYPE=Release -DMEDIASOUP="$mediasoup")
if [[ -n ${SYSROOT:-} ]]; then
  libraries=$SYSROOT/usr/lib/$(gcc -dumpmachine)
  export PATH=$PATH:$SYSROOT/usr/bin
  export LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  export PKG_CONFIG_LIBDIR=$libraries/pkgconfig:$SYSROOT/usr/share/pkgconfig
  export PKG_CONFIG_SYSROOT_DIR=$SYSROOT
  export CPATH=$SYSROOT/usr/include:$SYSROOT/usr/include/$(gcc -dumpmachine)
  # RPATH, not RUNPATH: the libraries' own libraries are in the same folder.
  options+=(-DCMAKE_EXE_LINKER_FLAGS="-L$libraries -Wl,--disable-new-dtags,-rpath,$libraries,-rpath-link,$libraries")
fi

cmake -S "$recipe" -B "$out/build" "${options[@]}"
# Each compiler takes up to 700 MB: no more at once than the memory holds.
by_memory=$(awk '/MemAvailable/ { print int($2 / 800000) }' /proc/meminfo)
jobs=$(nproc)
((by_memory >= jobs)) || jobs=$((by_memory > 0 ? by_memory : 1))
# In the background, because bash acts on a signal only between commands: whoever ends this script ends the compilers.
trap 'trap - TERM; kill 0' TERM
ninja -C "$out/build" -j "$jobs" &
wait $!
strip -o "$out/mediasoup-worker" "$out/build/mediasoup-worker"
