import { describe, expect, test } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { reason } from '../../src/diagnosis/reason.js';
import type { Code } from '../../src/model/code.js';
import type { Check } from '../../src/model/report.js';

const TARGET = '198.51.100.7:443';

function line(id: string, status: Check['status'], code: Code | null, target: string | null = null): Check {
  const layer = Number(id.charAt(1)) as Check['layer'];
  return { id, layer, title: id, target, status, code, observed: null, expected: null, remedy: null, because: null, measurements: [] };
}

const at = (kind: string, status: Check['status'], code: Code | null) => line(`${kind}@${TARGET}`, status, code, TARGET);

function codesOf(...checks: Check[]) {
  const { diagnosis, checks: shown } = reason(checks, CAUSES, () => ({ interface: null, gateway: null, platform: 'linux' }));
  return {
    codes: diagnosis.map(({ code, form }) => form ?? code),
    skipped: shown.filter(({ status }) => status === 'skip').map(({ id }) => id),
  };
}

describe('what the own firewall explains', () => {
  test('an output that is shut: gateway, resolvers, targets', () => {
    const { codes } = codesOf(
      line('l3.firewall', 'fail', 'firewall-blocks'),
      line('l3.gateway@192.0.2.1', 'fail', 'gateway-unreachable'),
      line('l3.firewall-resolvers', 'fail', 'firewall-blocks'),
      line('l7.resolver@192.0.2.53', 'fail', 'dns-unreachable'),
      at('l3.latency', 'fail', 'host-unreachable'),
      at('l4.port', 'fail', 'port-filtered'),
    );
    expect(codes).toEqual(['firewall-blocks']);
  });

  test('a reset in the name of the target', () => {
    const rule = {
      ...at('l4.firewall-out', 'fail', 'firewall-blocks'),
      observed: 'TCP 443 to 198.51.100.7 is rejected by ip filter OUTPUT',
    };
    const { diagnosis } = reason([rule, at('l4.port', 'fail', 'port-closed')], CAUSES, () => ({
      interface: null,
      gateway: null,
      platform: 'linux',
    }));
    expect(diagnosis.map(({ code, form }) => [code, form])).toEqual([['port-closed', 'firewall-blocks']]);
    const dropping = { ...rule, observed: 'TCP 443 to 198.51.100.7 is dropped by ip filter OUTPUT' };
    expect(codesOf(dropping, at('l4.port', 'fail', 'port-closed')).codes).toEqual(['firewall-blocks', 'port-closed']);
  });

  test('names no target where only the resolvers are shut off', () => {
    const shut = { ...line('l3.firewall-resolvers', 'fail', 'firewall-blocks'), observed: 'UDP 53 to 192.0.2.53 is dropped by filter' };
    const { diagnosis } = reason([shut], CAUSES, () => ({ interface: null, gateway: null, platform: 'linux' }));
    expect(diagnosis[0]?.summary).toBe(
      'The firewall of this machine itself stops what it sends or waits for (UDP 53 to 192.0.2.53 is dropped by filter).',
    );
  });

  test('is not spoken for by what is well: an open firewall has nothing ruled out', () => {
    const open = [
      line('l3.gateway@192.0.2.1', 'pass', null),
      at('l4.port', 'pass', null),
      line('l4.firewall', 'warn', 'firewall-inactive'),
    ];
    const { diagnosis } = reason(open, CAUSES, () => ({ interface: null, gateway: null, platform: 'linux' }));
    expect(diagnosis.map(({ code, ruledOut, confidence }) => [code, ruledOut, confidence])).toEqual([['firewall-inactive', [], 0.86]]);
  });

  test('one port: what needs it, and not what is wrong with the path', () => {
    const { codes, skipped } = codesOf(
      at('l3.latency', 'warn', 'latency-high'),
      at('l3.mtu', 'fail', 'mtu-blackhole'),
      at('l4.firewall-out', 'fail', 'firewall-blocks'),
      at('l4.port', 'fail', 'port-rejected'),
    );
    expect(codes).toEqual(['firewall-blocks', 'mtu-blackhole', 'latency-high']);
    expect(skipped).toEqual([`l4.port@${TARGET}`]);
  });

  test('resolvers: their silence and the names that were not found', () => {
    const { codes } = codesOf(
      line('l3.firewall-resolvers', 'fail', 'firewall-blocks'),
      line('l7.resolver@192.0.2.53', 'fail', 'dns-unreachable'),
      line('l7.name@app.example.net:443', 'fail', 'dns-unreachable', 'app.example.net:443'),
      at('l4.port', 'fail', 'port-closed'),
    );
    expect(codes).toEqual(['firewall-blocks', 'port-closed']);
  });

  test('messages about packet sizes: the black hole, and nothing else', () => {
    expect(codesOf(line('l3.icmp-errors', 'fail', 'icmp-errors-blocked'), at('l3.mtu', 'fail', 'mtu-blackhole')).codes).toEqual([
      'icmp-errors-blocked',
    ]);
    expect(codesOf(line('l3.icmp-errors', 'warn', 'icmp-errors-blocked'), at('l4.port', 'fail', 'port-filtered')).codes).toEqual([
      'port-filtered',
      'icmp-errors-blocked',
    ]);
  });

  test('a broken link does not explain what is read off the rules', () => {
    const { codes } = codesOf(
      line('l2.interface', 'fail', 'interface-down'),
      line('l4.firewall', 'warn', 'firewall-inactive'),
      line('l4.published', 'warn', 'firewall-bypassed'),
    );
    expect(codes).toEqual(['interface-down', 'firewall-inactive', 'firewall-bypassed']);
  });
});
