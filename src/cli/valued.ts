import type { Offer } from './offer.js';
import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';
import type { ValueKind } from './value-kinds.js';

/** How a flag reads its value: what does not parse is a usage error that names flag or variable, value and what is accepted. */
export function valued<T>(kind: ValueKind<T>) {
  return {
    parse: async (text: string, context: unknown, flag: { name: string; env?: string | undefined }): Promise<T> => {
      const value = kind.parse(text);
      if (value === null) throw new UsageError(`${whereOf(flag, context)} ${quotedValue(text)}: must be ${kind.accepted}`);
      return value;
    },
    ...offering(kind.offer),
  };
}

/** oclif hands over a token of what stands on the command line, and none of what stands in the environment. */
function whereOf({ name, env }: { name: string; env?: string | undefined }, context: unknown): string {
  const typed = typeof context === 'object' && context !== null && 'token' in context && context.token !== undefined;
  return env === undefined || typed ? `--${name}` : env;
}

/** Of a flag that takes any text: what shells offer for it. */
export function offered(offer: Offer) {
  return { parse: async (text: string): Promise<string> => text, ...offering(offer) };
}

/** oclif keeps what it does not know, and the build takes it over into the manifest. */
function offering(offer: Offer | undefined): { offer?: Offer } {
  return offer === undefined ? {} : { offer };
}
