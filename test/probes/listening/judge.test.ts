import { describe, expect, it } from 'vitest';
import { type Attempt, unavailable } from '../../../src/model/attempt.js';
import type { DataOf, ExpectedListener, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { judgeListening } from '../../../src/probes/listening/judge.js';
import { exposureOf } from '../../../src/wire/exposure.js';

type Data = DataOf<'listening'>;
type Listener = Data['listeners'][number];

/** `5432/tcp 127.0.0.1 postgres 812`; without process and number: one that is not shown. */
function listener(text: string): Listener {
  const [port = '', address = '', process, pid] = text.split(' ');
  const [number, protocol] = port.split('/');
  return {
    port: Number(number),
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    address,
    process: process ?? null,
    pid: pid === undefined ? null : Number(pid),
    exposure: exposureOf(address),
    service: null,
  };
}

/** `5432/tcp postgres loopback`; `-` is any. */
function entry(text: string): ExpectedListener {
  const [port = '', process = '-', place = '-'] = text.split(' ');
  const [number, protocol] = port.split('/');
  return {
    port: Number(number),
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    process: process === '-' ? null : process,
    place: place === '-' ? null : place,
  };
}

function judge(listeners: string[], options: { expected?: string[]; asked?: Data['asked']; attempt?: Attempt<null> } = {}) {
  const measurement = {
    id: 'm1',
    probe: 'listening',
    target: null,
    method: 'system',
    startedAt: '2025-03-04T05:06:07.000Z',
    durationMs: 10,
    stalledMs: 0,
    attempt: options.attempt ?? { kind: 'measured' },
    data: {
      listeners: listeners.map(listener),
      asked: options.asked ?? null,
      expected: options.expected?.map(entry) ?? null,
    },
  } as MeasurementOf<'listening'>;
  return judgeListening(measurement, { policy: DEFAULT_POLICY });
}

const brief = (checks: ReturnType<typeof judge>) => checks.map(({ id, status, code, observed }) => [id, status, code, observed] as const);

const MACHINE = [
  '22/tcp 0.0.0.0 sshd 700',
  '22/tcp :: sshd 700',
  '53/udp 127.0.0.53 systemd-resolve 410',
  '5432/tcp 127.0.0.1 postgres 812',
];

describe('without a list of what should listen', () => {
  it('there is a survey, and nothing fails', () => {
    expect(brief(judge(MACHINE))).toEqual([['l4.listening', 'pass', null, '3 TCP, 1 UDP; 2 on all interfaces']]);
    expect(brief(judge([]))).toEqual([['l4.listening', 'pass', null, 'nothing listens']]);
    expect(brief(judge(['25/tcp 127.0.0.1']))[0]?.[3]).toBe('1 TCP; none on all interfaces; 1 of processes that are not shown');
  });
  it('what could not be read is a skip with the reason', () => {
    const [check, ...more] = judge([], { attempt: unavailable('socket-tables', 'darwin does not show its sockets as files') });
    expect(check).toMatchObject({
      id: 'l4.listening',
      status: 'skip',
      code: null,
      because: 'not available: darwin does not show its sockets as files',
    });
    expect(more).toEqual([]);
  });
  it('a port asked for by number is free, or in use and by whom', () => {
    const asked = [
      { first: 80, last: 80 },
      { first: 5432, last: 5432 },
      { first: 6000, last: 6100 },
    ];
    expect(brief(judge(['5432/tcp 127.0.0.1 postgres 812', '5432/udp 0.0.0.0', '6005/tcp :: node 9'], { asked }))).toEqual([
      ['l4.listening', 'pass', null, '2 TCP, 1 UDP; 2 on all interfaces; 1 of processes that are not shown'],
      ['l4.listener@80', 'pass', null, 'free'],
      ['l4.listener@5432', 'pass', null, 'in use: TCP 127.0.0.1 by postgres (812), UDP 0.0.0.0 by a process that is not shown'],
    ]);
  });
});

describe('two services on one port', () => {
  const shared = (listeners: string[]) => brief(judge(listeners)).filter(([id]) => id.startsWith('l4.sharing'));
  it.each([
    ['one with all addresses and one with its own', ['8080/tcp 0.0.0.0 node 5', '8080/tcp 127.0.0.1 java 6']],
    ['the same address, by SO_REUSEPORT', ['8080/tcp 0.0.0.0 node 5', '8080/tcp 0.0.0.0 java 6']],
    ['all addresses of each family', ['8080/tcp 0.0.0.0 node 5', '8080/tcp :: java 6']],
    ['localhost of each family', ['8080/tcp 127.0.0.1 node 5', '8080/tcp ::1 java 6']],
  ])('%s is a warning', (_, listeners) => {
    const [first, second] = listeners.map((text) => text.split(' '));
    expect(shared(listeners)).toEqual([
      ['l4.sharing@8080/tcp', 'warn', 'listener-conflict', `8080/tcp is shared: ${first?.[1]} by node (5), ${second?.[1]} by java (6)`],
    ]);
  });
  it.each([
    ['addresses of their own', ['53/tcp 127.0.0.53 systemd-resolve 5', '53/tcp 192.168.122.1 dnsmasq 6']],
    ['workers of one service', ['80/tcp 0.0.0.0 nginx 5', '80/tcp 0.0.0.0 nginx 6']],
    ['both families of one process', ['80/tcp 0.0.0.0 nginx 5', '80/tcp :: nginx 5']],
    ['two protocols', ['53/tcp 0.0.0.0 named 5', '53/udp 0.0.0.0 dnsmasq 6']],
    ['a multicast service', ['5353/udp 0.0.0.0 avahi-daemon 5', '5353/udp 0.0.0.0 chrome 6']],
    ['one that is not shown', ['80/tcp 0.0.0.0 nginx 5', '80/tcp 0.0.0.0']],
  ])('%s is none', (_, listeners) => {
    expect(shared(listeners)).toEqual([]);
  });
});

describe('a list of what should listen', () => {
  const of = (listeners: string[], ...expected: string[]) =>
    brief(judge(listeners, { expected })).filter(([id]) => id.startsWith('l4.listener'));
  it.each([
    ['as expected', '5432/tcp 127.0.0.1 postgres 8', '5432/tcp postgres loopback', 'pass', null, '127.0.0.1 by postgres (8)'],
    ['anywhere, by anybody', '5432/tcp 192.0.2.7', '5432/tcp', 'pass', null, '192.0.2.7 by a process that is not shown'],
    ['all, of one family', '80/tcp :: nginx 8', '80/tcp nginx all', 'pass', null, ':: by nginx (8)'],
    ['an address of its own', '80/tcp 192.0.2.7 nginx 8', '80/tcp - 192.0.2.7', 'pass', null, '192.0.2.7 by nginx (8)'],
    [
      'a name cut by the kernel',
      '53/udp 127.0.0.53 systemd-resolve 8',
      '53/udp systemd-resolved',
      'pass',
      null,
      '127.0.0.53 by systemd-resolve (8)',
    ],
    ['missing', '80/tcp :: nginx 8', '81/tcp', 'fail', 'port-closed', 'nothing listens on 81/tcp'],
    ['another protocol', '80/udp :: nginx 8', '80/tcp', 'fail', 'port-closed', 'nothing listens on 80/tcp'],
    ['another process', '80/tcp :: java 8', '80/tcp nginx', 'fail', 'listener-conflict', '80/tcp is held by java (8)'],
    ['a longer name', '80/tcp :: nginx2 8', '80/tcp nginx', 'fail', 'listener-conflict', '80/tcp is held by nginx2 (8)'],
    [
      'wider than loopback',
      '80/tcp 192.0.2.7 nginx 8',
      '80/tcp - loopback',
      'fail',
      'listener-exposed',
      '80/tcp listens on 192.0.2.7 by nginx (8)',
    ],
    [
      'wider than an address',
      '80/tcp 0.0.0.0 nginx 8',
      '80/tcp - 192.0.2.7',
      'fail',
      'listener-exposed',
      '80/tcp listens on 0.0.0.0 by nginx (8)',
    ],
    [
      'narrower than all',
      '80/tcp 127.0.0.1 nginx 8',
      '80/tcp - all',
      'fail',
      'port-closed',
      '80/tcp listens on 127.0.0.1 by nginx (8) only',
    ],
    [
      'at another address',
      '80/tcp 127.0.0.1 nginx 8',
      '80/tcp - 192.0.2.7',
      'fail',
      'port-closed',
      '80/tcp listens on 127.0.0.1 by nginx (8) only',
    ],
    ['whose it is cannot be seen', '80/tcp 127.0.0.1', '80/tcp nginx', 'skip', null, null],
    [
      'not shown, and too wide',
      '80/tcp 0.0.0.0',
      '80/tcp nginx loopback',
      'fail',
      'listener-exposed',
      '80/tcp listens on 0.0.0.0 by a process that is not shown',
    ],
  ] as const)('%s', (_, found, expected, status, code, observed) => {
    const port = expected.split(' ', 1)[0];
    expect(of([found], expected)).toEqual([[`l4.listener@${port}`, status, code, observed]]);
  });
  it('one listener too many on the port is enough', () => {
    const found = ['6379/tcp 127.0.0.1 redis-server 8', '6379/tcp :: redis-server 8'];
    expect(of(found, '6379/tcp redis-server loopback')[0]?.slice(1, 3)).toEqual(['fail', 'listener-exposed']);
  });
  it('two services that are both expected on one port are kept apart', () => {
    const found = ['5432/tcp 127.0.0.1 postgres 8', '5432/tcp 192.0.2.7 pgbouncer 9'];
    expect(of(found, '5432/tcp postgres loopback', '5432/tcp pgbouncer 192.0.2.7')).toEqual([
      ['l4.listener@5432/tcp:postgres@loopback', 'pass', null, '127.0.0.1 by postgres (8)'],
      ['l4.listener@5432/tcp:pgbouncer@192.0.2.7', 'pass', null, '192.0.2.7 by pgbouncer (9)'],
    ]);
    expect(
      of(found.slice(0, 1), '5432/tcp postgres loopback', '5432/tcp pgbouncer 192.0.2.7').map(([, status, code]) => [status, code]),
    ).toEqual([
      ['pass', null],
      ['fail', 'port-closed'],
    ]);
  });
  it('says what else listens to all', () => {
    const exposure = (listeners: string[], ...expected: string[]) =>
      brief(judge(listeners, { expected })).filter(([id]) => id === 'l4.exposure');
    expect(exposure([...MACHINE, '111/tcp 0.0.0.0 rpcbind 3', '111/tcp :: rpcbind 3'], '22/tcp')).toEqual([
      ['l4.exposure', 'warn', 'listener-exposed', 'on all interfaces: 111/tcp rpcbind (3)'],
    ]);
    expect(exposure(MACHINE, '22/tcp')).toEqual([['l4.exposure', 'pass', null, 'as expected']]);
    expect(exposure([...MACHINE, '40123/udp 0.0.0.0 chronyd 3'], '22/tcp')).toEqual([['l4.exposure', 'pass', null, 'as expected']]);
    expect(exposure([...MACHINE, '123/udp 0.0.0.0 chronyd 3'], '22/tcp')[0]?.[1]).toBe('warn');
  });
  it('replaces the line "in use" of the same port', () => {
    const checks = judge(['80/tcp :: nginx 8'], { expected: ['80/tcp nginx'], asked: [{ first: 80, last: 80 }] });
    expect(checks.map(({ id }) => id)).toEqual(['l4.listening', 'l4.listener@80/tcp', 'l4.exposure']);
  });
});
