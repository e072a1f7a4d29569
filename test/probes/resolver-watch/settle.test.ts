import { describe, expect, it } from 'vitest';
import type { Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import type { Check } from '../../../src/model/report.js';
import { check } from '../../../src/probes/check.js';
import { settleNames } from '../../../src/probes/resolver-watch/settle.js';

type Dns = MeasurementOf<'dns'>;
const TARGET = 'app.example.net:443';
const START = Date.parse('2026-11-22T10:00:00.000Z');

/** A question that was sent so many milliseconds from the start; `queryMs` of `null`: no answer while it was waited for. */
function asked(id: string, type: string, sentMs: number, queryMs: number | null): Dns {
  const attempt = queryMs === null ? ({ kind: 'unanswered', step: 'response', waitedMs: 100 } as const) : ({ kind: 'measured' } as const);
  return {
    ...{ id, target: TARGET, probe: 'dns', method: 'udp', durationMs: 5, stalledMs: 0, attempt },
    startedAt: new Date(START + sentMs).toISOString(),
    data: {
      ...{ server: '192.0.2.1', transport: 'udp', name: 'app.example.net', type, rcode: queryMs === null ? null : 'NOERROR', queryMs },
      ...{ flags: null, answers: [], dnssec: null, attempts: 1 },
    },
  } as Dns;
}

function settled(queries: readonly Dns[], resolver: 'pass' | 'warn' = 'pass'): string {
  const watch: Measurement = { ...asked('watch', 'A', 100, 2), target: null };
  watch.data = { ...(watch as Dns).data, series: [] };
  const line = (kind: string, target: string | null, id: string) => ({ kind, layer: 7 as const, title: '', measurement: { id, target } });
  const name: Check = {
    ...check({ ...line('l7.name', TARGET, 'm1'), status: 'warn', code: 'dns-slow', observed: 'slow' }),
    measurements: queries.map(({ id }) => id),
  };
  const server: Check = { ...check({ ...line('l7.resolver', null, 'watch'), status: resolver }), id: 'l7.resolver@192.0.2.1' };
  const [made] = settleNames([name, server], [...queries, watch]);
  return made?.status ?? '';
}

describe('a name that took long', () => {
  it('was not in a cache, where its resolver is quick from then on', () => {
    expect(settled([asked('a', 'A', 0, 500), asked('b', 'AAAA', 0, 510)])).toBe('pass');
    expect(settled([asked('a', 'A', 0, 500), asked('b', 'AAAA', 0, 510)], 'warn')).toBe('warn');
    expect(settled([asked('a', 'A', 0, 500), asked('b', 'AAAA', 0, 2)])).toBe('warn');
  });

  it('was not either, where the question was asked again while it was looked for', () => {
    const again = [asked('a', 'A', 0, null), asked('b', 'A', 667, 140), asked('c', 'AAAA', 0, 810), asked('d', 'AAAA', 667, null)];
    expect(settled(again)).toBe('pass');
  });

  it('stays slow where the first questions were lost, or one type was never answered', () => {
    const lost = [asked('a', 'A', 0, null), asked('b', 'A', 667, 1), asked('c', 'AAAA', 0, null), asked('d', 'AAAA', 667, 1)];
    expect(settled(lost)).toBe('warn');
    expect(settled([asked('a', 'A', 0, 500), asked('b', 'AAAA', 0, null)])).toBe('warn');
  });
});
