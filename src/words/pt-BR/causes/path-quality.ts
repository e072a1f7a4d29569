import type { Entries } from '../../language.js';

export const CAUSES_PATH_QUALITY: Entries = {
  'Packets are lost from the first hop on': 'Pacotes são perdidos desde o primeiro salto',
  'The loss begins between this machine and its gateway, so everything further out suffers too. The target and the provider are not the cause. 1 % is enough to cut the throughput of a long TCP connection to a fraction.':
    'A perda começa entre esta máquina e seu gateway, por isso tudo o que fica além também sofre. O alvo e o provedor não são a causa. Basta 1 % para reduzir a uma fração a vazão de uma conexão TCP longa.',
  'Wi-Fi: distance, interference, a crowded channel.': 'Wi-Fi: distância, interferência, canal congestionado.',
  'A bad cable or a duplex mismatch.': 'Cabo ruim ou duplex incompatível.',
  'The router, or the queue in front of the line, is overloaded.': 'O roteador, ou a fila antes da linha, está sobrecarregado.',
  'This machine, its virtual machine or its network driver has no time to serve the adapter.':
    'Esta máquina, sua máquina virtual ou seu driver de rede não tem tempo de atender o adaptador.',
  'A gateway that answers ping only so many times a second: then targets beyond show no loss.':
    'Um gateway que responde ao ping só um certo número de vezes por segundo: nesse caso os alvos além dele não mostram perda.',
  'the gateway loses nothing': 'o gateway não perde nada',
  'the strength of the radio signal': 'a intensidade do sinal de rádio',
  'counters of the interface that grow': 'contadores da interface que crescem',
  'Targets beyond the gateway lose as much: real. They lose nothing: the gateway merely limits its own answers.':
    'Alvos além do gateway perdem o mesmo: é real. Não perdem nada: o gateway apenas limita as próprias respostas.',
  '`ip -s link show dev INTERFACE`: growing errors accuse cable or adapter.':
    '`ip -s link show dev INTERFACE`: erros que crescem apontam para o cabo ou o adaptador.',
  '`iw dev INTERFACE link` (Windows: `netsh wlan show interfaces`): a signal below -70 dBm is weak.':
    '`iw dev INTERFACE link` (Windows: `netsh wlan show interfaces`): um sinal abaixo de -70 dBm é fraco.',
  'With a cable in place of Wi-Fi, or with the line idle, the loss is gone: that was it.':
    'Com cabo em vez de Wi-Fi, ou com a linha ociosa, a perda some: era isso.',
  'Use a cable, move nearer to the access point, or take the 5 GHz band.':
    'Use um cabo, aproxime-se do ponto de acesso ou use a banda de 5 GHz.',
  'Replace the cable and the switch port.': 'Troque o cabo e a porta do switch.',
  'Turn on queue management at the router (see bufferbloat), so that one upload does not drown the rest.':
    'Ative o gerenciamento de filas no roteador (veja bufferbloat), para que um upload não sufoque o resto.',
  'Packets are lost between this machine and {0}, on the link that both are on{1}.':
    'Pacotes se perdem entre esta máquina e {0}, no enlace em que ambos estão{1}.',
  'Packets are lost between this machine and the {0}.': 'Pacotes são perdidos entre esta máquina e o {0}.',
  'Try a cable in place of Wi-Fi, or another cable; growing errors show in: ip -s link show dev {0}':
    'Tente um cabo em vez de Wi-Fi, ou outro cabo; erros que crescem aparecem em: ip -s link show dev {0}',
  'Try a cable in place of Wi-Fi, or another cable; growing errors show in: netstat -I {0}':
    'Tente um cabo em vez de Wi-Fi, ou outro cabo; erros que crescem aparecem em: netstat -I {0}',
  'Try a cable in place of Wi-Fi, or another cable; the strength of the radio shows in: netsh wlan show interfaces':
    'Tente um cabo em vez de Wi-Fi, ou outro cabo; a intensidade do sinal aparece em: netsh wlan show interfaces',
  'Packets are lost between the gateway and the target': 'Pacotes são perdidos entre o gateway e o alvo',
  'The first hop is clean, and somewhere behind it packets disappear. Loss at one router in the middle that does not go on to the hops behind it is no loss of traffic: that router only limits its own answers.':
    'O primeiro salto está limpo e, em algum ponto depois dele, pacotes desaparecem. A perda em um roteador do meio que não continua nos saltos seguintes não é perda de tráfego: esse roteador apenas limita as próprias respostas.',
  'The line to the provider is saturated or noisy.': 'A linha até o provedor está saturada ou com ruído.',
  'A congested link between providers, often at certain hours.':
    'Um enlace congestionado entre provedores, muitas vezes em certos horários.',
  'A broken member of a bundle of parallel links: some connections lose, others do not.':
    'Um membro com defeito em um grupo de enlaces paralelos: algumas conexões perdem, outras não.',
  'A rate limit or shaper of the provider.': 'Um limite de taxa ou shaper do provedor.',
  'packets to other targets are not lost': 'pacotes para outros alvos não são perdidos',
  'at which hop the loss begins': 'em que salto a perda começa',
  'whether the gateway loses as well': 'se o gateway também perde',
  '`netdiag loss TARGET --path` probes every hop beside the target, and names the hop from which the loss stays.':
    '`netdiag loss TARGET --path` sonda cada salto junto com o alvo e mostra o salto a partir do qual a perda permanece.',
  'Loss to all targets begins at the second hop: the own line. To one target only: a link further out.':
    'A perda para todos os alvos começa no segundo salto: a própria linha. Para um só alvo: um enlace mais adiante.',
  'Gone at night, back in the evening: congestion.': 'Some à noite e volta no horário de pico: congestionamento.',
  'With the line idle it is gone: the own traffic saturates it.': 'Com a linha ociosa ela some: o próprio tráfego a satura.',
  'Stop or shape the own transfers, and measure again.': 'Pare ou limite as próprias transferências e meça de novo.',
  'Report it to the provider, with loss per hop, both addresses and the time.':
    'Informe o provedor, com a perda por salto, os dois endereços e o horário.',
  'Use another line or another region of the target until it is mended.':
    'Use outra linha ou outra região do alvo até que seja consertado.',
  'Packets{0} are lost on the way there or back{1}.': 'Pacotes{0} são perdidos na ida ou na volta{1}.',
  'Give the provider the loss of each hop, both addresses and the time, measured with the line otherwise idle: netdiag loss {0} --path':
    'Passe ao provedor a perda de cada salto, os dois endereços e o horário, medidos com a linha ociosa no mais: netdiag loss {0} --path',
  'With the line otherwise idle, look once more, with more packets: netdiag loss {0} --path --count 1000':
    'Com a linha ociosa no mais, examine de novo, com mais pacotes: netdiag loss {0} --path --count 1000',
  'With the line otherwise idle, find the hop where it begins, for the provider: netdiag loss {0} --path':
    'Com a linha ociosa no mais, encontre o salto em que começa, para informar o provedor: netdiag loss {0} --path',
  'Only the target loses packets': 'Só o alvo perde pacotes',
  'The way there is clean; the loss appears at the target alone. It is overloaded, or it, or a device right in front of it, limits how many probes it answers.':
    'O caminho até lá está limpo; a perda aparece só no alvo. Ele está sobrecarregado, ou ele, ou um dispositivo logo à frente dele, limita a quantas sondas responde.',
  'The target limits ICMP echo, which says nothing about its service.': 'O alvo limita o eco ICMP, o que nada diz sobre o serviço dele.',
  'The target or its virtual machine is overloaded.': 'O alvo ou sua máquina virtual está sobrecarregado.',
  'Its firewall or load balancer limits new connections from one source.':
    'O firewall ou balanceador de carga dele limita novas conexões de uma mesma origem.',
  'Its own network connection is bad.': 'A própria conexão de rede dele é ruim.',
  'packets to other targets are lost as well': 'pacotes para outros alvos também são perdidos',
  '`netdiag loss TARGET --method tcp`: no loss there means that ping is limited, which is no fault.':
    '`netdiag loss TARGET --method tcp`: se ali não há perda, é o ping que está limitado, o que não é defeito.',
  'A longer interval between the probes makes the loss go: a rate limit.':
    'Um intervalo maior entre as sondas faz a perda sumir: um limite de taxa.',
  'Loss that grows with the time of day: load.': 'Perda que cresce conforme a hora do dia: carga.',
  'Measure what the service uses: TCP to its port.': 'Meça o que o serviço usa: TCP até a porta dele.',
  'Report it to the owner of the target, with the time and the address measured from.':
    'Informe o dono do alvo, com o horário e o endereço de onde se mediu.',
  'Packets are lost at {0}, while the way there is clean{1}.': 'Pacotes são perdidos em {0}, enquanto o caminho até lá está limpo{1}.',
  'See whether the service loses too, or only ping is limited: netdiag loss {0} --method tcp':
    'Veja se o serviço também perde, ou se só o ping é limitado: netdiag loss {0} --method tcp',
  'Round trips take long': 'A ida e volta demora',
  'Packets arrive, but the round trip takes longer than the policy allows. Distance sets the floor: light in fibre needs about 1 ms of round trip for each 100 km; what is above that is detour, queueing or a slow device.':
    'Os pacotes chegam, mas a ida e volta demora mais do que a política permite. A distância define o mínimo: a luz na fibra precisa de cerca de 1 ms de ida e volta para cada 100 km; o que passa disso é desvio, fila ou um dispositivo lento.',
  'The target is far away, or the traffic takes a detour (VPN, proxy, provider without a direct link).':
    'O alvo está longe, ou o tráfego faz um desvio (VPN, proxy, provedor sem enlace direto).',
  'A queue in front of a busy line (see bufferbloat).': 'Uma fila antes de uma linha ocupada (veja bufferbloat).',
  'Wi-Fi or mobile radio, satellite, or a virtual machine whose host is busy.':
    'Wi-Fi ou rede móvel, satélite, ou uma máquina virtual cujo host está ocupado.',
  'An address translation layer, for example that of a virtual machine or WSL2.':
    'Uma camada de tradução de endereços, por exemplo a de uma máquina virtual ou do WSL2.',
  'The target answers slowly because it is overloaded.': 'O alvo responde devagar porque está sobrecarregado.',
  'whether the round trip falls as soon as the line is idle': 'se a ida e volta cai assim que a linha fica ociosa',
  'The minimum is high too: distance or detour. The minimum is low and the median high: queueing.':
    'O mínimo também é alto: distância ou desvio. O mínimo é baixo e a mediana alta: fila.',
  'The gateway is slow already: Wi-Fi, local load, or this machine.': 'O gateway já é lento: Wi-Fi, carga local ou esta máquina.',
  'A trace shows the hop at which the time jumps and stays up; a single slow hop in the middle is only a slow answer.':
    'Um trace mostra o salto em que o tempo sobe e permanece alto; um único salto lento no meio é só uma resposta lenta.',
  'Without the VPN it is faster: the detour.': 'Sem a VPN é mais rápido: o desvio.',
  'Choose a region, mirror or server nearer by.': 'Escolha uma região, um espelho ou um servidor mais próximo.',
  'Use a cable, pause other transfers, and measure again.': 'Use um cabo, pause outras transferências e meça de novo.',
  'Let traffic that does not need the VPN go around it.': 'Deixe fora da VPN o tráfego que não precisa dela.',
  'Ask the provider about the route, with a trace of both directions where it can be had.':
    'Pergunte ao provedor sobre a rota, com um trace das duas direções, se for possível obtê-lo.',
  'Round trips{0} take too long{1}.': 'A ida e volta{0} demora demais{1}.',
  'Pause other transfers and compare with the gateway, which tells near from far: netdiag latency {0} {1}':
    'Pause outras transferências e compare com o gateway, o que distingue perto de longe: netdiag latency {0} {1}',
  'Round trips vary too much': 'A ida e volta varia demais',
  'The time of the round trip changes strongly from packet to packet (interarrival jitter, RFC 3550). Downloads hardly notice; voice, video, games and order execution do, since they must wait for the slowest packet or do without it.':
    'O tempo da ida e volta muda muito de pacote para pacote (jitter entre chegadas, RFC 3550). Downloads quase não percebem; voz, vídeo, jogos e execução de ordens percebem, pois precisam esperar pelo pacote mais lento ou passar sem ele.',
  'Wi-Fi: contention, retransmissions, power saving.': 'Wi-Fi: disputa pelo meio, retransmissões, economia de energia.',
  'A queue that fills and drains in front of a busy line.': 'Uma fila que enche e esvazia antes de uma linha ocupada.',
  'A busy virtual machine or host that is scheduled late.': 'Uma máquina virtual ou um host ocupado, que recebe tempo de CPU com atraso.',
  'Traffic spread over paths of different length.': 'Tráfego distribuído por caminhos de comprimentos diferentes.',
  'The gateway varies as much: Wi-Fi or this machine. It does not: the line or beyond.':
    'O gateway varia igual: Wi-Fi ou esta máquina. Não varia: a linha ou além dela.',
  'Idle line, same jitter: not queueing. Only under load: see bufferbloat.':
    'Linha ociosa, mesmo jitter: não é fila. Só sob carga: veja bufferbloat.',
  'On a virtual machine, the steal column of `vmstat 1` above 0 accuses the host.':
    'Em uma máquina virtual, a coluna steal de `vmstat 1` acima de 0 aponta para o host.',
  'Use a cable in place of Wi-Fi; or switch its power saving off: `sudo iw dev INTERFACE set power_save off`.':
    'Use um cabo em vez de Wi-Fi; ou desative a economia de energia do Wi-Fi: `sudo iw dev INTERFACE set power_save off`.',
  'Turn on queue management at the router.': 'Ative o gerenciamento de filas no roteador.',
  'Give the virtual machine dedicated processors.': 'Dê processadores dedicados à máquina virtual.',
  'Round trips{0} vary too much from packet to packet{1}.': 'A ida e volta{0} varia demais de pacote para pacote{1}.',
  'Use a cable and an idle line, and compare with the gateway: netdiag latency {0} {1} --count 100':
    'Use um cabo e uma linha ociosa e compare com o gateway: netdiag latency {0} {1} --count 100',
  'Packets arrive out of order': 'Pacotes chegam fora de ordem',
  'Packets overtake each other on the way (RFC 4737). None is lost for it, and modern TCP tolerates some (RFC 8985); strong reordering still costs throughput, and disturbs voice and UDP protocols without their own ordering.':
    'Pacotes ultrapassam uns aos outros no caminho (RFC 4737). Nenhum se perde por isso, e o TCP moderno tolera um pouco (RFC 8985); ainda assim, muita reordenação custa vazão e perturba voz e protocolos UDP sem ordenação própria.',
  'Load is spread packet by packet over several links.': 'A carga é distribuída pacote a pacote por vários enlaces.',
  'A bond in mode balance-rr on this machine or the target.': 'Um bond no modo balance-rr nesta máquina ou no alvo.',
  'Retransmissions on a radio link that overtake what follows.':
    'Retransmissões em um enlace de rádio, que os pacotes seguintes ultrapassam.',
  'A route that changed during the measurement.': 'Uma rota que mudou durante a medição.',
  'To the gateway as well: this machine, its bond or its Wi-Fi. Only further out: the provider.':
    'Também até o gateway: esta máquina, seu bond ou seu Wi-Fi. Só mais adiante: o provedor.',
  '`ip -d link show dev INTERFACE` names the mode of a bond.': '`ip -d link show dev INTERFACE` mostra o modo de um bond.',
  'Only at a single moment: a change of route.': 'Só em um único momento: uma mudança de rota.',
  'Set bonds to a mode that keeps connections together (802.3ad, active-backup).':
    'Configure os bonds em um modo que mantenha cada conexão no mesmo enlace (802.3ad, active-backup).',
  'Report it to the provider where it lasts and hurts.': 'Informe o provedor, se persistir e prejudicar.',
  'Packets{0} arrive out of order{1}.': 'Pacotes{0} chegam fora de ordem{1}.',
  'If this machine uses a bond, its mode must not be balance-rr: ip -d link show dev {0}':
    'Se esta máquina usa um bond, o modo dele não deve ser balance-rr: ip -d link show dev {0}',
  'See whether it begins before the gateway: netdiag loss {0} --count 300': 'Veja se começa antes do gateway: netdiag loss {0} --count 300',
  'Packets arrive more than once': 'Pacotes chegam mais de uma vez',
  'One probe is answered twice or more. Something copies packets, or two machines answer for the same address. TCP discards copies; they cost capacity and point to a fault in layer 2.':
    'Uma sonda é respondida duas vezes ou mais. Algo copia pacotes, ou duas máquinas respondem pelo mesmo endereço. O TCP descarta as cópias; elas custam capacidade e indicam um defeito na camada 2.',
  'A loop in the switched network without spanning tree.': 'Um loop na rede comutada sem spanning tree.',
  'Two machines with the same address (see duplicate-address).': 'Duas máquinas com o mesmo endereço (veja duplicate-address).',
  'A radio link that repeats frames whose acknowledgement was lost.': 'Um enlace de rádio que repete quadros cuja confirmação se perdeu.',
  'A mirror port, bridge or virtual switch that feeds copies back.':
    'Uma porta de espelhamento, bridge ou switch virtual que devolve cópias.',
  'The address is a broadcast or multicast one, and many answer.': 'O endereço é de broadcast ou multicast, e muitos respondem.',
  'whether the copies carry one link address or two': 'se as cópias trazem um endereço de enlace ou dois',
  'The gateway is affected: the local network. Only the target: its side.': 'O gateway é afetado: a rede local. Só o alvo: o lado dele.',
  '`sudo tcpdump -eni INTERFACE icmp` shows whether the copies carry one MAC address or two.':
    '`sudo tcpdump -eni INTERFACE icmp` mostra se as cópias trazem um endereço MAC ou dois.',
  'The switch counts broadcasts in great number, and ports that see the same MAC address in turn: a loop.':
    'O switch conta broadcasts em grande número, e portas que veem alternadamente o mesmo endereço MAC: um loop.',
  'Turn spanning tree on, and unplug the redundant cable.': 'Ative o spanning tree e desconecte o cabo redundante.',
  'Find the second holder of the address.': 'Localize o segundo detentor do endereço.',
  'Packets{0} are answered more than once{1}.': 'Pacotes{0} são respondidos mais de uma vez{1}.',
  'See whether the copies come from one MAC address (a loop) or two (two holders): sudo tcpdump -eni {0} icmp or icmp6':
    'Veja se as cópias vêm de um endereço MAC (um loop) ou de dois (dois detentores): sudo tcpdump -eni {0} icmp or icmp6',
  'See whether it begins before the gateway, which means a loop in this network: netdiag loss {0} --count 100':
    'Veja se começa antes do gateway, o que indica um loop nesta rede: netdiag loss {0} --count 100',
  'Latency rises under load': 'A latência sobe sob carga',
  'While the line is busy, the round trip grows by far more than it should: a device in front of the slowest link keeps a large queue and lets everything wait in it. Speed tests look good, and calls and shells still stutter.':
    'Enquanto a linha está ocupada, a ida e volta cresce muito mais do que deveria: um dispositivo antes do enlace mais lento mantém uma fila grande e faz tudo esperar nela. Os testes de velocidade parecem bons, e mesmo assim chamadas e shells engasgam.',
  'The router or modem queues without active queue management (RFC 7567).':
    'O roteador ou modem enfileira sem gerenciamento ativo de filas (RFC 7567).',
  'The upload direction is saturated by a backup or synchronisation.':
    'A direção de upload está saturada por um backup ou uma sincronização.',
  'A Wi-Fi access point or driver with deep queues.': 'Um ponto de acesso ou driver Wi-Fi com filas profundas.',
  'A shaper of the provider with deep queues.': 'Um shaper do provedor com filas profundas.',
  'Idle, the round trip is good; during an upload alone it is bad: the queue towards the provider. During a download alone: the queue at the provider.':
    'Com a linha ociosa, a ida e volta é boa; ruim só durante um upload: a fila em direção ao provedor. Só durante um download: a fila no provedor.',
  'The round trip to the gateway grows too: Wi-Fi is the bottleneck, not the line.':
    'A ida e volta até o gateway também cresce: o gargalo é o Wi-Fi, não a linha.',
  'Turn on smart queue management on the router (fq_codel by RFC 8290, or CAKE), with its rate at about 90 % of the measured line rate.':
    'Ative o gerenciamento inteligente de filas no roteador (fq_codel pela RFC 8290, ou CAKE), com a taxa em cerca de 90 % da taxa medida da linha.',
  'Limit the rate of backups and uploads.': 'Limite a taxa de backups e uploads.',
  'Where this machine itself is the bottleneck: `sudo tc qdisc replace dev INTERFACE root fq_codel`.':
    'Onde o gargalo é esta própria máquina: `sudo tc qdisc replace dev INTERFACE root fq_codel`.',
  'The round trip{0} grows too much while the line is busy{1}.': 'A ida e volta{0} cresce demais enquanto a linha está ocupada{1}.',
  'On the router, turn on smart queue management (fq_codel or CAKE) with its rate at about 90 % of the measured line rate.':
    'No roteador, ative o gerenciamento inteligente de filas (fq_codel ou CAKE) com a taxa em cerca de 90 % da taxa medida da linha.',
};
