import { describe, expect, it } from 'vitest';
import type { CauseFacts } from '../../src/diagnosis/cause.js';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { EXPLANATIONS } from '../../src/diagnosis/explain.js';
import { CODES } from '../../src/model/code.js';
import type { Report } from '../../src/model/report.js';
import { renderReport } from '../../src/render/index.js';
import { Layout } from '../../src/render/layout.js';
import { measurementLines } from '../../src/render/measurement-lines.js';
import { paletteFor } from '../../src/render/paint.js';
import { translatorFor } from '../../src/words/index.js';
import { illustrated } from '../fakes/illustrated-report.js';
import { REPORTS } from '../fakes/reports.js';
import { verified } from '../fakes/verified-report.js';

const translator = await translatorFor('pt-BR');
if (translator === null) throw new Error('there is no Portuguese');
const { say, keep, leftIn } = translator;

/** Texts that the reports of these tests have, and no judge or cause. */
const INVENTED: ReadonlySet<string> = new Set([
  'Packets over 1400 bytes vanish on the way to app.example.net:443, and no router says so.',
  'TLS 1.2 or newer',
  'The resolver is slow to answer (198.51.100.7, 412 ms; expected under 100 ms).',
  'Until the path is mended, send no larger packets: sudo ip link set dev eth0 mtu 1400',
  'path of app.example.net:443: no time was left',
  'run a caching resolver on this machine, or name a nearer one in /etc/resolv.conf',
  'whether both ends of the link have the same MTU',
]);

/** Texts of which something would stay English. */
const untold = (texts: readonly string[]): string[] =>
  [...new Set(texts)]
    .filter((text) => !INVENTED.has(text))
    .flatMap((text) => {
      const left = leftIn(text);
      return left.length === 0 ? [] : [`${text} => ${say(text)} [${left.join(' ')}]`];
    });

const NOTHING: CauseFacts = { target: null, observed: null, expected: null, interface: null, gateway: null, platform: 'linux' };
const ALL: CauseFacts = {
  target: 'app.example.net:443',
  observed: '3 of 10 lost',
  expected: 'under 1 %',
  interface: 'eth0',
  gateway: '10.0.0.1',
  platform: 'linux',
};

describe('causes in Portuguese', () => {
  it.each(CODES)('%s', (code) => {
    const { summary, remedy } = CAUSES[code];
    const facts = [NOTHING, ALL, { ...ALL, platform: 'darwin' }, { ...ALL, platform: 'win32' }, { ...NOTHING, ...ALL, target: null }];
    expect(untold(facts.flatMap((known) => [summary(known), remedy(known)]))).toEqual([]);
  });

  it('are explained whole', () => {
    const texts = EXPLANATIONS.flatMap(({ title, meaning, causes, tellApart, remedies }) => [
      title,
      meaning,
      ...causes,
      ...tellApart,
      ...remedies,
    ]);
    expect(texts.length).toBeGreaterThan(2000);
    expect(untold(texts)).toEqual([]);
  });
});

function textsOf({ conclusion, diagnosis, checks }: Report): string[] {
  return [
    conclusion.text,
    ...conclusion.notLookedAt,
    ...diagnosis.flatMap(({ summary, remedy, alternatives, notLookedAt }) => [
      summary,
      remedy,
      ...notLookedAt,
      ...alternatives.map(({ toldBy }) => toldBy),
    ]),
    ...checks.flatMap(({ title, observed, expected, remedy, because }) => [title, observed, expected, remedy, because]),
  ].filter((text) => text !== null);
}

describe('reports in Portuguese', () => {
  const reports = Object.entries({ ...REPORTS, illustrated }).filter(([name]) => name !== 'hostile');

  it.each(reports)('%s: what it says', (_name, make) => {
    expect(untold(textsOf(make()))).toEqual([]);
  });

  it.each(reports)('%s: what was measured', (_name, make) => {
    const layout = new Layout({ width: 400, unicode: true });
    expect(untold(measurementLines(make(), layout, paletteFor(0)).map((line) => line.trim().replaceAll(/ {2,}/g, ' · ')))).toEqual([]);
  });

  it.each(reports)('%s: numbers and codes are the same', async (_name, make) => {
    const options = { width: 100, color: 0, unicode: true } as const;
    const words = { language: 'pt-BR', say, keep } as const;
    for (const format of ['json', 'ndjson', 'csv', 'prometheus', 'junit', 'sarif', 'tap', 'gitlab'] as const) {
      expect(await renderReport(make(), format, { ...options, words })).toBe(await renderReport(make(), format, options));
    }
    const numbers = (text: string) => text.match(/\d+(?:\.\d+)?/g)?.sort();
    const [english, said] = [
      await renderReport(make(), 'table', { ...options, width: 120 }),
      await renderReport(make(), 'table', { ...options, width: 120, words }),
    ];
    expect(said).not.toBe(english);
    expect(new Set(numbers(said))).toEqual(new Set(numbers(english)));
  });
});

describe('own words', () => {
  it('of a manifest stay, also where they are a text of the catalogue, and so do names', async () => {
    const report = verified();
    const [requirement] = report.requirements ?? [];
    if (requirement === undefined) throw new Error('there is no requirement');
    requirement.text = 'name resolution';
    report.host.hostname = 'gone';
    expect(say('name resolution')).toBe('resolução de nomes');
    expect(say('gone')).not.toBe('gone');
    const fresh = await translatorFor('pt-BR');
    if (fresh === null) throw new Error('there is no Portuguese');
    const words = { language: 'pt-BR', say: fresh.say, keep: fresh.keep } as const;
    const said = await renderReport(report, 'table', { width: 120, color: 0, unicode: true, words });
    expect(said).toContain('name resolution');
    expect(said).toContain('de gone,');
  });
});
