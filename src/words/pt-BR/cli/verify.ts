import type { Entries } from '../../language.js';

export const CLI_VERIFY: Entries = {
  'interrupted before it was looked at': 'interrompido antes de ser examinado',
  'interrupted while it was looked at': 'interrompido enquanto era examinado',
  'it needs {0}, which failed': 'depende de {0}, que falhou',
  'it needs {0}, which was not looked at wholly': 'depende de {0}, que não foi examinado por completo',
};
