import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { reason } from '../../src/diagnosis/reason.js';
import type { Code } from '../../src/model/code.js';
import type { Check } from '../../src/model/report.js';

const FACTS = () => ({ interface: null, gateway: null, platform: 'linux' });

function fail(id: string, code: Code, target: string | null = id.split('@')[1] ?? null): Check {
  const layer = Number(id.charAt(1)) as Check['layer'];
  return {
    id,
    layer,
    title: id,
    target,
    status: 'fail',
    code,
    observed: null,
    expected: null,
    remedy: null,
    because: null,
    measurements: [],
  };
}

const causesOf = (...checks: Check[]) => reason(checks, CAUSES, FACTS).diagnosis.map(({ code, form, target }) => [form ?? code, target]);

describe('a login page of the network', () => {
  it('that is seen at one target explains its certificate, and that of no other', () => {
    const checks = [
      fail('l6.certificate@https://a.example', 'cert-self-signed'),
      fail('l7.redirects@https://a.example', 'captive-portal'),
      fail('l6.certificate@https://b.example', 'cert-self-signed'),
    ];
    expect(causesOf(...checks)).toEqual([
      ['cert-self-signed', 'https://b.example'],
      ['captive-portal', 'https://a.example'],
    ]);
  });

  it('explains certificates, pages and WebSockets of every target, and no dead link', () => {
    const checks = [
      fail('l7.captive-portal', 'captive-portal'),
      fail('l6.hostname@https://a.example', 'cert-hostname-mismatch'),
      fail('l7.http@http://b.example', 'http-status'),
      fail('l7.websocket@wss://c.example', 'websocket-refused'),
      fail('l3.loss@d.example', 'loss-target'),
    ];
    expect(causesOf(...checks)).toEqual([
      ['captive-portal', null],
      ['loss-target', 'd.example'],
    ]);
    const explained = reason(checks, CAUSES, FACTS).checks[1];
    expect(explained).toMatchObject({ status: 'skip', because: expect.stringContaining('captive-portal') });
  });
});

describe('a login page that lets nothing beyond itself', () => {
  it('is the cause of a dead way out and of dead targets, and not of a dead gateway', () => {
    const portal = fail('l7.captive-portal', 'captive-portal');
    const behind = [
      fail('l3.upstream', 'upstream-unreachable'),
      fail('l3.latency@a.example', 'host-unreachable'),
      fail('l4.port@b.example', 'port-rejected'),
    ];
    expect(causesOf(...behind, portal)).toEqual([['captive-portal', null]]);
    expect(causesOf(fail('l3.gateway', 'gateway-unreachable'), portal)[0]).toEqual(['gateway-unreachable', null]);
  });
});

describe('a proxy', () => {
  it('is one cause for the probe and for what goes through it', () => {
    expect(causesOf(fail('l7.proxy@http://a.example', 'proxy-refused'), fail('l7.http@http://a.example', 'proxy-refused'))).toEqual([
      ['proxy-refused', 'http://a.example'],
    ]);
  });

  it.each(['http-slow', 'http-not-spoken', 'service-silent', 'http-unauthorized'] as const)(
    'that fails is the reason of %s behind it, and of nothing on the direct way',
    (code) => {
      const proxy = fail('l7.proxy@http://a.example', 'proxy-silent');
      expect(causesOf(proxy, fail('l7.http-status@http://a.example', code))).toEqual([['proxy-silent', 'http://a.example']]);
      expect(causesOf(proxy, fail('l7.http@http://a.example', code))).toHaveLength(2);
      expect(causesOf(proxy, fail('l7.http-status@http://b.example', code))).toHaveLength(2);
    },
  );

  it('that is dead for all targets is one cause in front of them', () => {
    expect(
      causesOf(fail('l7.proxy@http://a.example', 'proxy-unreachable'), fail('l7.proxy@http://b.example', 'proxy-unreachable')),
    ).toEqual([['proxy-unreachable', null]]);
  });

  it('is not excused by a closed port of the target', () => {
    expect(
      causesOf(fail('l4.port@http://a.example', 'port-filtered'), fail('l7.proxy@http://a.example', 'proxy-unreachable')),
    ).toHaveLength(2);
  });

  it('is excused by a dead gateway', () => {
    expect(causesOf(fail('l3.gateway', 'gateway-unreachable'), fail('l7.proxy@http://a.example', 'proxy-unreachable'))).toEqual([
      ['gateway-unreachable', null],
    ]);
  });
});
