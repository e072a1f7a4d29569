import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { reason } from '../../src/diagnosis/reason.js';
import { CODES, type Code } from '../../src/model/code.js';
import type { Check } from '../../src/model/report.js';

const TARGET = 'app.example.net:443';

function line(id: string, code: Code, status: 'warn' | 'fail' = 'fail', target: string | null = null): Check {
  const about = { id, layer: 3, title: id, target, observed: null, expected: null, remedy: null, because: null } as const;
  return { ...about, status, code, measurements: [] };
}

const at = (kind: string, code: Code, status: 'warn' | 'fail' = 'fail') => line(`${kind}@${TARGET}`, code, status, TARGET);

function named(...checks: Check[]) {
  const { diagnosis } = reason(checks, CAUSES, () => ({ interface: null, gateway: null, platform: 'linux' }));
  return diagnosis.map(({ code, form, layer }) => [code, form ?? null, layer]);
}

describe('the particular form of a fault', () => {
  it('stands beside the code that callers know it by, with the layer of that code', () => {
    expect(named(line('l2.gateway-address@192.0.2.1', 'gateway-duplicate'))).toEqual([['duplicate-address', 'gateway-duplicate', 2]]);
    expect(named(line('l7.name-service-stub@127.0.0.53', 'dns-stub-down'))).toEqual([['dns-unreachable', 'dns-stub-down', 7]]);
  });

  it('is absent where the code says all, and where nothing broader is shown', () => {
    expect(named(at('l4.port', 'port-closed'))).toEqual([['port-closed', null, 4]]);
    expect(named(at('l4.firewall-out', 'firewall-blocks'))).toEqual([['firewall-blocks', null, 3]]);
  });

  it('of the own firewall is what it shuts, as one without the right to read its rules would name it', () => {
    expect(named(at('l4.firewall-out', 'firewall-blocks'), at('l4.port', 'port-filtered'))).toEqual([
      ['port-filtered', 'firewall-blocks', 4],
    ]);
    expect(named(at('l4.firewall-out', 'firewall-blocks'), at('l4.port', 'port-rejected'))).toEqual([
      ['port-rejected', 'firewall-blocks', 4],
    ]);
    const resolvers = [line('l3.firewall-resolvers', 'firewall-blocks'), line('l7.resolver@192.0.2.53', 'dns-unreachable')];
    expect(named(...resolvers)).toEqual([['dns-unreachable', 'firewall-blocks', 7]]);
  });

  it('of the own firewall is the gateway where it shuts that out too: that is more than any other of its effects', () => {
    const everything = [
      line('l3.firewall', 'firewall-blocks'),
      line('l3.gateway@192.0.2.1', 'gateway-unreachable'),
      at('l4.port', 'port-filtered'),
    ];
    expect(named(...everything)).toEqual([['gateway-unreachable', 'firewall-blocks', 3]]);
    const refused = [line('l3.gateway@192.0.2.1', 'firewall-blocks'), at('l3.latency', 'firewall-blocks')];
    expect(named(...refused)).toEqual([['gateway-unreachable', 'firewall-blocks', 3]]);
    const beyond = [line('l3.firewall', 'firewall-blocks'), line('l3.upstream', 'upstream-unreachable'), at('l4.port', 'port-filtered')];
    expect(named(...beyond)).toEqual([['upstream-unreachable', 'firewall-blocks', 3]]);
  });

  it('of a black hole is the own firewall only where large packets do vanish', () => {
    expect(named(line('l3.icmp-errors', 'icmp-errors-blocked'), at('l3.mtu', 'mtu-blackhole'))).toEqual([
      ['mtu-blackhole', 'icmp-errors-blocked', 3],
    ]);
    expect(named(line('l3.icmp-errors', 'icmp-errors-blocked', 'warn'))).toEqual([['icmp-errors-blocked', null, 3]]);
  });

  it('of a name that is not found is what is wrong with the names, and one fault with it', () => {
    const unfound = at('l6.hostname', 'cert-hostname-mismatch');
    expect(named(at('l6.names', 'cert-wildcard-misused'), unfound)).toEqual([['cert-wildcard-misused', null, 6]]);
    expect(named(at('l6.names', 'cert-san-missing'), unfound)).toEqual([['cert-san-missing', null, 6]]);
    expect(named(at('l6.names', 'cert-wildcard-misused', 'warn'))).toEqual([['cert-wildcard-misused', null, 6]]);
  });

  it('is never named as another form', () => {
    const broader = CODES.flatMap((code) => {
      const { formOf } = CAUSES[code];
      if (formOf === undefined) return [];
      return typeof formOf === 'string' ? [formOf] : [...formOf.codes, ...(formOf.whereFailed ?? [])].map((one) => one.code);
    });
    expect(broader.length).toBeGreaterThan(20);
    expect(broader.filter((code) => CAUSES[code].formOf !== undefined)).toEqual([]);
  });
});
