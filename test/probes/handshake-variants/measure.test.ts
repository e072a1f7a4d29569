import { describe, expect, it } from 'vitest';
import { failed, measured } from '../../../src/model/attempt.js';
import { handshakeVariantsData } from '../../../src/model/data/handshake-variants.js';
import type { HelloOptions, HelloReply } from '../../../src/net/port.js';
import { VARIANTS, variantHello } from '../../../src/probes/handshake-variants/hello.js';
import { judgeHandshakeVariants } from '../../../src/probes/handshake-variants/judge.js';
import { measureHandshakeVariants } from '../../../src/probes/handshake-variants/measure.js';
import { handshakeVariantsLines } from '../../../src/render/handshake-variants-text.js';
import { fakeNetwork } from '../../fakes/network.js';

const PLAN = { address: '192.0.2.10', port: 443, servername: 'app.example.net', timeoutMs: 1000, origin: {} };
const NOISE = new Uint8Array(96).fill(7);

/** A fatal alert: unrecognized_name. */
const ALERT = Uint8Array.of(21, 3, 3, 0, 2, 2, 112);

async function measure(answer: (options: HelloOptions) => HelloReply, servername: string | null = PLAN.servername) {
  const network = fakeNetwork({});
  Object.assign(network.hellos, { exchange: async (options: HelloOptions) => measured(answer(options)) });
  const made = await measureHandshakeVariants({ ...PLAN, servername }, { network, signal: new AbortController().signal });
  handshakeVariantsData.parse(made.data);
  return made;
}

const says = (options: HelloOptions, text: string) => Buffer.from(options.hello).includes(text);

describe('hellos', () => {
  it('have the name or another one, or none, and the large one is longer than a packet', () => {
    const text = (name: (typeof VARIANTS)[number]) => Buffer.from(variantHello(name, 'app.example.net', NOISE)).toString('latin1');
    expect(text('usual')).toContain('app.example.net');
    expect(text('without-name')).not.toContain('app.example.net');
    expect(text('other-name')).toContain('example.com');
    expect(text('other-name')).not.toContain('app.example.net');
    expect(text('large').length).toBeGreaterThan(1500);
    expect(text('usual').length).toBeLessThan(400);
  });

  it('are as long as their records and messages say', () => {
    for (const name of VARIANTS.filter((one) => one !== 'plain')) {
      const hello = Buffer.from(variantHello(name, 'app.example.net', NOISE));
      expect(hello.readUInt16BE(3)).toBe(hello.length - 5);
      expect(hello.readUIntBE(6, 3)).toBe(hello.length - 9);
    }
  });
});

describe('measuring handshakes in several shapes', () => {
  it('tells a filter by name from a server', async () => {
    const made = await measure((options) =>
      says(options, 'app.example.net') || says(options, 'HEAD')
        ? { received: new Uint8Array(0), ended: 'silent' }
        : { received: ALERT, ended: 'enough' },
    );
    expect(made.data.variants.map(({ name, outcome, detail }) => [name, outcome, detail])).toEqual([
      ['usual', 'silent', null],
      ['large', 'silent', null],
      ['without-name', 'alert', 'unrecognized_name'],
      ['other-name', 'alert', 'unrecognized_name'],
      ['tls12', 'silent', null],
      ['plain', 'silent', null],
    ]);
    const [check] = judgeHandshakeVariants({
      ...made,
      id: 'm1',
      probe: 'handshake-variants',
      target: 'app.example.net:443',
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 1,
      stalledMs: 0,
      attempt: { kind: 'measured' },
    });
    expect(check).toMatchObject({ id: 'l6.variants@app.example.net:443', status: 'pass' });
    expect(handshakeVariantsLines(made.data)[0]).toContain('without a name: turned down, unrecognized_name');
  });

  it('knows HTTP, other protocols, and ends without a word', async () => {
    const made = await measure((options) => {
      if (says(options, 'HEAD')) return { received: Buffer.from('HTTP/1.1 400 Bad Request\r\n'), ended: 'enough' };
      if (says(options, 'example.com')) return { received: Buffer.from('SSH-2.0-x\r\n'), ended: 'enough' };
      return { received: new Uint8Array(0), ended: options.hello.length > 1500 ? 'reset' : 'closed' };
    });
    expect(made.data.variants.map(({ outcome }) => outcome)).toEqual(['closed', 'reset', 'closed', 'other', 'closed', 'http']);
    expect(made.data.variants.at(-1)).toMatchObject({ name: 'plain', detail: '400' });
  });

  it('leaves the shapes of names out where the target has none', async () => {
    const made = await measure(() => ({ received: ALERT, ended: 'enough' }), null);
    expect(made.data.variants.map(({ name }) => name)).toEqual(['usual', 'large', 'tls12', 'plain']);
  });

  it('takes a reset at the connect for one, and a refusal for no connection', async () => {
    const network = fakeNetwork({});
    const codes = ['ECONNRESET', 'ECONNREFUSED'];
    let count = 0;
    Object.assign(network.hellos, { exchange: async () => failed('connect', codes[count++ % 2] ?? '', 'it failed') });
    const made = await measureHandshakeVariants(PLAN, { network, signal: new AbortController().signal });
    expect(made.data.variants.map(({ outcome }) => outcome).slice(0, 2)).toEqual(['reset', 'unconnected']);
  });
});
