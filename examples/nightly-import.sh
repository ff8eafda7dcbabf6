#!/bin/sh
# Takes the till's nightly export into retain, then grades the customers again.
#
#     nightly-import.sh exports/orders.csv      a file
#     fetch-the-export | nightly-import.sh      what comes in
#
# Says nothing when all is well, so that cron sends a mail only when somebody has something to do. Ends with retain's
# exit code: 0 when all is done, 3 when some rows were refused, else as docs/exit-codes.md says.
set -eu

refused_folder=${REFUSED_FOLDER:-.} # where refused rows are kept, to be mended
tries=${TRIES:-5}                   # how often to try while another program holds the database
pause=${PAUSE:-60}                  # seconds between two tries

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

tell() {
    echo "nightly import: $*" >&2
    if [ -s "$work/said" ]; then cat "$work/said" >&2; fi
}

# 75 means that the database is in use. Trying again is safe, and mostly helps.
patiently() {
    left=$tries
    while :; do
        code=0
        "$@" >"$work/said" 2>&1 || code=$?
        left=$((left - 1))
        if [ "$code" -ne 75 ] || [ "$left" -le 0 ]; then return "$code"; fi
        sleep "$pause"
    done
}

take_in() {
    rm -f "$work/refused.csv"
    retain import - --skip-bad --rejects "$work/refused.csv" <"$export"
}

if [ "${1:--}" = - ]; then
    export=$work/export.csv
    cat >"$export"
elif [ -f "$1" ] && [ -r "$1" ]; then
    export=$1
else
    tell "there is no export to read at $1. Did the till write one?"
    exit 66
fi

imported=0
patiently take_in || imported=$?
case $imported in
0) ;;
3)
    refused=$refused_folder/refused-$(date +%Y-%m-%dT%H%M%S).csv
    mv "$work/refused.csv" "$refused"
    tell "some rows were refused, the rest was taken in. Mend $refused and import it."
    ;;
65)
    tell "the export cannot be used, nothing was changed. Look at it, export it again."
    exit 65
    ;;
75)
    tell "the database was in use, nothing was changed. Tomorrow's export will bring it, or run this again."
    exit 75
    ;;
*)
    tell "retain ended with $imported, nothing was changed."
    exit "$imported"
    ;;
esac

graded=0
patiently retain classify || graded=$?
if [ "$graded" -ne 0 ]; then
    tell "imported, but not graded: retain classify ended with $graded."
    exit "$graded"
fi
exit "$imported"
