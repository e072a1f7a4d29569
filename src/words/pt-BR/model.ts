import type { Entries } from '../language.js';

export const MODEL: Entries = {
  'no answer within {0} ms': 'sem resposta em {0} ms',
  'not available: {0}': 'não disponível: {0}',
  '{0} ms': '{0} ms',
  'under {0}': 'menos de {0}',
  'under {0} (objective {1}, critical {2})': 'menos de {0} (objetivo {1}, crítico {2})',
  '{0} (own delay up to {1})': '{0} (atraso próprio de até {1})',
  '{0} days': '{0} dias',
  '{0} bytes': '{0} bytes',
  'sockets that set their own buffers, UDP above all, lose packets in bursts; the kernel itself starts with 212992':
    'sockets que definem os próprios buffers, sobretudo UDP, perdem pacotes em rajadas; o próprio kernel começa com 212992',
  'a receive window under 256 KiB holds a connection below 20 Mbit/s at a round trip of 100 ms (RFC 7323)':
    'uma janela de recepção menor que 256 KiB mantém uma conexão abaixo de 20 Mbit/s com ida e volta de 100 ms (RFC 7323)',
  'what was sent stays in the buffer until it is confirmed: under 256 KiB that is 20 Mbit/s at a round trip of 100 ms':
    'o que foi enviado fica no buffer até ser confirmado: com menos de 256 KiB, isso dá 20 Mbit/s com ida e volta de 100 ms',
  'without it the receive buffer never grows beyond its default (ip-sysctl)':
    'sem isso o buffer de recepção nunca cresce além do valor padrão (ip-sysctl)',
  'without them round trips are measured once per window, and old packets cannot be told from new ones (RFC 7323)':
    'sem eles a ida e volta é medida uma vez por janela, e pacotes antigos não se distinguem dos novos (RFC 7323)',
  'without it each loss in a window costs a round trip of its own (RFC 2018, RFC 6675)':
    'sem isso cada perda em uma janela custa uma ida e volta própria (RFC 2018, RFC 6675)',
  'without it at most 64 KiB are under way in each round trip (RFC 7323)':
    'sem isso no máximo 64 KiB ficam em trânsito a cada ida e volta (RFC 7323)',
  'each connection to one destination needs a port of its own (RFC 6056); the kernel itself has 28232':
    'cada conexão a um mesmo destino precisa de uma porta própria (RFC 6056); o próprio kernel tem 28232',
  'without them a flood of SYNs locks out everybody else (RFC 4987)':
    'sem eles uma enxurrada de SYNs deixa todos os demais de fora (RFC 4987)',
  'a service that is busy for a moment refuses whoever does not fit into its queue; the kernel has 4096, before 5.4 128':
    'um serviço ocupado por um momento recusa quem não cabe em sua fila; o kernel tem 4096, antes do 5.4 tinha 128',
  'a burst of market data waits in the buffer while the program is busy, in place of being dropped':
    'uma rajada de dados de mercado espera no buffer enquanto o programa está ocupado, em vez de ser descartada',
  'a core that has to speed up first answers some ten microseconds late (Documentation/admin-guide/pm/cpufreq.rst)':
    'um núcleo que primeiro precisa acelerar responde com uns dez microssegundos de atraso (Documentation/admin-guide/pm/cpufreq.rst)',
  'the window grows with a far broker, and a slow reader does not close it (RFC 7323)':
    'a janela cresce com uma corretora distante, e um leitor lento não a fecha (RFC 7323)',
  'an order never waits for room in the send buffer, even while older data is sent again':
    'uma ordem nunca espera por espaço no buffer de envio, mesmo enquanto dados mais antigos são reenviados',
  'it follows rate and round trip, so that a single lost packet does not halve the rate, and queues stay short':
    'acompanha a taxa e a ida e volta, de modo que um único pacote perdido não reduz a taxa à metade, e as filas ficam curtas',
  'it spaces packets as BBR asks and keeps flows apart; before kernel 4.13 BBR needs it (tc-fq(8))':
    'espaça os pacotes como o BBR pede e mantém os fluxos separados; antes do kernel 4.13 o BBR precisa dele (tc-fq(8))',
  'otherwise the window shrinks while nothing is traded, and the first burst waits a round trip more (RFC 2861)':
    'do contrário a janela encolhe enquanto nada é negociado, e a primeira rajada espera uma ida e volta a mais (RFC 2861)',
  'a connection to a known server carries data in its first packet, as client and server (RFC 7413)':
    'uma conexão a um servidor conhecido leva dados no primeiro pacote, como cliente e como servidor (RFC 7413)',
  'packets that arrive in a burst wait for the CPU in place of being dropped (admin-guide/sysctl/net.rst)':
    'pacotes que chegam em rajada esperam pela CPU em vez de serem descartados (admin-guide/sysctl/net.rst)',
  'a path that swallows large packets is survived without ICMP (RFC 4821)':
    'sobrevive-se sem ICMP a um caminho que engole pacotes grandes (RFC 4821)',
  'net.ipv{0}.conf.{1}.{2}': 'net.ipv{0}.conf.{1}.{2}',
  'sudo {0}': 'sudo {0}',
  'round trip to the gateway': 'ida e volta até o gateway',
  'round trip': 'ida e volta',
  jitter: 'jitter',
  'wait in queues': 'espera em filas',
  loss: 'perda',
  'path MTU': 'MTU do caminho',
  download: 'download',
  upload: 'upload',
  'utilisation of the line': 'utilização da linha',
  'TCP connection': 'conexão TCP',
  'connections that open': 'conexões que abrem',
  'TCP to a database': 'TCP até um banco de dados',
  'TLS handshake': 'handshake TLS',
  'certificate left': 'validade restante do certificado',
  'DNS answer': 'resposta DNS',
  'first byte': 'primeiro byte',
  'request to response': 'da requisição à resposta',
  'WebSocket round trip': 'ida e volta por WebSocket',
  messages: 'mensagens',
  'clocks apart': 'diferença entre relógios',
  'AWS Nitro': 'AWS Nitro',
  'Apple Virtualization': 'Apple Virtualization',
  'Google Compute Engine': 'Google Compute Engine',
  'Microsoft Azure': 'Microsoft Azure',
  'Alibaba Cloud': 'Alibaba Cloud',
  'Oracle Cloud': 'Oracle Cloud',
  'Tencent Cloud': 'Tencent Cloud',
  'IBM Cloud': 'IBM Cloud',
  'at {0}': 'em {0}',
  'bare metal{0}': 'máquina física{0}',
  'virtual machine': 'máquina virtual',
  'given for this run': 'informado para esta execução',
  '{0}, budget given': '{0}, limite informado',
  'The same moment shows no trouble in `netdiag full-report`, and other programs work: the market or the account, not the network.':
    'No mesmo momento `netdiag full-report` não mostra problema e outros programas funcionam: o mercado ou a conta, não a rede.',
  'No connection to the trade server': 'Sem conexão com o servidor de negociação',
  'The platform has no connection to the trade server. Nothing can be ordered or closed until it stands again.':
    'A plataforma não tem conexão com o servidor de negociação. Nenhuma ordem pode ser aberta ou fechada até que ela volte.',
  'This machine has no internet: link, gateway, provider or DNS.': 'Esta máquina está sem internet: enlace, gateway, provedor ou DNS.',
  'A firewall, here or on the way, keeps the ports of the broker out (443 and those of its own).':
    'Um firewall, aqui ou no caminho, bloqueia as portas da corretora (443 e as próprias dela).',
  'The server of the broker is down, or another one has to be chosen.':
    'O servidor da corretora está fora do ar, ou é preciso escolher outro.',
  'The login was refused, so that the server ended the connection.': 'O login foi recusado, e por isso o servidor encerrou a conexão.',
  'Other sites do not open either: this machine or its network.': 'Outros sites também não abrem: esta máquina ou sua rede.',
  'Only the broker does not answer: `netdiag ports TARGET -p 443` tells a firewall (filtered) from a server that is down (closed).':
    'Só a corretora não responde: `netdiag ports TARGET -p 443` distingue um firewall (filtrada) de um servidor fora do ar (fechada).',
  'It stands for some seconds and ends: the login, or a device that cuts idle connections.':
    'Fica de pé alguns segundos e termina: o login, ou um dispositivo que corta conexões ociosas.',
  'Find the layer: `netdiag full-report TARGET`.': 'Encontre a camada: `netdiag full-report TARGET`.',
  'Choose another access point of the broker in the platform.': 'Escolha outro ponto de acesso da corretora na plataforma.',
  'Have outgoing TCP to the ports of the broker allowed.': 'Peça a liberação de TCP de saída para as portas da corretora.',
  'The trade server did not confirm in time': 'O servidor de negociação não confirmou a tempo',
  'An order was sent and no confirmation came within the time that the platform waits, about 5 s. Whether it was carried out is not known.':
    'Uma ordem foi enviada, e nenhuma confirmação chegou no tempo que a plataforma espera, cerca de 5 s. Não se sabe se ela foi executada.',
  'The round trip is far longer than usual: loss with repeats, a full line (bufferbloat), a long way.':
    'A ida e volta é muito mais longa que o normal: perda com repetições, linha cheia (bufferbloat), caminho longo.',
  'The connection broke after the order was sent.': 'A conexão caiu depois que a ordem foi enviada.',
  'The server of the broker is overloaded, as with news.': 'O servidor da corretora está sobrecarregado, como em notícias.',
  'Round trips to the broker are long or uneven at that moment: the network; `netdiag latency TARGET --count 100`.':
    'A ida e volta até a corretora é longa ou irregular nesse momento: a rede; `netdiag latency TARGET --count 100`.',
  'They are short, and the order still takes seconds: the server.': 'É curta, e mesmo assim a ordem leva segundos: o servidor.',
  'It happens while something large is sent or loaded: a full line.': 'Acontece enquanto algo grande é enviado ou baixado: linha cheia.',
  'Look at open orders before it is sent again: it may have been carried out.':
    'Examine as ordens abertas antes de reenviá-la: ela pode ter sido executada.',
  'Measure loss and latency to the broker: `netdiag loss TARGET` and `netdiag latency TARGET`.':
    'Meça perda e latência até a corretora: `netdiag loss TARGET` e `netdiag latency TARGET`.',
  'Trade from a machine that is near the server.': 'Opere a partir de uma máquina próxima do servidor.',
  'The price is no longer right': 'O preço não vale mais',
  'The price of the order had changed when it arrived (platforms call it "price changed" as well).':
    'O preço da ordem já tinha mudado quando ela chegou (as plataformas também chamam isso de "price changed").',
  'Latency: the price moved while the order was on its way.': 'Latência: o preço mudou enquanto a ordem estava a caminho.',
  'A fast market.': 'Um mercado rápido.',
  'The program uses a price that it read too long ago.': 'O programa usa um preço que leu há tempo demais.',
  'The share of such orders grows with the round trip: the network.': 'A proporção dessas ordens cresce com a ida e volta: a rede.',
  'It comes with news alone: the market.': 'Só ocorre com notícias: o mercado.',
  'It comes at once and with all orders: the program does not fetch the price anew.':
    'Ocorre de imediato e com todas as ordens: o programa não busca o preço de novo.',
  'Fetch the price right before the order, and allow some deviation.': 'Busque o preço logo antes da ordem e permita algum desvio.',
  'Measure what the network adds: `netdiag latency TARGET --profile trading`.':
    'Meça o que a rede acrescenta: `netdiag latency TARGET --profile trading`.',
  'There are no quotes': 'Não há cotações',
  'The broker gives no price for this order at the moment.': 'A corretora não dá preço para esta ordem no momento.',
  'The market or the symbol is closed.': 'O mercado ou o símbolo está fechado.',
  'A gap in the network: quotes did not arrive, and what is there is too old.':
    'Uma lacuna na rede: as cotações não chegaram, e as que existem são antigas demais.',
  'The broker has no price from its own sources.': 'A corretora não tem preço de suas próprias fontes.',
  'Other symbols have quotes: the symbol. None has: the connection.': 'Outros símbolos têm cotações: o símbolo. Nenhum tem: a conexão.',
  'Its hours say that it is closed: the market.': 'O horário dele diz que está fechado: o mercado.',
  'Look at the hours of the symbol.': 'Examine o horário do símbolo.',
  'Watch the connection for a while: `netdiag loss TARGET --count 300`.':
    'Observe a conexão por um tempo: `netdiag loss TARGET --count 300`.',
  'The broker offers another price': 'A corretora oferece outro preço',
  'The price moved between question and order, and the broker offers a new one in place of carrying the order out.':
    'O preço mudou entre a consulta e a ordem, e a corretora oferece um novo em vez de executar a ordem.',
  'Latency: the longer the way, the more often the price has moved.': 'Latência: quanto mais longo o caminho, mais vezes o preço já mudou.',
  'A kind of account that asks back in place of sliding.': 'Um tipo de conta que pergunta de novo em vez de aplicar slippage.',
  'The share of requotes grows with the round trip: the network.': 'A proporção de requotes cresce com a ida e volta: a rede.',
  'They come at short round trips too: market or account.': 'Ocorrem também com ida e volta curta: mercado ou conta.',
  'Allow a deviation, or use a kind of account with market execution.':
    'Permita um desvio, ou use um tipo de conta com execução a mercado.',
  'The broker does not take the connection or the request': 'A corretora não aceita a conexão ou a requisição',
  'A request to the server was sent and failed. As a rule the broker, or a filter in front of it, does not let this address in.':
    'Uma requisição ao servidor foi enviada e falhou. Em geral a corretora, ou um filtro na frente dela, não deixa este endereço entrar.',
  'The address of this machine is not on the allow list of the broker, or is blocked there.':
    'O endereço desta máquina não está na lista de permissões da corretora, ou está bloqueado lá.',
  'The address has changed: another line, VPN or server.': 'O endereço mudou: outra linha, VPN ou servidor.',
  'A proxy or firewall on the way cuts the connection.': 'Um proxy ou firewall no caminho corta a conexão.',
  'Login or key are not accepted.': 'Login ou chave não são aceitos.',
  'From another address with the same login it works: the list of the broker.':
    'De outro endereço com o mesmo login funciona: a lista da corretora.',
  'The port opens, and then the connection is reset or stays silent: a filter in front of the service.':
    'A porta abre, e depois a conexão é redefinida (RST) ou fica em silêncio: um filtro na frente do serviço.',
  'An answer with 401 or 403 comes: login or list; `netdiag http URL`.':
    'Chega uma resposta com 401 ou 403: login ou lista; `netdiag http URL`.',
  'Have the broker put the public address of this machine on its allow list.':
    'Peça à corretora que inclua o endereço público desta máquina na lista de permissões.',
  'See what the port does from here: `netdiag ports TARGET -p 443`.':
    'Veja o que a porta faz a partir daqui: `netdiag ports TARGET -p 443`.',
  'Switch the VPN off, or on, as the list wants it.': 'Desligue ou ligue a VPN, conforme a lista exigir.',
  'a proxy as in http://proxy.example.net:3128, https://, socks5:// or socks5h://, with user:password@ where it wants a login':
    'um proxy como em http://proxy.example.net:3128, https://, socks5:// ou socks5h://, com user:password@ onde exige login',
  'it is empty': 'está vazio',
  'it is too long': 'é longo demais',
  'it contains a space or a control character': 'contém um espaço ou um caractere de controle',
  'its scheme is not one of {0}': 'o esquema não é um de {0}',
  'it has a path, a query or a fragment, or its password has a / ? or # that is not percent-encoded':
    'tem um caminho, uma query ou um fragmento, ou a senha tem um / ? ou # sem percent-encoding',
  'tcp://{0}': 'tcp://{0}',
  'its host or its port cannot be read': 'o host ou a porta não pode ser lido',
  'the percent-encoding of its user or password is wrong': 'o percent-encoding do usuário ou da senha está errado',
  'SOCKS takes a user and a password of 1 to 255 bytes each': 'SOCKS aceita um usuário e uma senha de 1 a 255 bytes cada',
  'its user or password has a control character': 'o usuário ou a senha tem um caractere de controle',
  '--no-proxy asks for the direct way': '--no-proxy pede o caminho direto',
  '{0} names {1}': '{0} indica {1}',
  'no proxy is used for this kind of target': 'nenhum proxy é usado para este tipo de alvo',
  'no variable of the environment names a proxy for it': 'nenhuma variável de ambiente indica um proxy para ele',
  '{0} has {1}': '{0} contém {1}',
  '{0} cannot be read': '{0} não pode ser lido',
  'Mozilla Server Side TLS 6.0, https://ssl-config.mozilla.org/guidelines/6.0.json':
    'Mozilla Server Side TLS 6.0, https://ssl-config.mozilla.org/guidelines/6.0.json',
  'Mozilla Server Side TLS 5.8, https://ssl-config.mozilla.org/guidelines/5.8.json':
    'Mozilla Server Side TLS 5.8, https://ssl-config.mozilla.org/guidelines/5.8.json',
  'requirements of a platform: TLS 1.2 at least, 1.3 preferred, forward secrecy, keys of 2048 bits or P-256, names, 90 days':
    'requisitos de uma plataforma: TLS 1.2 no mínimo, 1.3 de preferência, forward secrecy, chaves de 2048 bits ou P-256, nomes, 90 dias',
};
