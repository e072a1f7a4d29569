import { z } from 'zod';

/**
 * One network of the scoreboard, as a YAML file in `cases/faults/` or `cases/healthy/`: which network, what is broken in it, how an
 * independent tool proves that it is, and which causes are right. The name of the file is the name of the case.
 */

/** `400ms`, `1.5s`: from 300 ms before netdiag's first packet, which is when it starts on an idle machine. */
const moment = z.string().regex(/^\d+(\.\d+)?(ms|s)$/);

/** A command line for `sh -c`, run on a host of the network, with the file of its authority as `$CA`. */
const command = z.strictObject({
  on: z.string(),
  run: z.string(),
});

const proof = command.extend({
  /** Standard output or error must match this regular expression (flags `ms`). */
  says: z.string().optional(),
  /** Exit status; absent: 0 where `says` is absent too, otherwise any. `other`: anything but 0. */
  status: z.union([z.int(), z.literal('other')]).optional(),
  /** `before` netdiag runs (the default), `during` (started with it), from its first packet on (`begun`), or `after` it: a counter, say. */
  when: z.enum(['before', 'during', 'begun', 'after']).optional(),
});

/** Of both directions, or of what one end sends. As `test/netns/impairment.d.mts` has it. */
const impairment = z.looseObject({});

const link = z.strictObject({
  mtuBytes: z.int().optional(),
  impairment: impairment.optional(),
  /** By host: of what that end sends. */
  from: z.record(z.string(), impairment).optional(),
});

/** Changes of the named network: what is not mentioned stays. A list replaces the one that was there. */
const change = z.strictObject({
  /** By the names of the two hosts, as the network has them: `client-gateway`. */
  links: z.record(z.string(), link).optional(),
  /** By host: addresses of its interfaces, by interface. */
  addresses: z.record(z.string(), z.record(z.string(), z.array(z.string()))).optional(),
  routes: z.record(z.string(), z.array(z.string())).optional(),
  resolvers: z.record(z.string(), z.array(z.string())).optional(),
});

export const caseSchema = z.strictObject({
  /** What is wrong, or what is unusual and yet well, in one sentence. */
  what: z.string(),
  /** A network of `networks/`: `home` where absent. */
  network: z.string().optional(),
  change: change.optional(),
  /** By host, then by service of `services/`: put over the network's own, field by field; `null` takes away. */
  services: z.record(z.string(), z.record(z.string(), z.union([z.looseObject({}), z.null()]))).optional(),
  /** What breaks it, in this order, before netdiag starts or (`at`) while it runs. */
  fault: z
    .array(
      z.union([
        command.extend({ at: moment.optional() }),
        /** Gives a link another impairment; `from`: only what this end sends. */
        z.strictObject({ impair: z.string(), from: z.string().optional(), impairment, at: moment.optional() }),
      ]),
    )
    .optional(),
  /** Arguments of `netdiag full-report`; `CA` stands for the file of the network's own authority. Absent: those of the network. */
  arguments: z.array(z.string()).optional(),
  /** Of netdiag's environment: `https_proxy`, say. `CA` as above. */
  environment: z.record(z.string(), z.string()).optional(),
  /** What netdiag is started by: `faketime -f +1d`. */
  prefix: z.array(z.string()).optional(),
  /** By an ordinary user. Absent: by root. */
  unprivileged: z.literal(true).optional(),
  /** At least one for a fault. */
  proof: z.array(proof).optional(),
  /**
   * One list for each independent cause, of the codes that name it rightly; the first that netdiag names must be in one of them. `CODE/FORM`:
   * only with this particular form. Healthy: none.
   */
  causes: z.array(z.array(z.string()).min(1)).optional(),
  /** The report must be there so soon, whatever it says: `4s`. */
  within: moment.optional(),
  /** Where somebody else's collection has it: `network-doctor: flapping-connectivity`. */
  source: z.string().optional(),
});

export type Case = z.infer<typeof caseSchema>;
