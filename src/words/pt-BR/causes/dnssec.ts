import type { Entries } from '../../language.js';

export const CAUSES_DNSSEC: Entries = {
  'The owner of the zone must sign it anew; if the clock of this machine is wrong, correct it first':
    'O dono da zona precisa assiná-la de novo; se o relógio desta máquina está errado, corrija-o antes',
  'Correct the clock of this machine if it is slow; otherwise the owner of the zone signed it for a later time':
    'Corrija o relógio desta máquina se ele está atrasado; caso contrário, o dono da zona a assinou para uma data futura',
  'The owner of the zone must have its DS record corrected at the registrar':
    'O dono da zona precisa fazer corrigir o registro DS no registrador',
  'The owner of the zone must have its DS record removed at the registrar, or sign the zone':
    'O dono da zona precisa fazer remover o registro DS no registrador, ou assinar a zona',
  'The owner of the zone must have the DS record of the new key entered at the registrar':
    'O dono da zona precisa fazer incluir no registrador o registro DS da chave nova',
  'The DNSSEC signature does not hold': 'A assinatura DNSSEC não confere',
  'The domain is signed, but the signatures do not fit (RFC 4035). Validating resolvers give no answer (SERVFAIL), others go on answering: so it works for some and not for others.':
    'O domínio é assinado, mas as assinaturas não conferem (RFC 4035). Os resolvedores que validam não dão resposta (SERVFAIL), os outros continuam respondendo: por isso funciona para alguns e não para outros.',
  'Signatures ran out, since the zone was not signed anew.': 'As assinaturas venceram, pois a zona não foi assinada de novo.',
  'The key was changed, and the DS record at the parent still names the old one.':
    'A chave foi trocada, e o registro DS na zona acima ainda indica a antiga.',
  'The domain moved to a provider without DNSSEC, and the DS record stayed.':
    'O domínio mudou para um provedor sem DNSSEC, e o registro DS ficou.',
  'The clock of the resolver is wrong.': 'O relógio do resolvedor está errado.',
  'A device on the way strips or changes records, or an attack.': 'Um equipamento no caminho remove ou altera registros, ou um ataque.',
  'the resolver gives no answer without validation either': 'o resolvedor também não dá resposta sem validação',
  '`netdiag dns NAME --dnssec` says what does not hold, zone by zone, with the key and the date.':
    '`netdiag dns NAME --dnssec` diz o que não confere, zona por zona, com a chave e a data.',
  '`dig +cd NAME` answers, `dig NAME` gives SERVFAIL: validation is the reason.':
    '`dig +cd NAME` responde, `dig NAME` dá SERVFAIL: o motivo é a validação.',
  'All signed domains fail: the clock, or the resolver. One: that domain.':
    'Todos os domínios assinados falham: o relógio, ou o resolvedor. Um só: esse domínio.',
  'The owner of the domain corrects the DS record at the registrar, or signs the zone anew.':
    'O titular do domínio corrige o registro DS no registrador, ou assina a zona de novo.',
  'Correct the clock of the own resolver.': 'Corrija o relógio do resolvedor, se ele é seu.',
  'Do not switch validation off for everything; a resolver can exempt one domain until it is mended.':
    'Não desative a validação para tudo; um resolvedor pode isentar um domínio até que ele seja corrigido.',
  'The DNSSEC signatures{0} do not hold{1}.': 'As assinaturas DNSSEC{0} não conferem{1}.',
  'Tell the owner of the domain which link of the chain is broken': 'Informe ao titular do domínio qual elo da cadeia está com defeito',
};
