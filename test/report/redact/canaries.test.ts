import { describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../../src/model/report.js';
import { FORMATS, renderReport } from '../../../src/render/index.js';
import { Redactor } from '../../../src/report/redact/redact.js';
import { completeReport } from './schema-walk.js';

const KEY = new Uint8Array(32).fill(7);
const ENVELOPE = /^[m][0-9]+$/;

interface Canary {
  text: string;
  /** What of it must not be found anywhere. */
  secrets: string[];
}

/** No word of any text. */
const wordOf = (number: number): string =>
  `zq${number
    .toString(36)
    .padStart(4, '0')
    .replace(/\d/g, (digit) => 'ghjkxvwqzy'[Number(digit)] ?? '')}vx`;

/** Everything that can tell whose network it is, each with a number of its own. */
const MAKERS: readonly ((number: number) => Canary)[] = [
  (number) => plain(wordOf(number)),
  (number) => ({ text: `the ${wordOf(number)} did not answer within 20 ms`, secrets: [wordOf(number)] }),
  (number) => plain(`10.${number >> 8}.${number & 255}.77`),
  (number) => plain(`81.${number >> 8}.${number & 255}.99`),
  (number) => ({ text: `81.${number >> 8}.${number & 255}.98:8443`, secrets: [`81.${number >> 8}.${number & 255}.98`] }),
  (number) => plain(`2a01:4f8:${number.toString(16)}:1::77`),
  (number) => ({ text: `www.${wordOf(number)}.com`, secrets: [wordOf(number)] }),
  (number) => ({
    text: `https://${wordOf(number)}:pw${wordOf(number)}@a.${wordOf(number)}.net:8443/${wordOf(number)}/x?token=${wordOf(number)}#${wordOf(number)}`,
    secrets: [wordOf(number)],
  }),
  (number) => ({ text: `/home/${wordOf(number)}/.config/${wordOf(number)}.conf`, secrets: [wordOf(number)] }),
  (number) => ({ text: `C:\\Users\\${wordOf(number)}\\file.txt`, secrets: [wordOf(number)] }),
  (number) => plain(`3c:5a:b4:${pair(number >> 8)}:${pair(number)}:9e`),
  (number) => ({ text: `${wordOf(number)}@mail.${wordOf(number)}.org`, secrets: [wordOf(number)] }),
  (number) => ({ text: `CN=${wordOf(number)}.example.org, O=${wordOf(number)} Ltd, C=DE`, secrets: [wordOf(number)] }),
  (number) => plain(`${number.toString(16).padStart(8, '0')}deadbeefcafebabe0123456789abcdef`),
  (number) => plain(`eyJhbGciOiJIUzI1NiJ9.${Buffer.from(wordOf(number)).toString('base64url')}.c2lnbmF0dXJlc2lnbmF0dXJl`),
  (number) => ({ text: `220 mail.${wordOf(number)}.com ESMTP "${wordOf(number)}"`, secrets: [wordOf(number)] }),
  (number) => ({ text: `wg-${wordOf(number)}`, secrets: [wordOf(number)] }),
  (number) => ({ text: `l3.latency@${wordOf(number)}.com:443`, secrets: [wordOf(number)] }),
];

function plain(text: string): Canary {
  return { text, secrets: [text] };
}

function pair(number: number): string {
  return (number & 255).toString(16).padStart(2, '0');
}

/** A report with a canary in every string, and all that must not come out of it. */
function planted(turn: number): { report: Report; secrets: string[] } {
  const secrets: string[] = [];
  let number = 1;
  const report = completeReport(turn, () => {
    const maker = MAKERS[(number + turn) % MAKERS.length] as (typeof MAKERS)[number];
    const canary = maker(number + 300 * turn);
    number++;
    secrets.push(...canary.secrets);
    return canary.text;
  });
  return { report, secrets };
}

/** Those of `secrets` that can be found, as they are or as formats write them. */
function foundIn(text: string, secrets: readonly string[]): string[] {
  const small = text.toLowerCase();
  return secrets.filter((secret) => small.includes(secret.toLowerCase()));
}

describe('a report with a secret in every string', () => {
  it.each(MAKERS.map((_, turn) => turn))('lets none of them out as JSON, and stays a report (turn %i)', (turn) => {
    const { report, secrets } = planted(turn);
    expect(reportSchema.safeParse(report).error?.issues ?? []).toEqual([]);
    expect(secrets.length).toBeGreaterThan(500);
    const { report: redacted, leftOut } = new Redactor(KEY).report(report);
    expect(foundIn(JSON.stringify(redacted), secrets)).toEqual([]);
    expect(reportSchema.safeParse(redacted).error?.issues ?? []).toEqual([]);
    expect(leftOut).toEqual([]);
  });

  const shown = planted(3);
  const { report: redacted } = new Redactor(KEY).report(shown.report);
  it.each(FORMATS)('lets none of them out as %s', async (format) => {
    const text = await renderReport(redacted, format, { width: 200, color: 0, unicode: true });
    expect(text.length).toBeGreaterThan(100);
    expect(foundIn(text.replace(/\s+/g, ' '), shown.secrets)).toEqual([]);
  });

  it('is found with them by this test where it is not redacted', async () => {
    const { report, secrets } = planted(0);
    expect(foundIn(JSON.stringify(report), secrets).length).toBeGreaterThan(secrets.length / 2);
  });

  it('keeps numbers, truth values and words of the schema', () => {
    const { report } = planted(5);
    const { report: redacted } = new Redactor(KEY).report(report);
    expect(withoutTexts(redacted)).toEqual(withoutTexts(report));
    expect(redacted.diagnosis.map(({ code }) => code)).toEqual(report.diagnosis.map(({ code }) => code));
    expect(redacted.checks.map(({ status }) => status)).toEqual(report.checks.map(({ status }) => status));
    expect(redacted.measurements.map(({ id }) => id).every((id) => ENVELOPE.test(id))).toBe(true);
  });

  it('passes nothing on that it does not know', () => {
    const { report } = planted(1);
    const foreign = structuredClone(report) as unknown as Record<string, unknown> & Report;
    foreign['secretField'] = 'hunter2';
    Object.assign(foreign.host, { owner: 'Maria', hunter2: 1 });
    foreign.measurements.push({ ...foreign.measurements[0], probe: 'hunter2', data: { hunter2: 'hunter2' } } as never);
    const { report: redacted, leftOut } = new Redactor(KEY).report(foreign);
    expect(JSON.stringify(redacted)).not.toMatch(/hunter2|Maria|secretField/);
    expect(redacted.measurements).toHaveLength(report.measurements.length);
    expect(leftOut).toEqual([
      { below: 'measurements', fields: 1 },
      { below: 'report', fields: 1 },
      { below: 'report.host', fields: 2 },
    ]);
  });
});

/** Keys of mappings are texts too. */
function withoutTexts(value: unknown): unknown {
  if (typeof value === 'string') return '';
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (name === 'headers' || name === 'labels' ? [] : [[name, withoutTexts(inner)]])),
  );
}
