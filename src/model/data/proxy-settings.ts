import { z } from 'zod';
import { absences, count, milliseconds, source } from './quantities.js';

/** Shape of: what this machine says about proxies, without credentials and without the values of variables. */

const variable = z.strictObject({
  name: z.string(),
  /** `http://proxy.example.net:3128`; `null`: it cannot be read. */
  proxy: z.string().nullable(),
  /** Whether it holds a login. */
  authenticated: z.boolean().nullable(),
  /** Schemes of targets that go by it, as curl decides. */
  schemes: z.array(z.string()),
  /** Why it cannot be read, or is not used; its value is not shown. */
  problem: z.string().nullable(),
});

/** `no_proxy` and `NO_PROXY`. */
const exceptions = z.strictObject({
  name: z.string(),
  entries: count,
  /** Entries by their place in the list, from 1 on. `ignored`: no program makes anything of it. `differs`: programs read it differently. */
  faults: z.array(z.strictObject({ entry: count, kind: z.enum(['ignored', 'differs']), problem: z.string() })),
});

const elsewhere = z.strictObject({
  /** Whose setting it is: `apt`, `git`, `npm`, `GNOME`, `/etc/environment`. */
  by: z.string(),
  proxy: z.string().nullable(),
  authenticated: z.boolean().nullable(),
  problem: z.string().nullable(),
  source,
});

export const proxySettingsData = z.strictObject({
  /** Named for this run; `direct`: none is to be used; `null`: the environment decides. */
  given: z.string().nullable(),
  variables: z.array(variable),
  exceptions: z.array(exceptions),
  /** Variables that say different things, so that programs take different ways. */
  contradictions: z.array(z.strictObject({ names: z.array(z.string()), problem: z.string() })),
  elsewhere: z.array(elsewhere),
  /** Automatic configuration (PAC, WPAD): where it is set, and the host of its address. It is not followed. */
  automatic: z.array(z.strictObject({ by: z.string(), host: z.string().nullable(), source })),
  /** Each distinct proxy, once. */
  proxies: z.array(
    z.strictObject({
      proxy: z.string(),
      namedBy: z.array(z.string()),
      /** Whether a connection to it opened; `null`: not tried. */
      reachable: z.boolean().nullable(),
      address: z.string().nullable(),
      dnsMs: milliseconds.nullable(),
      tcpMs: milliseconds.nullable(),
      tlsMs: milliseconds.nullable(),
      /** Code and words of what went wrong. */
      failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
      /** Why it was not tried; `null`: it was. */
      because: z.string().nullable(),
    }),
  ),
  absent: absences,
});
