import { describe, expect, test } from 'vitest';
import { reportOf } from './full-report.js';
import { CLIENT, checkOf, kernelChecks, kernelOf, machine, PASSIVE, running } from './kernel-machine.js';

/** Connections to a server on loopback until the system has no port left; they stay open. Says how many, and the errno of the next. */
const CONNECT_ALL = `const net = require('node:net');
const server = net.createServer(() => {}).listen(7777, '127.0.0.1', async () => {
  const held = [];
  for (;;) {
    const outcome = await new Promise((resolve) => {
      const socket = net.connect(7777, '127.0.0.1', () => { held.push(socket); resolve(null); });
      socket.on('error', (error) => resolve(error.code));
    });
    if (outcome !== null || held.length > 200) return console.log(held.length, outcome);
  }
});
setTimeout(() => process.exit(), 60000);`;

/** Connections that the client closes first, so that their ports stay in TIME-WAIT. */
const CONNECT_AND_CLOSE = `const net = require('node:net');
const server = net.createServer((socket) => socket.on('error', () => {}).resume()).listen(7777, '127.0.0.1', async () => {
  for (let done = 0; done < 95; done++) {
    await new Promise((resolve) => {
      const socket = net.connect(7777, '127.0.0.1', () => socket.end());
      socket.on('error', resolve).on('close', resolve).resume();
    });
  }
  console.log('closed');
});
setTimeout(() => process.exit(), 60000);`;

describe('local ports', () => {
  test('a tiny range is named although nothing is in use', async (context) => {
    const client = await machine(context);
    await client.sysctl('net/ipv4/ip_local_port_range', '40000 40012');
    const { report, summary } = await reportOf(client, 'host', PASSIVE);
    expect(checkOf(report, 'l4.kernel-connections'), summary).toMatchObject({
      status: 'warn',
      code: 'kernel-tuning',
      expected: 'net.ipv4.ip_local_port_range="32768 60999"',
    });
    expect(checkOf(report, 'l4.ephemeral-ports'), summary).toMatchObject({ status: 'pass' });
  });

  test('a range that connections have used up fails, towards that destination', async (context) => {
    const client = await machine(context);
    await client.sysctl('net/ipv4/ip_local_port_range', '40000 40031');
    // The system itself says that there is none left.
    expect(await running(client, CONNECT_ALL)).toBe('32 EADDRNOTAVAIL');
    const unnamed = await reportOf(client, 'host', PASSIVE);
    expect(checkOf(unnamed.report, 'l4.ephemeral-ports'), unnamed.summary).toMatchObject({
      status: 'fail',
      code: 'ephemeral-ports-exhausted',
      observed: '32 of 32 to 127.0.0.1:7777',
    });
    const named = await reportOf(client, 'host', [...PASSIVE, '127.0.0.1:7777'], { unprivileged: true });
    expect(checkOf(named.report, 'l4.local-ports@127.0.0.1:7777'), named.summary).toMatchObject({
      status: 'fail',
      code: 'ephemeral-ports-exhausted',
    });
    expect(named.codes, named.summary).toContain('ephemeral-ports-exhausted');
    const full = await reportOf(client, 'full-report', ['127.0.0.1:7777']);
    expect(full.codes[0], full.summary).toBe('ephemeral-ports-exhausted');
    expect(kernelChecks(full.report).map(({ id }) => id)).toEqual(['l4.local-ports@127.0.0.1:7777']);
    const other = await reportOf(client, 'full-report', [`${CLIENT}:7778`]);
    expect(kernelChecks(other.report), other.summary).toEqual([]);
  });

  test('ports in TIME-WAIT that the kernel uses again are no failure', async (context) => {
    const client = await machine(context);
    await client.sysctl('net/ipv4/ip_local_port_range', '40000 40099');
    await client.sysctl('net/ipv4/tcp_tw_reuse', '0');
    expect(await running(client, CONNECT_AND_CLOSE)).toBe('closed');
    const stuck = await reportOf(client, 'host', PASSIVE);
    const { busiest } = kernelOf(stuck.report).localPorts ?? {};
    expect(busiest, stuck.summary).toMatchObject({ address: '127.0.0.1', port: 7777, used: 95, timeWait: 95 });
    // The same as another witness counts it.
    const told = await client.must('ss', ['-Htan', 'state', 'time-wait', 'dport = :7777']);
    expect(told.trim().split('\n').length).toBe(95);
    expect(checkOf(stuck.report, 'l4.ephemeral-ports'), stuck.summary).toMatchObject({ status: 'fail' });
    await client.sysctl('net/ipv4/tcp_tw_reuse', '1');
    const reused = await reportOf(client, 'host', PASSIVE);
    expect(checkOf(reused.report, 'l4.ephemeral-ports'), reused.summary).toMatchObject({ status: 'warn' });
  });
});
