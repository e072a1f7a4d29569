import type { Entries } from '../../language.js';

export const WIRE_NAMES: Entries = {
  'the line hosts: asks {0}, and no name server': 'a linha hosts: consulta {0} e nenhum servidor de nomes',
  '{0} [NOTFOUND=return] stands before {1}, and keeps names below local':
    '{0} [NOTFOUND=return] vem antes de {1} e retém os nomes abaixo de local',
  '{0} [{1}] stands before {2}, and ends the search for names it does not know':
    '{0} [{1}] vem antes de {2} e encerra a busca por nomes que não conhece',
  'it is too long to be read': 'é longo demais para ser lido',
  'it begins with a space, so that the C library passes over it': 'começa com um espaço, por isso a biblioteca C a ignora',
  'of {0} lines search only the last counts': 'de {0} linhas search só a última vale',
  'it ends in a carriage return, as Windows writes it, with which the GNU C library takes no address':
    'termina em um retorno de carro, como o Windows escreve, com o qual a biblioteca GNU C não aceita endereço',
  'its keyword has to be "{0}"': 'sua palavra-chave tem de ser "{0}"',
  'it begins with no keyword of the format': 'não começa com nenhuma palavra-chave do formato',
  'nameserver without an address': 'nameserver sem endereço',
  'what stands behind nameserver is no IP address': 'o que vem depois de nameserver não é um endereço IP',
  'of several addresses behind nameserver only the first is read': 'de vários endereços depois de nameserver só o primeiro é lido',
  'the same name server stands there before': 'o mesmo servidor de nomes já aparece antes',
  '{0} without a domain': '{0} sem domínio',
  'domain takes one domain; the others are not read': 'domain aceita um domínio; os outros não são lidos',
  '{0} of its domains is no domain name': '{0} de seus domínios não é nome de domínio',
  '{0} of its domains are no domain names': '{0} de seus domínios não são nomes de domínio',
  'is no domain name': 'não é nome de domínio',
  'are no domain names': 'não são nomes de domínio',
  'it has an option that is not known': 'tem uma opção que não é conhecida',
  'option {0} takes a number': 'a opção {0} exige um número',
  'systemd-resolved (static stub)': 'systemd-resolved (stub estático)',
  'the container host': 'o host do contêiner',
  'Mullvad VPN': 'Mullvad VPN',
  'Cisco AnyConnect': 'Cisco AnyConnect',
  'Proton VPN': 'Proton VPN',
  'Proxmox VE': 'Proxmox VE',
  'it is a link to {0}': 'é um link para {0}',
  'a remark in it says so': 'um comentário nele diz isso',
  'its search list has a domain of services (svc.…), and ndots is 5': 'sua lista de busca tem um domínio de serviços (svc.…), e ndots é 5',
  'its name server is 127.0.0.11': 'seu servidor de nomes é 127.0.0.11',
};
