#!/usr/bin/env bash
# make.sh: makes images that stand in for the official ones, from Debian's archive and the npm registry, for machines that
# reach no image registry. They are named evercall-stand-in/*, so they never pass for what they stand in for. Needs root,
# debootstrap and Docker. What is there already is kept; docker image rm evercall-stand-in/… to make it anew.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

exists() { [[ -n $(docker image ls -q "evercall-stand-in/$1") ]]; }
# Builds share the machine's network, because a private engine may have no other.
build() {
  exists "$1" || docker build -q --network host -t "evercall-stand-in/$1" -f "$here/$2" "${@:4}" "$3"
}

if ! exists debian:bookworm; then
  debootstrap --variant=minbase bookworm "$work/rootfs" >"$work/log" 2>&1 || { tail "$work/log" >&2; exit 1; }
  tar -C "$work/rootfs" -c --exclude='./var/cache/apt/archives/*.deb' --exclude='./var/lib/apt/lists/*' . |
    docker import - evercall-stand-in/debian:bookworm
fi

if ! exists node:24-bookworm-slim; then
  mkdir "$work/node"
  cp /etc/ssl/certs/ca-certificates.crt "$work/node/"
  npm install --prefix "$work/node" --silent --no-save node@24 npm@11
  build node:24-bookworm-slim node.Dockerfile "$work/node"
fi

for image in redis:7-bookworm=redis-server haproxy:bookworm=haproxy nginx:bookworm=nginx-light postgres:bookworm=postgresql; do
  build "${image%=*}" service.Dockerfile "$here" --build-arg "PACKAGE=${image#*=}"
done
