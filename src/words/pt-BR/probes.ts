import type { Entries } from '../language.js';

export const PROBES: Entries = {
  '{0}#ipv{1}': '{0}#ipv{1}',
  'not asked for': 'não solicitado',
  'its issuer is not known here, or the server does not send the certificate of the issuer along':
    'o emissor não é conhecido aqui, ou o servidor não envia junto o certificado do emissor',
  'it or one above it has expired': 'ele ou um acima dele expirou',
  'it or one above it is not valid yet': 'ele ou um acima dele ainda não é válido',
  'the server signed it itself': 'o próprio servidor o assinou',
  'the root of its chain is not known here': 'a raiz da cadeia dele não é conhecida aqui',
  'it was revoked': 'foi revogado',
  'trusted, for this name': 'confiável, para este nome',
  'for another name': 'para outro nome',
  'trusted; {0}, {1}': 'confiável; {0}, {1}',
  'not trusted: {0}': 'não confiável: {0}',
};
