import type { Entries } from '../../language.js';

export const PROBES_PROXY: Entries = {
  'a way opened to the target': 'um caminho aberto até o alvo',
  '(named by {0})': '(indicado por {0})',
  "status {0} came by {1}, the server's or the proxy's own{2}": 'status {0} veio por {1}, do servidor ou do próprio proxy{2}',
  '{0} opens the way, and it does not hold: {1}': '{0} abre o caminho, mas ele não se mantém: {1}',
  'its answer in {0}': 'a resposta dele em {0}',
  'not tried: {0}': 'não testado: {0}',
  'not: {0}': 'não: {0}',
  'status {0} in {1}': 'status {0} em {1}',
  'the direct way works ({0})': 'o caminho direto funciona ({0})',
  'the direct way was not tried: {0}': 'o caminho direto não foi testado: {0}',
  'the direct way does not work either: {0}': 'o caminho direto também não funciona: {0}',
  'through it {0}, the direct way does not work: {1}': 'por ele {0}, o caminho direto não funciona: {1}',
  'through it {0}, directly {1}': 'por ele {0}, direto {1}',
  '{0} refuses: status 407, it wants a login': '{0} recusa: status 407, exige login',
  '{0} refuses: status {1}': '{0} recusa: status {1}',
  '{0} was connected to, and did not answer within {1} ms': 'a conexão com {0} foi feita, mas não houve resposta em {1} ms',
  'its name is not resolved here': 'o nome dele não é resolvido aqui',
};
