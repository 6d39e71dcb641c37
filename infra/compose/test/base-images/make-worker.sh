#!/usr/bin/env bash
# make-worker.sh WORKER: makes the image that WORKER_IMAGE can name from a mediasoup-worker of this machine. For images of the
# same distribution as this machine.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/worker"
cp "$1" "$work/worker/mediasoup-worker"
"$here/../../../mediasoup-worker/debian-packages.sh" "$1" >"$work/worker/packages"
tar -C "$work" -c worker | docker import - evercall-stand-in/worker:latest
