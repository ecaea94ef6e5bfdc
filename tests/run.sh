#!/usr/bin/env bash
# Runs every test from any folder and ends with one line over all projects: N passed, N failed, N skipped.
# Needs the .NET SDK; finds or installs a Chromium (PORTAL_CHROMIUM names another) and PostgreSQL. Full output: artifacts/test-logs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly configuration=Release
readonly logs=artifacts/test-logs
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=0 DOTNET_CLI_UI_LANGUAGE=en
# Programs that live for seconds gain nothing from a compiler that measures them first.
export DOTNET_TieredPGO=0

say() { printf '%s\n' "$*" >&2; }

# Nothing can be tested: that is a failure too, and the closing line says so.
give_up() {
  say "$*"
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}

# Installs Debian packages where that needs no question asked; says no otherwise.
install_packages() {
  local as_root=()
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  say "Installing $* ..."
  "${as_root[@]}" apt-get update -qq >>"$logs/apt.log" 2>&1 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$logs/apt.log" 2>&1
}

find_chromium() {
  local candidate
  for candidate in "${PORTAL_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$candidate" ] && command -v "$candidate" 2>/dev/null; then
      return 0
    fi
  done
  return 1
}

has_postgres() {
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

mkdir -p "$logs"
rm -f "$logs"/*.log

if ! command -v dotnet >/dev/null; then
  give_up "The .NET SDK $(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json) or newer is needed: https://dotnet.microsoft.com/download"
fi

if ! PORTAL_CHROMIUM=$(find_chromium); then
  install_packages chromium || true
  if ! PORTAL_CHROMIUM=$(find_chromium); then
    give_up "No Chromium or Chrome found. Install one (Debian: apt-get install chromium; elsewhere Google Chrome) or set PORTAL_CHROMIUM to its path."
  fi
fi
export PORTAL_CHROMIUM

if ! has_postgres; then
  install_packages postgresql || true
  has_postgres || say "PostgreSQL's server programs are missing (Debian: apt-get install postgresql): its tests are skipped."
fi

say "Restoring and building (log: $logs/build.log) ..."
if ! { dotnet restore AssistPortal.sln --locked-mode && dotnet build AssistPortal.sln --no-restore -c "$configuration"; } >"$logs/build.log" 2>&1; then
  grep -E 'error|warn' "$logs/build.log" | sort -u | head -50 >&2 || tail -50 "$logs/build.log" >&2
  give_up "The build failed."
fi

passed=0 failed=0 skipped=0
count() { sed -n "s/^ *$1: \([0-9][0-9]*\).*/\1/p" "$2" | tail -1; }

run() { dotnet test --project "$1" -c "$configuration" --no-build --no-ansi --no-progress >"$logs/$(basename "$1" .csproj).log" 2>&1; }

# Adds a project that has run to the sum and shows what failed.
tell() {
  local name=$1 ended=$2 log="$logs/$1.log" p f s
  p=$(count succeeded "$log") f=$(count failed "$log") s=$(count skipped "$log")
  p=${p:-0} f=${f:-0} s=${s:-0}
  if [ "$f" -eq 0 ] && { [ "$ended" -ne 0 ] || [ $((p + s)) -eq 0 ]; }; then
    f=1
    say "$name ran no test to its end (exit code $ended)."
  fi
  [ "$f" -eq 0 ] || cat "$log" >&2
  say "$(printf '%-32s %4d passed %4d failed %4d skipped' "$name" "$p" "$f" "$s")"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# Side by side, for they wait more than they work; the browser's tests last and alone: what fails below them explains them.
projects=$(find tests -name '*.Tests.csproj' ! -name '*.EndToEnd.*' | sort)
for project in $projects; do
  run "$project" &
  declare "job_$(basename "$project" .csproj | tr . _)=$!"
done
for project in $projects; do
  name=$(basename "$project" .csproj)
  job="job_$(tr . _ <<<"$name")"
  ended=0
  wait "${!job}" || ended=$?
  tell "$name" "$ended"
done
browser=tests/AssistPortal.EndToEnd.Tests/AssistPortal.EndToEnd.Tests.csproj
ended=0
run "$browser" || ended=$?
tell AssistPortal.EndToEnd.Tests "$ended"

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
