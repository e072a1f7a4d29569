import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../../src/model/measurement.js';
import { type Report, reportSchema } from '../../../src/model/report.js';
import { renderHtml } from '../../../src/render/html/page.js';
import { reportOf } from '../../fakes/hostile-report.js';
import { hostileText, unseenCharacter } from '../../fakes/hostile-text.js';
import { course, illustrated } from '../../fakes/illustrated-report.js';
import { check, healthy, REPORTS } from '../../fakes/reports.js';
import { attribute, type Element, elementsIn, readPage, textOf } from './tree.js';

const SEEN = { ...REPORTS, illustrated };

const named = (elements: readonly Element[], ...tags: string[]) => elements.filter(({ tagName }) => tags.includes(tagName));

function byId(elements: readonly Element[]): Map<string, Element> {
  return new Map(
    elements.flatMap((element) => (attribute(element, 'id') === undefined ? [] : [[attribute(element, 'id') ?? '', element]])),
  );
}

it('the illustrated report is one that the schema allows, and looks the same as before', async () => {
  expect(reportSchema.safeParse(illustrated()).error?.issues ?? []).toEqual([]);
  await expect(renderHtml(illustrated())).toMatchFileSnapshot('../../golden/illustrated.html');
});

describe.each(Object.entries(SEEN))('the page of "%s"', (_name, make) => {
  const source = renderHtml(make());
  const { elements, errors } = readPage(source);

  it('is HTML in which a parser has nothing to mend', () => {
    expect(errors).toEqual([]);
    expect(source).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
  });

  it('loads, runs and sends nothing, and says so in its policy', () => {
    expect(named(elements, 'script', 'img', 'iframe', 'link', 'form', 'object', 'embed', 'base', 'video', 'audio', 'use', 'image')).toEqual(
      [],
    );
    for (const element of elements) {
      for (const { name, value } of element.attrs) {
        expect(name).not.toMatch(/^(?:on|style$|src|action|formaction|ping|background|xlink)/);
        if (name === 'href') expect(value).toMatch(/^#[a-z]+(?:-\d+)?$/);
      }
    }
    const [style] = named(elements, 'style');
    if (style === undefined) throw new Error('no style sheet');
    expect(textOf(style)).not.toMatch(/url\(|@import|expression/);
    const digest = createHash('sha256').update(textOf(style)).digest('base64');
    const policy = named(elements, 'meta').find((meta) => attribute(meta, 'http-equiv') === 'Content-Security-Policy');
    if (policy === undefined) throw new Error('no policy');
    expect(attribute(policy, 'content')).toBe(`default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`);
  });

  it('can be read aloud: landmarks, headings in order, tables with scopes, drawings with words', () => {
    for (const tag of ['title', 'h1', 'header', 'main', 'footer', 'nav'])
      expect(named(elements, tag).filter((each) => tag !== 'title' || each.parentNode?.nodeName === 'head')).toHaveLength(1);
    expect(named(elements, 'nav').map((nav) => attribute(nav, 'aria-label'))).toEqual(['Parts of this report']);
    const levels = named(elements, 'h1', 'h2', 'h3', 'h4').map(({ tagName }) => Number(tagName.slice(1)));
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    const places = byId(elements);
    for (const section of named(elements, 'section', 'article')) expect(places.has(attribute(section, 'aria-labelledby') ?? '')).toBe(true);
    for (const heading of named(elements, 'th')) expect(attribute(heading, 'scope')).toMatch(/^(?:col|row|rowgroup)$/);
    for (const table of named(elements, 'table')) expect(named([...elementsIn(table)], 'caption')).toHaveLength(1);
    for (const drawing of named(elements, 'svg')) {
      expect(attribute(drawing, 'role')).toBe('img');
      const words = (attribute(drawing, 'aria-labelledby') ?? '').split(' ').filter((id) => id !== '');
      const told = words.length > 0 ? words.map((id) => textOf(places.get(id) as Element)).join(' ') : attribute(drawing, 'aria-label');
      expect(told).toMatch(/\S/);
    }
  });

  it('has every anchor once, and no link into the void', () => {
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(ids).toHaveLength(new Set(ids).size);
    for (const link of named(elements, 'a')) expect(ids).toContain((attribute(link, 'href') ?? '').slice(1));
  });

  it('shows nothing that was not measured as a number', () => {
    const [body] = named(elements, 'body');
    if (body === undefined) throw new Error('no body');
    expect(textOf(body)).not.toMatch(/\b(?:NaN|undefined|Infinity)\b|\bnull\b|\[object/);
    for (const drawing of named(elements, 'svg')) {
      for (const shape of elementsIn(drawing)) {
        for (const { name, value } of shape.attrs) {
          expect(value).not.toMatch(/NaN|undefined|Infinity|…/);
          if (name === 'd') expect(value).toMatch(/^[MLHVhvlz\d .-]*$/);
        }
      }
    }
  });
});

describe('the page', () => {
  const page = (report: Report) => readPage(renderHtml(report)).elements;
  const text = (report: Report) => {
    const [main] = named(page(report), 'main');
    if (main === undefined) throw new Error('no main part');
    return textOf(main).replace(/\s+/g, ' ');
  };

  it('has the verdict first, then causes, checks and measurements', () => {
    const sections = named(page(illustrated()), 'section').map((section) => attribute(section, 'id'));
    expect(sections).toEqual(
      ['verdict', 'causes', 'checks', 'phases', 'series', 'path', 'certificates', 'names', 'machine', 'measurements'].filter((id) =>
        sections.includes(id),
      ),
    );
    expect(sections.slice(0, 3)).toEqual(['verdict', 'causes', 'checks']);
    expect(sections.at(-1)).toBe('measurements');
  });

  it('gives a cause its evidence, what is against it, what looks the same, its times and a command to copy', () => {
    const [cause] = named(page(illustrated()), 'article');
    if (cause === undefined) throw new Error('no cause');
    const words = textOf(cause).replace(/\s+/g, ' ');
    expect(words).toContain('96 % sure');
    expect(words).toMatch(/Because path MTU: 1400 bytes, and 1401 vanish without a word \(expected: 1500 bytes\)/);
    expect(words).toMatch(/Against it TCP 443: open/);
    expect(words).toMatch(/Ruled out gateway 192\.0\.2\.1: /);
    expect(words).toMatch(/Looks the same from here mtu-mismatch; what would tell: whether both ends/);
    expect(words).toMatch(/Not looked at path of app/);
    expect(words).toMatch(/from 2025-03-04 05:06:08 UTC to 2025-03-04 05:06:09 UTC from 2025-03-04 05:06:11 UTC on, and still at the end/);
    const [command] = named([...elementsIn(cause)], 'pre');
    expect(command === undefined ? null : textOf(command)).toBe('sudo ip link set dev eth0 mtu 1400');
  });

  it('shows grades as a bar and in words', () => {
    const words = text(illustrated());
    expect(words).toContain('21.3 ms: acceptable (objective 10 ms, acceptable 50 ms, critical 200 ms)');
    expect(words).toContain('9 days: misses what is acceptable (objective 60 days, acceptable 30 days, critical 7 days)');
    const bars = named(page(illustrated()), 'svg').filter((svg) => attribute(svg, 'class') === 'budget');
    expect(bars).toHaveLength(3);
    const far = {
      ...illustrated(),
      checks: illustrated().checks.map((each) => (each.budget === undefined ? each : { ...each, budget: { ...each.budget, value: 1e12 } })),
    };
    const pointers = named(page(far), 'path').filter((shape) => attribute(shape, 'class') === 'pointer');
    // Beyond the end of the bar, not far outside of the page.
    expect(pointers.map((shape) => attribute(shape, 'd'))).toEqual(Array(3).fill('M174 6l5 4l-5 4z'));
    // The zones of a bar are as wide as the grades are apart.
    const [less] = bars;
    const widths = less === undefined ? [] : named([...elementsIn(less)], 'rect').map((rect) => Number(attribute(rect, 'width')));
    expect(widths[1]).toBeCloseTo((widths[0] ?? 0) * 4, 0);
  });

  it('draws phases one behind the other, and says of what was not reached that it was not measured', () => {
    const report = healthy();
    const measurements = report.measurements.map(
      (entry): Measurement => (entry.probe === 'phases' ? { ...entry, data: { ...entry.data, ttfbMs: null, totalMs: null } } : entry),
    );
    const drawing = named(page({ ...report, measurements }), 'svg').find((svg) => attribute(svg, 'class') === 'drawing wide');
    if (drawing === undefined) throw new Error('no drawing');
    const bars = named([...elementsIn(drawing)], 'rect').map((rect) => ({
      x: Number(attribute(rect, 'x')),
      width: Number(attribute(rect, 'width')),
    }));
    expect(bars).toHaveLength(3);
    for (const [index, { x }] of bars.entries()) {
      const before = bars[index - 1];
      if (before !== undefined) expect(x).toBeCloseTo(before.x + before.width, 0);
    }
    expect(textOf(drawing)).toContain('first bytenot measured');
    expect(textOf(drawing)).toContain('milliseconds since the start');
  });

  it('thins a long series, says so, and loses no loss', () => {
    const words = text(illustrated());
    expect(words).toMatch(/900 packets over 18\.0 s, \d+ of them not answered in time/);
    expect(words).toContain('The drawing is thinned: each mark stands for 4 packets');
    expect(words).toContain('Each line stands for 23 packets in a row.');
    const lost = named(page(illustrated()), 'path').filter((shape) => attribute(shape, 'class') === 'lost');
    // Groups with a loss: of packets one by one, then of four each, then of questions; for the wide drawing and the narrow one.
    const marks = lost.map((shape) => (attribute(shape, 'd') ?? '').split('M').length - 1);
    const groups = new Set(course(900, 300, 360).flatMap(({ rttMs, seq }) => (rttMs === null ? [Math.floor(seq / 4)] : []))).size;
    expect(marks).toEqual([11, 11, groups, groups, 1, 1]);
  });

  it('draws the path with its losses apart from routers that spare their answers', () => {
    const words = text(illustrated());
    expect(words).toMatch(/198\.51\.100\.1 ?leaves some unanswered/);
    expect(words).toMatch(/no answer ?silent/);
    expect(words).toMatch(/198\.51\.100\.7 ?packets are lost/);
    expect(words).toContain('The loss begins at hop 4 (198.51.100.77), 93 % sure.');
  });

  it('stays small and says what it left out, whatever the size of the report', () => {
    const report = healthy();
    const [first, ...others] = report.measurements;
    if (first === undefined) throw new Error('no measurement');
    const ports = others.find((entry) => entry.probe === 'ports');
    const latency = others.find((entry) => entry.probe === 'latency');
    if (ports?.probe !== 'ports' || latency?.probe !== 'latency') throw new Error('no such measurement');
    const [port] = ports.data.ports;
    if (port === undefined) throw new Error('no port');
    const many: Measurement = {
      ...ports,
      id: 'many',
      data: { ...ports.data, ports: Array.from({ length: 20_000 }, (_, index) => ({ ...port, port: index + 1, banner: 'x'.repeat(200) })) },
    };
    const long = Array.from(
      { length: 60 },
      (_, index): Measurement => ({ ...latency, id: `long ${index}`, data: { ...latency.data, samples: course(600, 0, 300) } }),
    );
    const checks = Array.from({ length: 3000 }, (_, index) =>
      check(`l4.port@${index}`, { layer: 4, title: `TCP ${index}`, status: index === 2999 ? 'fail' : 'pass', observed: 'x'.repeat(5000) }),
    );
    const source = renderHtml({ ...report, verdict: 'fail', checks, measurements: [first, many, ...long] });
    expect(source.length).toBeLessThan(4_000_000);
    expect(source).toContain('2500 more checks are in the JSON report.');
    expect(source).toContain('TCP 2999');
    expect(source).toContain('36 more are not drawn');
    expect(source).toContain('… (3000 more characters)');
    expect(readPage(source).errors).toEqual([]);
  });

  const TAGS =
    /^(?:html|head|meta|title|style|body|a|header|h[1-4]|p|main|section|span|details|summary|pre|nav|ul|li|article|code|small|strong|table|caption|thead|tbody|tr|th|td|div|dl|dt|dd|figure|figcaption|svg|desc|path|rect|circle|text|time|footer|br)$/;

  it('lets no text of a peer become anything but text', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 2 }), (texts) => {
        const source = renderHtml(reportOf(texts));
        expect(unseenCharacter(source)).toBeNull();
        const { elements, errors } = readPage(source);
        expect(errors).toEqual([]);
        for (const { tagName, attrs } of elements) {
          expect(tagName).toMatch(TAGS);
          for (const { name, value } of attrs) {
            expect(name).toMatch(/^(?:[a-z]+|aria-[a-z]+|data-title|http-equiv|text-anchor|viewBox|stroke-width)$/);
            expect(name).not.toMatch(/^(?:on.*|style|src)$/);
            if (name === 'href') expect(value).toMatch(/^#[a-z]+(?:-\d+)?$/);
            if (name === 'id' || name === 'class') expect(value).toMatch(/^[a-z][a-z0-9 -]*$/);
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});
