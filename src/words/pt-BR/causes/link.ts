import type { Entries } from '../../language.js';

export const CAUSES_LINK: Entries = {
  'The network interface is switched off': 'A interface de rede está desligada',
  'The interface exists, but the system holds it administratively down: it sends and receives nothing, whatever the cable or radio does. Somebody or something on this machine has to bring it up. Where there is no interface besides the loopback, the system found no adapter, or gave this container or namespace none.':
    'A interface existe, mas o sistema a mantém administrativamente desativada: ela não envia nem recebe nada, o que quer que o cabo ou o rádio faça. Alguém ou algo nesta máquina precisa ativá-la. Se não há interface além do loopback, o sistema não encontrou adaptador, ou não deu nenhum a este contêiner ou namespace.',
  'It was taken down by hand or by a script, or never brought up after the start of the system.':
    'Ela foi desativada à mão ou por um script, ou nunca foi ativada após o início do sistema.',
  'The network service (NetworkManager, systemd-networkd, ifupdown) does not manage it, or failed to start.':
    'O serviço de rede (NetworkManager, systemd-networkd, ifupdown) não a gerencia, ou não conseguiu iniciar.',
  'Flight mode, rfkill or a hardware switch turned the radio off.': 'O modo avião, o rfkill ou uma chave física desligou o rádio.',
  'The adapter is disabled in the system settings or in the hypervisor.':
    'O adaptador está desabilitado nas configurações do sistema ou no hipervisor.',
  'There is none: no driver for the adapter, or a container that was started without a network.':
    'Não há nenhuma: falta driver para o adaptador, ou um contêiner foi iniciado sem rede.',
  'a target beyond it answers': 'um alvo além dela responde',
  '`ip link show` lists the flags between angle brackets: without UP it is administratively down.':
    '`ip link show` lista as flags entre sinais de menor e maior: sem UP, ela está administrativamente desativada.',
  '`rfkill list` shows whether a radio is blocked by software or by a switch.':
    '`rfkill list` mostra se um rádio está bloqueado por software ou por uma chave.',
  '`networkctl` or `nmcli device status` says whether a service manages the interface.':
    '`networkctl` ou `nmcli device status` diz se um serviço gerencia a interface.',
  'Bring it up: `sudo ip link set dev INTERFACE up` (macOS: `sudo ifconfig INTERFACE up`; Windows, as administrator: `Enable-NetAdapter -Name INTERFACE`).':
    'Ative-a: `sudo ip link set dev INTERFACE up` (macOS: `sudo ifconfig INTERFACE up`; Windows, como administrador: `Enable-NetAdapter -Name INTERFACE`).',
  'Have the network service manage it, so that it comes up by itself after the next start.':
    'Faça o serviço de rede gerenciá-la, para que ela suba sozinha após a próxima reinicialização.',
  'Release a blocked radio: `rfkill unblock wifi`.': 'Libere um rádio bloqueado: `rfkill unblock wifi`.',
  'The {0} is administratively down, so nothing leaves through it{1}.':
    'A {0} está administrativamente desativada, e por isso nada sai por ela{1}.',
  'This machine has no network interface besides the loopback, so nothing leaves it{0}.':
    'Esta máquina não tem interface de rede além do loopback, e por isso nada sai dela{0}.',
  'See whether the system knows of an adapter, and why it has no driver for it: lspci -k; ip link show':
    'Veja se o sistema reconhece um adaptador e por que não tem driver para ele: lspci -k; ip link show',
  'See which adapters the system knows of: networksetup -listallhardwareports':
    'Veja quais adaptadores o sistema reconhece: networksetup -listallhardwareports',
  'See which adapters the system knows of: Get-NetAdapter -IncludeHidden':
    'Veja quais adaptadores o sistema reconhece: Get-NetAdapter -IncludeHidden',
  'Bring it up: sudo ip link set dev {0} up': 'Ative-a: sudo ip link set dev {0} up',
  'Bring it up: sudo ifconfig {0} up': 'Ative-a: sudo ifconfig {0} up',
  'Enable it, in PowerShell as administrator: Enable-NetAdapter -Name {0}':
    'Habilite-a, no PowerShell como administrador: Enable-NetAdapter -Name {0}',
  'No cable, or no Wi-Fi association': 'Sem cabo, ou sem associação Wi-Fi',
  'The interface is up, but the physical layer reports no partner at the other end: no electrical or optical signal on a cable, or no association with an access point. No setting above this layer can help until the carrier is there.':
    'A interface está ativa, mas a camada física não reporta parceiro na outra ponta: sem sinal elétrico ou óptico no cabo, ou sem associação a um ponto de acesso. Nenhuma configuração acima desta camada ajuda até que haja portadora.',
  'The cable is unplugged, broken or in the wrong socket.': 'O cabo está desconectado, partido ou na tomada errada.',
  'The switch port or the device at the other end is off or disabled.':
    'A porta do switch ou o equipamento na outra ponta está desligado ou desabilitado.',
  'Wi-Fi is out of range, or the password or the certificate for it is wrong.':
    'O Wi-Fi está fora de alcance, ou a senha ou o certificado dele está errado.',
  'Speed and duplex are fixed by hand on one side only, or the optical module does not match.':
    'Velocidade e duplex estão fixados à mão em um só lado, ou o módulo óptico não combina.',
  'The network adapter of a virtual machine is disconnected in the hypervisor.':
    'O adaptador de rede de uma máquina virtual está desconectado no hipervisor.',
  '`ip link show` prints NO-CARRIER; `ethtool INTERFACE` prints "Link detected: no" and what the partner offers.':
    '`ip link show` mostra NO-CARRIER; `ethtool INTERFACE` mostra "Link detected: no" e o que o parceiro oferece.',
  'The lamps at the socket: dark at both ends is cable or power; dark here only is this adapter.':
    'As luzes na tomada: apagadas nas duas pontas, é cabo ou energia; apagadas só aqui, é este adaptador.',
  '`iw dev INTERFACE link` says "Not connected" where a Wi-Fi association is missing.':
    '`iw dev INTERFACE link` diz "Not connected" se falta a associação Wi-Fi.',
  'Another cable, then another switch port: whichever brings the link up names the culprit.':
    'Outro cabo, depois outra porta do switch: o que fizer o enlace subir aponta o culpado.',
  'Reseat or replace the cable; try another port of the switch.': 'Reconecte ou substitua o cabo; tente outra porta do switch.',
  'Enable the port on the switch, and set both sides to negotiate speed and duplex.':
    'Habilite a porta no switch e configure os dois lados para negociar velocidade e duplex.',
  'Join the Wi-Fi network again, nearer to the access point.': 'Entre de novo na rede Wi-Fi, mais perto do ponto de acesso.',
  'In a virtual machine, connect the adapter in the settings of the hypervisor.':
    'Em uma máquina virtual, conecte o adaptador nas configurações do hipervisor.',
  'The {0} is up but has no carrier: no cable, no partner, or no Wi-Fi association{1}.':
    'A {0} está ativa, mas sem portadora: sem cabo, sem parceiro ou sem associação Wi-Fi{1}.',
  'Check the cable, the switch port or the Wi-Fi; the state of the link shows in: ip link show dev {0}':
    'Verifique o cabo, a porta do switch ou o Wi-Fi; veja o estado do enlace com: ip link show dev {0}',
  'Check the cable, the switch port or the Wi-Fi; "status: active" must show in: ifconfig {0}':
    'Verifique o cabo, a porta do switch ou o Wi-Fi; deve aparecer "status: active" em: ifconfig {0}',
  'Check the cable, the switch port or the Wi-Fi; the state of the link shows in: Get-NetAdapter -Name {0}':
    'Verifique o cabo, a porta do switch ou o Wi-Fi; veja o estado do enlace com: Get-NetAdapter -Name {0}',
  'The interface counts errors': 'A interface conta erros',
  'The adapter or its driver discards frames: damaged on arrival, too many for its queues, or not sent. The counters run since the interface exists, so old errors stay in them; it is their growth that hurts, as loss and retransmissions above.':
    'O adaptador ou seu driver descarta quadros: chegam danificados, são demais para as filas ou não são enviados. Os contadores correm desde que a interface existe, por isso erros antigos permanecem neles; o que prejudica é o crescimento, que aparece como perda e retransmissões nas camadas de cima.',
  'A bad cable, connector or optical module: frames fail their checksum (CRC).':
    'Cabo, conector ou módulo óptico ruim: os quadros falham na soma de verificação (CRC).',
  'A duplex mismatch: one side negotiates, the other is fixed, and late collisions and CRC errors grow with the load.':
    'Duplex incompatível: um lado negocia, o outro está fixo, e as colisões tardias e os erros de CRC crescem com a carga.',
  'The receive ring or the CPU cannot keep up: drops and overruns without CRC errors.':
    'O anel de recepção ou a CPU não dá conta: descartes e overruns sem erros de CRC.',
  'A driver, firmware or offload fault.': 'Um defeito do driver, do firmware ou do offload.',
  'its counters of errors stand still': 'seus contadores de erros não aumentam',
  '`ip -s -s link show dev INTERFACE`, twice, ten seconds apart: only counters that grow matter.':
    '`ip -s -s link show dev INTERFACE`, duas vezes, com dez segundos de intervalo: só importam os contadores que crescem.',
  'CRC or frame errors mean the cable or the duplex setting; missed, overrun or dropped means this machine is too slow.':
    'Erros de CRC ou de quadro indicam o cabo ou a configuração de duplex; missed, overrun ou dropped indica que esta máquina é lenta demais.',
  '`ethtool INTERFACE` shows speed and duplex; the switch must show the same.':
    '`ethtool INTERFACE` mostra velocidade e duplex; o switch precisa mostrar o mesmo.',
  '`ethtool -S INTERFACE` names the counters of the adapter one by one.':
    '`ethtool -S INTERFACE` mostra os contadores do adaptador um a um.',
  'Replace the cable and use another switch port; clean or replace the optical module.':
    'Troque o cabo e use outra porta do switch; limpe ou troque o módulo óptico.',
  'Let both sides negotiate speed and duplex.': 'Deixe os dois lados negociarem velocidade e duplex.',
  'For drops without CRC errors, enlarge the receive ring: `sudo ethtool -G INTERFACE rx 4096`, at most what `ethtool -g INTERFACE` allows.':
    'Para descartes sem erros de CRC, aumente o anel de recepção: `sudo ethtool -G INTERFACE rx 4096`, no máximo o que `ethtool -g INTERFACE` permite.',
  'Update the driver or firmware of the adapter.': 'Atualize o driver ou o firmware do adaptador.',
  'The {0} counts errors or drops of its own{1}.': 'A {0} conta erros ou descartes próprios{1}.',
  'Run it twice, ten seconds apart, and replace the cable if CRC errors grow: ip -s -s link show dev {0}':
    'Execute duas vezes, com dez segundos de intervalo, e troque o cabo se os erros de CRC crescerem: ip -s -s link show dev {0}',
  'Run it twice, ten seconds apart, and replace the cable if the errors grow: netstat -I {0}':
    'Execute duas vezes, com dez segundos de intervalo, e troque o cabo se os erros crescerem: netstat -I {0}',
  'Run it twice, ten seconds apart, and replace the cable if the errors grow: Get-NetAdapterStatistics -Name {0} | Format-List *':
    'Execute duas vezes, com dez segundos de intervalo, e troque o cabo se os erros crescerem: Get-NetAdapterStatistics -Name {0} | Format-List *',
  'The interface has no usable address': 'A interface não tem endereço utilizável',
  'The link works, but the interface has no IP address with which it could speak beyond it: none at all, or only a link-local one (169.254.0.0/16 by RFC 3927, fe80::/10 by RFC 4291), which systems give themselves when nobody assigns any.':
    'O enlace funciona, mas a interface não tem endereço IP com que possa falar além dele: nenhum, ou apenas um de enlace local (169.254.0.0/16 pela RFC 3927, fe80::/10 pela RFC 4291), que os sistemas atribuem a si mesmos quando ninguém lhes atribui outro.',
  'No DHCP server answered: it is off, out of free addresses, or in another VLAN.':
    'Nenhum servidor DHCP respondeu: está desligado, sem endereços livres ou em outra VLAN.',
  'A Wi-Fi network that wants a login or key, or 802.1X that was not passed: the link is there, the network is not.':
    'Uma rede Wi-Fi que exige login ou chave, ou um 802.1X que não foi concluído: o enlace existe, a rede não.',
  'A fixed address is missing from, or misspelt in, the configuration.':
    'Um endereço fixo falta na configuração ou está escrito errado nela.',
  'The DHCP client is not running for this interface.': 'O cliente DHCP não está em execução para esta interface.',
  'For IPv6: no router advertisements (RFC 4861), or they are dropped by a firewall.':
    'No IPv6: não há anúncios de roteador (RFC 4861), ou um firewall os descarta.',
  '`ip -br address` lists what each interface has; 169.254.x.y means that DHCP was tried in vain.':
    '`ip -br address` lista o que cada interface tem; 169.254.x.y significa que o DHCP foi tentado em vão.',
  '`sudo tcpdump -ni INTERFACE port 67 or port 68` while the lease is renewed: requests without offers accuse the server or the VLAN, no request accuses the client.':
    '`sudo tcpdump -ni INTERFACE port 67 or port 68` durante a renovação da concessão: pedidos sem ofertas apontam para o servidor ou a VLAN; nenhum pedido aponta para o cliente.',
  'Another device at the same socket gets an address: the fault is here; gets none: it is in the network.':
    'Outro dispositivo na mesma tomada recebe endereço: o defeito está aqui; não recebe: está na rede.',
  'Ask DHCP again: `sudo networkctl renew INTERFACE` or `nmcli device connect INTERFACE` (macOS: `sudo ipconfig set INTERFACE DHCP`; Windows: `ipconfig /renew`).':
    'Peça de novo ao DHCP: `sudo networkctl renew INTERFACE` ou `nmcli device connect INTERFACE` (macOS: `sudo ipconfig set INTERFACE DHCP`; Windows: `ipconfig /renew`).',
  'Check the VLAN of the switch port, and the free addresses of the DHCP server.':
    'Verifique a VLAN da porta do switch e os endereços livres do servidor DHCP.',
  'Where addresses are fixed, enter address, prefix length and gateway in the configuration of the interface.':
    'Onde os endereços são fixos, informe endereço, tamanho do prefixo e gateway na configuração da interface.',
  'The {0} has no IP address with which it can speak beyond its own link{1}.':
    'A {0} não tem endereço IP com que possa falar além do próprio enlace{1}.',
  'Ask DHCP again': 'Peça de novo ao DHCP',
  'The MAC address of the gateway cannot be learned': 'Não é possível descobrir o endereço MAC do gateway',
  'Before a packet can go to the gateway, its link address must be learned by ARP (RFC 826) or neighbour discovery (RFC 4861). Nobody answers that question, so no packet leaves the link, whatever its destination.':
    'Antes que um pacote possa ir ao gateway, é preciso descobrir o endereço de enlace dele por ARP (RFC 826) ou descoberta de vizinhos (RFC 4861). Ninguém responde a essa consulta, por isso nenhum pacote sai do enlace, seja qual for o destino.',
  'The gateway is off, or its interface on this network is down.': 'O gateway está desligado, ou a interface dele nesta rede está inativa.',
  'This machine is in the wrong VLAN or on the wrong Wi-Fi network.': 'Esta máquina está na VLAN errada ou na rede Wi-Fi errada.',
  'The address, the prefix length or the gateway is wrong, so that a gateway is sought where there is none.':
    'O endereço, o tamanho do prefixo ou o gateway está errado, e se procura um gateway onde não há nenhum.',
  'Client isolation, port security or a firewall drops ARP or ICMPv6.':
    'Isolamento de clientes, segurança de porta ou um firewall descarta ARP ou ICMPv6.',
  'On a cloud or virtual network: the security settings bind the port to another address.':
    'Em rede virtual ou de nuvem: as configurações de segurança prendem a porta a outro endereço.',
  'a target behind it answers': 'um alvo além dele responde',
  'whether a machine that works here has the same gateway': 'se uma máquina que funciona aqui tem o mesmo gateway',
  'whether another machine answers for the address of this one': 'se outra máquina responde pelo endereço desta',
  '`ip neigh show` gives the state: FAILED or INCOMPLETE means unanswered, REACHABLE means the trouble is elsewhere.':
    '`ip neigh show` mostra o estado: FAILED ou INCOMPLETE significa sem resposta; REACHABLE significa que o problema está em outro lugar.',
  'Other neighbours resolve, the gateway does not: the gateway, or its address, is at fault. None resolves: the VLAN or this link.':
    'Outros vizinhos são resolvidos e o gateway não: o defeito está no gateway ou no endereço dele. Nenhum é resolvido: a VLAN ou este enlace.',
  '`sudo tcpdump -eni INTERFACE arp or icmp6` shows whether the questions leave and whether anything else is heard.':
    '`sudo tcpdump -eni INTERFACE arp or icmp6` mostra se as consultas saem e se algo mais se ouve.',
  'Compare address, prefix length and gateway with those of a machine that works on the same network.':
    'Compare endereço, tamanho do prefixo e gateway com os de uma máquina que funciona na mesma rede.',
  'Check the VLAN of the switch port, and that the gateway is on.': 'Verifique a VLAN da porta do switch e se o gateway está ligado.',
  'Allow ARP and ICMPv6 types 133 to 137 (RFC 4890) where they are filtered.':
    'Permita ARP e os tipos 133 a 137 do ICMPv6 (RFC 4890) onde são filtrados.',
  'Nobody answers for the link address of the {0}, so no packet goes out by it{1}.':
    'Ninguém responde pelo endereço de enlace do {0}, por isso nenhum pacote sai por ele{1}.',
  "Check VLAN, prefix length and the gateway's address; FAILED or INCOMPLETE confirms it: ip neigh show dev {0}":
    'Verifique a VLAN, o tamanho do prefixo e o endereço do gateway; FAILED ou INCOMPLETE confirma: ip neigh show dev {0}',
  'Check VLAN, prefix length and the gateway\'s address; "incomplete" confirms it: ndp -an':
    'Verifique a VLAN, o tamanho do prefixo e o endereço do gateway; "incomplete" confirma: ndp -an',
  'Check VLAN, prefix length and the gateway\'s address; "incomplete" confirms it: arp -an':
    'Verifique a VLAN, o tamanho do prefixo e o endereço do gateway; "incomplete" confirma: arp -an',
  'Check VLAN, prefix length and the gateway\'s address; "Unreachable" confirms it: Get-NetNeighbor -IPAddress {0}':
    'Verifique a VLAN, o tamanho do prefixo e o endereço do gateway; "Unreachable" confirma: Get-NetNeighbor -IPAddress {0}',
  'Another machine uses the same IP address': 'Outra máquina usa o mesmo endereço IP',
  'Two machines on the link answer for one IP address (RFC 5227 for IPv4, duplicate address detection by RFC 4862 for IPv6). Neighbours send now to one, now to the other: connections hang, are reset, or work only at times, on both machines.':
    'Duas máquinas no enlace respondem por um mesmo endereço IP (RFC 5227 para IPv4, detecção de endereço duplicado da RFC 4862 para IPv6). Os vizinhos enviam ora para uma, ora para outra: as conexões travam, são redefinidas ou só funcionam às vezes, nas duas máquinas.',
  'A fixed address lies inside the range that DHCP hands out.': 'Um endereço fixo está dentro da faixa que o DHCP distribui.',
  'Two machines were given the same fixed address, or one is a clone of the other.':
    'Duas máquinas receberam o mesmo endereço fixo, ou uma é clone da outra.',
  'Two DHCP servers hand out the same range.': 'Dois servidores DHCP distribuem a mesma faixa.',
  'A failover pair (VRRP, keepalived) in which both sides believe that they are active.':
    'Um par de failover (VRRP, keepalived) em que os dois lados acreditam estar ativos.',
  'A device that answers ARP for others (proxy ARP).': 'Um dispositivo que responde ARP por outros (proxy ARP).',
  'nobody else answers for the address': 'ninguém mais responde pelo endereço',
  "`sudo arping -D -c 3 -I INTERFACE ADDRESS`, with this machine's own address: a reply is the other holder, with its MAC address.":
    '`sudo arping -D -c 3 -I INTERFACE ADDRESS`, com o endereço desta própria máquina: uma resposta vem do outro detentor, com o endereço MAC dele.',
  'For IPv6, `ip -6 address` marks the address with dadfailed.': 'No IPv6, `ip -6 address` marca o endereço com dadfailed.',
  'The first three bytes of the foreign MAC address name its maker; the switch names its port.':
    'Os três primeiros bytes do endereço MAC estranho indicam o fabricante; o switch indica a porta.',
  'Take this machine to a free address, or let DHCP choose one.': 'Mude esta máquina para um endereço livre, ou deixe o DHCP escolher um.',
  'Find the other holder by its MAC address in the switch, and correct it.':
    'Localize o outro detentor no switch pelo endereço MAC e corrija-o.',
  'Keep fixed addresses out of the DHCP range, or make them reservations.':
    'Mantenha os endereços fixos fora da faixa do DHCP, ou transforme-os em reservas.',
  'Another machine on the same link uses the IP address of this one{0}.': 'Outra máquina no mesmo enlace usa o endereço IP desta{0}.',
  'Take a free address, or find the other holder; what is in conflict shows in: ip -6 address show dev {0} dadfailed':
    'Use um endereço livre ou localize o outro detentor; o que está em conflito aparece em: ip -6 address show dev {0} dadfailed',
  "Find the other holder; ADDRESS is this machine's own: sudo arping -D -c 3 -I {0} {1}":
    'Localize o outro detentor; ADDRESS é o endereço desta própria máquina: sudo arping -D -c 3 -I {0} {1}',
  'Find the other holder: sudo arping -D -c 3 -I {0} {1}': 'Localize o outro detentor: sudo arping -D -c 3 -I {0} {1}',
  "; ADDRESS is this machine's own": '; ADDRESS é o endereço desta própria máquina',
  'Take a free address or let DHCP choose one; the other holder shows in the ARP table of a neighbour: arp -an':
    'Use um endereço livre ou deixe o DHCP escolher um; o outro detentor aparece na tabela ARP de um vizinho: arp -an',
  'Take a free address or let DHCP choose one; what is in conflict shows in: Get-NetIPAddress -AddressState Duplicate':
    'Use um endereço livre ou deixe o DHCP escolher um; o que está em conflito aparece em: Get-NetIPAddress -AddressState Duplicate',
};
