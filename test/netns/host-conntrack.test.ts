import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { reportOf } from './full-report.js';
import { checkOf, kernelOf, machine, PASSIVE, PEER, running } from './kernel-machine.js';

describe('the connection table', () => {
  const LIMIT = '/proc/sys/net/netfilter/nf_conntrack_max';
  /** The limit is of the whole machine, and only the first namespace may set it: the table is filled, at some 320 bytes an entry. */
  const LARGEST = 300_000;

  test('fails when it is full, and says how full it is', async (context) => {
    const client = await machine(context);
    if (!existsSync(LIMIT)) context.skip('this kernel tracks no connections');
    const limit = Number(readFileSync(LIMIT, 'utf8'));
    if (limit > LARGEST) context.skip(`the table of this machine has room for ${limit} connections: that is too much to fill`);
    await client.must('nft', [
      'add table inet tracked; add chain inet tracked out { type filter hook output priority 0; }; add rule inet tracked out ct state new accept',
    ]);
    await client.sysctl('net/netfilter/nf_conntrack_udp_timeout', '300');
    await client.must('ip', ['neigh', 'replace', PEER, 'lladdr', '02:00:00:00:00:99', 'dev', 'eth0']);
    const before = await reportOf(client, 'host', PASSIVE);
    expect(checkOf(before.report, 'l4.conntrack'), before.summary).toMatchObject({ status: 'pass' });

    expect(await running(client, flood(Math.ceil(limit * 0.85)))).toBe('sent');
    const nearly = await reportOf(client, 'host', PASSIVE);
    expect(checkOf(nearly.report, 'l4.conntrack'), nearly.summary).toMatchObject({ status: 'warn', code: 'conntrack-full' });

    expect(await running(client, flood(limit))).toBe('sent');
    const full = await reportOf(client, 'full-report', [`${PEER}:443`]);
    expect(checkOf(full.report, 'l4.conntrack'), full.summary).toMatchObject({ status: 'fail', code: 'conntrack-full' });
    expect(full.codes, full.summary).toContain('conntrack-full');
    // What the kernel itself counts.
    const told = Number(await client.must('conntrack', ['-C']));
    expect(told).toBeGreaterThan(0.95 * limit);
    expect(Math.abs((kernelOf(full.report).conntrack?.used ?? 0) - told)).toBeLessThan(0.05 * limit);
  }, 60_000);

  /** So many datagrams with different addresses and ports, the first of them from one socket, and so on. */
  function flood(count: number): string {
    return `const { createSocket } = require('node:dgram');
const payload = Buffer.alloc(1);
(async () => {
  for (let sent = 0; sent < ${count}; ) {
    const socket = createSocket('udp4').on('error', () => {});
    await new Promise((resolve) => socket.bind(0, resolve));
    for (let port = 1; port <= 65535 && sent < ${count}; ) {
      const batch = [];
      for (let i = 0; i < 256 && port <= 65535 && sent < ${count}; i++, port++, sent++)
        batch.push(new Promise((resolve) => socket.send(payload, port, '${PEER}', resolve)));
      await Promise.all(batch);
    }
    socket.close();
  }
  console.log('sent');
})();
setTimeout(() => process.exit(), 60000);`;
  }
});
