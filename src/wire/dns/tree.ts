/** The tree of names (RFC 1034 section 3.1), on names as `nameKey` gives them: dots within a label are escaped. */

/** `example` for `www\.a.example`; the root for a name of one label; `null` for the root. */
export function parentKey(key: string): string | null {
  if (key === '.') return null;
  for (let index = 0; index < key.length; index++) {
    if (key[index] === '\\') index++;
    else if (key[index] === '.') return key.slice(index + 1);
  }
  return '.';
}

/** Whether `key` is `zone` or below it. */
export function isWithin(key: string, zone: string): boolean {
  if (zone === '.' || key === zone) return true;
  if (!key.endsWith(`.${zone}`)) return false;
  // An odd number of backslashes makes the dot a part of the label.
  const backslashes = /\\*$/.exec(key.slice(0, -zone.length - 1))?.[0].length ?? 0;
  return backslashes % 2 === 0;
}

/** Whether `key` is below `zone`, and not `zone` itself. */
export function isBelow(key: string, zone: string): boolean {
  return key !== zone && isWithin(key, zone);
}

/** How many labels a name has; the root has none. */
export function depthOfName(key: string): number {
  let depth = 0;
  for (let at: string | null = key; at !== null && at !== '.'; at = parentKey(at)) depth++;
  return depth;
}

/** A name in the data of a record, where it stands with its final dot, in the form that records have as their owner. */
export function ownerForm(data: string): string {
  return data === '.' ? data : data.replace(/\.$/, '');
}
