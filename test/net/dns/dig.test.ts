import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Answer, Packet } from 'dns-packet';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { queryDns } from '../../../src/net/dns/query.js';
import { createUdp } from '../../../src/net/packets/udp.js';
import type { DnsObservation } from '../../../src/net/port.js';
import { response, startDnsServer } from '../../fakes/dns-server.js';
import { answers, freePort, startUnbound, UNBOUND, unboundIsThere } from '../../fakes/unbound.js';

const DIG = '/usr/bin/dig';
const DNSMASQ = '/usr/sbin/dnsmasq';
const digIsThere = existsSync(DIG);

const ANSWERS: Answer[] = [
  { name: 'a.example', type: 'A', ttl: 60, data: '192.0.2.1' },
  { name: 'a.example', type: 'AAAA', ttl: 60, data: '2001:db8:0:1::1' },
  { name: 'a.example', type: 'AAAA', ttl: 60, data: '::ffff:192.0.2.1' },
  { name: 'a.example', type: 'NS', ttl: 60, data: 'ns.example' },
  { name: 'a.example', type: 'MX', ttl: 60, data: { preference: 10, exchange: 'mail.example' } },
  { name: 'a.example', type: 'SRV', ttl: 60, data: { priority: 1, weight: 2, port: 3, target: 'sip.example' } },
  { name: 'a.example', type: 'TXT', ttl: 60, data: [Buffer.from([0x1b, 0x5b, 0x22, 0x5c, 0x20, 0x7f, 0xff, 0x3b]), ''] },
  { name: 'a.example', type: 'CNAME', ttl: 60, data: 'x y;z@$.b"(.exa\u0007mple' },
  {
    name: 'a.example',
    type: 'SOA',
    ttl: 60,
    data: { mname: 'n.example', rname: 'h\\.m.example', serial: 1, refresh: 2, retry: 3, expire: 4, minimum: 5 },
  },
  { name: 'a.example', type: 'CAA', ttl: 60, data: { flags: 128, tag: 'issue', value: 'ca.example; a="b"' } },
  { name: 'a.example', type: 'DS', ttl: 60, data: { keyTag: 60485, algorithm: 5, digestType: 1, digest: Buffer.alloc(20, 0xab) } },
  { name: 'a.example', type: 'DNSKEY', ttl: 60, data: { flags: 257, algorithm: 13, key: Buffer.alloc(64, 7) } },
];

const generic = (hex: string) => `\\# ${hex.length / 2} ${hex}`;

/** Owner below `types.test`, type and data. What unbound cannot read in words is given by RFC 3597; dig prints it in words all the same. */
const ZONE: readonly (readonly [owner: string, type: string, data: string])[] = [
  ['a', 'A', '192.0.2.1'],
  ['a', 'AAAA', '2001:db8::1'],
  ['a', 'AAAA', '2001:db8:0:0:1:0:0:1'],
  ['mx', 'MX', '10 mail.types.test.'],
  ['mx', 'MX', '0 .'],
  ['_sip._tcp', 'SRV', '1 2 5060 sip.types.test.'],
  ['txt', 'TXT', '"two" "strings; with \\"quotes\\" and \\027[31m"'],
  ['spf', 'SPF', '"v=spf1 -all"'],
  ['caa', 'CAA', '128 issue "ca.example; policy=ev"'],
  ['naptr', 'NAPTR', '100 50 "s" "z3950+I2L+I2C" "" _z3950._tcp.types.test.'],
  ['naptr', 'NAPTR', '100 10 "u" "E2U+sip" "!^.*$!sip:info@types.test!" .'],
  ['ds', 'DS', '60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118'],
  ['cds', 'CDS', '0 0 0 00'],
  ['cdnskey', 'CDNSKEY', '0 3 0 AA=='],
  ['key', 'DNSKEY', '257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ=='],
  ['tlsa', 'TLSA', '3 1 1 0C72AC70B745AC19998811B131D662C9AC69DBDBE7CB23E5B514B56664C5D3D6'],
  ['smimea', 'TYPE53', generic('030101aabbcc')],
  ['sshfp', 'SSHFP', '4 2 123456789ABCDEF67890123456789ABCDEF67890123456789ABCDEF123456789'],
  ['loc', 'LOC', '42 21 54.5 N 71 6 18 W -24m 30m 10000m 0.05m'],
  ['loc', 'LOC', '0 0 0.001 S 179 59 59.999 E 0m 1m 1m 1m'],
  ['hinfo', 'HINFO', '"PDP-11" "UNIX 7"'],
  ['rp', 'RP', 'admin\\.of.types.test. txt.types.test.'],
  ['afsdb', 'AFSDB', '1 afs.types.test.'],
  ['kx', 'KX', '10 kx.types.test.'],
  ['rt', 'RT', '10 rt.types.test.'],
  ['cert', 'CERT', '1 65535 8 AQIDBA=='],
  ['cert', 'CERT', '65000 0 99 AQIDBA=='],
  ['uri', 'TYPE256', generic(`000a0001${Buffer.from('ftp://ftp.types.test/"public"').toString('hex')}`)],
  ['openpgpkey', 'OPENPGPKEY', 'AQIDBAUGBwg='],
  ['zonemd', 'TYPE63', generic(`7869c6420101${'a1'.repeat(48)}`)],
  ['csync', 'TYPE62', generic('000000420003000460000008')],
  ['eui48', 'EUI48', '00-00-5e-00-53-2a'],
  ['eui64', 'EUI64', '00-00-5e-ef-10-00-00-2a'],
  [
    'hip',
    'HIP',
    '2 200100107B1A74DF365639CC39F1D578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D rvs.types.test.',
  ],
  ['x25', 'X25', '"311061700956"'],
  ['isdn', 'ISDN', '"150862028003217" "004"'],
  ['gpos', 'GPOS', '"-32.6882" "116.8652" "10.0"'],
  ['nsap', 'NSAP', '0x47.0005.80.005a00.0000.0001.e133.ffffff000161.00'],
  ['apl', 'APL', '1:192.168.32.0/21 !1:192.168.38.0/28 2:fe80::/10'],
  ['ipseckey', 'IPSECKEY', '10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ=='],
  ['ipseckey', 'IPSECKEY', '10 2 2 2001:db8::1 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ=='],
  ['ipseckey', 'IPSECKEY', '10 3 2 gateway.types.test. AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ=='],
  ['nid', 'NID', '10 0014:4fff:ff20:ee64'],
  ['l32', 'L32', '10 10.1.2.0'],
  ['l64', 'L64', '10 2001:0db8:1140:1000'],
  ['amtrelay', 'TYPE260', generic('0a0220010db8000000000000000000000015')],
  ['amtrelay', 'TYPE260', generic('0a80')],
  ['amtrelay', 'TYPE260', generic('0a830161016200')],
  ['nsec', 'NSEC', 'host.types.test. A MX RRSIG NSEC TYPE1234'],
  ['nsec3param', 'NSEC3PARAM', '1 0 12 AABBCCDD'],
  ['dname', 'DNAME', 'other.types.test.'],
  ['ptr', 'PTR', 'odd\\.name\\032with\\007bytes.types.test.'],
  ['svcb', 'SVCB', '0 pool.types.test.'],
  ['https', 'HTTPS', '1 . alpn=h2,h3 port=8443 ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1 key667="a\\\\b"'],
  ['https', 'HTTPS', '2 svc.types.test. mandatory=alpn,port alpn=h2 no-default-alpn port=53'],
  // alpn "f\oo,bar" and "h2"; ech; a key without a value.
  ['https', 'TYPE65', generic('0003000001000c08665c6f6f2c62617202683200050003010203')],
  ['https', 'TYPE65', generic('000400029b0000')],
  ['unknown', 'TYPE4711', generic('0102ab')],
  ['unknown', 'TYPE4711', generic('')],
];

/** dig takes an NSEC3 record for nobody else's than such a name's. */
const HASHED = '2t7b4g4vsa5smi47k61mv5bv1a22bojr.test';

/** What servers give only beside other records: type and data. */
const BESIDE_OTHERS: readonly (readonly [type: number, hex: string])[] = [
  [50, `0101000c04aabbccdd14174eb2409fe28bcb4887a1836f957f0a8425e27b000722010000000290`],
  [50, `0100000000141111111111111111111111111111111111111111`],
  [46, `0001080200000e1069af3b80698f97805ba00173016100aabbccdd`],
];

function withRecord(query: Packet, type: number, hex: string): Buffer {
  const message = response(query);
  message.writeUInt16BE(1, 6);
  const record = Buffer.from('c00c000000010000003c0000', 'hex');
  record.writeUInt16BE(type, 2);
  record.writeUInt16BE(hex.length / 2, 10);
  return Buffer.concat([message, record, Buffer.from(hex, 'hex')]);
}

/** Lines as `dig +noall +answer` prints them, but for white space and the class. */
async function digLines(port: number, name: string, type: string): Promise<string[]> {
  const options = ['+noall', '+answer', '+nosplit', '+notcp', '+tries=1', '+time=5', '+norecurse', '-p', String(port)];
  const { stdout } = await promisify(execFile)(DIG, ['-r', '@127.0.0.1', ...options, name, type], { env: { LC_ALL: 'C' } });
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.replace(/^(\S+)\.\s+(\d+)\s+IN\s+(\S+)\s+/, '$1 $2 $3 '));
}

const lines = (answers: DnsObservation['answers']) => answers.map(({ name, ttl, type, data }) => `${name} ${ttl} ${type} ${data}`);

async function ask(port: number, name: string, type: string): Promise<DnsObservation> {
  const question = { server: '127.0.0.1', port, transport: 'udp', name, type, timeoutMs: 5000, attempts: 1 } as const;
  return (await queryDns(systemClock, createUdp(systemClock), question, new AbortController().signal)).observation;
}

describe('records read as dig prints them', () => {
  test('from a message with compressed names', async (context) => {
    if (!digIsThere) return context.skip(`${DIG} is not installed`);
    // dig shows EDNS data too: a plain answer is the same for both.
    const server = await startDnsServer({ udp: (query, reply) => reply(response(query, { answers: ANSWERS })) });
    const { answers } = await ask(server.port, 'a.example', 'ANY');
    expect(lines(answers)).toEqual(await digLines(server.port, 'a.example', 'ANY'));
  });

  test.each(BESIDE_OTHERS)('of type %i, which servers only send beside others', async (type, hex) => {
    expect(digIsThere, `${DIG} is not installed`).toBe(true);
    const server = await startDnsServer({ udp: (query, reply) => reply(withRecord(query, type, hex)) });
    const { answers } = await ask(server.port, HASHED, `TYPE${type}`);
    expect(answers).toHaveLength(1);
    expect(lines(answers)).toEqual(await digLines(server.port, HASHED, `TYPE${type}`));
  });

  test('of every type, from a zone that unbound serves', async (context) => {
    if (!digIsThere || !unboundIsThere) return context.skip(`${DIG} or ${UNBOUND} is not installed`);
    const zone = [
      '$ORIGIN types.test.',
      '@ 60 IN SOA ns.types.test. host\\.master.types.test. 2026112201 3600 600 86400 60',
      '@ 60 IN NS ns.types.test.',
      'ns 60 IN A 127.0.0.1',
      ...ZONE.map(([owner, type, data]) => `${owner} 60 IN ${type} ${data}`),
      '',
    ].join('\n');
    const server = await startUnbound({ zones: { 'types.test': zone } });
    const questions = [['@', 'SOA'], ['@', 'NS'], ...ZONE].map(([owner, type]) => `${owner} ${type}`);
    for (const question of new Set(questions)) {
      const [owner, type = ''] = question.split(' ');
      const name = owner === '@' ? 'types.test' : `${owner}.types.test`;
      const { answers, rcode } = await ask(server.port, name, type);
      expect(rcode, question).toBe('NOERROR');
      expect(answers.length, question).toBeGreaterThan(0);
      // unbound turns the records of a set around with each answer.
      expect(lines(answers).sort(), question).toEqual((await digLines(server.port, name, type)).sort());
    }
  });

  test('as dnsmasq sends them', async (context) => {
    if (!digIsThere || !existsSync(DNSMASQ)) return context.skip(`${DIG} or ${DNSMASQ} is not installed`);
    const port = await freePort();
    const records = [
      '--host-record=host.masq.test,192.0.2.7,2001:db8::7',
      '--cname=alias.masq.test,host.masq.test',
      '--mx-host=masq.test,mail.masq.test,20',
      '--srv-host=_sip._tcp.masq.test,sip.masq.test,5060,1,2',
      '--txt-record=masq.test,"one, with a comma",two',
      '--naptr-record=masq.test,10,20,u,E2U+sip,!^.*$!sip:a@masq.test!,.',
      '--caa-record=masq.test,0,issue,ca.example',
    ];
    const options = [
      '--keep-in-foreground',
      '--no-resolv',
      '--no-hosts',
      '--conf-file=/dev/null',
      '--pid-file=',
      '--user=',
      '--listen-address=127.0.0.1',
    ];
    const child = spawn(DNSMASQ, [...options, '--bind-interfaces', `--port=${port}`, ...records], { stdio: 'ignore' });
    onTestFinished(async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    });
    await answers(port);
    for (const question of ['host A', 'host AAAA', 'alias A', '@ MX', '_sip._tcp SRV', '@ TXT', '@ NAPTR', '@ CAA']) {
      const [owner, type = ''] = question.split(' ');
      const name = owner === '@' ? 'masq.test' : `${owner}.masq.test`;
      const observation = await ask(port, name, type);
      expect(observation.answers.length, question).toBeGreaterThan(0);
      expect(lines(observation.answers), question).toEqual(await digLines(port, name, type));
    }
  });
});
