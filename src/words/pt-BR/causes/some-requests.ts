import type { Entries } from '../../language.js';

export const CAUSES_SOME_REQUESTS: Entries = {
  'Test each server behind this address by itself, and read the log of the one that fails; how many requests fail shows in: netdiag http --count 20 {0}':
    'Teste separadamente cada servidor atrás deste endereço e leia o log do que falha; quantas requisições falham se vê em: netdiag http --count 20 {0}',
};
