import { onPlatform } from '../command-words.js';
import { keepTime } from '../machine-commands.js';
import { defineCauses, found } from './phrases.js';

/** Layer 7: what keeps the clock of this machine right. That it is wrong is `clock-skew`. */
export const CLOCK_CAUSES = defineCauses({
  'clock-unsynchronized': {
    title: 'Nobody keeps the clock of this machine right',
    meaning:
      'The kernel says that no time service disciplines its clock. A clock by itself drifts by seconds a week, a virtual one that was paused by hours at once: it may be right now and will not stay so. Then certificates, tokens and signed requests fail, see clock-skew.',
    causes: [
      'No time service is installed, or it is switched off.',
      'It runs and reaches none of its servers: UDP port 123 is blocked, or their names are not resolved.',
      'It was started a moment ago and has not made up its mind.',
      'The clock is set in a way that the kernel is not told of: tools of a hypervisor, a script with ntpdate, or OpenNTPD.',
      'In a container: the host has one of these faults, since the clock is its own.',
    ],
    answered: true,
    against: [{ kinds: ['l7.clock-servers'], says: 'a time server is followed' }],
    tellApart: [
      '`timedatectl` shows whether a service is on ("NTP service") and whether it succeeds ("System clock synchronized").',
      '`chronyc sources` or `ntpq -p`: which servers answer ("reach" other than 0), and which one is followed (`*`).',
      '`netdiag host` asks the same servers by itself: if they answer, the way to them is open.',
    ],
    remedies: [
      'Switch a time service on: `sudo timedatectl set-ntp true`, or install chrony.',
      'Allow UDP port 123 outbound, or name the time server of this network.',
      'In a container, have it done on the host; in a virtual machine chrony can follow the clock of the host (`refclock PHC /dev/ptp0`).',
    ],
    summary: (facts) => `Nobody keeps the clock of this machine right${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: keepTime(facts, 'Switch a time service on, after installing chrony where there is none'),
        darwin: 'Turn the synchronisation of the clock on: sudo systemsetup -setusingnetworktime on',
        win32: 'Start the time service, as administrator: Start-Service w32time; w32tm /resync',
      }),
  },

  'time-servers-disagree': {
    title: 'Time servers tell different times',
    meaning:
      'The answers of the time servers cannot all be true: their times are further apart than the doubt that each of them leaves. A minority is named as wrong; without a majority nobody can tell which is right, and a time service that follows the wrong one sets the clock wrong.',
    causes: [
      'A time server of this network that nobody looks after: it follows only its own clock (`local`), or a router with an empty battery.',
      'Somebody answers in the name of a time server, or bends UDP port 123 to a server of their own.',
      'Around a leap second: some servers smear it over hours (those of Google, Amazon and Meta), others do not.',
      'A way that is much slower in one direction than in the other, beyond what the delay allows.',
    ],
    answered: true,
    tellApart: [
      '`netdiag host --time-server A --time-server B` shows the offset of each, and its doubt.',
      '`chronyc sources -v` marks those that it takes for false by an x.',
      'The server that is off is one of DHCP (`source` names it): it is that of this network.',
    ],
    remedies: [
      'Take the wrong server out of the configuration of the time service, or have it repaired.',
      'Follow at least four servers, so that one that is wrong is outvoted (RFC 8633).',
      'Do not mix servers that smear leap seconds with others.',
    ],
    summary: (facts) => `The time servers that this machine asked tell different times${found(facts)}.`,
    remedy: () =>
      'Take the server that is off out of the configuration of the time service, and follow at least four: netdiag host --json shows each.',
  },
});
