// Certificates that are wrong in one way each: what netdiag names, beside what OpenSSL says of the same server.

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { execa } from 'execa';
import { badCertificates } from '../../test/fakes/bad-certificates.mjs';
import { PROGRAM } from '../packets/networks.mjs';

const TIMEOUT_MS = 20_000;

/** @returns {Promise<string>} a section in Markdown */
export async function benchBadCertificates() {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-bad-'));
  const rows = [];
  try {
    for (const one of badCertificates()) rows.push(await beside(one, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const wrong = rows.filter(({ right }) => !right).length;
  return `### Bad certificates beside OpenSSL

Each from a server on loopback, that is well but for this; \`netdiag tls\` with \`--ca\` and \`--servername\`, \`openssl s_client\` with
\`-CAfile\`, \`-verify_hostname\` and \`-status\`, at security level 0. The first cause that netdiag names, and what OpenSSL complains of.
${rows.length} servers, ${wrong === 0 ? 'each' : `**${wrong} not**`} named by the code of its fault (kinds of one fault share theirs).

| certificate | netdiag | as expected | openssl s_client |
|---|---|---|---|
${rows.map(({ id, code, right, openssl }) => `| ${id} | ${code === null ? 'nothing is wrong' : `\`${code}\``} | ${right ? 'yes' : '**no**'} | ${openssl} |`).join('\n')}
`;
}

async function beside(one, folder) {
  const server = tls.createServer({ cert: one.chain.join(''), key: one.key, minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' });
  server.on('tlsClientError', () => {});
  server.on('secureConnection', (socket) => socket.on('error', () => {}).resume());
  if (one.staple !== null) server.on('OCSPRequest', (_leaf, _issuer, answer) => answer(null, one.staple));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `127.0.0.1:${server.address().port}`;
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, one.ca);
  try {
    const own = await run(process.execPath, [PROGRAM, 'tls', endpoint, '--servername', one.servername, '--ca', ca, '--json']);
    const code = JSON.parse(own.stdout).diagnosis[0]?.code ?? null;
    const flags = ['-CAfile', ca, '-no-CAstore', '-no-CApath', '-servername', one.servername, '-verify_hostname', one.servername];
    const peer = await run('openssl', ['s_client', '-connect', endpoint, ...flags, '-status', '-cipher', 'DEFAULT:@SECLEVEL=0']);
    return { id: one.id, code, right: code === one.code, openssl: verdictOf(`${peer.stdout}\n${peer.stderr}`) };
  } finally {
    server.close();
  }
}

function run(file, args) {
  return execa(file, args, { reject: false, timeout: TIMEOUT_MS, input: '', env: { LC_ALL: 'C' } });
}

/** All errors of the verification, in its own words. */
function verdictOf(output) {
  const errors = [...new Set([...output.matchAll(/^verify error:num=\d+:(.*)$/gm)].map((match) => match[1]))];
  const revoked = /Cert Status: revoked/.test(output) ? ' (and prints `Cert Status: revoked`)' : '';
  return `${errors.length === 0 ? 'ok' : errors.join('; ')}${revoked}`;
}
