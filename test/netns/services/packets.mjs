// Sends packets through the built engine, as its configuration says, and prints what came of each: for hosts that only a program can be on.
// Configuration: {"method": "icmp" | "udp" | "tcp", "family": 4 | 6, "port": number, "waitMs": number, "requests": [PacketRequest, …]}
import { openNetwork } from '../../../dist/net/real.js';

const { method, family, port, waitMs, requests } = JSON.parse(process.argv[2]);
const network = await openNetwork();
// The kernel begins to stamp received packets a moment after it is asked to: with a busy machine, a first answer can be quicker.
await new Promise((resolve) => setTimeout(resolve, 50));
const open = {
  icmp: () => network.echo.open(family, {}),
  udp: () => network.datagrams.open(family, {}, port),
  tcp: () => network.handshakes.open(family, {}, port),
};
const opened = open[method]();
if (opened.kind !== 'measured') {
  console.log(JSON.stringify({ refusal: opened }));
} else {
  const session = opened.value;
  const events = requests.map(() => []);
  let silent = requests.length;
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    requests.forEach((request, index) => {
      session.send({ ttl: null, dontFragment: false, payloadBytes: 56, ...request }, (event) => {
        if (events[index].push(event) === 1) silent--;
        // A moment more, so that what should not come has the time to come.
        if (silent === 0) setTimeout(resolve, 50, clearTimeout(timer));
      });
    });
  });
  console.log(JSON.stringify({ foreign: session.foreign, events, peakBytes: process.resourceUsage().maxRSS * 1024 }));
}
network.close();
