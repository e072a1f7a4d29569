import type { Explanation } from '../explanation.js';

type RcodeText = Pick<Explanation, 'title' | 'meaning' | 'causes' | 'tellApart' | 'remedies' | 'related'>;

/** Response codes of DNS servers: RFC 1035 section 4.1.1, by the names that dig prints. */
const TEXTS: Readonly<Record<string, RcodeText>> = {
  NOERROR: {
    title: 'The question was answered',
    meaning:
      'Response code 0: no error. With no record in the answer it means that the name exists, but has nothing of the type asked for (NODATA, RFC 2308).',
    causes: ['The normal case.', 'Without answers: the name has no such record, for example no IPv6 address.'],
    tellApart: ['The answer section is empty and an SOA record stands in the authority section: NODATA.'],
    remedies: ['Nothing, or ask for the type that the name has.'],
    related: [],
  },
  FORMERR: {
    title: 'The server could not read the question',
    meaning:
      'Response code 1: the server takes the question for malformed. Old servers answer so to options that they do not know (EDNS, RFC 6891).',
    causes: [
      'An old server or forwarder, and a question with EDNS options.',
      'A device on the way that changes questions.',
      'A program that makes broken questions.',
    ],
    tellApart: ['`dig +noedns NAME` works where `dig NAME` does not: EDNS.', 'Other servers answer the same question: this server.'],
    remedies: ['Update the server or forwarder, or use another.'],
    related: ['dns-servfail', 'dns-inconsistent'],
  },
  SERVFAIL: {
    title: 'The server could not find out',
    meaning: 'Response code 2: the resolver tried and failed. It says nothing about whether the name exists.',
    causes: ['The servers of the domain do not answer.', 'DNSSEC signatures do not hold.', 'The resolver cannot reach the internet.'],
    tellApart: ['`dig +cd NAME` answers: DNSSEC. All names fail: the resolver. One domain fails: its servers.'],
    remedies: ['Tell the owner of the domain, or the operator of the resolver, whichever it is.'],
    related: ['dns-servfail', 'dnssec-bogus'],
  },
  NXDOMAIN: {
    title: 'The name does not exist',
    meaning: 'Response code 3: neither the name nor anything below it exists (RFC 2308, RFC 8020). This is an answer, not a failure.',
    causes: [
      'A spelling mistake.',
      'The name is known inside another network only.',
      'The entry is not made yet, or the old "no" is still remembered.',
    ],
    tellApart: ['The domain above it exists: the entry or the spelling. With the VPN it exists: the resolver of that network.'],
    remedies: ['Correct the name, or ask the resolver to whose network it belongs.'],
    related: ['dns-nxdomain', 'dns-hijacked'],
  },
  NOTIMP: {
    title: 'The server does not support this kind of question',
    meaning: 'Response code 4: the server does not implement the operation, or refuses a type in this way.',
    causes: [
      'A simple forwarder, as in many routers, and an unusual type or operation.',
      'A server that will not answer ANY questions (most use RFC 8482 for that).',
    ],
    tellApart: ['A question of type A works: the type or operation is the reason.'],
    remedies: ['Ask a full resolver, or ask for the types one by one.'],
    related: ['dns-refused'],
  },
  REFUSED: {
    title: 'The server does not want to answer',
    meaning: 'Response code 5: policy. The server does not serve this client or this zone.',
    causes: [
      'The client is not in the allowed network.',
      'The server is no resolver, and not responsible for the zone.',
      'A rate limit or name filter.',
    ],
    tellApart: ['All names are refused: the client. Some: a filter, or a lame delegation.'],
    remedies: ['Use the resolver of this network, or have this client allowed.'],
    related: ['dns-refused'],
  },
};

/** Those of dynamic updates (RFC 2136), transaction signatures (RFC 8945), EDNS (RFC 6891), stateful operations (RFC 8490) and cookies (RFC 7873). */
const RARE: Readonly<Record<string, readonly [title: string, meaning: string, cause: string, remedy: string]>> = {
  YXDOMAIN: [
    'The name exists and should not',
    'an update was to be made only where the name does not exist.',
    'Somebody else has made the name.',
    'Look at what the name holds, and send another update.',
  ],
  YXRRSET: [
    'The records exist and should not',
    'an update was to be made only where these records do not exist.',
    'Somebody else has made the records.',
    'Look at what the name holds, and send another update.',
  ],
  NXRRSET: [
    'The records should exist and do not',
    'an update was to be made only where these records exist.',
    'Somebody else has removed the records.',
    'Look at what the name holds, and send another update.',
  ],
  NOTAUTH: [
    'The server is not responsible, or not allowed',
    'the server does not serve the zone, or the signature of the question (TSIG) is not accepted.',
    'A wrong server or zone, a wrong key, or clocks more than 5 minutes apart.',
    'Compare server, zone, key and clock.',
  ],
  NOTZONE: [
    'The name is not in the zone',
    'a name of an update lies outside of the zone that is to be changed.',
    'A wrong zone in the update.',
    'Name the zone in which the name lies.',
  ],
  DSOTYPENI: [
    'The stateful operation is not known',
    'the server does not have the kind of stateful operation (DSO) that was asked for.',
    'A client that is newer than the server.',
    'Update the server, or switch the operation off.',
  ],
  BADVERS: [
    'The version of EDNS is not known',
    'the server does not know the version of EDNS; as the result of a signature it is BADSIG: the signature does not hold.',
    'An old server, or a key that differs.',
    'Update the server; compare the keys.',
  ],
  BADKEY: [
    'The key is not known',
    'the server does not know the key with which the question is signed.',
    'A wrong name of the key, or one that the server was not given.',
    'Compare the names of the keys.',
  ],
  BADTIME: [
    'The time of the signature is not right',
    'the signature is too old or of the future by the clock of the server.',
    'The clock of one side is wrong.',
    'Set the clocks.',
  ],
  BADMODE: [
    'The way to agree on a key is not supported',
    'the server does not have this mode of TKEY (RFC 2930).',
    'A client that is set up for another kind of server.',
    'Choose another mode.',
  ],
  BADNAME: [
    'The name of the key exists already',
    'a key by this name was agreed on before (TKEY, RFC 2930).',
    'An earlier agreement is still kept.',
    'Choose another name.',
  ],
  BADALG: [
    'The algorithm of the key is not supported',
    'the server does not know the algorithm (TKEY, RFC 2930).',
    'An old server or client.',
    'Use hmac-sha256.',
  ],
  BADTRUNC: [
    'The signature was cut too short',
    'the signature is shorter than the server takes (RFC 8945).',
    'The two sides are set up differently.',
    'Send the whole signature.',
  ],
  BADCOOKIE: [
    'The cookie is missing or wrong',
    'the server wants a cookie of its own that shows that the address is not forged, and asks to ask again (RFC 7873).',
    'The normal course of a first question; again and again where several servers behind one address do not share their secret.',
    'Give all servers behind the address the same cookie secret.',
  ],
};

const RARE_RELATED: Readonly<Partial<Record<string, Explanation['related']>>> = {
  NOTAUTH: ['dns-refused', 'clock-skew'],
  BADVERS: ['dns-edns-broken'],
  BADTIME: ['clock-skew'],
};

/** IANA registry "DNS RCODEs". */
const NUMBERS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      'NOERROR',
      'FORMERR',
      'SERVFAIL',
      'NXDOMAIN',
      'NOTIMP',
      'REFUSED',
      'YXDOMAIN',
      'YXRRSET',
      'NXRRSET',
      'NOTAUTH',
      'NOTZONE',
      'DSOTYPENI',
    ].map((name, number) => [name, number]),
  ),
  ...Object.fromEntries(
    ['BADVERS', 'BADKEY', 'BADTIME', 'BADMODE', 'BADNAME', 'BADALG', 'BADTRUNC', 'BADCOOKIE'].map((name, index) => [name, 16 + index]),
  ),
};

const OTHER_NAMES: Readonly<Partial<Record<string, readonly string[]>>> = { BADVERS: ['BADSIG'], NXDOMAIN: ['Non-Existent Domain'] };

const ALL: readonly (readonly [string, RcodeText])[] = [
  ...Object.entries(TEXTS),
  ...Object.entries(RARE).map(([name, [title, meaning, cause, remedy]]): readonly [string, RcodeText] => [
    name,
    {
      title,
      meaning: `Response code ${NUMBERS[name]}: ${meaning}`,
      causes: [cause],
      tellApart: ['The log of the server names the question that it answered so.'],
      remedies: [remedy],
      related: RARE_RELATED[name] ?? [],
    },
  ]),
];

export const RCODE_EXPLANATIONS: readonly Explanation[] = ALL.map(([term, text]) => ({
  term,
  kind: 'rcode',
  layer: 7,
  numbers: [{ number: NUMBERS[term] ?? 0, where: null }],
  alsoCalled: OTHER_NAMES[term] ?? [],
  ...text,
}));
