// Keys and signed zones by the tools of BIND and ldns, in a temporary folder.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseZone } from './records.mjs';

const run = promisify(execFile);
const TIMEOUT_MS = 20_000;
/** As many as a small machine has processors. */
const AT_ONCE = 3;

const DAY = 86_400;

/** @typedef {{ zone: string, file: string, line: string, tag: number }} Key */

export class Signer {
  #waiting = [];
  #running = 0;
  #files = 0;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'netdiag-signed-'));
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #run(command, args) {
    if (this.#running >= AT_ONCE) await new Promise((go) => this.#waiting.push(go));
    this.#running++;
    try {
      return (await run(command, args, { cwd: this.folder, timeout: TIMEOUT_MS })).stdout;
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  /** @returns {Promise<Key>} */
  async key(zone, algorithm = 'ECDSAP256SHA256', { secureEntryPoint = true, revoke = false } = {}) {
    const bits = algorithm.startsWith('RSA') || algorithm.startsWith('NSEC3RSA') ? ['-b', '2048'] : [];
    const file = (
      await this.#run('dnssec-keygen', ['-q', '-a', algorithm, ...bits, ...(secureEntryPoint ? ['-f', 'KSK'] : []), zone])
    ).trim();
    const name = revoke ? (await this.#run('dnssec-revoke', ['-r', file])).trim().replace(/^.*\//, '') : file;
    const line = readFileSync(join(this.folder, `${name}.key`), 'utf8')
      .split('\n')
      .find((text) => /\sDNSKEY\s/.test(text));
    return { zone, file: name, line: line.replace(/\s;.*$/, ''), tag: Number(name.slice(-5)), before: file };
  }

  /** DS records of a revoked key as they were when it was not. */
  async dsBefore(key) {
    const revoked = readFileSync(join(this.folder, `${key.file}.key`), 'utf8');
    writeFileSync(join(this.folder, `${key.before}.key`), revoked.replace(/DNSKEY 385 /, 'DNSKEY 257 '));
    return this.ds({ file: key.before });
  }

  /** DS records of a key, in presentation format. */
  async ds(key, digest = 'SHA-256') {
    return (await this.#run('dnssec-dsfromkey', ['-a', digest, key.file])).trim();
  }

  /**
   * @param {string} text the zone without keys; without `keys` it stays unsigned
   * @param {{ keys?: Key[], published?: Key[], start?: number, end?: number, nsec3?: { salt: string, iterations: number, optOut?: boolean }, by?: 'bind' | 'ldns' }} options times in seconds from now
   */
  async sign(zone, text, { keys = [], published = [], start = -3600, end = 20 * DAY, nsec3, by = 'bind' } = {}) {
    const file = `zone-${this.#files++}`;
    writeFileSync(join(this.folder, file), `${[text, ...[...keys, ...published].map(({ line }) => line)].join('\n')}\n`);
    const names = keys.map((key) => key.file);
    const optional = nsec3 === undefined ? [] : [nsec3.salt, nsec3.iterations];
    if (by === 'ldns') {
      const denial = nsec3 === undefined ? [] : ['-n', '-s', optional[0] === '-' ? '' : optional[0], '-t', String(optional[1])];
      const times = ['-i', stamp(start), '-e', stamp(end)];
      await this.#run('ldns-signzone', [...times, ...denial, '-o', zone, '-f', `${file}.signed`, file, ...names]);
    } else if (keys.length === 0) {
      await this.#run('named-compilezone', ['-q', '-i', 'none', '-F', 'text', '-s', 'full', '-o', `${file}.signed`, zone, file]);
    } else {
      const denial = nsec3 === undefined ? [] : ['-3', optional[0], '-H', String(optional[1]), ...(nsec3.optOut ? ['-A'] : [])];
      const times = ['-s', stamp(start), '-e', stamp(end)];
      await this.#run('dnssec-signzone', [
        '-q',
        '-P',
        '-z',
        '-O',
        'full',
        ...times,
        ...denial,
        '-o',
        zone,
        '-f',
        `${file}.signed`,
        file,
        ...names,
      ]);
    }
    return parseZone(readFileSync(join(this.folder, `${file}.signed`), 'utf8'));
  }
}

function stamp(seconds) {
  return new Date(Date.now() + seconds * 1000).toISOString().replace(/[-:T]/g, '').slice(0, 14);
}
