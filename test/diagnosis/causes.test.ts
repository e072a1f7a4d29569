import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CauseFacts } from '../../src/diagnosis/cause.js';
import { CAUSE_GROUPS, CAUSES } from '../../src/diagnosis/causes/index.js';
import { CODES, type Code } from '../../src/model/code.js';

const KNOWN = {
  target: 'app.example.net:443',
  observed: '31 of 100 lost',
  expected: 'under 1 %',
  interface: 'eth7',
  gateway: '192.0.2.1',
  pathMtuBytes: 1400,
} as const;
const UNKNOWN: CauseFacts = { target: null, observed: null, expected: null, interface: null, gateway: null, platform: 'linux' };
const PLATFORMS = ['linux', 'darwin', 'win32', 'freebsd', 'android'];

/** Every combination of facts that are there and facts that are not, on every platform. */
const facts: fc.Arbitrary<CauseFacts> = fc.record({
  target: fc.constantFrom(null, KNOWN.target, 'example.net', '192.0.2.7', '[2001:db8::7]:8443', 'wss://example.net/stream', 'localhost:80'),
  observed: fc.constantFrom(null, KNOWN.observed),
  expected: fc.constantFrom(null, KNOWN.expected),
  interface: fc.constantFrom(null, KNOWN.interface),
  gateway: fc.constantFrom(null, KNOWN.gateway, 'fe80::1%eth7'),
  pathMtuBytes: fc.constantFrom(null, 576, 1280, 1400),
  platform: fc.constantFrom(...PLATFORMS),
});

/** Causes that concern this machine as a whole: their summary names no target, interface or gateway. */
const MACHINE_WIDE: ReadonlySet<Code> = new Set<Code>([
  'no-default-route',
  'route-ambiguous',
  'subnet-overlap',
  'listener-conflict',
  'listener-exposed',
  'firewall-inactive',
  'ipv6-unfiltered',
  'firewall-bypassed',
  'firewall-conflict',
  'icmp-errors-blocked',
  'conntrack-full',
  'receive-backlog-overflow',
  'listen-queue-overflow',
  'socket-buffer-overflow',
  'socket-memory-pressure',
  'file-descriptors-exhausted',
  'neighbor-table-full',
  'route-cache-full',
  'dns-no-resolver',
  'dns-stub-down',
  'dns-stub-no-upstream',
  'dns-not-asked',
  'resolv-conf-faulty',
  'proxies-misconfigured',
  'clock-skew',
  'clock-unsynchronized',
  'time-servers-disagree',
]);

const FORBIDDEN_COMMANDS =
  /\b(rm|rmdir|del|reboot|shutdown|poweroff|halt|mkfs|dd|killall|pkill|kill\s+-\S+)\b|flush|iptables\s+-[FX]|nft\s+(delete|destroy)|route\s+del|link\s+del|addr\s+del|(curl|wget)[^|]*\|\s*(ba|z|da)?sh\b|chmod\s+777|--insecure|curl\s+-k\b|Remove-|Stop-Computer|Restart-Computer/i;

function expectOneCleanLine(text: string, where: string): void {
  expect(text, where).toMatch(/^\S(?:[^\n\r\t]*\S)?$/);
  expect(text, where).not.toMatch(/ {2}/);
  expect(text, where).not.toMatch(/(?<!\/dev\/)\b(undefined|null|NaN)\b|\[object /);
  expect(text, where).toMatch(/^[\x20-\x7e]*$/);
}

function staticTexts(code: Code): string[] {
  const { title, meaning, causes, tellApart, remedies } = CAUSES[code];
  return [title, meaning, ...causes, ...tellApart, ...remedies];
}

describe('the catalogue of causes', () => {
  test('has every code once, under its own name', () => {
    const codes = CAUSE_GROUPS.flatMap((group) => Object.keys(group));
    expect(codes).toHaveLength(new Set(codes).size);
    expect([...codes].sort()).toEqual([...CODES].sort());
    expect(Object.keys(CAUSES).sort()).toEqual([...CODES].sort());
    for (const code of CODES) expect(CAUSES[code].code).toBe(code);
  });

  test('has titles, meanings and summaries that no two causes share', () => {
    for (const text of [
      CODES.map((code) => CAUSES[code].title),
      CODES.map((code) => CAUSES[code].meaning),
      CODES.map((code) => CAUSES[code].summary(UNKNOWN)),
    ]) {
      expect(new Set(text).size).toBe(CODES.length);
    }
  });

  test.each(CODES)('%s: its texts are whole', (code) => {
    const { title, meaning, causes, tellApart, remedies } = CAUSES[code];
    for (const text of staticTexts(code)) expectOneCleanLine(text, `${code}: ${text}`);
    expect(title.length).toBeLessThanOrEqual(52);
    expect(title).not.toMatch(/\.$/);
    expect(meaning).toMatch(/[.)]$/);
    expect(causes.length).toBeGreaterThanOrEqual(3);
    expect(tellApart.length).toBeGreaterThanOrEqual(2);
    expect(remedies.length).toBeGreaterThanOrEqual(2);
    for (const item of [...causes, ...tellApart, ...remedies]) {
      expect(item, item).toMatch(/[.?]$/);
      // An odd backtick would turn the rest of the text into a command.
      expect(item.split('`').length % 2, item).toBe(1);
    }
  });

  test('names no code that does not exist', () => {
    const references = CODES.flatMap((code) => staticTexts(code)).flatMap((text) => [
      ...text.matchAll(/\bsee ([a-z0-9]+(?:-[a-z0-9]+)+|bufferbloat)\b/g),
    ]);
    expect(references.length).toBeGreaterThan(10);
    for (const [, reference] of references) expect(CODES).toContain(reference);
  });

  test('never suggests what destroys, weakens or runs foreign code', () => {
    for (const code of CODES) for (const text of staticTexts(code)) expect(text, code).not.toMatch(FORBIDDEN_COMMANDS);
    fc.assert(
      fc.property(fc.constantFrom(...CODES), facts, (code, known) => {
        expect(CAUSES[code].remedy(known)).not.toMatch(FORBIDDEN_COMMANDS);
      }),
      { numRuns: 2000 },
    );
  });

  test('reads well whatever is known', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CODES), facts, (code, known) => {
        const { summary, remedy } = CAUSES[code];
        expectOneCleanLine(summary(known), code);
        expectOneCleanLine(remedy(known), code);
        expect(summary(known)).toMatch(/^[A-Za-z0-9[]/);
        expect(summary(known)).toMatch(/\.$/);
        if (known.observed !== null) expect(summary(known)).toContain(known.observed);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(CODES)('%s: the summary names what is known', (code) => {
    const summary = CAUSES[code].summary({ ...KNOWN, platform: 'linux' });
    expect(summary).toContain(`(${KNOWN.observed}; expected ${KNOWN.expected}).`);
    const named = [KNOWN.target, KNOWN.interface, KNOWN.gateway].filter((fact) => summary.includes(fact));
    if (MACHINE_WIDE.has(code)) expect(named).toEqual([]);
    else expect(named).not.toEqual([]);
    expect(CAUSES[code].summary(UNKNOWN)).not.toContain('; expected ');
  });
});

describe('summaries of names', () => {
  const summary = (code: Code, observed: string) =>
    CAUSES[code].summary({ ...UNKNOWN, target: 'app.example:443', observed, expected: 'an address' });

  test('a name without an address is not said to be missing', () => {
    expect(summary('dns-nxdomain', 'app.example exists, but has no address')).toBe(
      'There is no address for app.example:443 in the DNS (app.example exists, but has no address; expected an address).',
    );
    expect(summary('dns-nxdomain', 'NXDOMAIN, 0 answers, 5 ms via 192.0.2.53')).toMatch(/^There is no record for /);
  });

  test('a loop of aliases is not said to be SERVFAIL, nor to be mended by DNSSEC', () => {
    const observed = 'the aliases of app.example form a loop or too long a chain: more than 16 aliases, one leading to the next';
    expect(summary('dns-servfail', observed)).not.toContain('SERVFAIL');
    expect(CAUSES['dns-servfail'].remedy({ ...UNKNOWN, target: 'app.example:443', observed })).toMatch(/aliases \(CNAME\)/);
  });
});

describe('the summary of a port', () => {
  const observed = 'closed: connection refused';
  const known: CauseFacts = { ...UNKNOWN, target: '192.0.2.7', observed, expected: 'open' };
  const ssh = { number: 22, protocol: 'tcp', name: 'TCP 22 (ssh)' } as const;
  const dns = { number: 53, protocol: 'udp', name: 'UDP 53 (domain)' } as const;

  test('names the port where the target does not', () => {
    expect(CAUSES['port-closed'].summary({ ...known, ports: [ssh] })).toBe(
      '192.0.2.7 refuses TCP 22 (ssh): nothing listens there, or a firewall refuses in its name (closed: connection refused; expected open).',
    );
    expect(CAUSES['port-filtered'].summary({ ...known, ports: [ssh] })).toMatch(
      /^Something on the way drops connections to TCP 22 \(ssh\) of 192/,
    );
    expect(CAUSES['port-filtered'].summary({ ...known, ports: [dns] })).toMatch(
      /^Nothing comes back from UDP 53 \(domain\) of 192\.0\.2\.7: /,
    );
    expect(CAUSES['port-rejected'].summary({ ...known, ports: [dns] })).toMatch(/ rejects UDP 53 \(domain\) of 192\.0\.2\.7 and says so/);
  });

  test('names several, and counts the rest', () => {
    const ports = Array.from({ length: 8 }, (_, index) => ({ number: 70 + index, protocol: 'tcp', name: `TCP ${70 + index}` }) as const);
    expect(CAUSES['port-closed'].summary({ ...known, ports: ports.slice(0, 2) })).toMatch(/ refuses TCP 70 and TCP 71: /);
    expect(CAUSES['port-closed'].summary({ ...known, ports })).toMatch(/ refuses TCP 70, TCP 71, .*, TCP 75 and 2 more: /);
  });

  test('does without where the target names it', () => {
    expect(CAUSES['port-closed'].summary({ ...known, target: '192.0.2.7:22', ports: [ssh] })).toMatch(
      /^192\.0\.2\.7:22 refuses the connection: /,
    );
    expect(CAUSES['port-filtered'].summary(known)).toMatch(/^Something on the way drops connections to 192\.0\.2\.7 without/);
  });
});

test('what was observed has parentheses of its own only behind a colon', () => {
  const known: CauseFacts = { ...UNKNOWN, target: '192.0.2.7', observed: '6 of 100 lost (2.2 % to 13 %)', expected: 'at most 1 %' };
  expect(CAUSES['loss-upstream'].summary(known)).toBe(
    'Packets to 192.0.2.7 are lost on the way there or back: 6 of 100 lost (2.2 % to 13 %); expected at most 1 %.',
  );
});
