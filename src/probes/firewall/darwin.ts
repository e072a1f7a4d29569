import { type Attempt, measured } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { readTool, whyNot } from '../../net/machine/local-facts.js';
import type { LocalSystem } from '../../net/port.js';
import { type DarwinFirewall, parseApplicationFirewall } from '../../wire/darwin/settings.js';

type Managers = DataOf<'firewall'>['managers'];

const TOOL = '/usr/libexec/ApplicationFirewall/socketfilterfw';

/** What is known of the filters of macOS: the application firewall, which decides program by program. Those of pf are shown to root alone. */
export async function readDarwinFirewall(
  local: LocalSystem,
  signal: AbortSignal,
): Promise<{ attempt: Attempt<null>; managers: Managers; absent: DataOf<'firewall'>['absent'] }> {
  const read = await readTool(local, { file: TOOL, args: ['--getglobalstate', '--getblockall', '--getstealthmode'] }, signal, (text) => {
    const firewall = parseApplicationFirewall(text);
    return firewall.enabled === null ? null : firewall;
  });
  const absent = [{ fact: 'rules', because: 'macOS shows the rules of pf to root alone' }];
  if (read.kind !== 'measured') {
    absent.push({ fact: 'application firewall', because: whyNot(read) });
    return { attempt: read, managers: [], absent };
  }
  const { enabled, blocksAll, stealth } = read.value;
  if (blocksAll === null)
    absent.push({ fact: 'whether the application firewall blocks everything', because: 'socketfilterfw does not tell it' });
  if (stealth === null) absent.push({ fact: 'stealth mode of the application firewall', because: 'socketfilterfw does not tell it' });
  const managers: Managers = [
    {
      name: 'application firewall',
      state: enabled ? 'in-force' : 'off',
      detail: detailOf(read.value),
      source: 'socketfilterfw --getglobalstate',
    },
  ];
  return { attempt: measured(null), managers, absent };
}

function detailOf({ enabled, blocksAll, stealth }: DarwinFirewall): string | null {
  if (enabled !== true) return null;
  const parts = [
    blocksAll === true ? 'refuses everything but what the system needs' : 'decides program by program',
    ...(stealth === true ? ['stealth mode'] : []),
  ];
  return parts.join(', ');
}
