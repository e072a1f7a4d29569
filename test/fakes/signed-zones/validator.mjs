// unbound on loopback, asking the server of the signed zones: with trust anchors it validates, without them it only hands on.

import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeName } from './records.mjs';
import { freePort } from './server.mjs';

const UNBOUND = '/usr/sbin/unbound';
const READY_ROUNDS = 200;

export async function startValidator({ upstream, anchors }) {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-validator-'));
  const port = await freePort();
  if (anchors !== null) writeFileSync(join(folder, 'anchors'), `${anchors.join('\n')}\n`);
  const lines = [
    'verbosity: 1',
    'use-syslog: no',
    'logfile: ""',
    'username: ""',
    'chroot: ""',
    'pidfile: ""',
    `directory: "${folder}"`,
    'num-threads: 1',
    `interface: 127.0.0.1@${port}`,
    'do-not-query-localhost: no',
    'do-ip6: no',
    'local-zone: "test." nodefault',
    'aggressive-nsec: no',
    'qname-minimisation: no',
    ...(anchors === null
      ? ['module-config: "iterator"']
      : ['module-config: "validator iterator"', 'trust-anchor-file: "anchors"', 'val-log-level: 2', 'ede: yes']),
  ];
  const forward = `forward-zone:\n  name: "."\n  forward-addr: 127.0.0.1@${upstream}\n`;
  writeFileSync(
    join(folder, 'unbound.conf'),
    `server:\n${lines.map((line) => `  ${line}\n`).join('')}remote-control:\n  control-enable: no\n${forward}`,
  );
  const child = spawn(UNBOUND, ['-d', '-c', join(folder, 'unbound.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const close = async () => {
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(port, child, () => log);
  } catch (error) {
    await close();
    throw error;
  }
  return { port, log: () => log, close };
}

async function ready(port, child, log) {
  const socket = createSocket('udp4');
  try {
    let answered = false;
    socket.on('message', () => {
      answered = true;
    });
    socket.on('error', () => {});
    const query = Buffer.concat([
      Buffer.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
      encodeName('ready.invalid.'),
      Buffer.from([0, 1, 0, 1]),
    ]);
    for (let round = 0; round < READY_ROUNDS && !answered; round++) {
      if (child.exitCode !== null) throw new Error(`unbound ended: ${log()}`);
      socket.send(query, port, '127.0.0.1');
      await sleep(50);
    }
    if (!answered) throw new Error(`unbound does not answer: ${log()}`);
  } finally {
    socket.close();
  }
}
