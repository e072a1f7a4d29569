import { parseTrustAnchors } from '../wire/dnssec/anchor.js';
import { quotedValue } from './quoted-value.js';
import { readTextFile } from './text-file.js';
import { UsageError } from './usage-error.js';

/** What `--dnssec` and `--trust-anchor` ask for; `undefined`: no validation. A file that is none is refused before anything is sent. */
export function readValidation(flags: {
  dnssec: boolean;
  'trust-anchor'?: string | undefined;
}): { anchors: readonly string[] } | undefined {
  const path = flags['trust-anchor'];
  if (path === undefined) return flags.dnssec ? { anchors: [] } : undefined;
  if (!flags.dnssec) throw new UsageError('--trust-anchor goes with --dnssec');
  const read = parseTrustAnchors(readTextFile('--trust-anchor', path));
  if (!read.ok) throw new UsageError(`--trust-anchor ${quotedValue(path)}, line ${read.line}: ${read.refusal}`);
  return { anchors: read.value.records };
}
