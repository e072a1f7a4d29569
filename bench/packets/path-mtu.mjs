// The path MTU against the one that was set: announced by a real router, and as a black hole, over IPv4 and IPv6.

import { dataOf, loadNetworks, PROGRAM } from './networks.mjs';

const SIZES = [1280, 1281, 1300, 1400, 1420, 1472, 1480, 1492, 1499, 1500, 1501, 2000, 4000, 8000, 8999, 9000];
const LOCAL_MTU = 9000;
const FAR = { 4: '198.51.100.2', 6: '2001:db8:2::2' };

/** @returns {Promise<string>} a section in Markdown */
export async function benchPathMtu() {
  const { createNetwork } = await loadNetworks();
  const network = await createNetwork({
    hosts: ['near', 'first', 'second', 'far'],
    links: [
      link('near', 'first', ['192.0.2.2/24', '2001:db8:1::2/64'], ['192.0.2.1/24', '2001:db8:1::1/64']),
      link('first', 'second', ['203.0.113.1/24', '2001:db8:3::1/64'], ['203.0.113.2/24', '2001:db8:3::2/64']),
      link('second', 'far', ['198.51.100.1/24', '2001:db8:2::1/64'], ['198.51.100.2/24', '2001:db8:2::2/64']),
    ],
    routers: ['first', 'second'],
    routes: {
      near: ['default via 192.0.2.1', 'default via 2001:db8:1::1'],
      first: ['198.51.100.0/24 via 203.0.113.2', '2001:db8:2::/64 via 2001:db8:3::2'],
      second: ['192.0.2.0/24 via 203.0.113.1', '2001:db8:1::/64 via 2001:db8:3::1'],
      far: ['default via 198.51.100.1', 'default via 2001:db8:2::1'],
    },
  });
  try {
    const results = [];
    for (const silent of [false, true]) {
      if (silent) {
        const types = ['icmp type destination-unreachable icmp code frag-needed drop', 'icmpv6 type packet-too-big drop'];
        for (const router of ['first', 'second']) await network.host(router).nft('output', ...types);
      }
      for (const size of SIZES) {
        await network.host('first').ip(`link set to-second mtu ${size}`);
        await network.host('second').ip(`link set to-first mtu ${size}`);
        for (const family of [4, 6]) results.push(await measure(network.host('near'), { size, family, silent }));
      }
    }
    return table(results);
  } finally {
    await network.close();
  }
}

function link(a, b, addressesOfA, addressesOfB) {
  return {
    mtuBytes: LOCAL_MTU,
    ends: [
      { host: a, interface: `to-${b}`, addresses: addressesOfA },
      { host: b, interface: `to-${a}`, addresses: addressesOfB },
    ],
  };
}

async function measure(host, { size, family, silent }) {
  const { stdout, elapsedMs } = await host.run(process.execPath, [PROGRAM, 'mtu', FAR[family], '--json'], { timeoutMs: 60_000 });
  const data = dataOf(stdout, 'mtu');
  const narrow = size < LOCAL_MTU;
  const named = !narrow || silent || data.limitedBy === (family === 4 ? '192.0.2.1' : '2001:db8:1::1');
  return {
    size,
    family,
    silent,
    elapsedMs,
    found: data.pathMtuBytes,
    blackhole: data.blackhole,
    right: data.pathMtuBytes === size && data.blackhole === (narrow && silent) && named,
  };
}

function table(results) {
  const wrong = results.filter(({ right }) => !right);
  const rows = [false, true].flatMap((silent) =>
    [4, 6].map((family) => {
      const group = results.filter((result) => result.silent === silent && result.family === family);
      const slowest = Math.max(...group.map(({ elapsedMs }) => elapsedMs));
      return `| IPv${family} | ${silent ? 'black hole' : 'announced'} | ${group.length} | ${group.filter(({ right }) => right).length} | ${(slowest / 1000).toFixed(1)} |`;
    }),
  );
  const listed = wrong.map(
    ({ size, family, silent, found, blackhole }) =>
      `IPv${family} ${size} ${silent ? 'silent' : 'announced'}: found ${found}, black hole ${blackhole}`,
  );
  return `### Path MTU

A path of two routers, ${LOCAL_MTU} bytes at both ends, the link between the routers set to each of ${SIZES.join(', ')} bytes. Right is: the exact size,
whether it is a black hole, and the announcing router's address.

| | | paths | right | slowest, s |
|---|---|---:|---:|---:|
${rows.join('\n')}

Exact in all: ${wrong.length === 0 ? 'met' : `**missed** (${listed.join('; ')})`}.
`;
}
