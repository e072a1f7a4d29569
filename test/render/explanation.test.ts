import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { EXPLANATIONS, explain } from '../../src/diagnosis/explain.js';
import type { Explanation } from '../../src/diagnosis/explanation.js';
import { renderExplanation, renderExplanationList, renderMeanings } from '../../src/render/explanation.js';

const PLAIN = { width: 80, color: 0, unicode: true } as const;

function explanation(term: string): Explanation {
  const outcome = explain(term);
  if (!outcome.found) throw new Error(`${term} is not known`);
  return outcome.explanation;
}

/** What the lines say, without breaks and indents. */
function joined(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

describe('renderExplanation', () => {
  test('a whole page', () => {
    expect(renderExplanation(explanation('REFUSED'), { ...PLAIN, width: 60 })).toBe(`REFUSED  The server does not want to answer
response code of the DNS; 5; layer 7, Application

Response code 5: policy. The server does not serve this
client or this zone.

Likely causes, the likeliest first
 1. The client is not in the allowed network.
 2. The server is no resolver, and not responsible for the
    zone.
 3. A rate limit or name filter.

How to tell them apart
 - All names are refused: the client. Some: a filter, or a
   lame delegation.

What to do
 1. Use the resolver of this network, or have this client
    allowed.

See also: dns-refused
`);
  });

  test.each([40, 60, 80, 120, 300])('says everything in %i columns, and no line is longer', (width) => {
    for (const entry of EXPLANATIONS) {
      const text = renderExplanation(entry, { ...PLAIN, width });
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
      expect(text).not.toMatch(/ \n/);
      // In a narrower one the longest commands are broken.
      if (width < 80) continue;
      const said = joined(text);
      for (const part of [entry.title, entry.meaning, ...entry.causes, ...entry.tellApart, ...entry.remedies])
        expect(said).toContain(joined(part));
    }
  });

  test('a command is not broken where a line can hold it', () => {
    const text = renderExplanation(explanation('mtu-blackhole'), PLAIN);
    expect(text).toContain('`sudo ip link set dev INTERFACE mtu MTU`');
    expect(text).toContain('`netsh interface ipv4 set subinterface INTERFACE mtu=MTU store=active`');
  });

  test('colour takes the place of backticks, and nothing else changes', () => {
    for (const entry of EXPLANATIONS) {
      const colored = renderExplanation(entry, { ...PLAIN, color: 1 });
      expect(colored).toContain('\u001b[');
      expect(stripVTControlCharacters(colored)).toBe(renderExplanation(entry, PLAIN).replaceAll('`', ''));
    }
    expect(renderExplanation(explanation('mtu-blackhole'), { ...PLAIN, color: 1 })).toContain('\u001b[36mnetdiag mtu TARGET\u001b[39m');
  });

  test('without colour there is no escape sequence; without UTF-8 nothing beyond ASCII', () => {
    for (const entry of EXPLANATIONS) expect(renderExplanation(entry, { ...PLAIN, unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
  });
});

describe('renderExplanationList', () => {
  test.each([40, 80, 120])('lists every term once in %i columns, and no line is longer', (width) => {
    const text = renderExplanationList(EXPLANATIONS, { ...PLAIN, width });
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
    const terms = text.split('\n').flatMap((line) => /^ {2}([A-Za-z]\S*(?: \d+(?:\/\d+)?)?)/.exec(line)?.[1] ?? []);
    expect(terms).toEqual(EXPLANATIONS.map(({ term }) => term));
  });

  test('what a number means to several, each with what to ask for, in narrow columns too', () => {
    const outcome = explain('111');
    if (outcome.found) throw new Error('it means several things');
    for (const width of [40, 80, 120])
      for (const line of renderMeanings('"111"', outcome.meanings, { ...PLAIN, width }).split('\n'))
        expect(line.length).toBeLessThanOrEqual(width);
    expect(renderMeanings('"111"', outcome.meanings, PLAIN)).toBe(`"111" means several things. Ask for the one that is meant:

  ECONNREFUSED  Connection refused (error of the operating system; 111 on Linux,
                61 on macOS, 10061 on Windows; layer 4, Transport)
  alert 111     A certificate cannot be fetched (alert of TLS; 111; layer 6,
                Presentation)
`);
  });

  test('by layer, bottom first', () => {
    const text = renderExplanationList(EXPLANATIONS, { ...PLAIN, unicode: false });
    expect(text).toMatch(/^Layer 1-2, Link\n {2}interface-down {12}The network interface is switched off\n/);
    const headings = text.split('\n').filter((line) => /^[A-Z]/.test(line));
    expect(headings).toEqual([
      'Layer 1-2, Link',
      'Layer 3, Network',
      'Layer 4, Transport',
      'Layer 6, Presentation',
      'Layer 7, Application',
      'Errors of the operating system',
      'Response codes of the DNS',
      'Extended errors of the DNS',
      'TLS alerts',
      'Statuses of HTTP',
      'Messages of ICMP',
      'Messages of ICMPv6',
      'Error codes that profiles bring',
    ]);
  });
});
