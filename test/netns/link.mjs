// Links between network namespaces, in user space: for each, two TUN devices (TAP where it says `ethernet`), and the packets of one handed to the other with delay, loss
// and the rest of `impairment.mjs`. One process serves all links of a network. The configuration is JSON in the first argument:
// { "holderPid": 4711, "links": [{ "name": "a-b", "seed": 1, "ends": [{ "host": "a", "interface": "eth0", "impairment": {…} }, {…}] }] };
// an end's impairment is that of the packets which it sends. Says {"ready":true} when the devices are there, then answers lines of JSON on
// its standard input: { "id", "link", "set": { HOST: impairment }, "seed" } changes, { "id", "link" } asks for the counters.
// Ends with its standard input or with the network's holder, and the devices with it.
//
// All of it is one loop around ppoll(2) without Node's event loop: a timer of Node is a millisecond coarse, and a hop through its thread
// pool costs more than the link itself.

import { closeSync, constants, openSync, writeSync } from 'node:fs';
import koffi from 'koffi';
import { DueQueue } from './due-queue.mjs';
import { change, checkImpairment, createDirection, delivered, schedule } from './impairment.mjs';
import { tooLarge } from './too-large.mjs';

const CLONE_NEWNET = 0x40000000;
const TUNSETIFF = 0x400454ca;
const IFF_TUN_NO_PI = 0x1001;
const IFF_TAP_NO_PI = 0x1002;
/** Two addresses and the type of what follows (IEEE 802.3). */
const ETHERNET_BYTES = 14;
const MAC_BYTES = 6;
const ETHERTYPES = [0x0800, 0x86dd];
const PR_SET_TIMERSLACK = 29;
const SYS_PIDFD_OPEN = 434;
const SCHED_RR = 2;
const POLLIN = 1;
const LINK_MULTICAST = 0xff02;
const NAMESPACES = '/run/netns';
/** ppoll wakes up 50 to 100 µs late on a virtual machine: it is told to end this much early, and the rest is waited for awake. */
const AWAKE_MS = 0.12;
/** Packets of one device in one go, so that what falls due meanwhile is not late. */
const MOST_IN_ONE_GO = 32;
const FOR_EVER_MS = 3_600_000;

const library = koffi.load(null);
const setns = library.func('int setns(int, int)');
const ioctl = library.func('int ioctl(int, unsigned long, void *)');
const read = library.func('intptr_t read(int, void *, size_t)');
const write = library.func('intptr_t write(int, void *, size_t)');
const ppoll = library.func('int ppoll(void *, unsigned long, void *, void *)');
const prctl = library.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)');
const sched_setscheduler = library.func('int sched_setscheduler(int, int, void *)');
const syscall = library.func('long syscall(long, long, long)');

const configuration = JSON.parse(process.argv[2] ?? '{}');
/** One direction each: read from `descriptor`, write to `towards.descriptor`. */
const sides = [];
const links = new Map();
const due = new DueQueue();
const packet = Buffer.alloc(65_536);

function fail(message) {
  writeSync(2, `${message}\n`);
  process.exit(1);
}

function openDevice({ host, interface: name }, ethernet) {
  const namespace = openSync(`${NAMESPACES}/${host}`, 'r');
  if (setns(namespace, CLONE_NEWNET) !== 0) fail(`cannot enter the namespace of ${host}: errno ${koffi.errno()}`);
  closeSync(namespace);
  const device = openSync('/dev/net/tun', constants.O_RDWR | constants.O_NONBLOCK);
  const request = Buffer.alloc(40);
  request.write(name, 0, 15, 'latin1');
  request.writeUInt16LE(ethernet ? IFF_TAP_NO_PI : IFF_TUN_NO_PI, 16);
  if (ioctl(device, TUNSETIFF, request) !== 0) fail(`${host}: cannot make the device ${name}: errno ${koffi.errno()}`);
  return device;
}

function openLink({ name, ends, seed, ethernet = false }) {
  const [a, b] = ends.map((end, index) => ({
    host: end.host,
    descriptor: openDevice(end, ethernet),
    headerBytes: ethernet ? ETHERNET_BYTES : 0,
    direction: createDirection(end.impairment, seed + index),
  }));
  a.towards = b;
  b.towards = a;
  sides.push(a, b);
  links.set(name, [a, b]);
}

/** Reads what waits at a device and schedules it. */
function take(side) {
  for (let count = 0; count < MOST_IN_ONE_GO; count++) {
    const bytes = Number(read(side.descriptor, packet, packet.length));
    if (bytes <= 0) return;
    if (side.headerBytes > 0 || !isReportOfRouter(packet)) accept(side, packet.subarray(0, bytes));
  }
}

/** What an IPv6 router tells multicast routers of its own accord, from no address (MLD): nobody's packet here, and so not counted. */
function isReportOfRouter(bytes) {
  return bytes[0] >> 4 === 6 && bytes.readBigUInt64BE(8) === 0n && bytes.readUInt16BE(24) === LINK_MULTICAST;
}

function accept(side, bytes) {
  const now = performance.now();
  const fate = schedule(side.direction, bytes.length - side.headerBytes, now);
  if (fate.kind === 'deliver') {
    // A copy of its own: the buffer is read into again. What is due at once goes out first come, first served, behind what is due already.
    if (fate.atMs <= now && due.nextAtMs() > now) deliver(side, bytes, fate);
    else due.add(fate.atMs, { side, bytes: Buffer.from(bytes), fate });
  } else if (fate.kind === 'too-large') {
    const { mtuAnnouncedBy = [] } = side.direction.impairment;
    const header = bytes.subarray(0, side.headerBytes);
    if (header.length > 0 && !ETHERTYPES.includes(header.readUInt16BE(2 * MAC_BYTES))) return;
    const outcome = tooLarge(bytes.subarray(side.headerBytes), fate.mtuBytes, mtuAnnouncedBy);
    if (outcome === null) return;
    if ('fragments' in outcome) for (const fragment of outcome.fragments) accept(side, Buffer.concat([header, fragment]));
    else if (put(side, Buffer.concat([returned(header), outcome.answer]))) side.direction.counters.announced++;
  }
}

/** An Ethernet header with its addresses changed about; what has none stays without. */
function returned(header) {
  return Buffer.concat([header.subarray(MAC_BYTES, 2 * MAC_BYTES), header.subarray(0, MAC_BYTES), header.subarray(2 * MAC_BYTES)]);
}

function deliver(side, bytes, { copies, sequence }) {
  const accepted = put(side.towards, bytes);
  for (let copy = 1; copy < copies; copy++) put(side.towards, bytes);
  delivered(side.direction, sequence, copies, bytes.length, accepted);
}

function put(side, bytes) {
  return Number(write(side.descriptor, bytes, bytes.length)) === bytes.length;
}

function deliverDue() {
  while (due.nextAtMs() <= performance.now()) {
    const { side, bytes, fate } = due.take();
    deliver(side, bytes, fate);
  }
}

let input = '';
function obey() {
  const chunk = Buffer.alloc(65_536);
  const bytes = Number(read(0, chunk, chunk.length));
  if (bytes <= 0) process.exit(0);
  input += chunk.toString('utf8', 0, bytes);
  const lines = input.split('\n');
  input = lines.pop() ?? '';
  for (const line of lines) writeSync(1, `${JSON.stringify(answer(JSON.parse(line)))}\n`);
}

function answer({ id, link, set, seed }) {
  const ends = links.get(link);
  try {
    for (const impairment of Object.values(set ?? {})) checkImpairment(impairment);
  } catch (error) {
    return { id, error: error.message };
  }
  ends.forEach(({ host, direction }, index) => {
    if (set?.[host] !== undefined) change(direction, set[host], seed === undefined ? undefined : seed + index);
  });
  return { id, counters: Object.fromEntries(ends.map(({ host, direction }) => [host, direction.counters])) };
}

function pollTable(holder) {
  const descriptors = [0, holder, ...sides.map(({ descriptor }) => descriptor)];
  const table = Buffer.alloc(8 * descriptors.length);
  descriptors.forEach((descriptor, index) => {
    table.writeInt32LE(descriptor, 8 * index);
    table.writeInt16LE(POLLIN, 8 * index + 4);
  });
  return { table, count: descriptors.length };
}

function run(holder) {
  const { table, count } = pollTable(holder);
  const timeout = new BigInt64Array(2);
  for (;;) {
    deliverDue();
    const waitMs = Math.min(Math.max(0, due.nextAtMs() - performance.now() - AWAKE_MS), FOR_EVER_MS);
    timeout[0] = BigInt(Math.floor(waitMs / 1000));
    timeout[1] = BigInt(Math.floor((waitMs % 1000) * 1e6));
    if (ppoll(table, count, timeout, null) <= 0) continue;
    if (table.readUInt16LE(8 + 6) !== 0) process.exit(0);
    if (table.readUInt16LE(6) !== 0) obey();
    for (let index = 0; index < sides.length; index++) {
      const events = table.readUInt16LE(8 * (index + 2) + 6);
      if (events === POLLIN) take(sides[index]);
      // The device is gone, with its namespace: poll(2) passes over negative numbers.
      else if (events !== 0) table.writeInt32LE(-1, 8 * (index + 2));
    }
  }
}

try {
  const holder = Number(syscall(SYS_PIDFD_OPEN, configuration.holderPid, 0));
  if (holder < 0) fail(`there is no process ${configuration.holderPid} to end with: errno ${koffi.errno()}`);
  for (const link of configuration.links) openLink(link);
  prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
  // A line is not slower because its machine is busy: real time, which only root may have. Refused, it takes its turn like others.
  sched_setscheduler(0, SCHED_RR, new Int32Array([1]));
  writeSync(1, '{"ready":true}\n');
  run(holder);
} catch (error) {
  fail(error.message);
}
