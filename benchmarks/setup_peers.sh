#!/usr/bin/env bash
# Installs the tools that peers.py compares with into a folder, each where it can be had; what cannot is skipped.
#
#     benchmarks/setup_peers.sh [FOLDER]
#
# Needs Python with venv, and npm; FOLDER is the one that peers.py looks in where it is not given.
set -uo pipefail

folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/pushlint-peers}
mkdir -p "$folder/home"
cd "$folder" || exit 1

try() {
  local what=$1
  shift
  if "$@" > "$what.log" 2>&1; then echo "$what: installed"; else echo "$what: skipped, see $folder/$what.log"; fi
}

python3 -m venv python
try proselint python/bin/pip install proselint==0.16.0
# The package of Vale fetches its program when it is first called; without any styles it has those that are built in.
printf 'MinAlertLevel = suggestion\n[*.{md,txt}]\nBasedOnStyles = Vale\n' > .vale.ini
try vale bash -c 'python/bin/pip install vale && HOME=$PWD/home python/bin/vale --version'

echo '{"private": true}' > package.json
for package in write-good alex textlint; do
  extra=()
  [ "$package" = textlint ] && extra=(textlint-rule-write-good)
  try "$package" npm install --no-audit --no-fund "$package" "${extra[@]}"
done
