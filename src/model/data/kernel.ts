import { z } from 'zod';
import { absences, count, source } from './quantities.js';

/** Shape of: settings, tables and limits of the kernel that concern the network. */

/** A number against a limit; `limit` `null`: not known here, or there is none (`absent` says which). */
const usage = { used: count, limit: count.nullable(), source: z.string() };

/** Local ports in use towards one destination, from the source address that has most. */
const destination = z.strictObject({
  /** Local address of these connections. */
  from: z.string(),
  address: z.string(),
  port: count,
  /** Ports of the range that connections to it hold, TIME-WAIT among them. */
  used: count,
  timeWait: count,
});

export const kernelData = z.strictObject({
  system: z.strictObject({
    release: z.string().nullable(),
    /** A kernel with `PREEMPT_RT`. */
    realtime: z.boolean().nullable(),
    /** As the kernel names it: `PREEMPT_DYNAMIC`, `PREEMPT`; `null` where it names none. */
    preemption: z.string().nullable(),
    /** `CONFIG_HZ`. */
    tickHz: count.nullable(),
    /** This process has a network namespace of its own, and does not see what is of the whole machine. */
    ownNamespace: z.boolean().nullable(),
    /** Settings are mounted so that nobody can write them from here, root included. */
    readOnly: z.boolean().nullable(),
    source,
  }),
  settings: z.array(
    z.strictObject({
      name: z.string(),
      topic: z.enum(['buffers', 'congestion', 'queues', 'tcp', 'connections', 'routing']),
      value: z.string(),
      source: z.string(),
      /** One value for the whole machine, whatever the namespace. */
      machineWide: z.boolean(),
      /** Who can set it: root here, or whoever runs the machine or started the container. */
      settable: z.enum(['here', 'host']),
      /** What the profile wants at least; `null`: it holds nothing against it. */
      recommended: z.string().nullable(),
      because: z.string().nullable(),
      /** The line that sets it until the next start. `null`: it passes, nothing is wanted, or this kernel cannot. */
      line: z.string().nullable(),
      /** Where `name = value` belongs so that it lasts. */
      file: z.string().nullable(),
      grade: z.enum(['pass', 'warn']).nullable(),
    }),
  ),
  congestion: z
    .strictObject({
      available: z.array(z.string()),
      /** What programs without rights may choose; `null`: not told. */
      allowed: z.array(z.string()).nullable(),
      /** `loaded`, or there is a module, or neither; `null`: not looked for, or not told. */
      bbr: z.enum(['loaded', 'module', 'none']).nullable(),
      source: z.string(),
    })
    .nullable(),
  /** Whether this kernel has the queueing discipline `fq`, as a module or built in; `null`: not looked for, or not told. */
  fairQueue: z.enum(['present', 'none']).nullable(),
  /** Queueing disciplines that send, by interface in use. */
  queues: z.array(z.strictObject({ interface: z.string(), root: z.string(), leaves: z.array(z.string()), source: z.string() })).nullable(),
  processor: z
    .strictObject({
      governors: z.array(z.strictObject({ name: z.string(), cpus: count })),
      /** Idle states of the first CPU, with the time that it takes to wake up from each, in microseconds. */
      idleStates: z.array(z.strictObject({ name: z.string(), exitLatencyUs: count, disabled: z.boolean() })),
      source: z.string(),
    })
    .nullable(),
  conntrack: z
    .strictObject({
      ...usage,
      buckets: count.nullable(),
      /** Since the start of this namespace, over all CPUs. */
      dropped: count.nullable(),
      earlyDropped: count.nullable(),
      insertFailed: count.nullable(),
    })
    .nullable(),
  localPorts: z
    .strictObject({
      first: count,
      last: count,
      /** Of the range, less those that are reserved. */
      usable: count,
      /** Different ports of the range that TCP connections hold; one port can serve several destinations. */
      tcpUsed: count.nullable(),
      timeWait: count.nullable(),
      /** Whether a port in TIME-WAIT is used again: towards nobody, everybody, or this machine itself. */
      timeWaitReuse: z.enum(['never', 'always', 'loopback']).nullable(),
      busiest: destination.nullable(),
      targets: z.array(destination.extend({ target: z.string() })),
      udpUsed: count.nullable(),
      source: z.string(),
    })
    .nullable(),
  /** In pages of the machine; `pressure`: from here on the kernel saves. */
  tcpMemory: z.strictObject({ ...usage, pressure: count.nullable() }).nullable(),
  udpMemory: z.strictObject({ ...usage, pressure: count.nullable() }).nullable(),
  orphans: z.strictObject(usage).nullable(),
  timeWait: z.strictObject(usage).nullable(),
  /** Of the whole machine, and of this process, whose limit is that of its session. */
  descriptors: z.strictObject(usage).nullable(),
  processDescriptors: z.strictObject(usage).nullable(),
  neighbors: z.array(
    z.strictObject({
      ...usage,
      family: z.union([z.literal(4), z.literal(6)]),
      /** Since the start of the machine; `null`: this kernel does not count them. */ overflows: count.nullable(),
    }),
  ),
  ipv6Routes: z.strictObject(usage).nullable(),
  absent: absences,
});
