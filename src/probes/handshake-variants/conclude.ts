import type { Code } from '../../model/code.js';
import type { DataOf } from '../../model/measurement.js';
import type { VariantName } from './hello.js';

type Variant = DataOf<'handshake-variants'>['variants'][number];

/**
 * What the shapes that pass, and those that do not, say together. `name`, `size`, `version`: only hellos without that come through. `server`: the
 * server itself turns all down. `plain`: it speaks HTTP without TLS. `none`: no shape passes. `all`: every one does by now.
 */
export type HandshakeFinding =
  | { kind: 'name' | 'size' | 'version'; how: Variant['outcome']; passes: VariantName[] }
  | { kind: 'server' | 'none'; how: Variant['outcome'] }
  | { kind: 'plain' | 'all' };

/** What nginx, Apache and Go answer to plain HTTP at a port of TLS. Where all else that they say is lost on the way, it is all that comes. */
const BAD_REQUEST = '400';

/** `null` where too little was seen to say anything. */
export function concludeVariants({ variants: all }: Pick<DataOf<'handshake-variants'>, 'variants'>): HandshakeFinding | null {
  const of = (name: VariantName) => all.find((variant) => variant.name === name) ?? null;
  const variants = all.filter(({ name }) => name !== 'plain');
  const [usual, large, nameless, other, tls12] = [of('usual'), of('large'), of('without-name'), of('other-name'), of('tls12')];
  if (usual === null || usual.outcome === 'unconnected') return null;
  const passing = variants.filter(passes);
  if (passing.length === 0) {
    // A server that speaks TLS can say in plain text that it wants it: then its alerts, too, came.
    const plain = of('plain');
    if (plain?.outcome === 'http' && plain.detail !== BAD_REQUEST && !variants.some(speaks)) return { kind: 'plain' };
    const told = variants.every(({ outcome }) => outcome === 'alert');
    return { kind: told ? 'server' : 'none', how: usual.outcome };
  }
  if (passes(usual)) {
    if (large !== null && isMute(large)) return { kind: 'size', how: large.outcome, passes: named(passing) };
    return variants.every(passes) ? { kind: 'all' } : null;
  }
  // A server may turn down a hello without its name; that somebody answers it in TLS is what counts.
  const nameMatters = isMute(usual) && (tls12 === null || !passes(tls12)) && [nameless, other].some((one) => one !== null && speaks(one));
  if (nameMatters)
    return { kind: 'name', how: usual.outcome, passes: named([nameless, other].filter((one) => one !== null && speaks(one))) };
  if (tls12 !== null && passes(tls12)) return { kind: 'version', how: usual.outcome, passes: named(passing) };
  return null;
}

function passes({ outcome }: Variant): boolean {
  return outcome === 'hello';
}

function speaks({ outcome }: Variant): boolean {
  return outcome === 'hello' || outcome === 'alert';
}

/** Without a word of TLS: as a device on the way does it that cannot speak for the server. */
function isMute({ outcome }: Variant): boolean {
  return outcome === 'silent' || outcome === 'reset' || outcome === 'closed';
}

function named(variants: readonly (Variant | null)[]): VariantName[] {
  return variants.flatMap((variant) => variant?.name ?? []);
}

/** What a handshake that ended by `code` is called in the light of its other shapes. A service that answers some of them is not silent. */
export function codeInLight(code: Code, { kind }: HandshakeFinding): Code {
  if (kind === 'plain') return 'tls-not-spoken';
  const partial = kind === 'name' || kind === 'size' || kind === 'version';
  return partial && code === 'service-silent' ? 'tls-handshake-failed' : code;
}

/** Ends of a handshake that its other shapes can shed light on. */
export const OPEN_ENDS: ReadonlySet<Code> = new Set<Code>(['service-silent', 'tcp-reset', 'tls-handshake-failed']);
