import { describe, expect, it } from 'vitest';
import { MOST_PLACES, openQuestions } from '../../src/diagnosis/questions.js';
import { diagnose } from '../../src/report/diagnose.js';
import { line, made, reasonAbout, silent } from './check-lines.js';

const names = (count: number) => Array.from({ length: count }, (_, index) => `h${index}.example:443`);

/** Two in three fail each in its own way, so that nothing in front of them explains it. */
function manyFaults(count: number) {
  return names(count).flatMap((id, index) => [
    line(`pass l3.path@${id}`),
    line(`pass l3.latency@${id}`),
    line(`warn l3.loss@${id} loss-target`),
    line(`pass l4.port@${id}`),
    index % 3 === 0 ? line(`pass l6.handshake@${id}`) : silent(`l6.handshake@${id} tls-handshake-failed`),
    ...Array.from({ length: 8 }, (_, at) => line(`pass l6.other${at}@${id}`)),
    ...(index % 5 === 0 ? [line(`fail l6.validity@${id} cert-expired`)] : []),
  ]);
}

describe('many targets', () => {
  it('are looked at closer for a few of them, however many fail, and not anew in the second round', () => {
    const reasoned = reasonAbout({ checks: manyFaults(60) });
    expect(reasoned.diagnosis.length).toBeGreaterThan(40);
    const questions = openQuestions(reasoned, []);
    const variants = questions.filter(({ inquiry }) => inquiry === 'handshake-variants');
    expect(variants).toHaveLength(MOST_PLACES);
    const again = openQuestions(
      reasoned,
      questions.map(({ inquiry, target }) => made(inquiry, target)),
    );
    expect(again).toEqual([]);
  });

  it('a thousand of them are reasoned about while somebody waits', () => {
    const checks = manyFaults(1024);
    const targets = names(1024).map((id) => ({
      ...{ id, host: id.split(':')[0] ?? '', port: 443, scheme: null, path: null, credentials: null },
    }));
    const before = process.cpuUsage();
    const { diagnosis } = diagnose({ targets, checks, measurements: [], host: { platform: 'linux' } });
    expect(diagnosis.length).toBeGreaterThan(800);
    // Time of the processor, since others have it too. It was 22 s when each cause read every check anew, and is 1 to 2.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10);
  }, 60_000);
});
