/** A list of completions has one line for each: what follows the first thought of a summary is for the help. */
export function briefly(summary: string): string {
  const text = summary.replace(/\s+/g, ' ').trim();
  const first = /^(.{16,}?)(?:; | \(|: (?=.{60}))/.exec(text)?.[1] ?? text;
  return first.replace(/[.,:;]$/, '');
}
