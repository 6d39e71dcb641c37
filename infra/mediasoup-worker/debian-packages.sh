#!/usr/bin/env bash
# debian-packages.sh WORKER: prints the Debian packages that have the libraries this worker is linked with, those that every
# image with Node has left out. Packages instead of the bare libraries, because some load others at run time (libsrtp2 NSS,
# NSS its ciphers). Nothing for mediasoup's own prebuilt worker.
set -euo pipefail
ldd "$1" | awk '$3 ~ /^\// { print $1 }' | while read -r library; do
  dpkg -S "*/$library" | cut -d: -f1
done | sort -u | grep -vxE 'libc6|libgcc-s1|libstdc\+\+6' || true
