import { describe, expect, it } from 'vitest';
import { dnsTraceLines, dnsTraceTable } from '../../src/render/dns-trace-table.js';
import { Layout } from '../../src/render/layout.js';
import { paletteFor } from '../../src/render/paint.js';
import { planFor, ROOT, TEST, walk, world, ZONE } from '../probes/dns-trace/world.js';

const shown = (trace: ReturnType<typeof walk>['trace'], width = 80, unicode = true) =>
  dnsTraceTable(trace, new Layout({ width, unicode }), paletteFor(0), 2);

describe('a walk on the screen', () => {
  it('is a tree of zones, with what each server said', () => {
    const { trace } = walk(
      world({ '127.0.0.5': { zones: { 'zone.test': ZONE.replace('2026112201', '7') }, tcp: 'refused' } }),
      planFor('www.zone.test'),
    );
    expect(dnsTraceLines(trace.data)).toEqual(['www.zone.test A: 192.0.2.81 · 3 zones, 21 questions · given root hints, port 5300']);
    expect(shown(trace)).toEqual([
      '  the root · from the root hints · → test',
      '    a.root  127.0.0.2  refers                                          1.00 ms',
      '  test · DS · → zone.test',
      '    ns.test  127.0.0.3  refers                                         1.00 ms',
      '  zone.test · no DS',
      '    ns1.zone.test  127.0.0.4  answers, serial 2026112201               1.00 ms',
      '    ns2.zone.test  127.0.0.5  answers, serial 7, TCP refused           1.00 ms',
    ]);
  });

  it('says what is wrong with servers and delegation', () => {
    const above = `${TEST.replace('ns2.zone.test A 127.0.0.5', 'ns2.zone.test A 127.0.0.99')}\n zone.test NS ns.gone.test\n zone.test NS ns3.zone.test`;
    const own = `${ZONE}\n ns3.zone.test A 127.0.0.6`;
    const { trace } = walk(
      world({
        '127.0.0.3': { zones: { test: above } },
        '127.0.0.4': { zones: { 'zone.test': own } },
        '127.0.0.5': { zones: { 'zone.test': own } },
      }),
      planFor('gone.zone.test'),
    );
    expect(dnsTraceLines(trace.data)[0]).toMatch(/^gone\.zone\.test A: NXDOMAIN for gone\.zone\.test · 3 zones/);
    const text = shown(trace).join('\n');
    expect(text).toContain('127.0.0.99  lame: silent');
    expect(text).toMatch(/ns\.gone\.test {2,}no such name/);
    expect(text).toContain('named above, not in the zone: ns.gone.test, ns3.zone.test');
    expect(text).toContain('glue missing: ns3.zone.test');
    expect(text).toContain('glue of ns2.zone.test is not its address: that is 127.0.0.5');
  });

  it('puts many servers that say the same into one line', () => {
    const names = [...'abcdef'];
    const root = `${ROOT.replace('@ NS a.root', '')}${names.map((name, index) => `\n@ NS ${name}.root\n${name}.root A 127.0.1.${index}`).join('')}`;
    const servers = Object.fromEntries(names.map((_name, index) => [`127.0.1.${index}`, { zones: { '.': root } }]));
    const hints = names.map((name, index) => ({ name: `${name}.root`, addresses: [`127.0.1.${index}`] }));
    const { trace } = walk(world(servers), planFor('www.zone.test', { rootHints: hints }));
    expect(shown(trace)[1]).toMatch(/^ {4}6 servers {2}6 addresses {2}refers, 1 ms to 1 ms$/);
  });

  it.each([40, 60, 80, 120])('keeps to %s columns, also with names of 255 octets', (width) => {
    const label = 'x'.repeat(60);
    const long = `${label}.${label}.${label}.zone.test`;
    const records = `${ZONE}\n @ NS ${long}\n ${long} A 127.0.0.5`;
    const { trace } = walk(world({ '127.0.0.4': { zones: { 'zone.test': records } } }), planFor('www.zone.test'));
    const layout = new Layout({ width, unicode: true });
    expect(layout.widest(shown(trace, width))).toBeLessThanOrEqual(width);
    expect(shown(trace, width, false).join('')).toMatch(/^[ -~]*$/);
  });

  it('of a walk that was not made is its question', () => {
    const { trace } = walk({}, planFor('www.zone.test'));
    expect(dnsTraceLines({ ...trace.data, end: null, steps: [], queries: 0, rootHints: null, port: null })).toEqual(['www.zone.test A']);
    expect(dnsTraceLines(trace.data)[0]).toMatch(/^www\.zone\.test A: no server of the root answers/);
  });
});
