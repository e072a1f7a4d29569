import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposureOf } from '../../../src/wire/exposure.js';
import { parseListeningSockets, parseProcessName, parseSocketLink } from '../../../src/wire/linux/proc-net-sockets.js';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

/** As Linux 6.1 on x64 wrote them. */
const TCP = `${HEAD}                                                     
   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   108        0 28764 1 00000000e38b7428 100 0 0 10 0                     
   1: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 19211 1 0000000000000000 100 0 0 10 0                     
   2: 0701000A:0016 0201000A:D431 01 00000000:00000000 02:000A7214 00000000     0        0 90125 2 0000000000000000 20 4 29 10 -1                    
   3: 0100007F:A002 0100007F:1538 06 00000000:00000000 03:00000ADD 00000000     0        0 0 3 0000000000000000                                      
`;
const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 20557 1 0000000000000000 100 0 0 10 0
   1: 00000000000000000000000001000000:0CEA 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000   110        0 30001 1 0000000000000000 100 0 0 10 0
   2: B80D01200000000000000000F9010000:01BB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 30002 1 0000000000000000 100 0 0 10 0
   3: 000080FE00000000FF005450785634FE:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 30003 1 0000000000000000 100 0 0 10 0
   4: 0000000000000000FFFF00000100007F:1F91 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 30004 1 0000000000000000 100 0 0 10 0
`;
const UDP = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            
  321: 3500007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 17404 2 0000000000000000 0          
  354: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 18821 2 0000000000000000 0          
  399: 0701000A:C350 08080808:0035 01 00000000:00000000 00:00000000 00000000  1000        0 18822 2 0000000000000000 0          
`;

const short = (text: string, protocol: 'tcp' | 'udp') =>
  parseListeningSockets(text, protocol, true).map(({ address, port, inode }) => `${address} ${port} ${inode}`);

describe('parseListeningSockets', () => {
  it('reads the listeners of IPv4, and leaves connections out', () => {
    expect(short(TCP, 'tcp')).toEqual(['127.0.0.1 5432 28764', '0.0.0.0 22 19211']);
  });
  it('reads those of IPv6: four words, each in the order of the machine', () => {
    expect(short(TCP6, 'tcp')).toEqual([
      ':: 80 20557',
      '::1 3306 30001',
      '2001:db8::1f9 443 30002',
      'fe80::5054:ff:fe34:5678 8080 30003',
      '::ffff:127.0.0.1 8081 30004',
    ]);
  });
  it('reads datagram sockets that have no peer', () => {
    expect(short(UDP, 'udp')).toEqual(['127.0.0.53 53 17404', '0.0.0.0 68 18821']);
  });
  it('reads the tables of a machine that has the other byte order', () => {
    const line = '   0: 7F000001:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   108        0 28764 1';
    expect(parseListeningSockets(line, 'tcp', false)).toEqual([{ address: '127.0.0.1', port: 5432, inode: '28764' }]);
  });
  it.each([
    ['an address of another length', '   0: 0100007:1538 00000000:0000 0A 0:0 00:0 0 108 0 28764 1'],
    ['no port', '   0: 0100007F 00000000:0000 0A 0:0 00:0 0 108 0 28764 1'],
    ['port 0', '   0: 0100007F:0000 00000000:0000 0A 0:0 00:0 0 108 0 28764 1'],
    ['no inode', '   0: 0100007F:1538 00000000:0000 0A 0:0 00:0 0 108 0'],
    ['an inode that is no number', '   0: 0100007F:1538 00000000:0000 0A 0:0 00:0 0 108 0 -1 1'],
    ['the state somewhere else', '   0: 0100007F:1538 00000000:0000 01 0A 00:0 0 108 0 28764 1'],
    ['a line without end', `   0: 0100007F:1538 00000000:0000 0A 0:0 00:0 0 108 0 28764 ${'1'.repeat(1000)}`],
    ['the heading', HEAD],
    ['nothing', ''],
  ])('leaves out a line with %s', (_, line) => {
    expect(parseListeningSockets(`${line}\n`, 'tcp', true)).toEqual([]);
  });
  it('gives any IPv4 address and port back that the kernel wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.integer({ min: 1, max: 65_535 }), (bytes, port) => {
        const words = Buffer.from(bytes).reverse().toString('hex').toUpperCase();
        const line = `   7: ${words}:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A 0:0 00:0 0 0 0 99 1`;
        expect(parseListeningSockets(line, 'tcp', true)).toEqual([{ address: [...bytes].join('.'), port, inode: '99' }]);
      }),
    );
  });
});

describe('parseSocketLink', () => {
  it.each([
    ['socket:[28764]', '28764'],
    ['pipe:[28764]', null],
    ['/var/log/socket:[28764]', null],
    ['socket:[28764] (deleted)', null],
    ['socket:[]', null],
    ['', null],
  ])('%s', (link, inode) => {
    expect(parseSocketLink(link)).toBe(inode);
  });
});

describe('parseProcessName', () => {
  it.each([
    ['postgres\n', 'postgres'],
    ['nginx: worker\n', 'nginx: worker'],
    ['a\u001b[31mb\u0007\u009b\n', 'a[31mb'],
    ['\n', null],
    [' \u0000\n', null],
  ])('%j is %j', (text, name) => {
    expect(parseProcessName(text)).toBe(name);
  });
  it('is bounded', () => {
    expect(parseProcessName('x'.repeat(10_000))).toHaveLength(64);
  });
});

describe('exposureOf', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.0.0.53', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['169.254.1.2', 'link'],
    ['fe80::1', 'link'],
    ['224.0.0.251', 'link'],
    ['ff02::fb', 'link'],
    ['0.0.0.0', 'all'],
    ['::', 'all'],
    ['::ffff:0.0.0.0', 'all'],
    ['0.1.2.3', 'interface'],
    ['10.0.0.7', 'interface'],
    ['192.0.2.7', 'interface'],
    ['2001:db8::7', 'interface'],
    ['fd00::7', 'interface'],
    ['no address', 'interface'],
  ] as const)('%s is %s', (address, exposure) => {
    expect(exposureOf(address)).toBe(exposure);
  });
});
