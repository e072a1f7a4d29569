import type { Entries } from '../../language.js';

export const CAUSES_SURROUNDINGS: Entries = {
  'The proxy cannot be reached': 'O proxy não pode ser alcançado',
  'This machine is configured to go out through a proxy, and no connection to that proxy can be made. Programs that use it fail for every target, those that go directly may work.':
    'Esta máquina está configurada para sair por um proxy, e nenhuma conexão com esse proxy pode ser aberta. Os programas que o usam falham com todos os alvos; os que vão direto podem funcionar.',
  "The setting belongs to another network (the company's proxy, at home).": 'A configuração é de outra rede (o proxy da empresa, em casa).',
  'The name or port of the proxy is wrong, or has changed.': 'O nome ou a porta do proxy está errado, ou mudou.',
  'The proxy is down, or a VPN is needed to reach it.': 'O proxy está fora do ar, ou é preciso uma VPN para alcançá-lo.',
  'A local proxy program (debugging, filtering) that is no longer running.':
    'Um programa de proxy local (depuração, filtragem) que não está mais em execução.',
  'another target is reached through a proxy': 'outro alvo é alcançado por um proxy',
  'whether a rule of this machine covers the port of the proxy': 'se uma regra desta máquina abrange a porta do proxy',
  'which way the kernel takes to the proxy': 'que caminho o kernel usa até o proxy',
  '`env` shows HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY; some programs read the settings of the system instead.':
    '`env` mostra HTTP_PROXY, HTTPS_PROXY, ALL_PROXY e NO_PROXY; alguns programas leem em vez disso as configurações do sistema.',
  'Without the proxy (`curl --noproxy "*" URL`) it works: the setting is superfluous here.':
    'Sem o proxy (`curl --noproxy "*" URL`) funciona: a configuração é supérflua aqui.',
  'Refused at once: nothing listens there. Silence: the way to it.': 'Recusado na hora: nada escuta ali. Silêncio: o caminho até ele.',
  'Remove the setting on networks that need no proxy, or correct it.':
    'Remova a configuração em redes que não precisam de proxy, ou corrija-a.',
  'Connect the VPN, where the proxy stands behind it.': 'Conecte a VPN, se o proxy está atrás dela.',
  'Use an automatic configuration (PAC) that tells networks apart.': 'Use uma configuração automática (PAC) que distinga as redes.',
  'The configured proxy{0} cannot be reached{1}.': 'O proxy configurado{0} não pode ser alcançado{1}.',
  'Check whether this network needs a proxy, and that name and port are right: env | grep -i proxy':
    'Verifique se esta rede precisa de um proxy e se o nome e a porta estão certos: env | grep -i proxy',
  'Check whether this network needs a proxy, and that name and port are right: scutil --proxy':
    'Verifique se esta rede precisa de um proxy e se o nome e a porta estão certos: scutil --proxy',
  'Check whether this network needs a proxy, and that name and port are right: netsh winhttp show proxy':
    'Verifique se esta rede precisa de um proxy e se o nome e a porta estão certos: netsh winhttp show proxy',
  'The proxy refuses': 'O proxy recusa',
  'The proxy answers, and does not pass the connection on: 407 wants a login, 403 forbids the target or port (RFC 9110); a SOCKS proxy says it by a reply code (RFC 1928).':
    'O proxy responde, mas não repassa a conexão: 407 exige login, 403 proíbe o alvo ou a porta (RFC 9110); um proxy SOCKS o diz por um código de resposta (RFC 1928).',
  'The proxy wants a user name and password, and got none or wrong ones.':
    'O proxy exige nome de usuário e senha, e não recebeu nenhum ou recebeu errados.',
  'The target, its category or its port is not permitted.': 'O alvo, sua categoria ou sua porta não é permitida.',
  'The proxy permits CONNECT to port 443 only.': 'O proxy só permite CONNECT para a porta 443.',
  'An inner target that should not go through the proxy at all (NO_PROXY).':
    'Um alvo interno que nem deveria passar pelo proxy (NO_PROXY).',
  'the proxy opened the way to it': 'o proxy abriu o caminho até ele',
  '407: login. 403: rule. 502 or 504: the proxy itself does not reach the target.':
    '407: login. 403: regra. 502 ou 504: o próprio proxy não alcança o alvo.',
  'Port 443 of the same host works: a rule about ports.': 'A porta 443 do mesmo host funciona: uma regra sobre portas.',
  'The body of the answer often names the rule.': 'O corpo da resposta muitas vezes indica a regra.',
  'Give the login where the program takes it; keep it out of command lines, which others can read.':
    'Informe o login onde o programa o aceita; não o ponha em linhas de comando, que outros podem ler.',
  'Ask the operator to permit target and port.': 'Peça ao responsável que permita o alvo e a porta.',
  'Add inner names to NO_PROXY.': 'Acrescente os nomes internos a NO_PROXY.',
  'The proxy answers but refuses the connection{0}.': 'O proxy responde, mas recusa a conexão{0}.',
  '407 wants a login; for 403 or a SOCKS refusal, ask the operator of the proxy to permit the target, or add inner names to NO_PROXY.':
    '407 exige login; para 403 ou uma recusa SOCKS, peça ao responsável pelo proxy que permita o alvo, ou acrescente os nomes internos a NO_PROXY.',
  'The proxy takes the connection and does not answer': 'O proxy aceita a conexão e não responde',
  'A connection to the proxy opens, and what it is asked for gets no whole answer: nothing comes, or the connection is closed or breaks off, be it behind its word that the way is open, while the direct way works. Programs that use the proxy hang until their time-out.':
    'Uma conexão com o proxy se abre, e o que se pede a ele não recebe resposta completa: nada chega, ou a conexão é fechada ou se interrompe, mesmo depois de ele dizer que o caminho está aberto, enquanto o caminho direto funciona. Os programas que usam o proxy ficam parados até o tempo limite.',
  'The proxy is overloaded, or hangs in the check of a login against a directory.':
    'O proxy está sobrecarregado, ou trava ao verificar um login em um diretório.',
  'It waits itself for a destination that does not answer.': 'Ele mesmo espera por um destino que não responde.',
  'A load balancer or a forwarded port takes the connections, and nothing is behind it.':
    'Um balanceador de carga ou uma porta redirecionada aceita as conexões, e não há nada atrás.',
  'It expects TLS (`https`), and is spoken to without.': 'Ele espera TLS (`https`), e falam com ele sem TLS.',
  'the proxy opened the way to another target': 'o proxy abriu o caminho até outro alvo',
  'whether segments of full size get through to the proxy': 'se segmentos de tamanho máximo chegam ao proxy',
  'whether it answers another protocol': 'se responde a outro protocolo',
  'Every destination hangs: the proxy. One does: the way from the proxy to that one.':
    'Todos os destinos travam: o proxy. Só um: o caminho do proxy até ele.',
  'Its setting begins with http:// and its port is 443 or 8443: try https://.':
    'A configuração dele começa com http:// e a porta é 443 ou 8443: tente https://.',
  'The log of the proxy shows whether the request came in.': 'O registro (log) do proxy mostra se a requisição chegou.',
  'Have the operator of the proxy look at its load and its log at that moment.':
    'Peça ao responsável pelo proxy que examine a carga e o registro (log) dele naquele momento.',
  'Correct kind and port of the proxy in the setting.': 'Corrija o tipo e a porta do proxy na configuração.',
  'The proxy takes the connection but gives no answer{0}.': 'O proxy aceita a conexão, mas não dá resposta{0}.',
  'Check kind and port of the proxy in its setting, then have its operator look at its load and log.':
    'Verifique o tipo e a porta do proxy na configuração e depois peça ao responsável por ele que examine a carga e o registro (log).',
  'What answers is no proxy of that kind': 'O que responde não é um proxy desse tipo',
  'At the address of the proxy something answers, but not as the kind of proxy that the setting names: not HTTP to CONNECT, not SOCKS 5, or no TLS with an `https` proxy.':
    'No endereço do proxy algo responde, mas não como o tipo de proxy que a configuração indica: não responde em HTTP ao CONNECT, não fala SOCKS 5, ou não há TLS com um proxy `https`.',
  'The kind is wrong: socks5:// for an HTTP proxy, http:// for a SOCKS one, https:// for one without TLS.':
    'O tipo está errado: socks5:// para um proxy HTTP, http:// para um SOCKS, https:// para um sem TLS.',
  'The port is that of another service.': 'A porta é de outro serviço.',
  'The proxy speaks SOCKS 4 only.': 'O proxy só fala SOCKS 4.',
  '3128 and 8080 are mostly HTTP proxies, 1080 and 9050 mostly SOCKS.':
    '3128 e 8080 são em geral proxies HTTP; 1080 e 9050, em geral SOCKS.',
  'An HTTP proxy answers a SOCKS greeting by a status 400; a SOCKS proxy answers CONNECT by closing the connection.':
    'Um proxy HTTP responde a uma saudação SOCKS com status 400; um proxy SOCKS responde a CONNECT fechando a conexão.',
  'Correct the scheme and the port of the proxy in the setting.': 'Corrija o esquema e a porta do proxy na configuração.',
  'Ask the operator which kinds of proxy are there, and at which ports.':
    'Pergunte ao responsável que tipos de proxy existem ali, e em que portas.',
  'What answers at the address of the proxy{0} does not speak as one of that kind{1}.':
    'O que responde no endereço do proxy{0} não fala como um desse tipo{1}.',
  'Correct the scheme (http, https, socks5, socks5h) or the port of the proxy in its setting.':
    'Corrija o esquema (http, https, socks5, socks5h) ou a porta do proxy na configuração.',
  'The certificate of the proxy does not hold': 'O certificado do proxy não é aceitável',
  'The proxy is spoken to over TLS, and its certificate is not trusted or is for another name. Nothing is sent to it then, since whoever stands there would read the login and see all destinations.':
    'Fala-se com o proxy por TLS, e o certificado dele não é confiável ou é para outro nome. Nesse caso nada é enviado a ele, pois quem estiver ali leria o login e veria todos os destinos.',
  "The proxy has a certificate of the company's own authority, which this machine does not know.":
    'O proxy tem um certificado da autoridade certificadora da própria empresa, que esta máquina não conhece.',
  'The setting names it by address or by another name than its certificate has.':
    'A configuração o indica por endereço ou por um nome diferente do que consta no certificado.',
  'Something else answers in its place.': 'Outra coisa responde no lugar dele.',
  '`netdiag tls HOST:PORT` of the proxy shows its chain and names.': '`netdiag tls HOST:PORT` do proxy mostra sua cadeia e seus nomes.',
  'Other machines of the company trust it: its authority is missing here.':
    'Outras máquinas da empresa confiam nele: a autoridade certificadora falta aqui.',
  'Install the certificate of that authority on this machine, or give it by --ca.':
    'Instale nesta máquina o certificado dessa autoridade certificadora, ou informe-o com --ca.',
  'Name the proxy as its certificate does.': 'Indique o proxy pelo nome que consta no certificado.',
  'The certificate of the proxy{0} is not trusted, or is for another name{1}.':
    'O certificado do proxy{0} não é confiável, ou é para outro nome{1}.',
  'Install the certificate of the authority of the proxy, or name the proxy as its certificate does.':
    'Instale o certificado da autoridade certificadora do proxy, ou indique o proxy pelo nome que consta no certificado.',
  'The clock of this machine is wrong': 'O relógio desta máquina está errado',
  'The clock differs from the real time by more than is harmless. Certificates then look expired or not yet valid, tokens and signed requests are refused, and logs cannot be compared. The network itself is well.':
    'O relógio difere da hora real por mais do que é inofensivo. Certificados parecem então expirados ou ainda não válidos, tokens e requisições assinadas são recusados, e registros (logs) não podem ser comparados. A rede em si está bem.',
  'No time service is running, or it reaches no server: NTP uses UDP port 123 (RFC 5905), which a firewall may block.':
    'Nenhum serviço de hora está em execução, ou ele não alcança servidor algum: o NTP usa a porta UDP 123 (RFC 5905), que um firewall pode bloquear.',
  'A virtual machine or laptop that was suspended; WSL2 after sleep.':
    'Uma máquina virtual ou um notebook que foi suspenso; o WSL2 depois da suspensão.',
  'The battery of the clock is empty.': 'A bateria do relógio acabou.',
  'The time was set by hand, or the time zone was corrected in place of the time.':
    'A hora foi ajustada à mão, ou corrigiu-se o fuso horário em vez da hora.',
  'another service has the time of this machine': 'outro serviço tem a mesma hora que esta máquina',
  'whether several time servers agree': 'se vários servidores de hora concordam',
  '`timedatectl` shows whether the clock is synchronised (macOS: `sudo systemsetup -getusingnetworktime`; Windows: `w32tm /query /status`).':
    '`timedatectl` mostra se o relógio está sincronizado (macOS: `sudo systemsetup -getusingnetworktime`; Windows: `w32tm /query /status`).',
  'Off by whole hours: the time zone or a second operating system. By minutes: drift without synchronisation. By years: the battery.':
    'Desvio de horas exatas: o fuso horário ou um segundo sistema operacional. De minutos: deriva sem sincronização. De anos: a bateria.',
  'Turn synchronisation on: `sudo timedatectl set-ntp true` (macOS: `sudo systemsetup -setusingnetworktime on`; Windows, as administrator: `w32tm /resync`).':
    'Ative a sincronização: `sudo timedatectl set-ntp true` (macOS: `sudo systemsetup -setusingnetworktime on`; Windows, como administrador: `w32tm /resync`).',
  'A time service that runs approaches the right time slowly: chrony steps at once by `sudo chronyc makestep`.':
    'Um serviço de hora em execução se aproxima devagar da hora certa: o chrony a ajusta de uma vez com `sudo chronyc makestep`.',
  'Allow UDP port 123 outbound, or use the time server of this network.':
    'Permita a saída pela porta UDP 123, ou use o servidor de hora desta rede.',
  'The clock of this machine is wrong{0}.': 'O relógio desta máquina está errado{0}.',
  'The clock of this machine or that of the service is wrong{0}.': 'O relógio desta máquina ou o do serviço está errado{0}.',
  'Turn the synchronisation of the clock on': 'Ative a sincronização do relógio',
  'Set the clock by network time, as administrator: w32tm /resync': 'Ajuste o relógio pela hora da rede, como administrador: w32tm /resync',
  'The line carries less than it should': 'A linha transporta menos do que deveria',
  'The measured throughput is below what was expected. One measurement shows what was free at that moment on the narrowest part of the way, which need not be the line of the provider.':
    'A vazão medida está abaixo do esperado. Uma medição mostra o que estava livre naquele momento na parte mais estreita do caminho, que não é necessariamente a linha do provedor.',
  'Other traffic on the same line during the measurement.': 'Outro tráfego na mesma linha durante a medição.',
  'Wi-Fi, or a cable that negotiated 100 Mbit/s in place of 1 Gbit/s.': 'Wi-Fi, ou um cabo que negociou 100 Mbit/s em vez de 1 Gbit/s.',
  'Packet loss or a long round trip, which hold one TCP connection back.':
    'Perda de pacotes ou ida e volta longa, que freiam uma conexão TCP isolada.',
  'A VPN, a proxy or a slow processor on the way.': 'Uma VPN, um proxy ou um processador lento no caminho.',
  'Congestion at the provider or at the server that was measured against.': 'Congestionamento no provedor ou no servidor usado na medição.',
  '`ethtool INTERFACE` or `iw dev INTERFACE link` shows the rate of the link.':
    '`ethtool INTERFACE` ou `iw dev INTERFACE link` mostra a taxa do enlace.',
  'Several connections together are faster than one: loss or round trip, not the line.':
    'Várias conexões juntas são mais rápidas que uma: perda ou ida e volta, não a linha.',
  'By cable at the router it is fast: Wi-Fi or inner network.': 'Por cabo, junto ao roteador, é rápido: Wi-Fi ou rede interna.',
  'At night it is fast: congestion.': 'À noite é rápido: congestionamento.',
  'Measure by cable, with nothing else running, at several hours.': 'Meça por cabo, sem mais nada em execução, em vários horários.',
  'Replace a cable that negotiates too low a rate.': 'Troque um cabo que negocia uma taxa baixa demais.',
  'Show the provider measurements by cable over several days.': 'Mostre ao provedor medições por cabo ao longo de vários dias.',
  'The throughput{0} is below what was expected{1}.': 'A vazão{0} está abaixo do esperado{1}.',
  'Pause other transfers and measure by cable; the rate of the link shows in: ethtool {0}':
    'Pause outras transferências e meça por cabo; a taxa do enlace aparece em: ethtool {0}',
  'Pause other transfers and measure by cable; the rate of the link ("media") shows in: ifconfig {0}':
    'Pause outras transferências e meça por cabo; a taxa do enlace ("media") aparece em: ifconfig {0}',
  'Pause other transfers and measure by cable; the rate of the link shows in: Get-NetAdapter -Name {0}':
    'Pause outras transferências e meça por cabo; a taxa do enlace aparece em: Get-NetAdapter -Name {0}',
};
