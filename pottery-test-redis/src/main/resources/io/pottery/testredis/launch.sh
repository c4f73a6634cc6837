# Runs a server that does not outlive the JVM that started it.
# $1 data directory   $2 extracted binary, or empty   $3... the server and its arguments
# The JVM holds the other end of standard input. When that closes while the server runs, the JVM is gone: the server is
# killed and the files are deleted. When the server ends first, this shell ends with its status.
directory=$1
binary=$2
shift 2
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(
    read -r line <&3
    trap '' TERM
    kill -KILL "$server"
    rm -rf ${binary:+"$binary"} "$directory"
) &
watcher=$!
exec 3<&-
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"
