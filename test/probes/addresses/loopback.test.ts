import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseTarget } from '../../../src/model/target.js';
import type { Network } from '../../../src/net/port.js';
import { openNetwork } from '../../../src/net/real.js';
import { addressesProbe } from '../../../src/probes/addresses/index.js';
import { planAddresses } from '../../../src/probes/addresses/plan.js';

let network: Network;
beforeAll(async () => {
  network = await openNetwork();
});
afterAll(() => network.close());

/** Listens on each address with the same port; `null` where this machine has not all of them. */
async function listen(addresses: readonly string[]): Promise<{ port: number; close(): void } | null> {
  const servers: net.Server[] = [];
  let port = 0;
  for (const address of addresses) {
    const server = net.createServer((socket) => socket.on('error', () => {}).end());
    const listening = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen({ host: address, port, ipv6Only: true }, () => resolve(true));
    });
    if (!listening) {
      for (const other of servers) other.close();
      return null;
    }
    servers.push(server);
    port = (server.address() as net.AddressInfo).port;
  }
  const close = () => {
    for (const server of servers) server.close();
  };
  return { port, close };
}

async function measure(port: number, addresses: string[]) {
  const outcome = parseTarget(`localhost:${port}`);
  if (!outcome.ok) throw new Error(outcome.reason);
  const plan = planAddresses(outcome.target, addresses[0] ?? '', addresses, { timeoutMs: 1000 }, {});
  if (plan === null) throw new Error('no plan');
  return (await addressesProbe.measure(plan, { network, signal: new AbortController().signal })).data;
}

test('a server at 127.0.0.1 and ::1 answers at both, and a client takes ::1', async (context) => {
  const server = await listen(['127.0.0.1', '::1']);
  if (server === null) return context.skip('this machine has no ::1');
  try {
    const data = await measure(server.port, ['127.0.0.1', '::1']);
    expect(data.addresses.map(({ address, answers, state }) => [address, answers, state])).toEqual([
      ['::1', true, 'open'],
      ['127.0.0.1', true, 'open'],
    ]);
    expect(data.winner).toBe('::1');
    expect(data.winnerAfterMs).toBeGreaterThan(0);
  } finally {
    server.close();
  }
});

test('a server at 127.0.0.1 alone is refused at 127.0.0.2, which answers all the same', async () => {
  const server = await listen(['127.0.0.1']);
  if (server === null) throw new Error('no loopback');
  try {
    const data = await measure(server.port, ['127.0.0.2', '127.0.0.1']);
    expect(data.addresses.map(({ address, answers, state, failure }) => [address, answers, state, failure])).toEqual([
      ['127.0.0.2', true, 'closed', 'ECONNREFUSED'],
      ['127.0.0.1', true, 'open', null],
    ]);
    expect(data.winner).toBe('127.0.0.1');
  } finally {
    server.close();
  }
});
