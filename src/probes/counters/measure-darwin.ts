import { type Attempt, measured, skipped, unavailable } from '../../model/attempt.js';
import { readDarwinCounters } from '../../net/machine/darwin-machine.js';
import { readTool, whyNot } from '../../net/machine/local-facts.js';
import type { Clock, LocalSystem } from '../../net/port.js';
import { type DarwinTcpStatistics, parseTcpStatistics } from '../../wire/darwin/counters.js';
import { LINK_COUNTERS, type LinkCounters } from '../../wire/linux/link-statistics.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { interfacesInUse } from './plan.js';
import { growth, type Reading } from './reading.js';

type Absences = Observation<'counters'>['data']['absent'];

const LINKS = 'netstat -ibdn';
const TCP = 'netstat -s -p tcp';

/** Counters of links and of TCP, at the beginning and at the end of the run. */
export async function measureDarwinCounters(
  { options, host, targets, othersDone }: MachineCircumstances,
  { network, signal }: MeasureContext,
): Promise<Observation<'counters'>> {
  const { local, clock } = network;
  const absent: Absences = [];
  const first = await read(local, clock, signal, absent);
  await Promise.all([othersDone, clock.sleep(options.windowMs, signal)]);
  const second = signal.aborted ? null : await read(local, clock, signal, []);
  const used = options.scope === 'path' ? interfacesInUse(await targets(), host) : null;
  const radios = new Set(host.interfaces.filter(({ kind }) => kind === 'wireless').map(({ name }) => name));
  const grown = growth(first, second, { isAsked: (name) => used === null || used.has(name), radios });
  const protocols = options.scope === 'all' ? grown.protocols : grown.protocols.filter(({ delta }) => delta !== 0);
  absent.push({ fact: 'queues, processors and listen queues', because: 'macOS shows no counters of them' });
  absent.push({ fact: 'other counters of protocols', because: 'on macOS they are not read' });
  const data = { ...grown, protocols, fullListenQueues: null, absent: [...absent, ...grown.absent] };
  const attempt: Attempt<null> =
    second === null
      ? skipped('interrupted')
      : data.links.length + grown.protocols.length === 0
        ? unavailable('tool', 'netstat shows no counters')
        : measured(null);
  return { attempt, method: 'system', data };
}

async function read(local: LocalSystem, clock: Clock, signal: AbortSignal, absent: Absences): Promise<Reading> {
  const startMs = clock.nowMs();
  const [links, tcp] = await Promise.all([
    readDarwinCounters(local, signal),
    readTool(local, { file: 'netstat', args: ['-s', '-p', 'tcp'] }, signal, (text) =>
      text.startsWith('tcp:') ? parseTcpStatistics(text) : null,
    ),
  ]);
  if (links.kind !== 'measured') absent.push({ fact: 'counters of links', because: whyNot(links) });
  if (tcp.kind !== 'measured') absent.push({ fact: 'counters of TCP', because: whyNot(tcp) });
  return {
    atMs: (startMs + clock.nowMs()) / 2,
    links:
      links.kind !== 'measured'
        ? null
        : {
            source: LINKS,
            list: links.value.map((link) => ({
              interface: link.interface,
              index: null,
              counters: {
                ...NONE,
                rxPackets: link.receivedPackets,
                rxBytes: link.receivedBytes,
                rxErrors: link.receiveErrors,
                txPackets: link.sentPackets,
                txBytes: link.sentBytes,
                txErrors: link.sendErrors,
                txDropped: link.sendDropped,
                collisions: link.collisions,
              },
            })),
          },
    queues: null,
    processors: null,
    protocols: tcp.kind === 'measured' ? [{ source: TCP, counters: namedAsLinux(tcp.value) }] : [],
  };
}

const NONE = Object.fromEntries(LINK_COUNTERS.map((name) => [name, null])) as LinkCounters;

/** By the names of nstat(8), of those whose meaning is the same. Linux does not count what it sends again among the segments sent. */
function namedAsLinux(tcp: DarwinTcpStatistics): Map<string, number> {
  const sent = tcp.sentPackets === null || tcp.retransmittedPackets === null ? null : tcp.sentPackets - tcp.retransmittedPackets;
  const named: readonly [string, number | null][] = [
    ['TcpActiveOpens', tcp.connectionAttempts],
    ['TcpPassiveOpens', tcp.connectionsAccepted],
    ['TcpInSegs', tcp.receivedPackets],
    ['TcpOutSegs', sent],
    ['TcpRetransSegs', tcp.retransmittedPackets],
    ['TcpExtTCPOrigDataSent', tcp.sentDataPackets],
    ['TcpExtTCPTimeouts', tcp.retransmissionTimeouts],
    ['TcpExtListenOverflows', tcp.listenQueueOverflows],
  ];
  return new Map(named.flatMap(([name, value]) => (value === null || value < 0 ? [] : [[name, value] as const])));
}
