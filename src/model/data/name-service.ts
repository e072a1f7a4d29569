import { z } from 'zod';
import { absences, count, milliseconds, source } from './quantities.js';

/** Shape of: how this machine turns names into addresses: its files, its stub resolver and whom that asks. */

const resolvConf = z.strictObject({
  path: z.string(),
  /** `empty`: nothing but remarks. `missing`: there is no file, or the link leads to none. */
  state: z.enum(['present', 'empty', 'missing', 'unreadable']),
  /** Where the symbolic link leads; `null`: it is none, or that is not told. */
  link: z.string().nullable(),
  /** Who wrote it, by the link or a remark; `null`: neither says. */
  writer: z.strictObject({ name: z.string(), because: z.string() }).nullable(),
  nameservers: z.array(
    z.strictObject({
      line: count,
      address: z.string(),
      /** Whether it is an IP address. */
      valid: z.boolean(),
      /** Whether programs ask it: the C library takes the first three. */
      used: z.boolean(),
      /** What stands behind an address of this machine: `systemd-resolved`, `Docker`, `local`; `null`: it is elsewhere. */
      label: z.string().nullable(),
      /** Of an address of this machine: whether anything listens on UDP port 53 there; `null`: not told, or it is elsewhere. */
      listening: z.boolean().nullable(),
    }),
  ),
  search: z.array(z.string()),
  /** Where the search list comes from; `null`: there is none. */
  searchFrom: z.enum(['search', 'domain', 'host-name']).nullable(),
  ndots: count,
  timeoutMs: milliseconds,
  attempts: count,
  options: z.array(z.string()),
  faults: z.array(z.strictObject({ line: count.nullable(), problem: z.string() })),
});

/** The line `hosts:` of nsswitch.conf. */
const nameSwitch = z.strictObject({
  path: z.string(),
  line: count,
  services: z.array(z.string()),
  /** What is to happen after a service, as `mdns4_minimal [NOTFOUND=return]`. */
  actions: z.array(z.string()),
});

/** One name server on the way from a program to whoever knows the answer. */
const hop = z.strictObject({
  server: z.string(),
  /** The server that asks this one; `null`: programs do, by resolv.conf. */
  askedBy: z.string().nullable(),
  /** The program that answers there; `null`: it is elsewhere, or not told. */
  software: z.string().nullable(),
  /**
   * `forwards`: asks others. `recursive`: asks from the root down itself. `elsewhere`: another machine. `no-upstream`: has nobody to ask.
   * `loop`: asks itself. `unknown`: on this machine, and whom it asks is not told.
   */
  kind: z.enum(['forwards', 'recursive', 'elsewhere', 'no-upstream', 'loop', 'unknown']),
  upstreams: z.array(z.string()),
  /** How many domains it asks other servers for. */
  routedDomains: count.nullable(),
  /** `no`, `yes`, `opportunistic`: DNS over TLS to the servers that it asks; `null`: not told. */
  dnsOverTls: z.string().nullable(),
  source,
});

const cacheHolder = z.strictObject({
  name: z.string(),
  /** Whether it keeps answers; `null`: not told. */
  keeps: z.boolean().nullable(),
  source,
});

/** The same question twice, to see what a cache saves. */
const cacheTrial = z.strictObject({
  server: z.string(),
  /** Whether the server is an address of this machine. */
  local: z.boolean(),
  name: z.string(),
  type: z.string(),
  firstMs: milliseconds.nullable(),
  secondMs: milliseconds.nullable(),
  savedMs: milliseconds.nullable(),
  /** `saves`: the second answer came much sooner. `same`: about as late. `quick`: the first was so quick that nothing can be told. */
  finding: z.enum(['saves', 'same', 'quick', 'not-told']),
});

/** What the search list makes of a name. */
const lookup = z.strictObject({
  /** `id` of the target; `null`: a name that stands for any. */
  target: z.string().nullable(),
  name: z.string(),
  /** Names that are asked for, in order. */
  candidates: z.array(z.string()),
  /** Which of them had addresses; `null`: none, or not asked. */
  found: z.string().nullable(),
  /** Candidates that were asked for in vain ahead of that; with neither an answer nor a question they are not here. */
  wasted: z.array(z.strictObject({ name: z.string(), rcode: z.string().nullable(), queryMs: milliseconds.nullable() })),
  /** How long those took together, where each of them was timed. */
  wastedMs: milliseconds.nullable(),
  /** Candidates ahead of the name itself, which whoever has the domain of the search list could answer. */
  ahead: z.array(z.string()),
  /** Of a name that a domain of the search list answered: whether the name itself exists with other addresses; `null`: not asked. */
  diverted: z.boolean().nullable(),
  /** Why programs that ask the C library do not get to DNS for it; `null`: they do, or that is not told. */
  dnsNotAsked: z.string().nullable(),
});

const hostsFile = z.strictObject({
  path: z.string(),
  /** Lines that give names to an address; `null`: the file was not read. */
  entries: count.nullable(),
  /** Numbers of lines that make no sense. */
  faults: z.array(count),
  /** Names of targets that are in it. */
  overrides: z.array(
    z.strictObject({
      target: z.string(),
      name: z.string(),
      addresses: z.array(z.string()),
      /** What a resolver says; `null`: not asked, or no answer. */
      resolverAddresses: z.array(z.string()).nullable(),
      server: z.string().nullable(),
      /** `unknown-to-dns`: the name is in the file alone. */
      agreement: z.enum(['agrees', 'differs', 'unknown-to-dns', 'not-asked', 'no-answer']),
      because: z.string().nullable(),
    }),
  ),
});

export const nameServiceData = z.strictObject({
  resolvConf: resolvConf.nullable(),
  /** Mode of systemd-resolved, as it calls it: `stub`, `uplink`, `foreign`, `missing`, `static`. */
  resolvedMode: z.string().nullable(),
  nameSwitch: nameSwitch.nullable(),
  chain: z.array(hop),
  caches: z.array(cacheHolder),
  cacheTrial: cacheTrial.nullable(),
  lookups: z.array(lookup),
  hostsFile: hostsFile.nullable(),
  absent: absences,
});
