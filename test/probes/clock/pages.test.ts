import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { NO_PROXIES } from '../../../src/model/proxy-environment.js';
import { openNetwork } from '../../../src/net/real.js';
import { askDatePages } from '../../../src/probes/clock/pages.js';

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/time?token=secret`;
}

async function ask(...urls: string[]) {
  const network = await openNetwork();
  open.push(network);
  return askDatePages(urls, { timeoutMs: 800, origin: {}, proxies: NO_PROXIES }, { network, signal: new AbortController().signal });
}

const dated =
  (offsetMs: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.sendDate = false;
    response.writeHead(302, { location: '/elsewhere', date: new Date(Date.now() + offsetMs).toUTCString(), ...headers });
    response.end();
  };

describe('pages that are asked for their Date', () => {
  it('tell the time to about a second, whatever their status is; their query stays hidden', async () => {
    const [page] = await ask(await serve(dated(7_200_000)));
    expect(page?.clock?.uncertaintyMs).toBeLessThan(800);
    expect(Math.abs((page?.clock?.offsetMs ?? 0) - 7_200_000)).toBeLessThanOrEqual((page?.clock?.uncertaintyMs ?? 0) + 1);
    expect(page).toMatchObject({ address: '127.0.0.1', because: null });
    expect(page?.url).not.toContain('secret');
  });

  it('are asked by HEAD, once, and not by way of a cache', async () => {
    const asked: [string | undefined, string | undefined][] = [];
    await ask(
      await serve((request, response) => {
        asked.push([request.method, request.headers['cache-control']]);
        response.end();
      }),
    );
    expect(asked).toEqual([['HEAD', 'no-cache']]);
  });

  it('that a cache kept say how long ago they were made', async () => {
    const [page] = await ask(await serve(dated(-3_600_000, { age: '3600' })));
    expect(page?.clock).toMatchObject({ ageSeconds: 3600 });
    expect(Math.abs(page?.clock?.offsetMs ?? 9e9)).toBeLessThanOrEqual((page?.clock?.uncertaintyMs ?? 0) + 1);
  });

  it.each<[string, RequestListener, RegExp]>([
    [
      'have none',
      (_, response) => {
        response.sendDate = false;
        response.end();
      },
      /no Date field/,
    ],
    [
      'have nonsense there',
      (_, response) => {
        response.sendDate = false;
        response.setHeader('date', 'Sun, 99 Foo 2026 00:00:00 GMT');
        response.end();
      },
      /no Date field/,
    ],
    ['hang', () => {}, /no answer within/],
  ])('that %s tell no time', async (_, listener, because) => {
    expect(await ask(await serve(listener))).toMatchObject([{ clock: null, because: expect.stringMatching(because) }]);
  });

  it('that nobody serves say why, beside those that answer', async () => {
    const [gone, there] = await ask('http://127.0.0.1:9/', await serve(dated(0)));
    expect(gone).toMatchObject({ clock: null, because: expect.stringMatching(/refused/) });
    expect(there?.clock).not.toBeNull();
  });
});
