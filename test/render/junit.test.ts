import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { INTERNAL } from '../../src/model/failure-code.js';
import type { Report } from '../../src/model/report.js';
import { renderJunit } from '../../src/render/junit.js';
import { visibleText } from '../../src/render/visible.js';
import { ANY_TEXTS, HOSTILE_TEXTS, reportOf } from '../fakes/hostile-report.js';
import { check, healthy, oneFault, REPORTS, severalTargets } from '../fakes/reports.js';
import { actingCharacter, readXml, schemaProblems, toolRefusal, type XmlElement } from './readers.js';

const xmllint = toolRefusal('xmllint');
const python = toolRefusal('python3');

/** One report with a check that failed inside netdiag, and a measurement that did and that no check is about. */
function broken(): Report {
  const report = healthy();
  const attempt = { kind: 'failed', step: 'configure', code: INTERNAL, message: 'x is not a function' } as const;
  const measurements = report.measurements.map((entry) => (entry.probe === 'tls' || entry.probe === 'mtu' ? { ...entry, attempt } : entry));
  const checks = report.checks
    .filter(({ id }) => id !== 'l3.mtu')
    .map((entry) => (entry.id === 'l6.tls' ? { ...entry, status: 'skip' as const, observed: null, because: attempt.message } : entry));
  return { ...report, measurements, checks };
}

/** The failing check names another code than the cause that explains it. */
function recoded(): Report {
  const report = oneFault();
  const checks = report.checks.map((entry) => (entry.id === 'l3.mtu' ? { ...entry, code: 'mtu-reduced' as const } : entry));
  return { ...report, checks };
}

function named(): Report {
  const report = oneFault();
  return { ...report, partial: true, targets: report.targets.map((target) => ({ ...target, name: 'shop', labels: { zone: 'eu' } })) };
}

const nothingJudged = (): Report => ({ ...healthy(), checks: [] });

const ALL: [string, () => Report][] = [
  ...Object.entries(REPORTS),
  ['broken', broken],
  ['nothing judged', nothingJudged],
  ['all hostile', () => reportOf(HOSTILE_TEXTS)],
  ['anything', () => reportOf(ANY_TEXTS)],
];

describe.each(ALL)('JUnit of "%s"', (_name, make) => {
  it('is valid by the schema', (context) => {
    if (xmllint !== null) context.skip(xmllint);
    expect(schemaProblems(renderJunit(make()), 'junit.xsd')).toBe('');
  });

  it('has nothing that acts on a terminal', () => {
    expect(actingCharacter(renderJunit(make()))).toBeNull();
  });
});

const casesOf = (document: XmlElement): XmlElement[] =>
  document.children.flatMap((suite) => suite.children.filter(({ name }) => name === 'testcase'));

const byName = (document: XmlElement, part: string): XmlElement => {
  const found = casesOf(document).find(({ attributes }) => attributes['name']?.includes(part));
  if (found === undefined) throw new Error(`no case ${part}`);
  return found;
};

describe('JUnit, read by expat', () => {
  const reports = {
    several: severalTargets(),
    one: oneFault(),
    recoded: recoded(),
    named: named(),
    broken: broken(),
    hostile: reportOf(HOSTILE_TEXTS),
  };
  let documents: Record<string, XmlElement> = {};
  beforeAll(() => {
    if (python !== null) return;
    const read = readXml(Object.values(reports).map(renderJunit));
    documents = Object.fromEntries(Object.keys(reports).map((name, index) => [name, read[index] as XmlElement]));
  });
  beforeEach((context) => {
    if (python !== null) context.skip(python);
  });
  const documentOf = (name: keyof typeof reports): XmlElement => documents[name] as XmlElement;

  it('has a suite for this machine and one for each target, whose counts add up', () => {
    const document = documentOf('several');
    expect(document.children.map(({ attributes }) => attributes['name'])).toEqual([
      'This machine',
      'app.example.net:443',
      'https://api.example.org/v1',
    ]);
    expect(document.attributes).toMatchObject({ name: 'netdiag full-report', time: '2.104', tests: '14', failures: '0', errors: '0' });
    expect(document.children.map(({ attributes }) => attributes['tests'])).toEqual(['2', '6', '6']);
    expect(document.children[1]?.attributes).toMatchObject({ timestamp: '2025-03-04T05:06:07', hostname: 'vps-2', id: '1' });
  });

  it('makes fail a failure, warn a pass that says so, and skip a skip with its reason', () => {
    const document = documentOf('one');
    expect(document.attributes).toMatchObject({ tests: '8', failures: '1', errors: '0' });
    const [failure] = byName(document, 'l3.mtu').children;
    expect(failure).toMatchObject({
      name: 'failure',
      attributes: { type: 'mtu-blackhole', message: 'path MTU: 1400 bytes, and 1401 vanish without a word' },
    });
    expect(failure?.text.split('\n')).toEqual([
      'path MTU: 1400 bytes, and 1401 vanish without a word',
      'Expected: 1500 bytes',
      'Do: ip link set dev eth0 mtu 1400',
    ]);
    expect(byName(document, 'l7.dns').children).toMatchObject([
      { name: 'system-out', text: expect.stringMatching(/^Warning: dns-slow\n/) },
    ]);
    expect(byName(document, 'l6.tls').children).toMatchObject([
      { name: 'skipped', attributes: { message: 'explained by path MTU' }, text: 'explained by path MTU' },
    ]);
    expect(byName(document, 'l4.port').children).toMatchObject([{ name: 'system-out', text: 'TCP 443: open, 21.4 ms\nExpected: open' }]);
  });

  it('tells the cause with a failure that another code explains', () => {
    const [failure] = byName(documentOf('recoded'), 'l3.mtu').children;
    expect(failure?.text).toContain(
      'Cause: Packets over 1400 bytes vanish on the way to app.example.net:443, and no router says so. (mtu-blackhole)',
    );
    expect(failure?.text).toContain('Sure: 96 %.');
  });

  it('has layer, measured time, and properties that say what was run', () => {
    const document = documentOf('named');
    expect(byName(document, 'l3.mtu').attributes).toMatchObject({ classname: 'netdiag.Network', time: '0.013' });
    const [properties] = document.children[1]?.children ?? [];
    expect(Object.fromEntries((properties?.children ?? []).map(({ attributes }) => [attributes['name'], attributes['value']]))).toEqual({
      'netdiag.version': '0.1.0',
      'netdiag.command': 'full-report',
      'netdiag.policy': 'default',
      'netdiag.verdict': 'fail',
      'netdiag.partial': 'true',
      'netdiag.targets': 'app.example.net:443',
      'netdiag.target': 'app.example.net:443',
      'netdiag.target.name': 'shop',
      'netdiag.target.label.zone': 'eu',
      'netdiag.cause.1': 'mtu-blackhole: Packets over 1400 bytes vanish on the way to app.example.net:443, and no router says so.',
      'host.platform': 'Debian GNU/Linux 12',
      'host.release': '6.18.0',
      'host.arch': 'x64',
    });
  });

  it('makes what netdiag itself could not do an error, also where no check is about it', () => {
    const document = documentOf('broken');
    expect(document.attributes).toMatchObject({ tests: '8', failures: '0', errors: '2' });
    expect(byName(document, 'l6.tls').children).toMatchObject([{ name: 'error', attributes: { message: 'x is not a function' } }]);
    expect(byName(document, 'mtu (m5 of app.example.net:443)').children).toMatchObject([{ name: 'error' }]);
  });

  it('gives every text of an adversary back as a text, made visible', () => {
    const document = documentOf('hostile');
    const cases = casesOf(document);
    expect(cases).toHaveLength(HOSTILE_TEXTS.length * 4);
    const failures = cases.flatMap(({ children }) => children.filter(({ name }) => name === 'failure'));
    expect(failures.map(({ attributes }) => attributes['message'])).toEqual(HOSTILE_TEXTS.map((text) => visibleText(`${text}: ${text}`)));
    // Jenkins and GitLab look for attachments in the texts.
    expect(failures.filter(({ text }) => text.includes('[['))).toEqual([]);
  });
});

it('takes no more time for a text of 300,000 characters', () => {
  const long = '<&"界\u0301'.repeat(60_000);
  const started = performance.now();
  const checks = [check('l6.tls', { layer: 6, title: long, observed: long, status: 'fail', remedy: long })];
  const text = renderJunit({ ...healthy(), checks });
  expect(text.length).toBeLessThan(100_000);
  expect(performance.now() - started).toBeLessThan(2_000);
});
