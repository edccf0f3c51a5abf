#!/usr/bin/env bash
# Installs the offline bundle beside this script into a new environment; needs Python 3.11 or
# newer with venv, and no network.   ./install.sh /opt/assistant
set -euo pipefail
target="${1:?用法：./install.sh 安装位置，例如 /opt/assistant}"
here="$(cd "$(dirname "$0")" && pwd)"
# Nothing of this machine's pip settings counts: the bundle is all there is.
export PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1 PIP_FIND_LINKS="$here/wheels"
unset PIP_INDEX_URL PIP_EXTRA_INDEX_URL
(cd "$here" && sha256sum --check --quiet SHA256SUMS)
python3 -m venv "$target"
"$target/bin/pip" install --quiet --disable-pip-version-check \
  -c "$here/constraints.txt" procuratorate-assistant
if [ -z "${ASSISTANT_WITHOUT_MODEL:-}" ]; then
  "$target/bin/assistant" model install
fi
echo "已安装：$target/bin/assistant"
