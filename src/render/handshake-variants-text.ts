import type { DataOf } from '../model/measurement.js';
import { SHAPES } from '../probes/handshake-variants/shapes.js';

type Variant = DataOf<'handshake-variants'>['variants'][number];

const OUTCOMES: Readonly<Record<Variant['outcome'], string>> = {
  hello: 'answered',
  alert: 'turned down',
  http: 'answered in HTTP',
  other: 'answered, not in TLS',
  reset: 'reset',
  closed: 'closed',
  silent: 'no answer',
  unconnected: 'no connection',
};

/** Each shape of the hello, and what came of it. */
export function handshakeVariantsLines({ variants }: DataOf<'handshake-variants'>): string[] {
  if (variants.length === 0) return [];
  return [
    variants
      .map(({ name, helloBytes, outcome, detail }) => {
        const size = name === 'usual' || name === 'large' ? ` (${helloBytes} bytes)` : '';
        return `${SHAPES[name]}${size}: ${OUTCOMES[outcome]}${detail === null ? '' : `, ${detail}`}`;
      })
      .join(' · '),
  ];
}
