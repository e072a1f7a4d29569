import { askName } from './dns.js';
import { defineCauses, forTarget, found } from './phrases.js';

/** Who has to do what, by the reason that validation found. */
const MENDED_BY: readonly (readonly [string, string])[] = [
  ['signature-expired', 'The owner of the zone must sign it anew; if the clock of this machine is wrong, correct it first'],
  [
    'signature-not-yet-valid',
    'Correct the clock of this machine if it is slow; otherwise the owner of the zone signed it for a later time',
  ],
  ['no-ds-match', 'The owner of the zone must have its DS record corrected at the registrar'],
  ['dnskey-missing', 'The owner of the zone must have its DS record removed at the registrar, or sign the zone'],
  ['key-revoked', 'The owner of the zone must have the DS record of the new key entered at the registrar'],
];

/** Layer 7: signatures of the DNS (RFC 4033 to 4035). */
export const DNSSEC_CAUSES = defineCauses({
  'dnssec-bogus': {
    title: 'The DNSSEC signature does not hold',
    meaning:
      'The domain is signed, but the signatures do not fit (RFC 4035). Validating resolvers give no answer (SERVFAIL), others go on answering: so it works for some and not for others.',
    causes: [
      'Signatures ran out, since the zone was not signed anew.',
      'The key was changed, and the DS record at the parent still names the old one.',
      'The domain moved to a provider without DNSSEC, and the DS record stayed.',
      'The clock of the resolver is wrong.',
      'A device on the way strips or changes records, or an attack.',
    ],
    explains: [
      // Resolvers that meet it say SERVFAIL.
      { kinds: ['l7.*'], codes: ['dns-servfail'], answersToo: true, belowToo: true },
    ],
    against: [{ kinds: ['l7.dnssec'], says: 'the resolver gives no answer without validation either' }],
    tellApart: [
      '`netdiag dns NAME --dnssec` says what does not hold, zone by zone, with the key and the date.',
      '`dig +cd NAME` answers, `dig NAME` gives SERVFAIL: validation is the reason.',
      'All signed domains fail: the clock, or the resolver. One: that domain.',
    ],
    remedies: [
      'The owner of the domain corrects the DS record at the registrar, or signs the zone anew.',
      'Correct the clock of the own resolver.',
      'Do not switch validation off for everything; a resolver can exempt one domain until it is mended.',
    ],
    summary: (facts) => `The DNSSEC signatures${forTarget(facts)} do not hold${found(facts)}.`,
    remedy: (facts) => {
      const next =
        MENDED_BY.find(([reason]) => facts.observed?.includes(`(${reason})`))?.[1] ??
        'Tell the owner of the domain which link of the chain is broken';
      return `${next}: ${askName(facts)} --dnssec`;
    },
  },
});
