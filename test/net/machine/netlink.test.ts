import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { askNetlink } from '../../../src/net/machine/netlink.js';
import { AF_NETLINK, SOCK_RAW } from '../../../src/wire/linux/abi.js';
import { buildNetlinkRequest, NLM_F_DUMP, NLM_F_DUMP_INTR, NLM_F_MULTI, NLMSG_DONE, NLMSG_ERROR } from '../../../src/wire/linux/netlink.js';
import { type FakeNativeSockets, fakeNativeSockets } from '../../fakes/native-sockets.js';

const request = buildNetlinkRequest(18, NLM_F_DUMP, 1, new Uint8Array(16));
const live = new AbortController().signal;
const errno = (number: number) => new Uint8Array(new Int32Array([-number]).buffer);

/** A socket whose answer is there as soon as it is opened; each opening takes the next answer. */
function answering(...answers: Uint8Array[][]): FakeNativeSockets {
  const sockets = fakeNativeSockets();
  const open = sockets.socket;
  sockets.socket = (...args) => {
    const descriptor = open(...args);
    const datagrams = answers[descriptor] ?? answers.at(-1) ?? [];
    sockets.opened[descriptor]?.ordinary.push(
      ...datagrams.map((bytes) => ({ bytes, control: new Uint8Array(), name: new Uint8Array(), flags: 0 })),
    );
    return descriptor;
  };
  return sockets;
}

const ask = (sockets: FakeNativeSockets, signal = live) => askNetlink(sockets, systemClock, 'route', request, signal);
const message = (type: number, flags: number, body: Uint8Array) => buildNetlinkRequest(type, flags, 1, body);

describe('a request to the kernel', () => {
  it('gives the messages of a dump, each with its header, and closes its socket', async () => {
    const one = message(16, NLM_F_MULTI, Uint8Array.of(1, 2, 3, 4));
    const two = message(16, NLM_F_MULTI, Uint8Array.of(5, 6, 7, 8));
    const sockets = answering([one, two, message(NLMSG_DONE, NLM_F_MULTI, new Uint8Array(4))]);
    expect(await ask(sockets)).toEqual({ kind: 'measured', value: [one, two] });
    expect(sockets.opened).toMatchObject([{ family: AF_NETLINK, type: SOCK_RAW, protocol: 0, closed: true }]);
    expect(sockets.opened[0]?.sent[0]?.bytes).toEqual(request);
  });

  it('gives a single answer without waiting for an end', async () => {
    const one = message(24, 0, Uint8Array.of(1, 2, 3, 4));
    expect(await ask(answering([one]))).toEqual({ kind: 'measured', value: [one] });
  });

  it('gives the errno of a refusal, also at the end of a dump', async () => {
    const refused = { kind: 'failed', code: 'ENODEV' };
    expect(await ask(answering([message(NLMSG_ERROR, 0, errno(19))]))).toMatchObject(refused);
    expect(await ask(answering([message(16, NLM_F_MULTI, new Uint8Array(4)), message(NLMSG_DONE, NLM_F_MULTI, errno(19))]))).toMatchObject(
      refused,
    );
  });

  it('asks anew where the list changed while it was made', async () => {
    const end = message(NLMSG_DONE, NLM_F_MULTI, new Uint8Array(4));
    const whole = message(16, NLM_F_MULTI, Uint8Array.of(2, 2, 2, 2));
    const sockets = answering([message(16, NLM_F_MULTI | NLM_F_DUMP_INTR, new Uint8Array(4)), end], [whole, end]);
    expect(await ask(sockets)).toEqual({ kind: 'measured', value: [whole] });
    expect(sockets.opened.map(({ closed }) => closed)).toEqual([true, true]);
  });

  it('ends without an answer, on an interrupt, on nonsense and where no socket is to be had', async () => {
    expect(await ask(answering([]))).toMatchObject({ kind: 'unanswered' });
    const aborted = AbortSignal.abort();
    expect(await ask(answering([]), aborted)).toEqual({ kind: 'skipped', because: 'interrupted' });
    expect(await ask(answering([Uint8Array.from({ length: 16 }, () => 0xff)]))).toMatchObject({ kind: 'failed', code: 'EBADMSG' });
    const none = fakeNativeSockets();
    none.refuse.set(SOCK_RAW, -1);
    expect(await ask(none)).toMatchObject({ kind: 'failed', code: 'EPERM' });
  });
});
