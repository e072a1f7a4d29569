import { whyNot } from '../../net/machine/local-facts.js';
import type { LocalSystem } from '../../net/port.js';
import { parseNtpConf } from '../../wire/linux/time-servers.js';
import { type LocalClock, unknownClock } from './local-clock.js';

const CONFIGURATION = '/etc/ntp.conf';

/**
 * macOS keeps its clock by `timed`, which asks the servers of /etc/ntp.conf; how well, it tells nobody. Whether that is switched on, only
 * `systemsetup -getusingnetworktime` says, to root.
 */
export async function readDarwinClock(local: LocalSystem): Promise<LocalClock> {
  const absent = [
    {
      fact: 'state of the clock',
      because: 'macOS does not tell it to programs; whether network time is on, systemsetup tells to root alone',
    },
  ];
  const file = await local.file(CONFIGURATION);
  if (file.kind !== 'measured') return unknownClock([...absent, { fact: 'configured time servers', because: whyNot(file) }]);
  const configured = parseNtpConf(file.value).servers.map((server) => ({ ...server, service: 'timed', source: CONFIGURATION }));
  return { ...unknownClock(absent), configured };
}
