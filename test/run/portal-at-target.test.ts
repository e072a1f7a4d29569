import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../src/model/measurement.js';
import { parseTarget } from '../../src/model/target.js';
import { targetForPortal } from '../../src/run/portal-at-target.js';
import type { TargetOutcome } from '../../src/run/target-outcome.js';

function outcomeOf(text: string, state: string, gateway: string | null = '10.1.0.1'): TargetOutcome {
  const parsed = parseTarget(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  const { target } = parsed;
  const ports = { attempt: { kind: 'measured' }, data: { ports: [{ port: target.port, protocol: 'tcp', state }] } };
  return { target, address: '10.2.0.2', lookup: { data: { gateway } }, ports } as unknown as TargetOutcome;
}

const unresolved = { probe: 'captive-portal', target: null, attempt: { kind: 'failed' } } as unknown as Measurement;
const answered = { probe: 'captive-portal', target: null, attempt: { kind: 'measured' } } as unknown as Measurement;
const gateway = (received: number) =>
  ({ probe: 'latency', target: null, data: { address: '10.1.0.1', received } }) as unknown as Measurement;
const chosen = (outcomes: readonly TargetOutcome[], made: readonly Measurement[] = [unresolved], received = 100) =>
  targetForPortal(outcomes, [...made, gateway(received)])?.target.id ?? null;

describe('the target that is asked for a page', () => {
  it('is the first whose web port is silent or refuses', () => {
    const shut = [outcomeOf('https://a.example.net', 'open'), outcomeOf('https://b.example.net', 'filtered')];
    expect(chosen([...shut, outcomeOf('https://c.example.net', 'closed')])).toBe(shut[1]?.target.id);
    expect(chosen([outcomeOf('c.example.net:443', 'closed')])).toBe('c.example.net:443');
  });

  it.each<[string, TargetOutcome]>([
    ['where all is well', outcomeOf('https://a.example.net', 'open')],
    ['where it is that page itself that is silent', outcomeOf('http://a.example.net', 'filtered')],
    ['of another service', outcomeOf('a.example.net:5432', 'filtered')],
    ['on the link', outcomeOf('https://a.example.net', 'filtered', null)],
  ])('is none %s', (_what, outcome) => {
    expect(chosen([outcome])).toBeNull();
  });

  it('is none behind a gateway that does not answer either', () => {
    expect(chosen([outcomeOf('https://a.example.net', 'filtered')], [unresolved], 0)).toBeNull();
  });

  it('is none where a well-known page has answered, or a proxy stands in between', () => {
    const shut = outcomeOf('https://a.example.net', 'filtered');
    expect(chosen([shut], [answered])).toBeNull();
    const proxied = { probe: 'proxy', target: shut.target.id, data: { proxy: 'http://10.1.0.9:3128' } } as unknown as Measurement;
    expect(chosen([shut], [unresolved, proxied])).toBeNull();
  });
});
