import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { reason } from '../../src/diagnosis/reason.js';
import { CODE_LAYERS, type Code } from '../../src/model/code.js';
import type { Check, CheckStatus } from '../../src/model/report.js';

/** Behind `@` stands a target, unless it is a server or a proxy. */
function check(id: string, status: CheckStatus, code: Code | null = null): Check {
  const [kind, behind] = id.split('@') as [string, string | undefined];
  const ofMachine = /^l7\.(resolver|name-service-stub|proxy-settings)$/.test(kind);
  const layer = code === null ? 7 : CODE_LAYERS[code];
  const texts = { title: kind, observed: 'observed', expected: 'expected', remedy: null, because: null };
  return { id, layer, target: ofMachine ? null : (behind ?? null), status, code, ...texts, measurements: ['m1'] };
}

const facts = () => ({ interface: 'eth0', gateway: '192.0.2.1', platform: 'linux' });

function causesOf(...checks: readonly Check[]): string[] {
  return reason(checks, CAUSES, facts).diagnosis.map(({ code, form }) => form ?? code);
}

const STUB = 'l7.name-service-stub@127.0.0.53';
const RESOLVER = 'l7.resolver@127.0.0.53';

describe('what the name service of this machine explains', () => {
  it.each<[string, readonly Check[], readonly Code[]]>([
    [
      'a stub that is down: its silence, and the names that are not found',
      [check(STUB, 'fail', 'dns-stub-down'), check(RESOLVER, 'fail', 'dns-unreachable'), check('l7.name@a', 'fail', 'dns-unreachable')],
      ['dns-stub-down'],
    ],
    [
      'a stub that has nobody to ask: its refusal too, though that is an answer',
      [check(STUB, 'fail', 'dns-stub-no-upstream'), check(RESOLVER, 'warn', 'dns-refused'), check('l7.name@a', 'fail', 'dns-servfail')],
      ['dns-stub-no-upstream'],
    ],
    [
      'a stub that is down beside another: the warning about it, and no name that fails',
      [check(STUB, 'warn', 'dns-stub-down'), check(RESOLVER, 'warn', 'dns-unreachable'), check('l7.name@a', 'fail', 'dns-nxdomain')],
      ['dns-nxdomain', 'dns-stub-down'],
    ],
    [
      'none of it: what is wrong with a target that needs no name',
      [check(STUB, 'fail', 'dns-stub-down'), check('l4.port@b', 'fail', 'port-filtered')],
      ['dns-stub-down', 'port-filtered'],
    ],
    [
      'no resolver: each name',
      [
        check('l7.name-service', 'fail', 'dns-no-resolver'),
        check('l7.name@a', 'fail', 'dns-no-resolver'),
        check('l4.port@b', 'fail', 'port-closed'),
      ],
      ['dns-no-resolver', 'port-closed'],
    ],
    [
      'a costly search list: a name that is slow, and no name that fails',
      [
        check('l7.name-service-search@a', 'warn', 'dns-search-slow'),
        check('l7.name@a', 'warn', 'dns-slow'),
        check('l7.name@b', 'fail', 'dns-nxdomain'),
      ],
      ['dns-nxdomain', 'dns-search-slow'],
    ],
    [
      'the hosts file: whatever fails at the address that it gives, and nothing of other targets',
      [
        check('l7.hosts-file@a', 'fail', 'hosts-override'),
        check('l4.port@a', 'fail', 'port-closed'),
        check('l6.hostname@a', 'fail', 'cert-hostname-mismatch'),
        check('l7.http@a', 'fail', 'http-status'),
        check('l4.port@b', 'fail', 'port-closed'),
      ],
      ['hosts-override', 'port-closed'],
    ],
    [
      'a hosts file that only warns: nothing',
      [check('l7.hosts-file@a', 'warn', 'hosts-override'), check('l7.http@a', 'fail', 'http-status')],
      ['http-status', 'hosts-override'],
    ],
    [
      'lines of no use in resolv.conf: nothing',
      [check('l7.name-service', 'warn', 'resolv-conf-faulty'), check('l7.name@a', 'fail', 'dns-servfail')],
      ['dns-servfail', 'resolv-conf-faulty'],
    ],
  ])('%s', (_what, checks, causes) => {
    expect(causesOf(...checks)).toEqual(causes);
  });

  it('is read off files, so that no broken path explains it', () => {
    const down = check('l2.interface', 'fail', 'interface-down');
    const read = [
      check('l7.name-service', 'warn', 'resolv-conf-faulty'),
      check('l7.name-service-order', 'warn', 'dns-not-asked'),
      check(STUB, 'warn', 'dns-stub-down'),
      check('l7.proxy-settings', 'warn', 'proxies-misconfigured'),
    ];
    expect(causesOf(down, ...read).sort()).toEqual(
      ['interface-down', 'resolv-conf-faulty', 'dns-not-asked', 'dns-stub-down', 'proxies-misconfigured'].sort(),
    );
  });

  it('but a dead proxy is explained by a network that is down', () => {
    const proxy = check('l7.proxy-settings@http://192.0.2.7:3128', 'fail', 'proxy-unreachable');
    expect(causesOf(check('l2.interface', 'fail', 'interface-down'), proxy)).toEqual(['interface-down']);
  });
});
