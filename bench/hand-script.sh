#!/usr/bin/env bash
# What people run by hand to look at their servers, one step after the other, as a yardstick for `netdiag full-report`:
#   bash bench/hand-script.sh SERVER SERVER SERVER
# 1. latency of each server, 3 pings; 2. DNS through 1.1.1.1; 3. TCP 443; 4. MTU; 5. loss, 30 pings at 0.2 s; 6. connections in use.
# Each line that starts with "=" is one thing learned.
set -uo pipefail
first=$1

for server in "$@"; do
  echo "= latency $server: $(ping -n -c 3 "$server" | sed -n 's/^rtt [^=]*= //p')"
done

echo "= dns $first: $(dig +tries=1 @1.1.1.1 "$first" A | sed -n 's/^;; Query time: //p')"

began=$(date +%s%N)
if timeout 5 bash -c "exec 3<> /dev/tcp/$first/443"; then
  echo "= tcp $first:443: open, $((($(date +%s%N) - began) / 1000)) us"
else
  echo "= tcp $first:443: not open"
fi

if ping -n -c 1 -W 1 -M do -s 1472 "$first" > /dev/null; then
  echo '= mtu: 1500 passes'
else
  echo '= mtu: 1500 does not pass'
fi

echo "= loss $first: $(ping -n -c 30 -i 0.2 "$first" | sed -n 's/.*, \(.*packet loss\).*/\1/p')"

echo "= connections: $(ss -Htn state established '( dport = :443 or ( dport >= :17000 and dport <= :17999 ) )' | wc -l)"
