// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a configuration writes its variables so

import { rememberSecret } from './secrets.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that cannot be put in its place. */
export interface VariableFault {
  path: PropertyKey[];
  /** The variable as the file has it, to be found in its text. */
  part: string;
  reason: string;
}

export interface Expanded {
  content: unknown;
  faults: VariableFault[];
  /** Whether the text at this path has the value of a variable in it. */
  isSecret(path: readonly PropertyKey[]): boolean;
  /** Whether any has. */
  hasSecrets: boolean;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const VARIABLE = /\$(?:\$|\{([^}]*)(\}?))/g;

/**
 * Puts variables of the environment in the place of `${NAME}` and `${NAME:-default}` in every text value; `$$` is a dollar, and so is one
 * that no brace follows. Keys are left alone. An empty variable is as good as none. What comes out of the environment is remembered as a
 * secret; a default stands in the file for everybody to read, and is none.
 *
 * @param content of a file; its nesting is bounded, and a value that several aliases share is done once
 */
export function expandVariables(content: unknown, environment: Environment): Expanded {
  const faults: VariableFault[] = [];
  const secret = new Set<string>();
  const done = new Map<object, unknown>();

  const expandText = (text: string, path: PropertyKey[]): string =>
    text.replace(VARIABLE, (part: string, inner: string | undefined, brace: string | undefined) => {
      if (part === '$$') return '$';
      const [, name = '', fallback] = /^([^:]*)(?::-(.*))?$/s.exec(inner ?? '') ?? [];
      if (brace !== '}' || !NAME.test(name)) {
        faults.push({ path, part: part.slice(0, 2), reason: 'a variable is written ${NAME} or ${NAME:-default}, and a dollar $$' });
        return part;
      }
      const value: unknown = environment[name];
      if (typeof value === 'string' && value !== '') {
        rememberSecret(name, value);
        secret.add(keyOf(path));
        return value;
      }
      if (fallback !== undefined) return fallback;
      faults.push({ path, part, reason: `the environment has no variable ${name}, or it is empty; \${${name}:-default} gives a default` });
      return part;
    });

  const visit = (value: unknown, path: PropertyKey[]): unknown => {
    if (typeof value === 'string') return value.includes('$') ? expandText(value, path) : value;
    if (typeof value !== 'object' || value === null) return value;
    const known = done.get(value);
    if (known !== undefined) return known;
    const expanded: unknown = Array.isArray(value) ? [] : {};
    done.set(value, expanded);
    for (const [key, inner] of Object.entries(value)) {
      const made = visit(inner, [...path, Array.isArray(value) ? Number(key) : key]);
      // Not by assignment: a key can be "__proto__".
      Object.defineProperty(expanded, key, { value: made, enumerable: true, writable: true, configurable: true });
    }
    return expanded;
  };

  const expanded = visit(content, []);
  return { content: expanded, faults, isSecret: (path) => secret.has(keyOf(path)), hasSecrets: secret.size > 0 };
}

function keyOf(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String));
}
