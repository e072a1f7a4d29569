#!/usr/bin/env bash
# Three servers behind a router, and a resolver at 1.1.1.1, in network namespaces that nothing leads out of; in them, each in turn, the script
# of single tools and netdiag. Called by `side-by-side.mjs` under `unshare --mount --net`: all of it vanishes with that process.
#   network.sh FOLDER ROUNDS     FOLDER holds ca.pem, cert.pem and key.pem, and gets hand-N.txt, netdiag-N.json and times.txt
set -euo pipefail
folder=$1 rounds=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
services="$here/../test/netns/services"
servers=(broker-a.example.net broker-b.example.net broker-c.example.net)

mount -t tmpfs tmpfs /run
mkdir /run/netns

hosts=(client router server1 server2 server3)
for host in "${hosts[@]}"; do
  ip netns add "$host"
  ip -n "$host" link set lo up
  # Everybody may open ICMP sockets where groups are mapped; in a user namespace there is only the own one.
  ip netns exec "$host" sh -c 'echo "0 2147483647" > /proc/sys/net/ipv4/ping_group_range || echo "0 0" > /proc/sys/net/ipv4/ping_group_range' 2> /dev/null
done
ip netns exec router sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'

# Both ends get indexes of their own: equal ones delay the kernel's notice of the carrier by up to a second.
connect() { # INDEX ROUTER-INTERFACE ROUTER-ADDRESS HOST HOST-ADDRESS
  ip link add "$2" index "$1" netns router type veth peer name eth0 index "$(($1 + 1))" netns "$4"
  ip -n router address add "$3/24" dev "$2"
  ip -n "$4" address add "$5/24" dev eth0
  ip -n router link set "$2" up
  ip -n "$4" link set eth0 up
  ip -n "$4" route add default via "$3"
}
connect 10 eth0 192.0.2.1 client 192.0.2.2
for n in 1 2 3; do connect "$((10 + 2 * n))" "eth$n" "10.20.$n.1" "server$n" "10.20.$n.10"; done
ip -n router address add 1.1.1.1/32 dev lo

# The services end when their standard input does: when this script ends, however it ends.
mkfifo "$folder/alive"
exec 9<> "$folder/alive"
serve() { # HOST SCRIPT CONFIGURATION
  local ready="$folder/ready-$1"
  ip netns exec "$1" node "$services/$2.mjs" "$3" < "$folder/alive" > "$ready" 9>&- &
  for _ in $(seq 200); do
    [ -s "$ready" ] && return
    sleep 0.05
  done
  echo "$1 does not serve $2" >&2
  return 1
}
serve router dns '{"address":"1.1.1.1","names":{"broker-a.example.net":["10.20.1.10"],"broker-b.example.net":["10.20.2.10"],"broker-c.example.net":["10.20.3.10"]}}'
for n in 1 2 3; do serve "server$n" web "{\"https\":[443],\"cert\":\"$folder/cert.pem\",\"key\":\"$folder/key.pem\"}"; done

echo 'nameserver 1.1.1.1' > "$folder/resolv.conf"
timed() { # NAME OUTPUT COMMAND…
  local name=$1 output=$2 began status=0
  shift 2
  began=$(date +%s%N)
  ip netns exec client sh -c 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"' sh "$folder/resolv.conf" "$@" > "$output" || status=$?
  echo "$name $((($(date +%s%N) - began) / 1000000)) $status" >> "$folder/times.txt"
}
for round in $(seq "$rounds"); do
  timed hand "$folder/hand-$round.txt" bash "$here/hand-script.sh" "${servers[@]}"
  timed netdiag "$folder/netdiag-$round.json" node "$here/../bin/run.js" full-report "${servers[@]/%/:443}" --ca "$folder/ca.pem" --json
done
