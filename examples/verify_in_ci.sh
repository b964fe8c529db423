#!/usr/bin/env bash
# Run a command against an emulator of its own, and fail where it leaves something behind.
#
#   examples/verify_in_ci.sh go test ./...
#
# The command finds the emulator in DUOLECT_ENDPOINT (host:port). Flags of `duolect serve` go in DUOLECT_FLAGS;
# what was called is in calls.jsonl afterwards. The exit status is that of the command, or else of the verification.
set -euo pipefail

folder=$(mktemp -d)
said=$folder/said
mkfifo "$folder/alive"
touch "$said"
# shellcheck disable=SC2086 - flags are words
duolect serve --port 0 --stop-on-eof true ${DUOLECT_FLAGS:-} < "$folder/alive" > "$said" &
server=$!
exec 9> "$folder/alive"    # closed when this script and the command have ended, killed or not: so does the server
trap 'kill "$server" 2> /dev/null || true; wait "$server" || true; rm -rf "$folder"' EXIT

until grep -q '^Duolect is ready' "$said"; do
    kill -0 "$server" 2> /dev/null || exit 2       # it has said on standard error why it does not start
    sleep 0.1
done
eval "$(grep '^  export DUOLECT_ENDPOINT=' "$said")"
export NO_PROXY="${NO_PROXY:+$NO_PROXY,}127.0.0.1,localhost"

mark=$(duolect mark)
status=0
"$@" || status=$?
duolect clock idle                    # what is under way comes to its end
duolect journal export > calls.jsonl
duolect verify --mark "$mark" --no-leaks || [ "$status" -ne 0 ] || status=1
exit "$status"
