import { describe, expect, it } from 'vitest';
import { loadNativeSockets } from '../../src/native/index.js';
import { Readiness } from '../../src/native/readiness.js';
import { AF_INET, POLLIN, SOCK_DGRAM } from '../../src/wire/linux/abi.js';
import { encodeSocketAddress, parseSocketAddress } from '../../src/wire/packets/socket-address.js';

const native = await loadNativeSockets();
const why = native.kind === 'absent' ? native.because : null;

describe.skipIf(why !== null)(`native sockets${why === null ? '' : ` (skipped: ${why})`}`, () => {
  if (native.kind === 'absent') return;
  const { sockets } = native;

  function boundSocket(): { descriptor: number; port: number } {
    const descriptor = sockets.socket(AF_INET, SOCK_DGRAM, 0);
    expect(descriptor).toBeGreaterThan(2);
    expect(sockets.bind(descriptor, encodeSocketAddress('127.0.0.1', 0))).toBe(0);
    const local = sockets.localAddress(descriptor);
    if (typeof local === 'number') throw new Error(`getsockname ${local}`);
    const address = parseSocketAddress(local);
    if (!address.ok) throw new Error(address.refusal);
    return { descriptor, port: address.value.port };
  }

  it('carry a datagram, of the largest size too, and say when a queue is empty', () => {
    const { descriptor, port } = boundSocket();
    const sender = boundSocket();
    for (const size of [0, 1, 1472, 65_507]) {
      const payload = new Uint8Array(size).fill(7);
      expect(sockets.sendTo(sender.descriptor, payload, encodeSocketAddress('127.0.0.1', port))).toBe(size);
      const message = sockets.receive(descriptor, 'ordinary');
      if (typeof message === 'number') throw new Error(`recvmsg ${message}`);
      expect(Buffer.compare(message.bytes, payload)).toBe(0);
      expect(parseSocketAddress(message.name)).toMatchObject({ ok: true, value: { address: '127.0.0.1', port: sender.port } });
    }
    expect(sockets.receive(descriptor, 'ordinary')).toBe(-11);
    expect(sockets.receive(descriptor, 'error')).toBe(-11);
    sockets.close(descriptor);
    sockets.close(sender.descriptor);
  });

  it('give errors as negative numbers', () => {
    expect(sockets.close(99_999)).toBeUndefined();
    expect(sockets.receive(99_999, 'ordinary')).toBe(-9);
    expect(sockets.sendTo(99_999, new Uint8Array(1), null)).toBe(-9);
    expect(sockets.socket(999, 1, 0)).toBe(-97);
    expect(sockets.getOption(99_999, 1, 4, 4)).toBe(-9);
  });

  it('do not wake the next owner of a number for what its last one waited for', async () => {
    const readiness = new Readiness(sockets);
    const [first, sender] = [boundSocket(), boundSocket()];
    const woken: string[] = [];
    readiness.watch(first.descriptor, POLLIN, () => woken.push('first'));
    await new Promise((resolve) => setTimeout(resolve, 30));
    sockets.sendTo(sender.descriptor, new Uint8Array(3), encodeSocketAddress('127.0.0.1', first.port));
    // The poll returns meanwhile, on its thread, and is heard of only afterwards.
    const until = performance.now() + 30;
    while (performance.now() < until);
    readiness.unwatch(first.descriptor);
    sockets.close(first.descriptor);
    const next = boundSocket();
    expect(next.descriptor).toBe(first.descriptor);
    readiness.watch(next.descriptor, POLLIN, () => woken.push('next'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    readiness.unwatch(next.descriptor);
    expect(woken).toEqual([]);
    for (const { descriptor } of [next, sender]) sockets.close(descriptor);
  });

  it('wake the waiter when something arrives, for each socket its own, and no more once unwatched', async () => {
    const readiness = new Readiness(sockets);
    const [first, second, sender] = [boundSocket(), boundSocket(), boundSocket()];
    const arrived: string[] = [];
    const take = (name: string, descriptor: number) => () => {
      while (typeof sockets.receive(descriptor, 'ordinary') !== 'number') arrived.push(name);
    };
    readiness.watch(first.descriptor, POLLIN, take('first', first.descriptor));
    readiness.watch(second.descriptor, POLLIN, take('second', second.descriptor));
    sockets.sendTo(sender.descriptor, new Uint8Array(3), encodeSocketAddress('127.0.0.1', second.port));
    await expect.poll(() => arrived, { timeout: 2000 }).toEqual(['second']);

    readiness.unwatch(second.descriptor);
    sockets.sendTo(sender.descriptor, new Uint8Array(3), encodeSocketAddress('127.0.0.1', second.port));
    sockets.sendTo(sender.descriptor, new Uint8Array(3), encodeSocketAddress('127.0.0.1', first.port));
    await expect.poll(() => arrived, { timeout: 2000 }).toEqual(['second', 'first']);

    readiness.unwatch(first.descriptor);
    for (const { descriptor } of [first, second, sender]) sockets.close(descriptor);
  });

  it('open and close a thousand sockets without running out', () => {
    for (let round = 0; round < 1000; round++) {
      const descriptor = sockets.socket(AF_INET, SOCK_DGRAM, 0);
      expect(descriptor).toBeGreaterThan(0);
      sockets.close(descriptor);
    }
  });
});
