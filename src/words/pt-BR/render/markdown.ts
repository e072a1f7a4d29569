import type { Entries } from '../../language.js';

export const RENDER_MARKDOWN: Entries = {
  '## Causes, the likeliest root first': '## Causas, a raiz mais provável primeiro',
  '{0} more causes are in the JSON report.': 'Mais {0} causas estão no relatório JSON.',
  '- Ruled out: {0}': '- Descartado: {0}',
  'Looks the same': 'Parece igual',
  '{0}; what would tell: {1}': '{0}; o que permitiria distinguir: {1}',
  '### {0}. {1}: {2} % sure': '### {0}. {1}: {2} % de certeza',
  'Layer {0}, {1}; {2}.': 'Camada {0}, {1}; {2}.',
  '- {0}: and {1} more': '- {0}: e mais {1}',
  '**What to do:** {0}': '**O que fazer:** {0}',
  powershell: 'powershell',
  '**What to do about** {0}: {1}': '**O que fazer sobre** {0}: {1}',
  'Made by netdiag {0}, limits of the profile {1}.': 'Gerado por netdiag {0}, limites do perfil {1}.',
  '# {0} {1}: netdiag {2}': '# {0} {1}: netdiag {2}',
  'Of {0} check {1} failed, {2} warned, {3} passed, {4} skipped. Interrupted: this is what was measured by then.':
    'De {0} verificação: {1} com falha, {2} com aviso, {3} passaram, {4} não verificadas. Interrompido: isto é o que foi medido até então.',
  'Of {0} check {1} failed, {2} warned, {3} passed, {4} skipped.':
    'De {0} verificação: {1} com falha, {2} com aviso, {3} passaram, {4} não verificadas.',
  'Of {0} checks {1} failed, {2} warned, {3} passed, {4} skipped. Interrupted: this is what was measured by then.':
    'De {0} verificações: {1} com falha, {2} com aviso, {3} passaram, {4} não verificadas. Interrompido: isto é o que foi medido até então.',
  'Of {0} checks {1} failed, {2} warned, {3} passed, {4} skipped.':
    'De {0} verificações: {1} com falha, {2} com aviso, {3} passaram, {4} não verificadas.',
  'Not looked at:': 'Não examinado:',
  '- and {0} more': '- e mais {0}',
  'No check failed or warned.': 'Nenhuma verificação com falha ou aviso.',
  '## Failed and warned': '## Com falha e com aviso',
  '{0} more failed or warned; the JSON report has them.': 'Mais {0} com falha ou aviso; o relatório JSON as contém.',
  'Passed and skipped: {0} check': 'Passaram ou não verificadas: {0} verificação',
  'Passed and skipped: {0} checks': 'Passaram ou não verificadas: {0} verificações',
  Layer: 'Camada',
  Target: 'Alvo',
  Grades: 'Níveis',
  'What was measured': 'O que foi medido',
  '<summary>{0}</summary>': '<summary>{0}</summary>',
  Requirement: 'Requisito',
  Case: 'Caso',
  '## Not fulfilled': '## Não cumprido',
  '- Step: {0}': '- Passo: {0}',
  '- Expected {0}: {1}': '- Esperado {0}: {1}',
  '- Because {0}': '- Porque {0}',
  '<details>\n<summary>{0}</summary>': '<details>\n<summary>{0}</summary>',
  'Something was left out here, so that it fits into a ticket; the JSON report has it all.':
    'Algo foi omitido aqui para caber em um chamado; o relatório JSON contém tudo.',
};
