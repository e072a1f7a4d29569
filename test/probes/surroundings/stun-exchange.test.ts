import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { measured } from '../../../src/model/attempt.js';
import { systemClock } from '../../../src/net/clock.js';
import { createUdp } from '../../../src/net/packets/udp.js';
import { askStunServer } from '../../../src/probes/surroundings/stun-exchange.js';
import { openHandles, unusedUdpPort } from '../../fakes/dns-server.js';
import { fakeNetwork } from '../../fakes/network.js';

type Answers = (request: Buffer, from: RemoteInfo, index: number) => Buffer[];

async function serve(answers: Answers): Promise<number> {
  const socket = createSocket('udp4');
  let index = 0;
  socket.on('message', (request, from) => {
    for (const answer of answers(request, from, index++)) socket.send(answer, from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return socket.address().port;
}

/** An honest answer: the address and port that the request came from, XORed. */
function honest(request: Buffer, { address, port }: { address: string; port: number }): Buffer {
  const answer = Buffer.alloc(32);
  answer.writeUInt16BE(0x0101, 0);
  answer.writeUInt16BE(12, 2);
  request.copy(answer, 4, 4, 20);
  answer.writeUInt16BE(0x0020, 20);
  answer.writeUInt16BE(8, 22);
  answer.writeUInt16BE(0x0001, 24);
  answer.writeUInt16BE(port ^ 0x2112, 26);
  answer.writeUInt32BE((address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0) ^ 0x2112a442) >>> 0, 28);
  return answer;
}

function ask(port: number, fields: { timeoutMs?: number; signal?: AbortSignal; addresses?: string[] } = {}) {
  const base = fakeNetwork();
  const network = {
    ...base,
    clock: systemClock,
    udp: createUdp(systemClock),
    names: {
      ...base.names,
      resolve: async () => ({ outcome: measured({ addresses: fields.addresses ?? ['127.0.0.1'], elapsedMs: 0 }), queries: [] }),
    },
  };
  return askStunServer(
    { host: 'stun.example.net', port },
    {
      network,
      origin: {},
      timeoutMs: fields.timeoutMs ?? 2000,
      localAddresses: new Set(['127.0.0.1']),
      signal: fields.signal ?? new AbortController().signal,
    },
  );
}

const altered = (answer: Buffer, at: number, value: number) => {
  const copy = Buffer.from(answer);
  copy[at] = value;
  return copy;
};

describe('a STUN server', () => {
  it('that sees this machine as it is', async () => {
    const port = await serve((request, from) => [honest(request, from)]);
    const { outside, failure } = await ask(port);
    expect(failure).toBeNull();
    expect(outside).toMatchObject([{ family: 4, server: '127.0.0.1', address: '127.0.0.1', isLocal: true, portKept: true, because: null }]);
    expect(outside[0]?.local).toBe('127.0.0.1');
    expect(outside[0]?.port).toBe(outside[0]?.localPort);
  });

  it('that sees another address and port', async () => {
    const port = await serve((request) => [honest(request, { address: '198.51.100.7', port: 61_000 })]);
    const [seen] = (await ask(port)).outside;
    expect(seen).toMatchObject({ address: '198.51.100.7', port: 61_000, isLocal: false, kind: 'documentation' });
    expect(seen?.portKept).toBe(seen?.localPort === 61_000);
  });

  it('whose first answer is lost is asked again', async () => {
    const port = await serve((request, from, index) => (index === 0 ? [] : [honest(request, from)]));
    expect((await ask(port, { timeoutMs: 400 })).outside).toMatchObject([{ address: '127.0.0.1' }]);
  });

  it.each<[string, (answer: Buffer) => Buffer, string]>([
    ['with the id of another request', (answer) => altered(answer, 19, (answer[19] ?? 0) ^ 1), 'another request'],
    ['that is cut off', (answer) => answer.subarray(0, 27), 'behind its header'],
    ['with an attribute beyond its end', (answer) => altered(answer, 23, 200), 'longer than the message'],
    ['of another protocol', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'no STUN message'],
    ['without an address', (answer) => altered(answer, 21, 0x7f), 'no address'],
  ])('has a wrong answer %s not counted, and the right one behind it is', async (_name, spoil, words) => {
    const both = await serve((request, from) => [spoil(honest(request, from)), honest(request, from)]);
    expect((await ask(both)).outside).toMatchObject([{ address: '127.0.0.1', because: null }]);
    const wrong = await serve((request, from) => [spoil(honest(request, from))]);
    const [seen] = (await ask(wrong, { timeoutMs: 120 })).outside;
    expect(seen?.address).toBeNull();
    expect(seen?.because).toContain(words);
  });

  it('that floods is bounded', async () => {
    const port = await serve((_request, _from) => Array.from({ length: 200 }, (_, index) => Buffer.alloc(20 + index, index)));
    const [seen] = (await ask(port, { timeoutMs: 150 })).outside;
    expect(seen?.because?.length).toBeLessThan(400);
  });

  it('that refuses says why', async () => {
    const port = await serve((request) => {
      const answer = Buffer.concat([
        Buffer.from('01110008', 'hex'),
        request.subarray(4, 20),
        Buffer.from('00090004', 'hex'),
        Buffer.from('00000414', 'hex'),
      ]);
      return [answer];
    });
    expect((await ask(port)).outside).toMatchObject([{ address: null, because: 'it refuses: 420' }]);
  });

  it('that is not there says so, and leaves nothing behind', async () => {
    const before = openHandles();
    const [seen] = (await ask(await unusedUdpPort(), { timeoutMs: 200 })).outside;
    expect(seen?.address).toBeNull();
    expect(seen?.because).toMatch(/refused|no answer/i);
    expect(openHandles()).toEqual(before);
  });

  it('is not waited for after an interrupt', async () => {
    const port = await serve(() => []);
    const controller = new AbortController();
    const asked = ask(port, { timeoutMs: 30_000, signal: controller.signal });
    controller.abort();
    expect((await asked).outside).toMatchObject([{ address: null, because: 'interrupted' }]);
  });

  it('is asked over both families at once, each for itself', async () => {
    const port = await serve((request, from) => [honest(request, from)]);
    const { outside } = await ask(port, { addresses: ['127.0.0.1', '::1'], timeoutMs: 200 });
    expect(outside.map(({ family, address }) => [family, address])).toEqual([
      [4, '127.0.0.1'],
      [6, null],
    ]);
  });
});
