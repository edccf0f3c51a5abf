#!/usr/bin/env bash
# Installs the bundle where there is no network at all, and lets it do its work there.
set -euo pipefail
cd "$(dirname "$0")/.."
folder="$(cd "${1:?usage: test_bundle.sh FOLDER}" && pwd)"
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT
inside() {
  # An empty environment, and a network namespace with nothing but its own loopback.
  env -i PATH="$PATH" LANG=C.UTF-8 HOME="$place" unshare -rn sh -c \
    'ip link set lo up && cd "$1" && shift && exec "$@"' sh "$place" "$@"
}
assistant="$place/venv/bin/assistant"
time inside "$folder/install.sh" "$place/venv"
inside "$assistant" --help >/dev/null
time inside "$assistant" demo --no-model --out "$place/demo"
if [ -f "$place/.cache/procuratorate-assistant/models/"*.gguf ]; then
  time inside "$assistant" demo --out "$place/demo-model"
fi
du -sh "$place/venv"
