import type { Entries } from '../../language.js';

export const CAUSES_RIVALS: Entries = {
  'whether the port answers plain HTTP, or the same handshake in another shape':
    'se a porta responde a HTTP sem criptografia, ou ao mesmo handshake em outra forma',
};
