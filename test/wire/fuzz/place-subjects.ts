import { parseMountInfo } from '../../../src/wire/linux/mount-info.js';
import {
  environmentEntry,
  isFirstNamespace,
  parseCgroups,
  parseContainerEnvironment,
  parseIdMap,
} from '../../../src/wire/linux/namespaces.js';
import { parseProcessorFile } from '../../../src/wire/linux/processor-file.js';
import { parseStunAnswer } from '../../../src/wire/packets/stun.js';
import { addressKind, formatPrefix, prefixOf } from '../../../src/wire/prefix.js';
import { parseVersionNegotiation } from '../../../src/wire/quic/version-negotiation.js';
import type { Subject } from './run.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));

/** Transaction of the messages of RFC 5769. */
const TRANSACTION = hex('b7e7a701bc34d686fa87dfae');

/** As they come back: ours as source, then those of the server. */
const QUIC_IDS = { destination: hex('0102030405060708'), source: hex('1112131415161718') };

/** Readers of what tells where a machine stands, and of what answers there. */
export const PLACE_SUBJECTS: Readonly<Record<string, Subject>> = {
  parseStunAnswer: {
    kind: 'bytes',
    read: (input) => parseStunAnswer(input, TRANSACTION),
    seeds: [
      hex('0101000c2112a442b7e7a701bc34d686fa87dfae 002000080001a147e112a643'),
      hex('010100182112a442b7e7a701bc34d686fa87dfae 002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9'),
      hex('0101000c2112a442b7e7a701bc34d686fa87dfae 000100080001a147c0000201'),
      hex('011100102112a442b7e7a701bc34d686fa87dfae 0009000a00000414 6261640000000000'),
    ],
  },
  parseVersionNegotiation: {
    kind: 'bytes',
    read: (input) => parseVersionNegotiation(input, QUIC_IDS),
    seeds: [
      hex('aa00000000 08 1112131415161718 08 0102030405060708 00000001 6b3343cf 1a2a3a4a'),
      hex('c000000001 08 1112131415161718 08 0102030405060708 00'),
      hex('8000000000 ff 1112131415161718'),
    ],
  },
  parseMountInfo: {
    kind: 'text',
    read: parseMountInfo,
    seeds: [
      '29 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro\n',
      '1060 1044 8:1 /a\\040b /etc/resolv.conf rw master:1 propagate_from:2 - overlay overlay rw,lowerdir=/a:/b\n',
    ],
  },
  isFirstNamespace: { kind: 'text', read: isFirstNamespace, seeds: ['pid:[4026531836]', 'net:[1]'] },
  parseIdMap: { kind: 'text', read: parseIdMap, seeds: ['         0          0 4294967295\n', ' 0 1000 1\n 1 100000 65536\n'] },
  parseCgroups: { kind: 'text', read: parseCgroups, seeds: ['12:pids:/docker/3f4b\n1:name=systemd:/\n0::/init.scope\n'] },
  environmentEntry: { kind: 'text', read: (input) => environmentEntry(input, 'container'), seeds: ['A=1\0container=lxc\0'] },
  parseContainerEnvironment: { kind: 'text', read: parseContainerEnvironment, seeds: ['engine="podman-4.3.1"\nrootless=1\n'] },
  parseProcessorFile: {
    kind: 'text',
    read: parseProcessorFile,
    seeds: [
      'processor\t: 0\nvendor_id\t: AuthenticAMD\nflags\t\t: fpu hypervisor\n\n',
      'CPU implementer\t: 0x41\nModel\t\t: Raspberry Pi 4\n',
    ],
  },
  prefixOf: {
    kind: 'text',
    read: (input) => {
      const prefix = prefixOf(input, 20);
      return [prefix === null ? null : formatPrefix(prefix), addressKind(input)];
    },
    seeds: ['172.17.0.1', 'fe80::1%eth0', '2001:db8::7'],
  },
};
