import type { Entries } from '../../language.js';

export const CAUSES_SEGMENT: Entries = {
  'The Wi-Fi signal is weak': 'O sinal do Wi-Fi é fraco',
  'So little of the signal of the access point arrives that the radio must send slowly and repeat much. Round trips become long and uneven, and packets are lost, most of all while others use the same channel.':
    'Chega tão pouco do sinal do ponto de acesso que o rádio precisa transmitir devagar e repetir muito. A ida e volta fica longa e irregular, e pacotes são perdidos, sobretudo enquanto outros usam o mesmo canal.',
  'The access point is far away, or behind walls, metal or people.': 'O ponto de acesso está longe, ou atrás de paredes, metal ou pessoas.',
  'The machine holds on to a distant access point although a nearer one is there.':
    'A máquina insiste em um ponto de acesso distante, embora haja um mais próximo.',
  'The antenna is covered, loose or missing.': 'A antena está encoberta, solta ou ausente.',
  'The 5 or 6 GHz band is used at a distance that only 2.4 GHz covers.':
    'A banda de 5 ou 6 GHz é usada a uma distância que só a de 2.4 GHz cobre.',
  'the signal is strong enough': 'o sinal é forte o bastante',
  '`iw dev INTERFACE link`, here and beside the access point: the signal there must be better than -60 dBm.':
    '`iw dev INTERFACE link`, aqui e ao lado do ponto de acesso: lá o sinal precisa ser melhor que -60 dBm.',
  '`iw dev INTERFACE station dump` counts what was sent again (tx retries) and what failed.':
    '`iw dev INTERFACE station dump` conta o que foi enviado de novo (tx retries) e o que falhou.',
  'With a cable everything is well: it is the air.': 'Com cabo está tudo bem: é o ar.',
  'Move the machine or the access point, or put another access point in between.':
    'Mude de lugar a máquina ou o ponto de acesso, ou ponha outro ponto de acesso no meio.',
  'Reconnect, so that the nearest access point is chosen.': 'Reconecte, para que o ponto de acesso mais próximo seja escolhido.',
  'Take the 2.4 GHz band where distance matters, or a cable where it can be had.':
    'Use a banda de 2.4 GHz onde a distância pesa, ou um cabo onde for possível.',
  'The radio of the {0} hears its access point only weakly{1}.': 'O rádio da {0} ouve o ponto de acesso só fracamente{1}.',
  'Go nearer to the access point, or take a cable; the signal shows in: iw dev {0} link':
    'Aproxime-se do ponto de acesso, ou use um cabo; o sinal aparece em: iw dev {0} link',
  'Go nearer to the access point, or take a cable; the signal shows in: system_profiler SPAirPortDataType':
    'Aproxime-se do ponto de acesso, ou use um cabo; o sinal aparece em: system_profiler SPAirPortDataType',
  'Go nearer to the access point, or take a cable; the signal shows in: netsh wlan show interfaces':
    'Aproxime-se do ponto de acesso, ou use um cabo; o sinal aparece em: netsh wlan show interfaces',
  'Two machines answer for the address of the gateway': 'Duas máquinas respondem pelo endereço do gateway',
  'Asked who has the address of the gateway, more than one machine on the link said that it does, each with its own link address. What this machine sends goes now to one, now to the other. One of them may be wrong, or somebody wants to read the traffic (ARP spoofing).':
    'À pergunta sobre quem tem o endereço do gateway, mais de uma máquina no enlace respondeu que tem, cada uma com o próprio endereço de enlace. O que esta máquina envia vai ora para uma, ora para outra. Uma delas pode estar errada, ou alguém quer ler o tráfego (ARP spoofing).',
  'A second router was given the same address, or a device kept the factory address that the gateway has too.':
    'Um segundo roteador recebeu o mesmo endereço, ou um dispositivo manteve o endereço de fábrica que o gateway também tem.',
  'A machine took the address of the gateway as its own.': 'Uma máquina tomou para si o endereço do gateway.',
  'A failover pair in which both sides believe that they are active.': 'Um par de failover em que os dois lados acreditam estar ativos.',
  'Somebody on the link answers for the gateway to have the traffic come by (ARP or neighbour spoofing).':
    'Alguém no enlace responde pelo gateway para que o tráfego passe por ele (ARP spoofing ou o equivalente na descoberta de vizinhos).',
  'Two switches or routers that work as one, each with a link address of its own: then it is meant.':
    'Dois switches ou roteadores que trabalham como um só, cada um com seu endereço de enlace: nesse caso é intencional.',
  'one machine alone answers for it': 'só uma máquina responde por ele',
  'which of the link addresses is that of the router': 'qual dos endereços de enlace é o do roteador',
  '`sudo arping -c 3 -I INTERFACE GATEWAY` lists every machine that answers, with its link address.':
    '`sudo arping -c 3 -I INTERFACE GATEWAY` lista cada máquina que responde, com seu endereço de enlace.',
  'The first three bytes of a link address name the maker of the device; the switch names its port.':
    'Os três primeiros bytes de um endereço de enlace indicam o fabricante do dispositivo; o switch indica a porta.',
  'The one that is meant is on the label of the router, or in its settings.':
    'O correto está na etiqueta do roteador, ou nas configurações dele.',
  'Find the other one by its link address in the table of the switch, and take its address or its cable away.':
    'Localize o outro na tabela do switch pelo endereço de enlace e retire o endereço ou o cabo dele.',
  'Where nobody is meant to answer for the gateway, turn on ARP inspection (DHCP snooping) in the switch.':
    'Onde ninguém deve responder pelo gateway, ative a inspeção de ARP (DHCP snooping) no switch.',
  'Use a network that you trust, or a VPN, until it is found.': 'Use uma rede em que você confia, ou uma VPN, até que seja encontrado.',
  'More than one machine answers for the {0}.': 'Mais de uma máquina responde pelo {0}.',
  'Compare the link address of the gateway with the label of the router: ip -6 neigh show dev {0}':
    'Compare o endereço de enlace do gateway com a etiqueta do roteador: ip -6 neigh show dev {0}',
  'List all that answer, and find the wrong one by its link address: sudo arping -c 3 -I {0} {1}':
    'Liste todos os que respondem e localize o errado pelo endereço de enlace: sudo arping -c 3 -I {0} {1}',
  'Compare the link address of the gateway with the label of the router: arp -an':
    'Compare o endereço de enlace do gateway com a etiqueta do roteador: arp -an',
  'Compare the link address of the gateway with the label of the router: Get-NetNeighbor -IPAddress {0}':
    'Compare o endereço de enlace do gateway com a etiqueta do roteador: Get-NetNeighbor -IPAddress {0}',
};
