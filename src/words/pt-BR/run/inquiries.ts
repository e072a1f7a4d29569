import type { Entries } from '../../language.js';

export const RUN_INQUIRIES: Entries = {
  'the target has no address': 'o alvo não tem endereço',
  'there is no way to it': 'não há caminho até ele',
  'it is on this machine': 'está nesta máquina',
  'this machine is not looked at': 'esta máquina não é examinada',
  'no page of the internet may be asked': 'nenhuma página da internet pode ser consultada',
  'no target has a name that is looked up here': 'nenhum alvo tem um nome que seja resolvido aqui',
  'no resolver is known': 'nenhum resolvedor é conhecido',
  'no target has a public name': 'nenhum alvo tem um nome público',
  'no other resolver may be asked (--references)': 'nenhum outro resolvedor pode ser consultado (--references)',
  'there is no way to another resolver': 'não há caminho até outro resolvedor',
  '{0} at {1}': '{0} em {1}',
  'its service speaks neither TLS nor HTTP, as far as is known': 'até onde se sabe, seu serviço não fala TLS nem HTTP',
  'no connection could be made that shows it': 'não foi possível fazer uma conexão que o mostre',
  'there is no target with an address': 'não há alvo com endereço',
  'this machine has no way to it': 'esta máquina não tem caminho até ele',
};
