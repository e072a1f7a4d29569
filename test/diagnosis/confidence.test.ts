import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/model/report.js';
import { behind, type Found, line, made, reasonAbout, silent } from './check-lines.js';

function sure(checks: Found['checks'], found: Omit<Found, 'checks'> = {}): number {
  return reasonAbout({ checks, ...found }).diagnosis[0]?.confidence ?? 0;
}

const HOST = 'l3.latency@a host-unreachable';
const GATEWAY = 'l3.gateway@192.0.2.1';

describe('confidence', () => {
  it.each<[string, number, number]>([
    ['what is stated, than what is silent', sure([line(`fail ${HOST}`, { basis: 'stated' })]), sure([silent(HOST)])],
    [
      'what a closer look has measured, than silence',
      sure([line('fail l3.loss@a loss-upstream', { basis: 'measured' })]),
      sure([silent('l3.loss@a loss-upstream')]),
    ],
    ['a failure, than a warning', sure(['fail l3.latency@a latency-high']), sure(['warn l3.latency@a latency-high'])],
    ['a silent host beside others that answer', sure([silent(HOST), 'pass l3.latency@b']), sure([silent(HOST)])],
    ['with rivals out of the question', sure([silent(HOST), 'pass l3.upstream']), sure([silent(HOST)])],
    ['after the closer look that would have told', sure([silent(HOST)], { inquired: [made('trace', 'a')] }), sure([silent(HOST)])],
    [
      'what explains much',
      sure([
        'fail l3.upstream upstream-unreachable',
        'fail l3.latency@a host-unreachable',
        'fail l7.name@b dns-unreachable',
        'fail l4.port@c port-filtered',
      ]),
      sure(['fail l3.upstream upstream-unreachable']),
    ],
    [
      'a gateway behind which nothing answers, than one behind which something does',
      sure([`warn ${GATEWAY} gateway-unreachable`], { ways: { a: behind('192.0.2.1') } }),
      sure([`warn ${GATEWAY} gateway-unreachable`, 'pass l4.port@a'], { ways: { a: behind('192.0.2.1') } }),
    ],
    [
      'of large packets that vanish, where nothing large gets through, than where answers of the service do',
      sure(['warn l3.mtu@a mtu-blackhole']),
      sure(['warn l3.mtu@a mtu-blackhole', 'pass l6.handshake@a']),
    ],
  ])('is higher for %s', (_what, more, less) => {
    expect(more).toBeGreaterThan(less);
  });

  it('takes nothing from what could not be looked at', () => {
    expect(sure([silent(HOST)], { inquired: [made('trace', 'a', 'no socket for it')] })).toBe(sure([silent(HOST)]));
    expect(sure([silent(HOST), 'skip l3.upstream not asked'])).toBe(sure([silent(HOST)]));
  });

  it('is not lowered by a target that goes another way', () => {
    const beside: Found['checks'] = [`warn ${GATEWAY} gateway-unreachable`, 'pass l4.port@a'];
    expect(sure(beside, { ways: { a: behind('192.0.2.9') } })).toBe(sure([`warn ${GATEWAY} gateway-unreachable`]));
  });

  it('has a number for a clock by how many say that it is wrong', () => {
    const clock = (id: string, target: string | null): Check => line(`fail ${id} clock-skew`, { target });
    const [servers, several, one] = [clock('l7.clock', null), clock('l7.clock-dates', null), clock('l7.clock@a', 'a')];
    expect(sure([servers])).toBeGreaterThan(sure([several]));
    expect(sure([several])).toBeGreaterThan(sure([one]));
  });
});
