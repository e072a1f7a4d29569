import type { DataOf } from '../model/measurement.js';

type Validation = NonNullable<DataOf<'dns'>['validation']>;
type Link = Validation['chain'][number];

const KEYS_SHOWN = 6;

/** The verdict with its reason, and the chain that it rests on, zone by zone. */
export function dnssecLines({ validation }: DataOf<'dns'>): string[] {
  if (validation == null) return [];
  const { verdict, reason, detail, queries } = validation;
  const heading = verdict === null ? `DNSSEC: no verdict (${reason})` : `DNSSEC: ${verdict}${reason === null ? '' : ` (${reason})`}`;
  const asked = queries === 1 ? '1 question more' : `${queries} questions more`;
  return [`${heading} · ${detail} · ${asked}`, ...validation.chain.map(describeLink)];
}

/** `example. · DS 12345/13/2 · keys 12345 KSK, 54321 (ECDSAP256SHA256) · secure`. */
function describeLink({ zone, ds, keys, verdict }: Link): string {
  const name = zone === '.' ? '.' : `${zone}.`;
  const algorithms = [...new Set(keys.map(({ algorithm }) => algorithm))].join(', ');
  const shown = keys.slice(0, KEYS_SHOWN).map(({ keyTag, secureEntryPoint }) => `${keyTag}${secureEntryPoint ? ' KSK' : ''}`);
  const more = keys.length > KEYS_SHOWN ? ` and ${keys.length - KEYS_SHOWN} more` : '';
  const parts = [
    name,
    ds.length === 0 ? (verdict === 'insecure' ? 'no DS' : '') : `DS ${ds.join(', ')}`,
    keys.length === 0 ? '' : `${keys.length === 1 ? 'key' : 'keys'} ${shown.join(', ')}${more} (${algorithms})`,
    verdict ?? 'no verdict',
  ];
  return `· ${parts.filter((part) => part !== '').join(' · ')}`;
}
