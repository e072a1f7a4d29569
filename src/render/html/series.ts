/** One packet or question of a series. */
export interface Sample {
  /** When it was sent, in milliseconds from the first one; its number where times are not told. */
  at: number;
  /** `null`: not answered in time. */
  ms: number | null;
}

/** Neighbours of a series taken together. Of an unthinned series each sample is one. */
export interface Group {
  from: number;
  to: number;
  sent: number;
  lost: number;
  /** Of those that were answered; `null`: none was. */
  times: { min: number; median: number; max: number } | null;
}

/** Takes neighbours together, as many of each as are needed for no more than `most` groups. */
export function grouped(samples: readonly Sample[], most: number): Group[] {
  const size = Math.max(1, Math.ceil(samples.length / Math.max(1, most)));
  const groups: Group[] = [];
  for (let start = 0; start < samples.length; start += size) {
    const members = samples.slice(start, start + size);
    const [first, last] = [members[0], members.at(-1)];
    if (first === undefined || last === undefined) continue;
    const times = members.flatMap(({ ms }) => ms ?? []).sort((one, other) => one - other);
    const [min, max, median] = [times[0], times.at(-1), times[Math.ceil(times.length / 2) - 1]];
    groups.push({
      from: first.at,
      to: last.at,
      sent: members.length,
      lost: members.length - times.length,
      times: min === undefined || max === undefined || median === undefined ? null : { min, median, max },
    });
  }
  return groups;
}
