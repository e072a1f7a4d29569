import type { Entries } from '../../language.js';

export const CAUSES_MTU: Entries = {
  'Measure the size that passes, then lower the MTU to it: netdiag mtu {0}':
    'Meça o tamanho que passa e depois reduza a MTU a ele: netdiag mtu {0}',
  'Let TCP find the size by itself (a link MTU that small would switch IPv6 off): sudo sysctl -w net.ipv4.tcp_mtu_probing=1':
    'Deixe o TCP encontrar o tamanho sozinho (uma MTU de enlace tão pequena desligaria o IPv6): sudo sysctl -w net.ipv4.tcp_mtu_probing=1',
  'Have the tunnel or router that takes only {0} bytes mended: a link MTU below 1280 would break IPv6 on this machine.':
    'Peça o conserto do túnel ou roteador que só aceita {0} bytes: uma MTU de enlace abaixo de 1280 deixaria o IPv6 desta máquina sem funcionar.',
  'Until the path is mended, {0}or send no larger packets{1}: sudo ip link set dev {2} mtu {3}':
    'Até que o caminho seja consertado, {0}ou não envie pacotes maiores{1}: sudo ip link set dev {2} mtu {3}',
  'Until the path is mended, send no larger packets: sudo ifconfig {0} mtu {1}':
    'Até que o caminho seja consertado, não envie pacotes maiores: sudo ifconfig {0} mtu {1}',
  'Until the path is mended, as administrator: netsh interface ipv4 set subinterface {0} mtu={1} store=active':
    'Até que o caminho seja consertado, como administrador: netsh interface ipv4 set subinterface {0} mtu={1} store=active',
  'clamp TCP on a router of your own in front of the narrow link (nftables: tcp flags syn tcp option maxseg size set {0}),':
    'limite o MSS do TCP em um roteador seu antes do enlace estreito (nftables: tcp flags syn tcp option maxseg size set {0}),',
  'let TCP here find the size (sysctl net.ipv4.tcp_mtu_probing=1),':
    'deixe o TCP daqui encontrar o tamanho (sysctl net.ipv4.tcp_mtu_probing=1),',
  'Large packets vanish without a word': 'Pacotes grandes somem sem aviso',
  'Small packets pass, larger ones disappear, and no router sends the "packet too big" message that would make the sender adapt (RFC 1191, RFC 8201). Connections open well and stall at the first large record: TLS hangs, pages load by half, file transfers stop.':
    'Pacotes pequenos passam, os maiores desaparecem, e nenhum roteador envia a mensagem "packet too big", que faria o remetente se adaptar (RFC 1191, RFC 8201). As conexões abrem bem e travam no primeiro registro grande: o TLS trava, páginas carregam pela metade, transferências de arquivos param.',
  'A firewall on the way, or on this machine, drops all ICMP, the messages about packet size included.':
    'Um firewall no caminho, ou nesta máquina, descarta todo o ICMP, inclusive as mensagens sobre o tamanho dos pacotes.',
  'A tunnel or VPN (PPPoE, GRE, WireGuard, IPsec) takes 8 to 80 bytes of each packet and clamps nothing.':
    'Um túnel ou VPN (PPPoE, GRE, WireGuard, IPsec) toma de 8 a 80 bytes de cada pacote e não ajusta o MSS.',
  'An overlay of containers or virtual machines whose MTU is larger than what its underlay leaves.':
    'Uma rede overlay de contêineres ou máquinas virtuais cuja MTU é maior do que a rede de baixo permite.',
  'A link of layer 2 with a smaller MTU than its two ends believe: it cannot send any message.':
    'Um enlace de camada 2 com MTU menor do que as duas pontas supõem: ele não pode enviar mensagem alguma.',
  'whether the own rules let messages about packet sizes in': 'se as regras daqui deixam entrar mensagens sobre o tamanho dos pacotes',
  'whether a tunnel of this machine is larger than what carries it': 'se um túnel desta máquina é maior do que aquilo que o transporta',
  'large answers of its service get through': 'respostas grandes do serviço dele chegam',
  '`netdiag mtu TARGET` names the largest size that passes and the smallest that fails; with a TLS or HTTP target also in which direction.':
    '`netdiag mtu TARGET` mostra o maior tamanho que passa e o menor que falha; com um alvo TLS ou HTTP, também em que direção.',
  'Other targets on the same path pass 1500 bytes: the limit is near the target. None does: it is near this machine.':
    'Outros alvos no mesmo caminho deixam passar 1500 bytes: o limite está perto do alvo. Nenhum deixa: está perto desta máquina.',
  'With the VPN disconnected it passes: the tunnel.': 'Com a VPN desconectada passa: o túnel.',
  '`sudo tcpdump -ni INTERFACE "icmp or icmp6"` on this machine: messages that arrive and are ignored mean a local firewall.':
    '`sudo tcpdump -ni INTERFACE "icmp or icmp6"` nesta máquina: mensagens que chegam e são ignoradas indicam um firewall local.',
  'Where it starts: allow ICMP type 3 code 4 and ICMPv6 type 2 on every firewall (RFC 4890).':
    'Na origem do problema: permita ICMP tipo 3 código 4 e ICMPv6 tipo 2 em todos os firewalls (RFC 4890).',
  'Until then lower the MTU of this machine: `sudo ip link set dev INTERFACE mtu MTU` (macOS: `sudo ifconfig INTERFACE mtu MTU`; Windows, as administrator: `netsh interface ipv4 set subinterface INTERFACE mtu=MTU store=active`), not below 1280 where IPv6 is used.':
    'Até lá, reduza a MTU desta máquina: `sudo ip link set dev INTERFACE mtu MTU` (macOS: `sudo ifconfig INTERFACE mtu MTU`; Windows, como administrador: `netsh interface ipv4 set subinterface INTERFACE mtu=MTU store=active`), não abaixo de 1280 onde se usa IPv6.',
  'On the gateway, clamp the TCP segment size to the path: in nftables `tcp flags syn tcp option maxseg size set rt mtu` in a forward chain.':
    'No gateway, ajuste o tamanho do segmento TCP ao caminho: no nftables, `tcp flags syn tcp option maxseg size set rt mtu` em uma cadeia forward.',
  'Let TCP on Linux probe for itself (RFC 4821): `sudo sysctl -w net.ipv4.tcp_mtu_probing=1`.':
    'Deixe o TCP do Linux sondar por conta própria (RFC 4821): `sudo sysctl -w net.ipv4.tcp_mtu_probing=1`.',
  'Large packets': 'Pacotes grandes',
  'Packets over {0} bytes': 'Pacotes acima de {0} bytes',
  '{0} that come back vanish on the way, and no router says so{1}.': '{0} que voltam somem no caminho, e nenhum roteador avisa{1}.',
  '{0} that come back from {1} vanish on the way, and no router says so{2}.':
    '{0} que voltam de {1} somem no caminho, e nenhum roteador avisa{2}.',
  '{0} vanish on the way, and no router says so{1}.': '{0} somem no caminho, e nenhum roteador avisa{1}.',
  'The path takes smaller packets than usual': 'O caminho aceita pacotes menores que o normal',
  'The path MTU is below the ordinary 1500 bytes, and a router or the interface says so, so that senders adapt. It works; each packet carries a little less. This is a remark, not a fault; only below 1280 bytes, which IPv6 requires (RFC 8200), does something suffer.':
    'A MTU do caminho é menor que os 1500 bytes habituais, e um roteador ou a interface avisa, de modo que os remetentes se adaptam. Funciona; cada pacote leva um pouco menos. Isto é uma observação, não um defeito; só abaixo de 1280 bytes, que o IPv6 exige (RFC 8200), algo fica prejudicado.',
  'A tunnel, VPN or PPPoE line, each of which takes some bytes of every packet.':
    'Um túnel, VPN ou linha PPPoE: cada um toma alguns bytes de cada pacote.',
  'A mobile network or a cloud overlay with its own encapsulation.': 'Uma rede móvel ou um overlay de nuvem com encapsulamento próprio.',
  'An interface that was set to a smaller MTU on purpose.': 'Uma interface configurada com MTU menor de propósito.',
  '1492 bytes is PPPoE, 1480 an IPv6-in-IPv4 tunnel, 1476 GRE, 1420 WireGuard, 1450 VXLAN; 1280 is the least that IPv6 allows.':
    '1492 bytes é PPPoE, 1480 um túnel IPv6 em IPv4, 1476 GRE, 1420 WireGuard, 1450 VXLAN; 1280 é o mínimo que o IPv6 permite.',
  '`netdiag mtu TARGET` names the router that announces the limit, or says that it is the local interface.':
    '`netdiag mtu TARGET` mostra o roteador que anuncia o limite, ou diz que é a interface local.',
  'Nothing needs to be done while everything works.': 'Nada precisa ser feito enquanto tudo funciona.',
  'If UDP applications fail with large datagrams, let them send no more than the path takes.':
    'Se aplicações UDP falham com datagramas grandes, faça-as enviar no máximo o que o caminho aceita.',
  'Take care that no firewall drops the ICMP messages on which this depends.':
    'Cuide para que nenhum firewall descarte as mensagens ICMP das quais isto depende.',
  'The path{0} takes smaller packets than plain Ethernet, and says so, so that connections adapt{1}.':
    'O caminho{0} aceita pacotes menores que os da Ethernet comum, e avisa, de modo que as conexões se adaptam{1}.',
  'From 1280 bytes on nothing needs to be done; who announces the limit shows in: netdiag mtu {0}':
    'A partir de 1280 bytes nada precisa ser feito; quem anuncia o limite aparece em: netdiag mtu {0}',
  'Two ends of one link disagree about the MTU': 'As duas pontas de um enlace divergem sobre a MTU',
  'This interface sends packets of a size that its own link, or the neighbour on it, does not accept. Routers send no message about this, since it happens below them: small packets pass, large ones vanish at the first hop.':
    'Esta interface envia pacotes de um tamanho que o próprio enlace, ou o vizinho nele, não aceita. Os roteadores não enviam mensagem sobre isso, pois ocorre abaixo deles: pacotes pequenos passam, os grandes somem no primeiro salto.',
  'Jumbo frames (9000 bytes) are set on this machine and not on the switch or the neighbour.':
    'Jumbo frames (9000 bytes) estão configurados nesta máquina, mas não no switch ou no vizinho.',
  'A bridge, bond, VLAN or virtual adapter has another MTU than the adapter below it.':
    'Uma bridge, um bond, uma VLAN ou um adaptador virtual tem MTU diferente da do adaptador abaixo.',
  'A container or overlay network with 1500 bytes on an underlay that leaves less.':
    'Uma rede overlay ou de contêineres com 1500 bytes sobre uma rede de baixo que permite menos.',
  '`ip link show` lists the MTU of each interface: a bridge and its members must agree, a VLAN or overlay may not exceed what is below it.':
    '`ip link show` lista a MTU de cada interface: uma bridge e seus membros devem coincidir; uma VLAN ou overlay não pode exceder o que está abaixo.',
  'The largest ping that passes to the gateway with the do-not-fragment flag: `ping -M do -s 1472 GATEWAY` for 1500 bytes (macOS: `ping -D -s 1472`; Windows: `ping -f -l 1472`).':
    'O maior ping que passa até o gateway com o sinalizador de não fragmentar: `ping -M do -s 1472 GATEWAY` para 1500 bytes (macOS: `ping -D -s 1472`; Windows: `ping -f -l 1472`).',
  'Set one MTU on all machines, switches and virtual adapters of the segment.':
    'Configure a mesma MTU em todas as máquinas, switches e adaptadores virtuais do segmento.',
  'For an overlay, take its overhead off: 50 bytes for VXLAN over IPv4, 60 or 80 for WireGuard over IPv4 or IPv6.':
    'Em um overlay, subtraia o overhead dele: 50 bytes para VXLAN sobre IPv4, 60 ou 80 para WireGuard sobre IPv4 ou IPv6.',
  'For Docker on a narrower uplink: `"mtu": 1450` in /etc/docker/daemon.json for its default network, `com.docker.network.driver.mtu` under `driver_opts` for those of a compose file.':
    'Para o Docker com um uplink mais estreito: `"mtu": 1450` em /etc/docker/daemon.json para a rede padrão, `com.docker.network.driver.mtu` em `driver_opts` para as redes de um arquivo compose.',
  'The MTU of the {0} does not fit the link on which it is{1}.': 'A MTU da {0} não é adequada ao enlace em que está{1}.',
  'The MTU used for {0} does not fit the link{1}.': 'A MTU usada para {0} não é adequada ao enlace{1}.',
  'Have Docker use {0} bytes: "mtu": {1} in /etc/docker/daemon.json for docker0, the option com.docker.network.driver.mtu for other networks; then make them anew':
    'Faça o Docker usar {0} bytes: "mtu": {1} em /etc/docker/daemon.json para docker0, a opção com.docker.network.driver.mtu para outras redes; depois recrie-as',
  'Lower it until the next start{0}: sudo ip link set dev {1} mtu {2}':
    'Reduza-a até a próxima inicialização{0}: sudo ip link set dev {1} mtu {2}',
  'Compare the MTU with that of the switch and the neighbours, and set all alike: ip link show dev {0}':
    'Compare a MTU com a do switch e a dos vizinhos e deixe todas iguais: ip link show dev {0}',
  'Compare the MTU with that of the switch and the neighbours, and set all alike: ifconfig {0}':
    'Compare a MTU com a do switch e a dos vizinhos e deixe todas iguais: ifconfig {0}',
  'Compare the MTU with that of the switch and the neighbours, and set all alike: netsh interface ipv4 show subinterfaces':
    'Compare a MTU com a do switch e a dos vizinhos e deixe todas iguais: netsh interface ipv4 show subinterfaces',
};
