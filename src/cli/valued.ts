import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';
import type { ValueKind } from './value-kinds.js';

/** How a flag reads its value: what does not parse is a usage error that names flag, value and what is accepted. */
export function valued<T>(kind: ValueKind<T>) {
  return {
    parse: async (text: string, _context: unknown, flag: { name: string }): Promise<T> => {
      const value = kind.parse(text);
      if (value === null) throw new UsageError(`--${flag.name} ${quotedValue(text)}: must be ${kind.accepted}`);
      return value;
    },
  };
}
