import { z } from 'zod';
import { absences, count } from './quantities.js';

/** Shape of: which packet filters are in force on this machine, and what they let through. */

const family = z.union([z.literal(4), z.literal(6)]);
const port = z.int().min(1).max(65_535);

/** Where it was decided: a rule, or with `rule: null` the policy of a chain. */
const place = z.strictObject({
  engine: z.enum(['nftables', 'iptables-nft', 'iptables-legacy']),
  /** Family and name: `inet filter`. */
  table: z.string(),
  chain: z.string(),
  /** As its engine writes it, cut where it is long. It can hold anything: comments are free text. */
  rule: z.string().nullable(),
});

/** What becomes of a packet, worked out from the rules. */
const fate = {
  /** `depends`: on what the rules ask and is not known here. */
  verdict: z.enum(['accept', 'drop', 'reject', 'depends']),
  /** What stops it, or lets it in at last; `null` where no rule and no policy says anything. */
  place: place.nullable(),
  /** What it depends on; empty where it does not. */
  because: z.array(z.string()),
};

export const firewallData = z.strictObject({
  /** `null`: the rules could not be seen. */
  rules: z
    .strictObject({
      tables: count,
      chains: count,
      rules: count,
      sets: count,
      /** Whether every engine's rules were seen; otherwise only what stops a packet is certain. */
      complete: z.boolean(),
      sources: z.array(z.string()),
    })
    .nullable(),
  /** How many rules each engine has in force; empty where they could not be seen. */
  engines: z.array(z.strictObject({ name: place.shape.engine, rules: count, source: z.string() })),
  /** Who writes the rules, told by their marks and settings. */
  managers: z.array(
    z.strictObject({
      name: z.string(),
      /** `in-force`: its rules or its process are there. `configured`: it is meant to start. `off`: it is there and switched off. */
      state: z.enum(['in-force', 'configured', 'off']),
      detail: z.string().nullable(),
      source: z.string(),
    }),
  ),
  /** What happens to a new connection that no rule names; empty where the rules could not be seen. */
  defaults: z.array(
    z.strictObject({
      family,
      hook: z.enum(['input', 'forward', 'output']),
      ...fate,
      /** Policies of the chains at this hook, and how many rules they have. */
      policies: z.array(z.strictObject({ place, policy: z.enum(['accept', 'drop']), rules: count })),
    }),
  ),
  /** What listens here and for others, and whether a new connection from elsewhere gets in. `null`: not worked out. */
  listeners: z
    .array(
      z.strictObject({
        port,
        protocol: z.enum(['tcp', 'udp']),
        family,
        /** The address that it listens on. */
        address: z.string(),
        process: z.string().nullable(),
        /** By which it was tried. */
        interfaces: z.array(z.string()),
        ...fate,
        /** Where it is closed to others: networks that get in, as far as the rules name them. */
        networks: z.array(z.string()),
      }),
    )
    .nullable(),
  /** Ports of this machine that lead elsewhere, to a container as a rule. `null`: not known. */
  published: z
    .array(
      z.strictObject({
        port,
        protocol: z.enum(['tcp', 'udp']),
        family,
        /** Where it leads; `null` where it depends, or is not told. */
        to: z.string().nullable(),
        toPort: port.nullable(),
        ...fate,
        /** What the rules for connections to the machine itself would have done: they do not see it. */
        withoutTranslation: fate.verdict.nullable(),
        source: z.string(),
      }),
    )
    .nullable(),
  /** What our own packets to the targets meet, and the answers to them. */
  outgoing: z.array(
    z.strictObject({
      /** `null`: a resolver. */
      target: z.string().nullable(),
      address: z.string(),
      protocol: z.enum(['tcp', 'udp', 'icmp']),
      port: port.nullable(),
      interface: z.string().nullable(),
      /** Whether the packet is meant, the answer to it, or the neighbour discovery that both need, where that is what is stopped. */
      direction: z.enum(['out', 'back', 'neighbors']),
      ...fate,
    }),
  ),
  /** What becomes of the messages that say that a packet is too large for the path. */
  tooLarge: z.array(z.strictObject({ family, ...fate })),
  absent: absences,
});
