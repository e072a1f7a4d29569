import { describe, expect, it } from 'vitest';
import { measured, skipped, unanswered } from '../../../src/model/attempt.js';
import { notAnswered } from '../../../src/net/dns/observation.js';
import type { DnsAnswer, DnsQuestion } from '../../../src/net/port.js';
import { measureSeries, seriesNotTried } from '../../../src/probes/resolver-watch/measure-series.js';
import { againSeries, type SeriesPlan, sweepSeries } from '../../../src/probes/resolver-watch/plan.js';
import { fakeNetwork } from '../../fakes/network.js';

const SERVER = { address: '192.0.2.53', port: 53 };
const PLAN: SeriesPlan = { ...sweepSeries(SERVER, 'www.example'), count: 4, intervalMs: 100, timeoutMs: 900 };

/** A resolver that answers the `index`th question after so many milliseconds, or (`null`) not at all; an abort ends its waits. */
function series(plan: SeriesPlan, answersAfterMs: readonly (number | null)[], abortAfterMs?: number) {
  const network = fakeNetwork();
  const controller = new AbortController();
  const asked: { atMs: number; question: DnsQuestion }[] = [];
  let underWay = 0;
  network.names.query = async (question, signal): Promise<DnsAnswer> => {
    const index = asked.push({ atMs: network.clock.nowMs(), question }) - 1;
    const afterMs = answersAfterMs[index] ?? null;
    underWay++;
    await network.clock.sleep(Math.min(afterMs ?? Number.POSITIVE_INFINITY, question.timeoutMs), signal);
    underWay--;
    const silent = notAnswered(question);
    if (signal.aborted) return { outcome: skipped('interrupted'), observation: silent };
    if (afterMs === null || afterMs > question.timeoutMs)
      return { outcome: unanswered('response', question.timeoutMs), observation: { ...silent, attempts: 1 } };
    return { outcome: measured(null), observation: { ...silent, rcode: 'NOERROR', queryMs: afterMs, attempts: 1 } };
  };
  if (abortAfterMs !== undefined) network.clock.after(abortAfterMs, () => controller.abort());
  const made = measureSeries(plan, { network, signal: controller.signal });
  return made.then((observation) => ({ ...observation, asked, underWay, elapsedMs: network.clock.nowMs() }));
}

describe('a series of questions to one resolver', () => {
  it('goes on at its pace whatever becomes of the questions before, each a single datagram', async () => {
    const { asked, elapsedMs, attempt, data } = await series(PLAN, [20, null, 30, 10]);
    expect(asked.map(({ atMs }) => atMs)).toEqual([0, 100, 200, 300]);
    expect(
      asked.map(({ question: { server, name, type, attempts, timeoutMs, edns } }) => [server, name, type, attempts, timeoutMs, edns]),
    ).toEqual(Array.from({ length: 4 }, () => ['192.0.2.53', 'www.example', 'A', 1, 900, null]));
    expect(elapsedMs).toBe(1000);
    expect(attempt.kind).toBe('measured');
    expect(data).toMatchObject({ from: 'system', server: '192.0.2.53', rcode: 'NOERROR', queryMs: 20 });
    expect(data.series).toEqual([
      { sentMs: 0, rcode: 'NOERROR', queryMs: 20, waitedMs: null },
      { sentMs: 100, rcode: null, queryMs: null, waitedMs: 900 },
      { sentMs: 200, rcode: 'NOERROR', queryMs: 30, waitedMs: null },
      { sentMs: 300, rcode: 'NOERROR', queryMs: 10, waitedMs: null },
    ]);
  });

  it('is told by the first answer, though the first question had none; without any it is unanswered', async () => {
    expect(await series(PLAN, [null, 25])).toMatchObject({ attempt: { kind: 'measured' }, data: { queryMs: 25 } });
    const silent = await series(PLAN, []);
    expect(silent).toMatchObject({ attempt: { kind: 'unanswered', waitedMs: 900 }, data: { rcode: null, queryMs: null } });
    expect(silent.data.series).toHaveLength(4);
  });

  it('ends with an interrupt: no further question, none left under way, and what was cut off shows nothing', async () => {
    const { asked, attempt, data, underWay, elapsedMs } = await series(PLAN, [20, null, null, null], 150);
    expect({ asked: asked.length, underWay, attempt }).toEqual({ asked: 2, underWay: 0, attempt: skipped('interrupted') });
    expect(elapsedMs).toBeLessThan(300);
    expect(data.series).toEqual([{ sentMs: 0, rcode: 'NOERROR', queryMs: 20, waitedMs: null }]);
  });

  it('asks the second time with more patience, and as much as is bounded', () => {
    const [first, again] = [sweepSeries(SERVER, 'a.example'), againSeries(SERVER, 'a.example')];
    expect(again.timeoutMs).toBeGreaterThan(first.timeoutMs);
    for (const { count, intervalMs } of [first, again]) expect(count * intervalMs).toBeLessThan(1500);
  });

  it('that was not begun has no samples, which is not the same as none of none', () => {
    const { attempt, data } = seriesNotTried(PLAN, skipped('interrupted'));
    expect({ attempt, rcode: data.rcode, series: data.series }).toEqual({
      attempt: skipped('interrupted'),
      rcode: null,
      series: undefined,
    });
  });
});
