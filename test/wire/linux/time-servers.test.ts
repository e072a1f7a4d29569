import { describe, expect, it } from 'vitest';
import {
  parseChronyConf,
  parseChronyTracking,
  parseLeaseTimeServers,
  parseNtpConf,
  parseOpenntpdConf,
  parseShownProperties,
  parseTimesyncdConf,
} from '../../../src/wire/linux/time-servers.js';

describe('chrony.conf', () => {
  it('names servers, pools, peers, clocks of its own and further files', () => {
    const text = `# remark
! pool no.example
  SERVER ntp1.example.net iburst PORT 11123
pool 2.pool.example maxsources 2
peer 2001:db8::7
server bad/name
server
refclock PHC /dev/ptp0 poll 3 dpoll -2
include /etc/chrony/*.inc
confdir /etc/chrony/conf.d /run/chrony/conf.d/
sourcedir /run/chrony-dhcp
confdir relative
`;
    expect(parseChronyConf(text)).toEqual({
      servers: [
        { host: 'ntp1.example.net', port: 11_123, kind: 'server' },
        { host: '2.pool.example', port: 123, kind: 'pool' },
        { host: '2001:db8::7', port: 123, kind: 'peer' },
      ],
      referenceClocks: ['PHC /dev/ptp0'],
      includes: ['/etc/chrony/*.inc'],
      configurationFolders: ['/etc/chrony/conf.d', '/run/chrony/conf.d'],
      sourceFolders: ['/run/chrony-dhcp'],
    });
  });
});

describe('timesyncd.conf', () => {
  it('joins lists, begins anew at an empty one, and shows in remarks what was compiled in', () => {
    const text = `[Time]
NTP=a.example b.example
NTP=
NTP=c.example
NTP=192.0.2.1 -bad- 
#NTP=not.this
#FallbackNTP=0.debian.pool.ntp.org 1.debian.pool.ntp.org
[Other]
NTP=not.that
`;
    expect(parseTimesyncdConf(text)).toEqual({
      servers: ['c.example', '192.0.2.1'],
      fallbacks: [],
      compiledFallbacks: ['0.debian.pool.ntp.org', '1.debian.pool.ntp.org'],
    });
  });
});

it('ntp.conf: options of the family are skipped, and reference clocks are no servers', () => {
  const text =
    'driftfile /var/lib/ntp/drift\nserver -6 ntp.example.net iburst # ours\npool 0.pool.example\n#server no.example\nserver 127.127.28.0 minpoll 4\nrefclock shm unit 0\nrestrict default\n';
  expect(parseNtpConf(text)).toEqual({
    servers: [
      { host: 'ntp.example.net', port: 123, kind: 'server' },
      { host: '0.pool.example', port: 123, kind: 'pool' },
    ],
    referenceClocks: ['127.127.28.0', 'shm unit'],
    includes: [],
  });
});

it('ntpd.conf of OpenNTPD: servers is a pool, constraints are none', () => {
  const text =
    '# $OpenBSD$\nservers pool.example\nserver "time.example.net" trusted\nsensor *\nconstraint from "9.9.9.9"\nconstraints from "www.example.net"\n';
  expect(parseOpenntpdConf(text)).toEqual([
    { host: 'pool.example', port: 123, kind: 'pool' },
    { host: 'time.example.net', port: 123, kind: 'server' },
  ]);
});

it('leases: of systemd-networkd, and the last one of dhclient', () => {
  expect(parseLeaseTimeServers('# private\nADDRESS=192.0.2.7\nNTP=192.0.2.1 192.0.2.2\n')).toEqual(['192.0.2.1', '192.0.2.2']);
  const dhclient = 'lease {\n  option ntp-servers 192.0.2.8;\n}\nlease {\n  option ntp-servers 192.0.2.1, 192.0.2.2;\n}\n';
  expect(parseLeaseTimeServers(dhclient)).toEqual(['192.0.2.1', '192.0.2.2']);
  expect(parseLeaseTimeServers('ADDRESS=192.0.2.7\n')).toEqual([]);
});

describe('chronyc -c -n tracking', () => {
  // As chronyd 4.3 of Debian 12 says it, with a source of documentation.
  it('says whom it follows, and by how much it was off', () => {
    const line =
      'C0000201,192.0.2.1,3,1795332021.943673000,-0.000001000,0.000012000,0.000100000,-13.100,0.001,0.020,0.020000000,0.001000000,64.2,Normal\n';
    expect(parseChronyTracking(line)).toEqual({
      reference: '192.0.2.1',
      stratum: 3,
      lastOffsetMs: expect.closeTo(-0.012, 6),
      rootDistanceMs: 11,
      synchronized: true,
    });
  });
  it('follows nobody before its first answer, and itself by `local`', () => {
    const none =
      '00000000,,0,0.000000000,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,1.000000000,1.000000000,0.0,Not synchronised\n';
    expect(parseChronyTracking(none)).toMatchObject({ reference: null, synchronized: false });
    const itself =
      '7F7F0101,,5,1795332021.943673000,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,0.000000000,0.000000000,0.0,Normal\n';
    expect(parseChronyTracking(itself)).toMatchObject({ reference: null, stratum: 5 });
  });
  it.each(['506 Cannot talk to daemon\n', '', ',,,,,,,,,,,,,', 'C0000201,192.0.2.1,3,x,x,x,x,x,x,x,x,x,x,Normal'])(
    'is nothing where it says %j',
    (text) => {
      expect(parseChronyTracking(text)).toBeNull();
    },
  );
});

it('properties: the first of each, whatever else is there', () => {
  expect([...parseShownProperties('Timezone=Etc/UTC\nNTPSynchronized=yes\nNTPSynchronized=no\nnonsense\n')]).toEqual([
    ['Timezone', 'Etc/UTC'],
    ['NTPSynchronized', 'yes'],
  ]);
});
