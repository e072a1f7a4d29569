import { type Attempt, measured, skipped, unavailable } from '../../model/attempt.js';
import { readWindows, WINDOWS_SOURCE, whyUnknown } from '../../net/machine/windows-facts.js';
import { LINK_COUNTERS, type LinkCounters } from '../../wire/linux/link-statistics.js';
import { readWindowsCounters } from '../../wire/windows/settings.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { interfacesInUse } from './plan.js';
import { growth } from './reading.js';

/** Counters of links as they stood at the beginning: a second reading would take PowerShell as long again. */
export async function measureWindowsCounters(
  { options, host, targets }: MachineCircumstances,
  { network, signal }: MeasureContext,
): Promise<Observation<'counters'>> {
  const report = await readWindows(network.local, 'links', signal);
  const counters = report.kind === 'measured' ? readWindowsCounters(report.value) : null;
  const used = options.scope === 'path' ? interfacesInUse(await targets(), host) : null;
  const radios = new Set(host.interfaces.filter(({ kind }) => kind === 'wireless').map(({ name }) => name));
  const list = (counters ?? []).map((link) => ({
    interface: link.name,
    index: null,
    counters: {
      ...NONE,
      rxBytes: link.receivedBytes,
      rxErrors: link.receiveErrors,
      rxDropped: link.receiveDropped,
      txBytes: link.sentBytes,
      txErrors: link.sendErrors,
      txDropped: link.sendDropped,
    },
  }));
  const reading = {
    atMs: network.clock.nowMs(),
    links: counters === null ? null : { source: WINDOWS_SOURCE, list },
    queues: null,
    protocols: [],
    processors: null,
  };
  const grown = growth(reading, null, { isAsked: (name) => used === null || used.has(name), radios });
  const absent = [
    ...(counters === null ? [{ fact: 'counters of links', because: whyUnknown(report, 'statistics') }] : []),
    { fact: 'growth of counters', because: 'a second reading would take PowerShell as long again' },
    { fact: 'counters of protocols', because: 'netstat -s writes them in the display language' },
  ];
  const attempt: Attempt<null> = signal.aborted
    ? skipped('interrupted')
    : list.length === 0
      ? unavailable('tool', whyUnknown(report, 'statistics'))
      : measured(null);
  return { attempt, method: 'system', data: { ...grown, fullListenQueues: null, absent: [...absent, ...grown.absent] } };
}

const NONE = Object.fromEntries(LINK_COUNTERS.map((name) => [name, null])) as LinkCounters;
