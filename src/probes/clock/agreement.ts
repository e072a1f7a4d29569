/** What somebody says of the offset of this machine's clock, and by how much that can be wrong. Milliseconds. */
export interface Opinion {
  offsetMs: number;
  uncertaintyMs: number;
}

export interface Agreement {
  offsetMs: number;
  /** The offset can be wrong by as much, if those who agree speak the truth. */
  uncertaintyMs: number;
  /** Who agrees, by index. */
  members: ReadonlySet<number>;
}

/**
 * The offset that most opinions allow: Marzullo's intersection, as RFC 5905 section 11.2.1 has it. Whoever speaks the truth has the right
 * offset within its bounds, so that all who do overlap in one stretch; who has no part in it is wrong. `null`: there is no majority, so that
 * nobody can be told to be right. One alone is believed.
 */
export function agreementOf(opinions: readonly Opinion[]): Agreement | null {
  const ends = opinions.flatMap(({ offsetMs, uncertaintyMs }, index) => [
    { atMs: offsetMs - uncertaintyMs, opens: true, index },
    { atMs: offsetMs + uncertaintyMs, opens: false, index },
  ]);
  // Those that only touch still overlap.
  ends.sort((a, b) => a.atMs - b.atMs || Number(b.opens) - Number(a.opens));
  const open = new Set<number>();
  let best: { lowMs: number; highMs: number; members: ReadonlySet<number> } | null = null;
  for (const { atMs, opens, index } of ends) {
    if (opens) {
      open.add(index);
      if (open.size > (best?.members.size ?? 0)) best = { lowMs: atMs, highMs: Number.POSITIVE_INFINITY, members: new Set(open) };
      continue;
    }
    // The first that ends closes the stretch in which all of them overlap.
    if (best?.highMs === Number.POSITIVE_INFINITY) best.highMs = atMs;
    open.delete(index);
  }
  if (best === null || best.members.size * 2 <= opinions.length) return null;
  const { lowMs, highMs, members } = best;
  const surest = [...members]
    .flatMap((index) => opinions[index] ?? [])
    .reduce((least, one) => (one.uncertaintyMs < least.uncertaintyMs ? one : least));
  const offsetMs = Math.min(highMs, Math.max(lowMs, surest.offsetMs));
  return { offsetMs, uncertaintyMs: Math.max(highMs - offsetMs, offsetMs - lowMs), members };
}
