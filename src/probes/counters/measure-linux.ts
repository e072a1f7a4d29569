import { type Attempt, measured, reasonOf, skipped, unavailable } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { Clock, LocalSystem } from '../../net/port.js';
import {
  buildLinkStatisticsRequest,
  buildQueueStatisticsRequest,
  parseLinkStatistics,
  parseProcDevCounters,
  parseQueueStatistics,
} from '../../wire/linux/link-statistics.js';
import { parseListenQueues } from '../../wire/linux/listen-queues.js';
import { parseProtocolCounters, parseProtocolCounters6, parseSoftnetCounters } from '../../wire/linux/protocol-counters.js';
import type { Parsed } from '../../wire/parsed.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { interfacesInUse, PROTOCOL_COUNTERS } from './plan.js';
import { growth, LINKS_BY_NETLINK, type Reading, SOFTNET } from './reading.js';

type Data = DataOf<'counters'>;
type Absences = Data['absent'];

const DEVICES = '/proc/net/dev';
const PROTOCOL_FILES = [
  { path: '/proc/net/snmp', parse: parseProtocolCounters, optional: false },
  { path: '/proc/net/netstat', parse: parseProtocolCounters, optional: false },
  // A kernel without IPv6 has none.
  { path: '/proc/net/snmp6', parse: parseProtocolCounters6, optional: true },
] as const;

const REPORTED: ReadonlySet<string> = new Set(PROTOCOL_COUNTERS);

export async function measureLinuxCounters(
  { options, host, targets, othersDone }: MachineCircumstances,
  { network, signal }: MeasureContext,
): Promise<Observation<'counters'>> {
  const { local, clock } = network;
  const absent: Absences = [];
  const [first, radios] = await Promise.all([read(local, clock, signal, absent), radioNames(local)]);
  await Promise.all([othersDone, clock.sleep(options.windowMs, signal)]);
  const second = signal.aborted ? null : await read(local, clock, signal, []);

  // In the order in which the run itself knew them: asked for before, this would wait for the resolvers.
  const inUse = interfacesInUse(await targets(), host);
  const isAsked = (name: string) => options.scope === 'all' || inUse.has(name);
  const grown = growth(first, second, { isAsked, inUse, radios });
  const overflowed =
    options.scope === 'all' && second !== null && grown.protocols.some(({ name, total }) => name === OVERFLOWS && total > 0);
  const fullListenQueues = overflowed ? await fullQueues(local, signal, absent) : null;
  // Beside the measurements of targets, what stood still is no news.
  const protocols = options.scope === 'all' ? grown.protocols : grown.protocols.filter(({ delta }) => delta !== 0);
  const data = { ...grown, protocols, fullListenQueues, absent: [...absent, ...grown.absent] };
  const attempt: Attempt<null> =
    second === null
      ? skipped('interrupted')
      : data.links.length + grown.protocols.length === 0
        ? unavailable('file', 'the system shows no counters')
        : measured(null);
  return { attempt, method: 'system', data };
}

const OVERFLOWS = 'TcpExtListenOverflows';

async function read(local: LocalSystem, clock: Clock, signal: AbortSignal, absent: Absences): Promise<Reading> {
  const startMs = clock.nowMs();
  const [links, queues, processors, ...protocols] = await Promise.all([
    readLinks(local, signal, absent),
    readQueues(local, signal, absent),
    readFile(local, SOFTNET, parseSoftnetCounters, absent),
    ...PROTOCOL_FILES.map(async ({ path, parse, optional }) => {
      const counters = await readFile(local, path, parse, optional ? [] : absent);
      if (counters === null) return [];
      return [{ source: path, counters: new Map([...counters].filter(([name]) => REPORTED.has(name))) }];
    }),
  ]);
  return { atMs: (startMs + clock.nowMs()) / 2, links, queues, processors, protocols: protocols.flat() };
}

async function readLinks(local: LocalSystem, signal: AbortSignal, absent: Absences): Promise<Reading['links']> {
  const answer = await local.netlink('route', buildLinkStatisticsRequest(), signal);
  if (answer.kind === 'measured') {
    const list = answer.value.map(parseLinkStatistics).flatMap((link) => (link.ok ? [link.value] : []));
    if (list.length > 0) return { source: LINKS_BY_NETLINK, list };
  }
  const list = await readFile(local, DEVICES, parseProcDevCounters, absent);
  if (list === null) return null;
  const because = answer.kind === 'measured' ? 'the kernel lists no link' : reasonOf(answer);
  absent.push({
    fact: 'missed, overrun, CRC, frame, length and carrier errors',
    because: `${DEVICES} sums them up; rtnetlink: ${because}`,
  });
  return { source: DEVICES, list };
}

async function readQueues(local: LocalSystem, signal: AbortSignal, absent: Absences): Promise<Reading['queues']> {
  const answer = await local.netlink('route', buildQueueStatisticsRequest(), signal);
  if (answer.kind === 'measured') return answer.value.map(parseQueueStatistics).flatMap((queue) => (queue.ok ? [queue.value] : []));
  absent.push({ fact: 'drops of the queues in front of the links', because: reasonOf(answer) });
  return null;
}

async function readFile<T>(local: LocalSystem, path: string, parse: (text: string) => Parsed<T>, absent: Absences): Promise<T | null> {
  const text = await local.file(path);
  if (text.kind !== 'measured') {
    absent.push({ fact: path, because: reasonOf(text) });
    return null;
  }
  const content = parse(text.value);
  if (content.ok) return content.value;
  absent.push({ fact: path, because: `${path} holds nonsense: ${content.refusal}` });
  return null;
}

/** The interfaces that are radios; `null` where the system shows no folder of interfaces. */
async function radioNames(local: LocalSystem): Promise<ReadonlySet<string> | null> {
  const names = await local.entries('/sys/class/net');
  if (names.kind !== 'measured') return null;
  const marks = await Promise.all(names.value.slice(0, 1024).map((name) => local.exists(`/sys/class/net/${name}/phy80211`)));
  return new Set(names.value.filter((_, index) => marks[index] === true));
}

async function fullQueues(local: LocalSystem, signal: AbortSignal, absent: Absences): Promise<Data['fullListenQueues']> {
  const args = ['-Hltn'];
  const source = `ss ${args.join(' ')}`;
  const ran = await local.tool({ file: 'ss', args, signal });
  const because =
    ran.kind !== 'measured'
      ? reasonOf(ran)
      : ran.value.exitCode !== 0
        ? `${source} ended with status ${ran.value.exitCode ?? 'none'}`
        : null;
  const queues = ran.kind === 'measured' && because === null ? parseListenQueues(ran.value.stdout) : null;
  if (queues?.ok === true) {
    // The kernel takes one more than the limit (sk_acceptq_is_full).
    return queues.value.filter(({ waiting, limit }) => waiting > limit).map((queue) => ({ ...queue, source }));
  }
  absent.push({ fact: 'which listen queues are full', because: because ?? `${source} said nonsense: ${queues?.refusal ?? ''}` });
  return null;
}
