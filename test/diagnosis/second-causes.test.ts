import { describe, expect, it } from 'vitest';
import { behind, line, reasonAbout } from './check-lines.js';

/** What would stand beside the cause, were it not known what that makes other checks look like. */
const codes = (...given: Parameters<typeof reasonAbout>) => reasonAbout(...given).diagnosis.map(({ code, target }) => `${code} ${target}`);

describe('loss at the gateway', () => {
  const gateway = 'warn l3.gateway@192.0.2.1 loss-local';

  it('is that of targets at its own address, and of those behind it', () => {
    const itself = { ...behind(null), address: '192.0.2.1' };
    const checks = [gateway, 'fail l3.loss@a loss-upstream', 'warn l4.port@a tcp-retransmissions', 'fail l3.loss@b loss-upstream'];
    const ways = { a: itself, b: behind('192.0.2.1') };
    expect(codes({ checks, ways })).toEqual(['loss-local null']);
    expect(codes({ checks: [gateway, 'fail l3.loss@a loss-local', 'pass l3.loss@b'], ways })).toEqual(['loss-local null']);
  });

  it('is not that of another machine on the link, or behind another gateway', () => {
    const neighbour = { ...behind(null), address: '192.0.2.30' };
    const checks = [gateway, 'fail l3.loss@a loss-target', 'pass l3.loss@b'];
    expect(codes({ checks, ways: { a: neighbour } })).toEqual(['loss-target a', 'loss-local null']);
    expect(codes({ checks, ways: { a: behind('192.0.2.254') } })).toEqual(['loss-target a', 'loss-local null']);
  });
});

describe('answers that come too late', () => {
  const late = { observed: '4 of 10 not answered; 5 were answered too late, after 1.01 s or more' };
  const again = ['warn l4.connections@a tcp-retransmissions', 'warn l4.port@a tcp-retransmissions'];

  it('are why connections send their first segment again', () => {
    const answers = line('warn l3.answers@a latency-high', late);
    expect(codes({ checks: ['fail l3.latency@a latency-high', answers, ...again] })).toEqual(['latency-high a']);
  });

  it('are not, where the answers are long and yet in time', () => {
    expect(codes({ checks: ['fail l3.latency@a latency-high', ...again] })).toEqual(['latency-high a', 'tcp-retransmissions a']);
  });
});

describe('a spike on the own link', () => {
  it('is why the resolver was slow, and one at a target alone is not', () => {
    const slow = ['warn l7.resolver@192.0.2.1 dns-slow', 'pass l3.loss@b'];
    expect(codes({ checks: ['fail l3.spikes latency-high', ...slow] })).toEqual(['latency-high null']);
    expect(codes({ checks: ['fail l3.spikes@a latency-high', ...slow] })).toEqual(['latency-high a', 'dns-slow null']);
  });
});

describe('encrypted DNS that is kept shut', () => {
  const transport = line('warn l7.transport@tls dns-encrypted-blocked', { target: null });

  it('is why a server of names that is a target is not connected to', () => {
    const checks = [transport, 'fail l4.port@a dns-encrypted-blocked', 'fail l6.handshake@a port-filtered', 'skip l6.certificate@a'];
    expect(codes({ checks })).toEqual(['dns-encrypted-blocked a', 'dns-encrypted-blocked null']);
  });

  it('leaves the port to the own firewall, where that is why', () => {
    const rule = 'fail l4.firewall-out@a firewall-blocks';
    const checks = [transport, rule, 'fail l4.port@a dns-encrypted-blocked', 'fail l6.handshake@a port-filtered'];
    const { diagnosis } = reasonAbout({ checks });
    expect(diagnosis.map(({ code, form }) => [code, form])).toEqual([
      ['dns-encrypted-blocked', 'firewall-blocks'],
      ['dns-encrypted-blocked', undefined],
    ]);
  });

  it('is not why other ports are', () => {
    const checks = [transport, 'fail l4.port@a port-filtered', 'fail l6.handshake@a port-filtered', 'pass l4.port@b'];
    expect(codes({ checks })).toEqual(['port-filtered a', 'dns-encrypted-blocked null']);
  });
});
