#!/usr/bin/env bash
# install-engine.sh: Docker Engine and compose v2 on Debian 12, for machines that reach Debian's archive only. Needs root.
# Everywhere else follow https://docs.docker.com/engine/install/.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends docker.io iptables debootstrap

# Debian 12 has compose v1 only. The plugins of Debian 13 need nothing but a libc as old as Debian 12's; they are unpacked
# for this user, with package lists of their own, so that apt goes on knowing Debian 12 alone.
plugins=${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins
[[ -x $plugins/docker-compose && -x $plugins/docker-buildx ]] && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists/partial,cache/archives/partial,parts,unpacked}
cat >"$work/sources.list" <<END
deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main
END
touch "$work/status"
cd "$work"
options=(-o "Dir::Etc::SourceList=$work/sources.list" -o "Dir::Etc::SourceParts=$work/parts" -o "Dir::State::Lists=$work/lists"
  -o "Dir::State::Status=$work/status" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
apt-get "${options[@]}" update -qq
apt-get "${options[@]}" download -qq docker-compose docker-buildx
for package in *.deb; do dpkg-deb -x "$package" unpacked; done
mkdir -p "$plugins"
cp unpacked/usr/libexec/docker/cli-plugins/* "$plugins/"
