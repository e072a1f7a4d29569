import type { Entries } from '../../language.js';

export const PROBES_PHASES: Entries = {
  '{0} of {1} failed{2}': '{0} de {1} falharam{2}',
  'all complete': 'todas completas',
  '{0} or more complete': '{0} ou mais se completam',
  'none of {0} completed: {1}': 'nenhuma de {0} se completou: {1}',
  '(fewer than {0} fail, 95 % sure)': '(menos de {0} falham, 95 % de confiança)',
  'all of {0} completed{1}': 'todas as {0} se completaram{1}',
  '{0} of {1} completed, {2}': '{0} de {1} se completaram, {2}',
  exchanges: 'trocas',
  ': {0}, and {1} other reasons': ': {0}, e mais {1} motivos',
  ', and {0} other reasons': ', e mais {0} motivos',
  'no HTTP was spoken': 'não houve HTTP',
  'status {0}, first byte after {1}': 'status {0}, primeiro byte após {1}',
  'no answer within {0}': 'sem resposta em {0}',
  'status {0}, and not the whole answer: {1}': 'status {0}, e não a resposta inteira: {1}',
  'no valid answer: {0}': 'nenhuma resposta válida: {0}',
  'TLS did not complete: {0}': 'TLS não se completou: {0}',
  'status {0} for its front page': 'status {0} para a página inicial',
  'no error of the server': 'nenhum erro do servidor',
};
