export type GroupKind = 'elliptic' | 'finite-field' | 'hybrid' | 'post-quantum';

export interface TlsGroup {
  number: number;
  name: string;
  kind: GroupKind;
}

/** IANA registry "TLS Supported Groups". Those of drafts that were deployed stand at the end of their kind. */
const NAMES: readonly (readonly [GroupKind, string])[] = [
  [
    'elliptic',
    `001D x25519
0017 secp256r1
0018 secp384r1
0019 secp521r1
001E x448
001A brainpoolP256r1
001B brainpoolP384r1
001C brainpoolP512r1
001F brainpoolP256r1tls13
0020 brainpoolP384r1tls13
0021 brainpoolP512r1tls13
0016 secp256k1
0029 curveSM2
0022 GC256A
0023 GC256B
0024 GC256C
0025 GC256D
0026 GC512A
0027 GC512B
0028 GC512C
0015 secp224r1
0014 secp224k1
0013 secp192r1
0012 secp192k1
0011 secp160r2
0010 secp160r1
000F secp160k1
000E sect571r1
000D sect571k1
000C sect409r1
000B sect409k1
000A sect283r1
0009 sect283k1
0008 sect239k1
0007 sect233r1
0006 sect233k1
0005 sect193r2
0004 sect193r1
0003 sect163r2
0002 sect163r1
0001 sect163k1`,
  ],
  [
    'finite-field',
    `0100 ffdhe2048
0101 ffdhe3072
0102 ffdhe4096
0103 ffdhe6144
0104 ffdhe8192`,
  ],
  [
    'hybrid',
    `11EC X25519MLKEM768
11EB SecP256r1MLKEM768
11ED SecP384r1MLKEM1024
11EE curveSM2MLKEM768
6399 X25519Kyber768Draft00
639A SecP256r1Kyber768Draft00
FE30 X25519Kyber512Draft00
FE31 X25519Kyber768Draft00Old
4138 CECPQ2`,
  ],
  [
    'post-quantum',
    `0201 MLKEM768
0202 MLKEM1024
0200 MLKEM512`,
  ],
];

let known: ReadonlyMap<number, TlsGroup> | null = null;

/** Every group by its number, the likely ones of each kind first. */
export function tlsGroups(): ReadonlyMap<number, TlsGroup> {
  known ??= new Map(
    NAMES.flatMap(([kind, lines]) =>
      lines.split('\n').map((line): [number, TlsGroup] => {
        const [number = '', name = ''] = line.split(' ');
        return [Number.parseInt(number, 16), { number: Number.parseInt(number, 16), name, kind }];
      }),
    ),
  );
  return known;
}
