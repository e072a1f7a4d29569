import {
  parseChronyConf,
  parseChronyTracking,
  parseLeaseTimeServers,
  parseNtpConf,
  parseOpenntpdConf,
  parseShownProperties,
  parseTimesyncdConf,
} from '../../../src/wire/linux/time-servers.js';
import { parseTimex } from '../../../src/wire/linux/timex.js';
import { encodeNtpRequest, readNtpAnswer } from '../../../src/wire/packets/ntp.js';
import { ntpReply } from '../../fakes/ntp.js';
import type { Subject } from './run.js';

const NONCE = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const REQUEST = encodeNtpRequest(NONCE);
const NOW = Date.UTC(2026, 10, 22);

function timex(): Uint8Array {
  const bytes = new Uint8Array(208);
  const view = new DataView(bytes.buffer);
  view.setInt32(40, 0x2001, true);
  view.setBigInt64(24, 12_345n, true);
  view.setBigInt64(72, 1_795_332_021n, true);
  return bytes;
}

const CHRONY = `pool 2.debian.pool.ntp.org iburst maxsources 4
server ntp.example.net port 1123
! peer 192.0.2.9
refclock PHC /dev/ptp0 poll 3
confdir /etc/chrony/conf.d
include /etc/chrony/*.inc
`;

/** Readers of what concerns the clock. */
export const CLOCK_SUBJECTS: Readonly<Record<string, Subject>> = {
  readNtpAnswer: {
    kind: 'bytes',
    read: (bytes) => readNtpAnswer(bytes, NONCE),
    seeds: [
      ntpReply(REQUEST, NOW),
      ntpReply(REQUEST, NOW, { stratum: 0, reference: 'RATE' }),
      ntpReply(REQUEST, NOW, { stratum: 1, reference: 'GPS' }),
    ],
  },
  parseTimex: { kind: 'bytes', read: (bytes) => parseTimex(bytes, 0), seeds: [timex()] },
  parseChronyConf: { kind: 'text', read: parseChronyConf, seeds: [CHRONY] },
  parseTimesyncdConf: {
    kind: 'text',
    read: parseTimesyncdConf,
    seeds: ['[Time]\nNTP=a.example 192.0.2.1\n#FallbackNTP=0.debian.pool.ntp.org\n'],
  },
  parseNtpConf: {
    kind: 'text',
    read: parseNtpConf,
    seeds: ['server -4 ntp.example.net iburst # ours\npool 0.debian.pool.ntp.org\nserver 127.127.1.0\nincludefile /etc/ntp/keys\n'],
  },
  parseOpenntpdConf: { kind: 'text', read: parseOpenntpdConf, seeds: ['servers pool.ntp.org\nserver "time.example.net" trusted\n'] },
  parseLeaseTimeServers: {
    kind: 'text',
    read: parseLeaseTimeServers,
    seeds: ['ADDRESS=192.0.2.7\nNTP=192.0.2.1 192.0.2.2\n', '  option ntp-servers 192.0.2.1, 192.0.2.2;\n'],
  },
  parseChronyTracking: {
    kind: 'text',
    read: parseChronyTracking,
    seeds: [
      'C0000201,192.0.2.1,3,1795332021.943673000,-0.000001000,0.000012000,0.000100000,-13.100,0.001,0.020,0.020000000,0.001000000,64.2,Normal\n',
    ],
  },
  parseShownProperties: { kind: 'text', read: parseShownProperties, seeds: ['Timezone=Etc/UTC\nNTPSynchronized=yes\n'] },
};
