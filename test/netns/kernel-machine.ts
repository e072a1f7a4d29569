import type { TestContext } from 'vitest';
import type { DataOf } from '../../src/model/measurement.js';
import type { Check, Report } from '../../src/model/report.js';
import { networkFor } from './full-report.js';
import type { Host } from './network.js';

const KERNEL = /^(l4\.(kernel|conntrack|local-ports|ephemeral-ports|socket-memory|open-files)|l3\.ipv6-routes|l2\.neighbors)/;
/** The lines that are about the kernel of this machine. */
export const kernelChecks = (report: Report): Check[] => report.checks.filter(({ id }) => KERNEL.test(id));
export const checkOf = (report: Report, id: string): Check | undefined => report.checks.find((check) => check.id === id);
export function kernelOf(report: Report): DataOf<'kernel'> {
  const measurement = report.measurements.find(({ probe }) => probe === 'kernel');
  if (measurement?.probe !== 'kernel') throw new Error('the kernel was not measured');
  return measurement.data;
}

export const PASSIVE = ['--passive'];
/** What a command is started by to be run as an ordinary user. */
export const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--no-new-privs'];
export const CLIENT = '192.0.2.2';
export const PEER = '192.0.2.1';

/** A machine with one link and a default route over it. It lives as long as the test. */
export async function machine(context: TestContext): Promise<Host> {
  const end = (host: string, address: string) => ({ host, interface: 'eth0', addresses: [`${address}/24`] });
  const network = await networkFor(context, {
    hosts: ['client', 'peer'],
    links: [{ ends: [end('client', CLIENT), end('peer', PEER)] }],
    routes: { client: [`default via ${PEER}`] },
  });
  return network.host('client');
}

/** Runs a script in Node that says when it is ready, and what it found; it lives as long as the network. */
export async function running(host: Host, script: string): Promise<string> {
  const child = host.start(process.execPath, ['-e', script]);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString('utf8');
  });
  const said = await Promise.race([
    new Promise<string>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8').trim()))),
    child.then(() => null),
  ]);
  if (said === null) throw new Error(complaint);
  return said;
}
