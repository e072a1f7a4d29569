import type { Entries } from '../../language.js';

export const PROBES_DNSSEC: Entries = {
  'no trust anchor is at or above {0}': 'não há âncora de confiança em {0} nem acima',
  'nothing proves that {0} has no DS record in zone {1}: {2}': 'nada prova que {0} não tem registro DS na zona {1}: {2}',
  'signatures are not signed themselves (RFC 4035 section 2.2)': 'assinaturas não são, elas mesmas, assinadas (RFC 4035 section 2.2)',
  'the aliases of {0} form a loop or too long a chain': 'os aliases de {0} formam um laço ou uma cadeia longa demais',
  'there was nothing to validate': 'não havia nada para validar',
  '{0}, made from a wildcard': '{0}, gerado a partir de um curinga',
  '{0} {1} was made from a wildcard, and nothing proves that it may be: {2}':
    '{0} {1} foi gerado a partir de um curinga, e nada prova que isso é permitido: {2}',
  'the answer has {0} sets of records that nobody asked for, the first of them {1} {2}':
    'a resposta tem {0} conjuntos de registros que ninguém pediu, o primeiro deles {1} {2}',
  'the answer says that {0} does not exist (NXDOMAIN), and has records of it':
    'a resposta diz que {0} não existe (NXDOMAIN), e traz registros dele',
  'CNAME {0} is not what DNAME {1} makes of the name': 'CNAME {0} não é o que DNAME {1} faz do nome',
  'nothing proves {0}: {1}': 'nada prova {0}: {1}',
  'zone {0} proves {1}': 'a zona {0} prova {1}',
  'that {0}': 'que {0}',
  '{0} has no such record': '{0} não tem esse registro',
  '{0} has no such record, though it is there (the answer says NXDOMAIN)':
    '{0} não tem esse registro, embora exista (a resposta diz NXDOMAIN)',
  '{0} {1} leads to no name, or to several': '{0} {1} não leva a nenhum nome, ou leva a vários',
  'a reply is not there yet': 'ainda falta uma resposta',
  'signatures that hold, from the trust anchor down': 'assinaturas válidas, a partir da âncora de confiança',
  'DNSSEC of {0} {1}': 'DNSSEC de {0} {1}',
  'it was not validated': 'não foi validado',
  'there is no answer: {0}': 'não há resposta: {0}',
  'no verdict: {0}': 'sem veredito: {0}',
  '; the resolver refuses it too (SERVFAIL)': '; o resolvedor também a recusa (SERVFAIL)',
  '; the resolver passes it on all the same': '; o resolvedor a repassa mesmo assim',
  '; the resolver says that it holds (AD): look at the clock of this machine':
    '; o resolvedor diz que é válida (AD): examine o relógio desta máquina',
  '; the resolver says that it holds (AD)': '; o resolvedor diz que é válida (AD)',
  ': look at the clock of this machine': ': examine o relógio desta máquina',
  '; the resolver refuses it nevertheless (SERVFAIL): its clock or its trust anchor may be wrong':
    '; o resolvedor a recusa apesar disso (SERVFAIL): o relógio ou a âncora de confiança dele pode estar errado',
  '; the resolver says so too (AD)': '; o resolvedor diz o mesmo (AD)',
  '; the resolver does not say that it validated': '; o resolvedor não diz que validou',
  'DNSSEC of {0} questions': 'DNSSEC de {0} consultas',
  'DNSSEC of {0} questions at {1}': 'DNSSEC de {0} consultas em {1}',
  '{0}: {1}; the first: {2}': '{0}: {1}; a primeira: {2}',
  '{0} ({1}): {2}; the first: {3}': '{0} ({1}): {2}; a primeira: {3}',
  '{0}; the same for {1}': '{0}; o mesmo para {1}',
  'validation would take more than {0} questions': 'a validação exigiria mais de {0} consultas',
  '{0} has no signature, though zone {1} is signed': '{0} não tem assinatura, embora a zona {1} seja assinada',
  'signed by key {0} ({1}) of zone {2} until {3}': 'assinado pela chave {0} ({1}) da zona {2} até {3}',
  '{0} is {1}': '{0} é {1}',
  'the signature of {0} {1} by key {2}': 'a assinatura de {0} {1} pela chave {2}',
  '{0} names {1} as its zone, which is {2}': '{0} indica {1} como sua zona, que é {2}',
  '{0} is for a name of {1} labels, and this one has {2}': '{0} é para um nome de {1} rótulos, e este tem {2}',
  '{0} is of algorithm {1}, which is not supported; there is no other': '{0} é do algoritmo {1}, que não tem suporte; não há outra',
  "by this machine's clock ({0})": 'segundo o relógio desta máquina ({0})',
  '{0} expired {1}, {2} ago {3}': '{0} expirou em {1}, há {2}, {3}',
  '{0} is valid from {1} on, in {2} {3}': '{0} só é válida a partir de {1}, daqui a {2}, {3}',
  'the signature of {0} {1}': 'a assinatura de {0} {1}',
  'zone {0}': 'zona {0}',
  '{0} is by key {1} of {2}, which is revoked': '{0} é da chave {1} de {2}, que está revogada',
  '{0} is by key {1} ({2}), and {3} has the keys {4}': '{0} é da chave {1} ({2}), e {3} tem as chaves {4}',
  '{0} has more signatures and keys than are checked for one answer':
    '{0} tem mais assinaturas e chaves do que se verifica para uma resposta',
  '{0} does not fit key {1} of {2}: records or signature were altered':
    '{0} não confere com a chave {1} de {2}: os registros ou a assinatura foram alterados',
  '{0} min': '{0} min',
  'zone {0} has no DNSKEY record ({1}), though {2} says that it is signed':
    'a zona {0} não tem registro DNSKEY ({1}), embora {2} diga que ela é assinada',
  'only by {0}': 'apenas {0}',
  'key {0}': 'chave {0}',
  'the keys of zone {0} are signed by {1}, not by key {2} of {3}': 'as chaves da zona {0} são assinadas por {1}, não pela chave {2} de {3}',
  'no answer had a signature, not even that for the keys of the trust anchor: the resolver, or something before it, does not hand them on':
    'nenhuma resposta tinha assinatura, nem mesmo a das chaves da âncora de confiança: o resolvedor, ou algo antes dele, não as repassa',
  'the key of {0} of {1} is revoked; its tag is {2} now': 'a chave de {0} segundo {1} está revogada; a tag dela agora é {2}',
  '; the digest for key {0} is another': '; o digest da chave {0} é outro',
  'no key of {0} is the one of {1}: it has {2}': 'nenhuma chave de {0} é a de {1}: há {2}',
  'none that can be read': 'nenhuma legível',
  'trust anchor {0}': 'âncora de confiança {0}',
  'zone {0} is signed with algorithm {1}, of which none is supported here':
    'a zona {0} é assinada com o algoritmo {1}, e nenhum desses tem suporte aqui',
  'zone {0} is signed with algorithm {1}, digest type {2}, of which none is supported here':
    'a zona {0} é assinada com o algoritmo {1}, tipo de digest {2}, e nenhum desses tem suporte aqui',
  ', digest type {0}': ', tipo de digest {0}',
};
