import type { Entries } from '../../language.js';

export const PROBES_HANDSHAKE_VARIANTS: Entries = {
  'handshake in other shapes': 'handshake em outras formas',
  'answered in TLS: {0}': 'com resposta em TLS: {0}',
  'none is answered in TLS': 'nenhuma tem resposta em TLS',
  'as usual': 'como de costume',
  'without a name': 'sem nome',
  'with another name': 'com outro nome',
  'plain HTTP': 'HTTP sem TLS',
};
