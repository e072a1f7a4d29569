import type { VariantName } from './hello.js';

/** The shapes in words. */
export const SHAPES: Readonly<Record<VariantName, string>> = {
  usual: 'as usual',
  large: 'large',
  'without-name': 'without a name',
  'other-name': 'with another name',
  tls12: 'TLS 1.2 alone',
  plain: 'plain HTTP',
};
