import { describe, expect, test } from 'vitest';
import { networkFor, reportOf } from './full-report.js';

const REFERENCES = ['1.1.1.1', '8.8.8.8'];

/** Answers every datagram of UDP 443 as a server of QUIC does, and takes connections at TCP 443. */
const SERVER = `
const { createSocket } = require('node:dgram');
for (const address of ${JSON.stringify(REFERENCES)}) {
  require('node:net').createServer((socket) => socket.on('error', () => {}).resume()).listen(443, address);
  const udp = createSocket('udp4');
  udp.on('message', (packet, from) => {
    const answer = Buffer.concat([Buffer.from([0x80, 0, 0, 0, 0, 8]), packet.subarray(15, 23), Buffer.from([8]), packet.subarray(6, 14), Buffer.from([0, 0, 0, 1])]);
    udp.send(answer, from.port, from.address);
  });
  udp.bind(443, address);
}
require('node:net').createServer((socket) => socket.on('error', () => {}).end('hello\\n')).listen(9000, '192.0.2.1', () => console.log('ready'));
`;

describe('QUIC', () => {
  test('is answered by well-known servers, or blocked in front of them', async (context) => {
    const network = await networkFor(context, {
      hosts: ['client', 'gateway'],
      links: [
        {
          ends: [
            { host: 'client', interface: 'eth0', addresses: ['192.0.2.2/24'] },
            { host: 'gateway', interface: 'lan0', addresses: ['192.0.2.1/24'] },
          ],
        },
      ],
      routes: { client: ['default via 192.0.2.1'] },
    });
    const gateway = network.host('gateway');
    await gateway.ip(...REFERENCES.map((address) => `addr add ${address}/32 dev lo`));
    const service = gateway.start(process.execPath, ['-e', SERVER], { detached: true });
    await new Promise((resolve) => service.stdout.once('data', resolve));
    const client = network.host('client');

    const well = await reportOf(client, 'full-report', ['192.0.2.1:9000', '--host', 'none']);
    expect(
      well.report.checks.find(({ id }) => id === 'l4.quic'),
      well.summary,
    ).toMatchObject({ status: 'pass' });
    expect(well.codes, well.summary).not.toContain('quic-blocked');

    await gateway.nft('input', 'udp dport 443 counter drop');
    const blocked = await reportOf(client, 'full-report', ['192.0.2.1:9000', '--host', 'none']);
    expect(
      blocked.report.checks.find(({ id }) => id === 'l4.quic'),
      blocked.summary,
    ).toMatchObject({
      status: 'warn',
      code: 'quic-blocked',
    });
    // What nft itself counts: three packets to each.
    expect(await gateway.must('nft', ['list', 'chain', 'inet', 'netdiag', 'input'])).toMatch(/packets 6 /);
  }, 30_000);
});
