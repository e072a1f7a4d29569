import type { CauseFacts } from '../cause.js';
import { commandWords } from '../command-words.js';
import { defineCauses, forTarget, found } from './phrases.js';

function traceName(facts: CauseFacts): string {
  return `netdiag dns ${commandWords(facts).name} --trace`;
}

/** Layer 7: how a zone is delegated and served, in the terms of RFC 8499 and RFC 1912. It is the owner of the zone who can mend it. */
export const DNS_DELEGATION_CAUSES = defineCauses({
  'dns-lame-delegation': {
    title: 'A name server does not serve its zone',
    meaning:
      'The zone above (or the zone itself) names a server that answers without authority, with REFUSED or SERVFAIL, refers back upwards, does not answer, or does not exist: a lame delegation (RFC 8499). Resolvers try the next server, which costs time; where all are lame, no name of the zone can be resolved.',
    causes: [
      'The zone was removed from the server, or moved to another provider, and the registrar still names the old one.',
      'A secondary server lost its copy: it could not fetch the zone until it ran out (SOA expire).',
      'The server is down, or a firewall blocks port 53 to it.',
      'The zone does not load since it has a mistake.',
      'A misspelt name of a server in the delegation or in the zone.',
    ],
    explains: [
      // Resolvers that meet it say SERVFAIL.
      { kinds: ['l7.*'], codes: ['dns-servfail'], answersToo: true, belowToo: true },
    ],
    answered: true,
    tellApart: [
      'REFUSED or an answer without authority: the server is well, and does not know the zone.',
      'SERVFAIL: it knows the zone and cannot load or refresh it; its log says why.',
      'Silence from here and from elsewhere: the server; only from here: the way to it.',
    ],
    remedies: [
      'Take the server out of the delegation at the registrar and out of the NS records of the zone.',
      'Or set the zone up on it again, and see that transfers from the primary work.',
    ],
    summary: (facts) => `A name server that was named for a zone does not serve it${forTarget(facts)}${found(facts)}.`,
    remedy: (facts) =>
      `Have the owner of the zone take the server out of delegation and zone, or set the zone up on it again; then: ${traceName(facts)}`,
  },

  'dns-glue-missing': {
    title: 'The address of a name server cannot be found',
    meaning:
      'A name server lies inside the zone that it serves, and the zone above does not give its address (glue); or the names of servers lie in zones that only lead to each other. A resolver that has not seen the zone before cannot get to this server, and where it is so with all of them, the zone is unreachable.',
    causes: [
      'The host record (glue) was not made at the registrar, or was deleted.',
      'Two domains each have their servers in the other one.',
      'The glue is there for the other address family only, or was left out of an answer that became too long.',
    ],
    answered: true,
    tellApart: [
      'The server named lies inside the zone: glue is missing. It lies in another domain: a circle.',
      'Another server of the zone has an address: it goes on working by that one, until it fails.',
    ],
    remedies: [
      'Have the registrar enter the address of the server beside the delegation (host record).',
      'Have at least one server outside the circle, in a domain that does not depend on this one.',
    ],
    summary: (facts) => `The address of a name server cannot be found from the zone above${forTarget(facts)}${found(facts)}.`,
    remedy: (facts) => `Have the registrar enter the address of each name server inside the zone (glue); then: ${traceName(facts)}`,
  },

  'dns-glue-stale': {
    title: 'The glue of a name server is out of date',
    meaning:
      'The addresses beside the delegation (glue) are not those of the authoritative records. Resolvers begin with the glue: they ask a machine that is the name server no longer, wait for it, or get old answers from it.',
    causes: [
      'The server was renumbered, and the host record at the registrar was forgotten.',
      'Only the zone was changed, or only the registrar.',
      'A change that is not a day old: the zone above is published in turns.',
    ],
    answered: true,
    tellApart: [
      'The address beside the delegation does not answer or is lame: it is the old one.',
      'Both answer with authority: the move is under way, or an address was added.',
    ],
    remedies: [
      'Have the registrar change the host record to the address that the server has now.',
      'Or correct the address record in the zone.',
    ],
    summary: (facts) => `The zone above gives a name server an address that it does not have${forTarget(facts)}${found(facts)}.`,
    remedy: (facts) =>
      `Have the registrar change the address of the name server (glue), or correct its record in the zone; then: ${traceName(facts)}`,
  },

  'dns-delegation-mismatch': {
    title: 'Delegation and zone name different servers',
    meaning:
      'The NS records of the delegation and those in the zone are to be the same (RFC 1034 section 4.2.2). Where they differ, resolvers ask some of the servers only before, or only after they have seen the zone: a server can be without questions for years, or a forgotten one go on answering.',
    causes: [
      'A change of servers that was made at the registrar or in the zone, and not in both.',
      'A provider that adds servers of its own to the zone.',
      'The servers of the zone have different versions of it (see dns-serial-mismatch).',
    ],
    answered: true,
    tellApart: [
      'The server that only the zone above names is lame: it was given up. It answers: it is missing in the zone.',
      'The servers of the zone list different names: they are not in step.',
    ],
    remedies: ['Enter the same names in the zone and at the registrar.', 'Take servers that were given up out of both.'],
    summary: (facts) => `The zone above and the zone itself name different servers${forTarget(facts)}${found(facts)}.`,
    remedy: (facts) => `Enter the same name servers at the registrar and in the zone; then: ${traceName(facts)}`,
  },

  'dns-serial-mismatch': {
    title: 'The servers of a zone have different versions of it',
    meaning:
      'The serial numbers in the SOA records differ. For some seconds after a change that is normal; where it stays, a server is no longer supplied, gives old answers, and will give none at all when its copy runs out (SOA expire).',
    causes: [
      'A change some seconds ago, which has not reached every server yet.',
      'Transfers fail: a firewall between the servers, an access list, a key (TSIG) that was changed.',
      'The serial was not raised, or went down (RFC 1982), so that secondaries take nothing.',
      'Providers that number their servers independently of each other.',
    ],
    answered: true,
    tellApart: [
      'Asked again after a minute it is one number: a change was under way.',
      'The server behind is always the same: the transfers to it.',
      'Numbers in different styles (dates and seconds): two independent providers.',
    ],
    remedies: [
      'Look into the log of the server that is behind, and of its primary, for transfers that were refused.',
      'Raise the serial above that of every server, and reload.',
    ],
    summary: (facts) => `The servers of a zone have different versions of it${forTarget(facts)}${found(facts)}.`,
    remedy: (facts) =>
      `Ask again in a minute; where it stays, see why the server that is behind cannot fetch the zone: ${traceName(facts)}`,
  },

  'dns-edns-broken': {
    title: 'A name server drops questions with EDNS',
    meaning:
      'The server, or a firewall in front of it, does not answer questions that carry EDNS (RFC 6891), and answers those without. Resolvers no longer work around that: to most of them the server is dead.',
    causes: [
      'A firewall that takes EDNS, or DNS messages of over 512 bytes, for an attack.',
      'Name server software from before 1999.',
      'A load balancer in front of the server, with a parser of its own.',
    ],
    answered: true,
    tellApart: [
      '`dig +noedns` is answered and `dig +edns=0` is not, from any network: the server or its firewall.',
      'Only from here: a device on the way.',
    ],
    remedies: ['Let DNS messages with EDNS, and of more than 512 bytes, through the firewall.', 'Update the server or the load balancer.'],
    summary: (facts) => `A name server is silent to questions with EDNS${forTarget(facts)}${found(facts)}.`,
    remedy: (facts) => `Have the operator of the server let EDNS through its firewall, or update it; then: ${traceName(facts)}`,
  },
});
