import type { Explanation } from './explanation.js';

type RcodeText = Omit<Explanation, 'kind' | 'term' | 'layer'>;

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

export const RCODE_EXPLANATIONS: readonly Explanation[] = Object.entries(TEXTS).map(([term, text]) => ({
  term,
  kind: 'rcode',
  layer: 7,
  ...text,
}));
