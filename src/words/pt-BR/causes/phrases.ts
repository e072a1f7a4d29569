import type { Entries } from '../../language.js';

export const CAUSES_PHRASES: Entries = {
  '{0}; expected {1}': '{0}; esperado: {1}',
  '{0} and {1}': '{0} e {1}',
  'and {0}': 'e {0}',
  'every target': 'cada alvo',
  'Every target': 'Cada alvo',
  'through {0}': 'por {0}',
  'default gateway': 'gateway padrão',
  'network interface': 'interface de rede',
  'interface {0}': 'interface {0}',
};
