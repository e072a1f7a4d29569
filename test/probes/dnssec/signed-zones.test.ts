import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { createNames } from '../../../src/net/dns/names.js';
import { createUdp } from '../../../src/net/packets/udp.js';
import type { DnsSession, Network } from '../../../src/net/port.js';
import { Validations } from '../../../src/probes/dnssec/measure.js';
import type { Validation } from '../../../src/probes/dnssec/next.js';
import {
  CASES,
  type SignedZones,
  startSignedZones,
  startValidator,
  type Unbound,
  type ZoneQuestion,
} from '../../fakes/signed-zones/index.mjs';

const TOOLS = ['/usr/sbin/unbound', '/usr/bin/dnssec-signzone', '/usr/bin/dnssec-keygen', '/usr/bin/ldns-signzone'];
const missing = TOOLS.filter((tool) => !existsSync(tool));

/** What unbound calls the same fault, as an extended error (RFC 8914). */
const EXTENDED_ERRORS: Readonly<Record<string, RegExp>> = {
  'signature-expired': /^(?:Signature Expired|DNSSEC Bogus)$/,
  'signature-not-yet-valid': /^(?:Signature Not Yet Valid|DNSSEC Bogus)$/,
  'no-ds-match': /^(?:DNSKEY Missing|DNSSEC Bogus)$/,
  'dnskey-missing': /^(?:DNSKEY Missing|DNSSEC Bogus)$/,
  'signature-missing': /^(?:RRSIGs Missing|DNSSEC Bogus|DNSKEY Missing|NSEC Missing)$/,
  'denial-missing': /^(?:NSEC Missing|DNSSEC Bogus)$/,
};

describe.skipIf(missing.length > 0)(`signed zones, beside unbound${missing.length > 0 ? ` (not here: ${missing.join(', ')})` : ''}`, () => {
  const stop = new AbortController();
  const network = { names: createNames(systemClock, createUdp(systemClock)), clock: systemClock } as Network;
  let zones: SignedZones;
  let validating: Unbound;
  let forwarding: Unbound;
  let session: DnsSession;
  let validations: Validations;

  beforeAll(async () => {
    zones = await startSignedZones();
    [validating, forwarding] = await Promise.all([
      startValidator({ upstream: zones.port, anchors: zones.anchors }),
      startValidator({ upstream: zones.port, anchors: null }),
    ]);
    session = network.names.session();
    validations = new Validations(network, stop.signal, zones.anchors);
  }, 60_000);

  afterAll(async () => {
    stop.abort();
    session?.close();
    validations?.close();
    await Promise.all([validating?.close(), forwarding?.close(), zones?.close()]);
  });

  const asked = ({ name, type }: { name: string; type: string }, port: number) =>
    ({ server: '127.0.0.1', port, transport: 'udp', name: name.replace(/\.$/, ''), type, timeoutMs: 5000, attempts: 2 }) as const;

  async function ours(question: ZoneQuestion, port: number): Promise<Validation> {
    const { attempt, data } = await validations.measure({ ...asked(question, port), role: 'question' });
    expect(attempt.kind).toBe('measured');
    expect(data.dnssec).toBe(data.validation?.verdict);
    return data.validation as Validation;
  }

  async function theirs(question: ZoneQuestion): Promise<{ verdict: string; errors: string[] }> {
    const { observation } = await session.query(
      { ...asked(question, validating.port), edns: { udpPayloadBytes: 1232, dnssecOk: true } },
      stop.signal,
    );
    const errors = observation.edns?.extendedErrors.map(({ name }) => name) ?? [];
    if (observation.rcode === 'SERVFAIL') return { verdict: 'bogus', errors };
    return { verdict: observation.flags?.ad === true ? 'secure' : 'insecure', errors };
  }

  const describeRow = ({ name, type, fault }: ZoneQuestion) => `${type} ${name} (${fault})`;

  it('are of every kind', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(zones.questions.map(({ verdict }) => verdict)).size).toBe(3);
    expect(new Set(zones.questions.map(({ reason }) => reason)).size).toBeGreaterThan(15);
  });

  it('have the verdict of unbound, and the reason that was made', async () => {
    const expected: string[] = [];
    const found: string[] = [];
    for (const question of zones.questions) {
      const row = describeRow(question);
      const validation = await ours(question, forwarding.port);
      const reference = await theirs(question);
      expected.push(`${row}: ${reference.verdict} ${question.reason}`);
      found.push(`${row}: ${validation.verdict} ${validation.reason}`);
      // The generator means what unbound says: a case that went wrong would otherwise pass with both.
      expect(`${row}: ${reference.verdict}`).toBe(`${row}: ${question.verdict}`);
      const pattern = EXTENDED_ERRORS[question.reason ?? ''];
      if (pattern !== undefined && reference.errors.length > 0) expect(reference.errors.join(), row).toMatch(pattern);
    }
    expect(found).toEqual(expected);
    expect(found.length).toBeGreaterThan(100);
  }, 60_000);

  it('have the same verdict through a resolver that validates, and refuses what does not hold', async () => {
    const found: string[] = [];
    for (const question of zones.questions) {
      const validation = await ours(question, validating.port);
      found.push(`${describeRow(question)}: ${validation.verdict} ${validation.reason}`);
    }
    expect(found).toEqual(zones.questions.map((question) => `${describeRow(question)}: ${question.verdict} ${question.reason}`));
  }, 60_000);

  it('are told zone by zone', async () => {
    const question = zones.questions.find(({ name }) => name === 'www.sub.optout.test.') as ZoneQuestion;
    const { chain, zone, queries } = await ours(question, forwarding.port);
    expect(chain.map(({ zone: name, verdict }) => `${name} ${verdict}`)).toEqual([
      '. secure',
      'test secure',
      'optout.test secure',
      'sub.optout.test insecure',
    ]);
    expect(chain[1]?.ds).toEqual([expect.stringMatching(/^\d+\/13\/2$/)]);
    expect(chain[1]?.keys).toEqual([
      { keyTag: Number(chain[1]?.ds[0]?.split('/')[0]), algorithm: 'ECDSAP256SHA256', secureEntryPoint: true },
    ]);
    expect(zone).toBe('sub.optout.test');
    // The keys of three zones, and the DS records of four labels.
    expect(queries).toBe(7);
  });
});
