import type { Entries } from '../../language.js';

export const CAUSES_TRANSPORT: Entries = {
  'Start the service on the machine that should have it; what listens there shows in: ss -ltnp':
    'Inicie o serviço na máquina que deveria tê-lo; o que escuta ali aparece em: ss -ltnp',
  'On the target, see whether the service runs and on which address it listens: {0}':
    'No alvo, veja se o serviço está em execução e em que endereço escuta: {0}',
  'Start the service; what listens on the port shows in: {0}p{1}': 'Inicie o serviço; o que escuta na porta aparece em: {0}p{1}',
  'Start the service; what listens on the port shows in: lsof -nP -iUDP:{0}':
    'Inicie o serviço; o que escuta na porta aparece em: lsof -nP -iUDP:{0}',
  'Start the service; what listens on the port shows in: lsof -nP -iTCP:{0} -sTCP:LISTEN':
    'Inicie o serviço; o que escuta na porta aparece em: lsof -nP -iTCP:{0} -sTCP:LISTEN',
  'Start the service; what listens on the port shows in: Get-NetUDPEndpoint -LocalPort {0}':
    'Inicie o serviço; o que escuta na porta aparece em: Get-NetUDPEndpoint -LocalPort {0}',
  'Start the service; what listens on the port shows in: Get-NetTCPConnection -State Listen -LocalPort {0}':
    'Inicie o serviço; o que escuta na porta aparece em: Get-NetTCPConnection -State Listen -LocalPort {0}',
  'The port is closed': 'A porta está fechada',
  'A refusal comes back: a reset (RFC 9293) or, always for a UDP port, ICMP port unreachable; connect(2) reports both alike. As a rule the host itself sends it, since nothing listens on this port, but a firewall can refuse in its name. The network up to whoever refuses works.':
    'Volta uma recusa: um RST (RFC 9293) ou, sempre para uma porta UDP, um ICMP port unreachable; connect(2) relata os dois da mesma forma. Em regra é o próprio host que a envia, pois nada escuta nesta porta, mas um firewall pode recusar em nome dele. A rede até quem recusa funciona.',
  'The service is not running, has crashed or is still starting.': 'O serviço não está em execução, caiu ou ainda está iniciando.',
  'The service listens on another port, or only on loopback or on another address.':
    'O serviço escuta em outra porta, ou só em loopback ou em outro endereço.',
  'The name leads to the wrong machine.': 'O nome leva à máquina errada.',
  'A firewall that answers with a reset, or with ICMP port unreachable, in place of silence.':
    'Um firewall que responde com RST, ou com ICMP port unreachable, em vez de silêncio.',
  'A container whose port is not published.': 'Um contêiner cuja porta não está publicada.',
  'On the target, `ss -ltn` lists the listeners: absent is not running; 127.0.0.1 or ::1 is loopback only.':
    'No alvo, `ss -ltn` lista os serviços em escuta: ausente é não estar em execução; 127.0.0.1 ou ::1 é só loopback.',
  'A connection from the target to itself works: the binding or a firewall. It fails too: the service.':
    'Uma conexão do alvo consigo mesmo funciona: o endereço de escuta ou um firewall. Também falha: o serviço.',
  'A reset that comes much faster than the ping takes was sent by a firewall on the way.':
    'Um RST que chega muito mais rápido do que o ping demora foi enviado por um firewall no caminho.',
  'Start the service, and look into its log for why it stopped.': 'Inicie o serviço e procure no registro (log) dele por que parou.',
  'Let it listen on the address by which it is reached, where it is meant to be reached from outside.':
    'Faça-o escutar no endereço pelo qual é alcançado, se deve ser alcançado de fora.',
  'Correct the port or the name in the configuration of the client.': 'Corrija a porta ou o nome na configuração do cliente.',
  'On this machine nothing listens where something should{0}.': 'Nesta máquina nada escuta onde algo deveria escutar{0}.',
  '{0} refuses{1}: nothing listens there, or a firewall refuses in its name{2}.':
    '{0} recusa{1}: nada escuta ali, ou um firewall recusa em seu nome{2}.',
  'the connection': 'a conexão',
  'The port does not answer': 'A porta não responde',
  'Neither an acceptance nor a refusal comes back: something drops the packets without a word. Usually that is a firewall, here, on the way or on the target. A UDP port that stays silent may also just have nothing to say.':
    'Não volta nem aceitação nem recusa: algo descarta os pacotes sem avisar. Em geral é um firewall, aqui, no caminho ou no alvo. Uma porta UDP em silêncio também pode simplesmente não ter nada a dizer.',
  'A firewall or security group on the side of the target does not allow this source or port.':
    'Um firewall ou grupo de segurança do lado do alvo não permite esta origem ou esta porta.',
  'An outbound filter in this network (companies and hotels often allow 80 and 443 only).':
    'Um filtro de saída nesta rede (empresas e hotéis muitas vezes só permitem 80 e 443).',
  'A firewall on this machine.': 'Um firewall nesta máquina.',
  'The host behind the address is off; then other ports and ping are silent too.':
    'O host atrás do endereço está desligado; nesse caso outras portas e o ping também ficam em silêncio.',
  'Answers take another way back, and a stateful firewall drops them.':
    'As respostas voltam por outro caminho, e um firewall com estado as descarta.',
  'Other ports of the host answer: a filter for this port. None does: the host, or a filter for this source.':
    'Outras portas do host respondem: um filtro para esta porta. Nenhuma responde: o host, ou um filtro para esta origem.',
  'From another network it is open: the filter is near this machine or is about this source address.':
    'A partir de outra rede está aberta: o filtro está perto desta máquina ou vale para este endereço de origem.',
  "On the target, `sudo tcpdump -ni any port PORT`: nothing arrives means a filter before it; requests without answers means the target's own firewall.":
    'No alvo, `sudo tcpdump -ni any port PORT`: se nada chega, há um filtro antes dele; pedidos sem resposta indicam o firewall do próprio alvo.',
  'Ask the operator of the target to allow this source address and port.':
    'Peça ao responsável pelo alvo que permita este endereço de origem e esta porta.',
  'Ask the operator of this network to allow the port outbound, or use the port or proxy that is allowed.':
    'Peça ao responsável por esta rede que permita a saída por essa porta, ou use a porta ou o proxy permitido.',
  'Check the firewall of this machine.': 'Verifique o firewall desta máquina.',
  'Nothing comes back from{0} of {1}: the service there is silent, or something drops the datagrams{2}.':
    'Nada volta de{0} de {1}: o serviço ali está em silêncio, ou algo descarta os datagramas{2}.',
  'Something on the way drops connections to {0} without an answer{1}.': 'Algo no caminho descarta sem resposta as conexões para {0}{1}.',
  'Something on the way drops connections to{0} of {1} without an answer{2}.':
    'Algo no caminho descarta sem resposta as conexões para{0} de {1}{2}.',
  '{0} of': '{0} de',
  "Rule out this machine's own firewall, then ask the operator of the target to allow this source address: {0}":
    'Descarte a hipótese do firewall desta própria máquina e depois peça ao responsável pelo alvo que permita este endereço de origem: {0}',
  'A firewall rejects the port': 'Um firewall rejeita a porta',
  'A firewall or router answers in place of the service and says no, by an ICMP message such as "administratively prohibited" (RFC 1812, RFC 4443). Unlike silence, this is quick and deliberate; its sender is known.':
    'Um firewall ou roteador responde no lugar do serviço e diz não, com uma mensagem ICMP como "administratively prohibited" (RFC 1812, RFC 4443). Ao contrário do silêncio, isso é rápido e proposital; o remetente é conhecido.',
  'A firewall on the target with a reject rule for this port or source.':
    'Um firewall no alvo com uma regra de rejeição para esta porta ou origem.',
  'An outbound rule of this network or of this machine.': 'Uma regra de saída desta rede ou desta máquina.',
  'An access list on a router in between.': 'Uma lista de acesso em um roteador intermediário.',
  'The sender of the ICMP message is the device that has the rule: the target itself, a router, or this machine.':
    'O remetente da mensagem ICMP é o dispositivo que tem a regra: o próprio alvo, um roteador ou esta máquina.',
  'A refusal within less than 0.1 ms comes from this machine.': 'Uma recusa em menos de 0.1 ms vem desta máquina.',
  'Other ports of the same host answer: the rule is about this port.': 'Outras portas do mesmo host respondem: a regra é sobre esta porta.',
  'Ask the operator of the device that sent the message to allow this source and port.':
    'Peça ao responsável pelo dispositivo que enviou a mensagem que permita esta origem e esta porta.',
  'Use the permitted way: a proxy, a VPN, another port.': 'Use o caminho permitido: um proxy, uma VPN, outra porta.',
  'A firewall or router rejects connections to {0} and says so{1}.': 'Um firewall ou roteador rejeita as conexões para {0} e avisa{1}.',
  'A firewall or router rejects {0} of {1} and says so{2}.': 'Um firewall ou roteador rejeita {0} de {1} e avisa{2}.',
  'connections to': 'conexões para',
  "Rule out this machine's own firewall, then ask the operator of the device that answered: {0}":
    'Descarte a hipótese do firewall desta própria máquina e depois pergunte ao responsável pelo dispositivo que respondeu: {0}',
  'TCP has to send segments again': 'O TCP precisa enviar segmentos de novo',
  'The kernel repeated segments because their acknowledgement did not come in time (RFC 6298, RFC 8985). A few are normal; each one costs at least one more round trip, and a lost first SYN a whole second.':
    'O kernel repetiu segmentos porque a confirmação não chegou a tempo (RFC 6298, RFC 8985). Alguns são normais; cada um custa ao menos uma ida e volta a mais, e um primeiro SYN perdido, um segundo inteiro.',
  'Packet loss on the way, see the loss findings.': 'Perda de pacotes no caminho, veja os achados de perda.',
  'A black hole for large packets (see mtu-blackhole): then only the large segments are repeated, again and again.':
    'Um buraco negro para pacotes grandes (veja mtu-blackhole): nesse caso só os segmentos grandes são repetidos, vez após vez.',
  "The target's queue of new connections is full, so that SYNs are dropped.":
    'A fila de novas conexões do alvo está cheia, e os SYN são descartados.',
  'A firewall or address translation that has lost the state of the connection.':
    'Um firewall ou tradução de endereços que perdeu o estado da conexão.',
  'Ping to the same host loses as well: the path. It does not: the target, or the size.':
    'O ping para o mesmo host também perde: o caminho. Não perde: o alvo, ou o tamanho.',
  '`ss -tin dst ADDRESS` shows retrans, mss, pmtu and rtt of each connection.':
    '`ss -tin dst ADDRESS` mostra retrans, mss, pmtu e rtt de cada conexão.',
  'On the target, `nstat -az TcpExtListenOverflows TcpExtListenDrops` that grow mean a full queue of new connections.':
    'No alvo, `nstat -az TcpExtListenOverflows TcpExtListenDrops` que crescem indicam que a fila de novas conexões está cheia.',
  'Remove the loss first; retransmissions are its echo.': 'Elimine primeiro a perda; as retransmissões são consequência dela.',
  'On a target with a full queue, enlarge the backlog of the service and `net.core.somaxconn`.':
    'Em um alvo com a fila cheia, aumente o backlog do serviço e `net.core.somaxconn`.',
  'TCP has to repeat segments{0}.': 'O TCP precisa repetir segmentos{0}.',
  'Look for packet loss first; what the kernel counts for each connection shows in: ss -tin dst {0}':
    'Procure primeiro perda de pacotes; o que o kernel conta para cada conexão aparece em: ss -tin dst {0}',
  'Look for packet loss first; what the kernel counts shows in: netstat -s -p tcp':
    'Procure primeiro perda de pacotes; o que o kernel conta aparece em: netstat -s -p tcp',
  'Look for packet loss first; what the system counts shows in: netstat -s -p tcp':
    'Procure primeiro perda de pacotes; o que o sistema conta aparece em: netstat -s -p tcp',
  'The connection opens, then is reset': 'A conexão abre e depois é redefinida',
  'The port accepts the connection, and at once or soon after it a reset ends it (RFC 9293). So somebody listens; either the service gives up on the connection, or a device on the way cuts it.':
    'A porta aceita a conexão e, na hora ou pouco depois, um RST a encerra (RFC 9293). Portanto alguém escuta; ou o serviço desiste da conexão, ou um dispositivo no caminho a corta.',
  'The service crashes, restarts, or closes while data is still unread.': 'O serviço cai, reinicia ou fecha com dados ainda não lidos.',
  'A load balancer or container proxy accepts, and has no healthy server behind it.':
    'Um balanceador de carga ou proxy de contêiner aceita e não tem servidor saudável atrás de si.',
  'An access list in the service (allowed addresses, connection limit) that closes at once.':
    'Uma lista de acesso no serviço (endereços permitidos, limite de conexões) que fecha na hora.',
  'The client speaks another protocol than the service: plain text to TLS, or TLS to plain text.':
    'O cliente fala um protocolo diferente do serviço: texto claro com TLS, ou TLS com texto claro.',
  'An inspecting firewall forges resets for certain names or contents.':
    'Um firewall de inspeção forja RST para certos nomes ou conteúdos.',
  'a TLS handshake with the same port was finished': 'um handshake TLS com a mesma porta foi concluído',
  'a request at the same port was answered': 'uma requisição na mesma porta foi respondida',
  'In a capture (`sudo tcpdump -nvi INTERFACE host ADDRESS`), a reset whose time to live differs from that of the SYN-ACK was not sent by the target.':
    'Em uma captura (`sudo tcpdump -nvi INTERFACE host ADDRESS`), um RST cujo tempo de vida (TTL) difere do TTL do SYN-ACK não foi enviado pelo alvo.',
  'The reset follows only after the TLS hello with this server name: a filter by name.':
    'O RST só vem depois do hello TLS com este nome de servidor: um filtro por nome.',
  'It always comes after the same idle time: the time-out of a firewall or load balancer.':
    'Vem sempre após o mesmo tempo ocioso: o tempo limite de um firewall ou balanceador de carga.',
  'The log of the service at that moment names its own reason, if it was the service.':
    'O registro (log) do serviço naquele momento indica o motivo, se foi o serviço.',
  'Read the log of the service, and check the health of the servers behind the load balancer.':
    'Leia o registro (log) do serviço e verifique o estado dos servidores atrás do balanceador de carga.',
  'Ask whether the service allows this source address.': 'Pergunte se o serviço permite este endereço de origem.',
  'For idle connections, turn on keep-alive below the time-out.': 'Para conexões ociosas, ative o keep-alive abaixo do tempo limite.',
  '{0} accepts the connection and then resets it{1}.': '{0} aceita a conexão e depois a redefine{1}.',
  "Check in the service's log whether it cuts the connection itself, and whether it speaks TLS: netdiag tls {0}":
    'Verifique no registro (log) do serviço se ele mesmo corta a conexão, e se fala TLS: netdiag tls {0}',
  'The connection opens, and the service never speaks': 'A conexão abre, e o serviço nunca fala',
  'The connection is accepted, but no byte of an answer comes, although one is due: it stays open in silence, or is closed in good order without a word. The kernel, or a proxy, accepts connections also for a program that hangs; an open port alone proves little.':
    'A conexão é aceita, mas não chega nenhum byte de resposta, embora seja devida: ela fica aberta em silêncio, ou é fechada normalmente sem uma palavra. O kernel, ou um proxy, aceita conexões também para um programa travado; uma porta aberta, por si só, prova pouco.',
  'The program behind the port hangs, or waits for something that does not answer (a database, a disk, a lock).':
    'O programa atrás da porta está travado, ou espera por algo que não responde (um banco de dados, um disco, um lock).',
  'All its workers are busy, and the connection waits in the queue.': 'Todos os workers estão ocupados, e a conexão espera na fila.',
  'A load balancer, SYN proxy or firewall accepts in place of a service that is absent.':
    'Um balanceador de carga, proxy de SYN ou firewall aceita no lugar de um serviço ausente.',
  'The service waits for the client to speak first, or for another protocol.':
    'O serviço espera que o cliente fale primeiro, ou espera outro protocolo.',
  'It closes without a word: an access list, a limit on connections, a crash, or a proxy without a healthy server behind it.':
    'Ele fecha sem uma palavra: uma lista de acesso, um limite de conexões, uma queda, ou um proxy sem servidor saudável atrás.',
  'Large packets vanish on the way back (see mtu-blackhole): the answer was sent and did not arrive.':
    'Pacotes grandes somem na volta (veja mtu-blackhole): a resposta foi enviada e não chegou.',
  'whether segments of full size get through in both directions': 'se segmentos de tamanho máximo passam nas duas direções',
  'whether the same handshake with another name, size or version is answered':
    'se o mesmo handshake com outro nome, tamanho ou versão é respondido',
  'On the target, `ss -ltn`: a Recv-Q as large as Send-Q on the listener means a full queue.':
    'No alvo, `ss -ltn`: um Recv-Q do tamanho do Send-Q no serviço em escuta indica uma fila cheia.',
  'From the target itself it answers: the path, not the program.': 'A partir do próprio alvo ele responde: o caminho, não o programa.',
  'A short answer arrives and a long one does not: mtu-blackhole.': 'Uma resposta curta chega e uma longa não: mtu-blackhole.',
  'Read the log of the service and restart it, once what it waits for is known.':
    'Leia o registro (log) do serviço e reinicie-o, quando souber o que ele espera.',
  'Give it more workers, or a time-out on what it waits for.': 'Dê a ele mais workers, ou um tempo limite para aquilo que espera.',
  'Check that client and service speak the same protocol on this port.':
    'Verifique se cliente e serviço falam o mesmo protocolo nesta porta.',
  '{0} accepts the connection but never answers on it{1}.': '{0} aceita a conexão, mas nunca responde nela{1}.',
  "Look at the service's log; on its machine, a Recv-Q that stays above 0 means that it takes no connections: ss -ltn sport = :{0}":
    'Examine o registro (log) do serviço; na máquina dele, um Recv-Q que fica acima de 0 significa que ele não aceita conexões: ss -ltn sport = :{0}',
  'Another service answers at the port': 'Outro serviço responde na porta',
  'The port is open and what answers there speaks, but not the protocol that belongs to the port: its first words are those of something else. A client that expects the right one gives up, often without saying why.':
    'A porta está aberta e o que responde nela fala, mas não o protocolo que cabe à porta: suas primeiras palavras são de outra coisa. Um cliente que espera o protocolo certo desiste, muitas vezes sem dizer por quê.',
  'Another program was given the port, or a forward or a balancer leads to the wrong one.':
    'A porta foi dada a outro programa, ou um redirecionamento ou balanceador leva ao programa errado.',
  'The port or the host in the configuration of the client is the wrong one.': 'A porta ou o host na configuração do cliente está errado.',
  'A proxy, a login page or a security device answers in place of the service.':
    'Um proxy, uma página de login ou um dispositivo de segurança responde no lugar do serviço.',
  'TLS stands in front of the service, and answers in its own words.':
    'O TLS está à frente do serviço e responde com suas próprias palavras.',
  'The check quotes the first line that came: as a rule it names the program.':
    'A verificação cita a primeira linha que chegou: em regra ela indica o programa.',
  'On the target, `ss -ltnp` says which program listens at the port.': 'No alvo, `ss -ltnp` mostra que programa escuta na porta.',
  'From another network the right service answers: something on the way takes its place.':
    'A partir de outra rede o serviço certo responde: algo no caminho toma o lugar dele.',
  'Correct the port or the host that the client uses.': 'Corrija a porta ou o host que o cliente usa.',
  'Give the port back to its service, or correct the forward that leads to it.':
    'Devolva a porta ao serviço dela, ou corrija o redirecionamento que leva até ela.',
  'At {0} another service answers than the port is for{1}.': 'Em {0} responde um serviço diferente daquele a que a porta se destina{1}.',
  'On the target, see which program has the port: ss -ltnp sport = :{0}': 'No alvo, veja que programa tem a porta: ss -ltnp sport = :{0}',
  'QUIC (UDP) is blocked': 'QUIC (UDP) está bloqueado',
  'QUIC and HTTP/3 run over UDP, usually port 443 (RFC 9000, RFC 9114). Here it is to be expected, nothing answers over UDP, and TCP to the same server works. Browsers fall back to TCP; it works, a little slower. A server that has no QUIC is in order, and is not held against the network.':
    'QUIC e HTTP/3 usam UDP, em geral a porta 443 (RFC 9000, RFC 9114). Aqui isso é de se esperar, nada responde por UDP, e o TCP para o mesmo servidor funciona. Os navegadores recorrem ao TCP; funciona, um pouco mais devagar. Um servidor que não tem QUIC está em ordem, e isso não conta contra a rede.',
  'A firewall allows only TCP outbound; many companies block UDP 443 on purpose.':
    'Um firewall só permite TCP na saída; muitas empresas bloqueiam UDP 443 de propósito.',
  'The server offers HTTP/3, and its own firewall or balancer lets no UDP through.':
    'O servidor oferece HTTP/3, e o firewall ou balanceador dele não deixa passar UDP.',
  'An address translation that forgets UDP within seconds.': 'Uma tradução de endereços que esquece o UDP em poucos segundos.',
  'The path takes less than the 1200 bytes that QUIC needs (RFC 9000 section 14).':
    'O caminho aceita menos que os 1200 bytes de que o QUIC precisa (RFC 9000 seção 14).',
  'another server answers QUIC, so the network lets it out': 'outro servidor responde por QUIC, portanto a rede o deixa sair',
  'The answer over TCP has an `alt-svc` header with h3: the server offers it, so the block is on the way.':
    'A resposta por TCP tem um cabeçalho `alt-svc` com h3: o servidor o oferece, portanto o bloqueio está no caminho.',
  'Other QUIC servers are silent as well: this network. Only one: that server.':
    'Outros servidores QUIC também estão em silêncio: esta rede. Só um: esse servidor.',
  'Allow UDP 443 outbound where QUIC is wanted.': 'Permita a saída por UDP 443 onde se quer QUIC.',
  'Where the block is meant, let the firewall reject rather than drop, so that clients fall back at once.':
    'Se o bloqueio é intencional, faça o firewall rejeitar em vez de descartar, para que os clientes mudem na hora.',
  'QUIC over UDP{0} does not get through, while TCP does{1}.': 'O QUIC por UDP{0} não passa, enquanto o TCP passa{1}.',
  "If QUIC is wanted, allow UDP 443 outbound; this machine's own rules show in: {0}":
    'Se o QUIC é desejado, permita a saída por UDP 443; as regras desta própria máquina aparecem em: {0}',
};
