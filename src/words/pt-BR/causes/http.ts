import type { Entries } from '../../language.js';

export const CAUSES_HTTP: Entries = {
  'an unexpected HTTP status': 'um status HTTP inesperado',
  'HTTP {0}, which is not what was asked for': 'HTTP {0}, que não é o que foi pedido',
  'an error of the server, HTTP {0}': 'um erro do servidor, HTTP {0}',
  'an error, HTTP {0}': 'um erro, HTTP {0}',
  'Look at the status and headers; 4xx is the request, 5xx the server':
    'Examine o status e os cabeçalhos; 4xx é a requisição, 5xx o servidor',
  'what it means: netdiag explain http {0}': 'o que significa: netdiag explain http {0}',
  'A proxy answers for a program that is not there or late: see whether that runs ({0}); who answers shows in':
    'Um proxy responde por um programa que não está lá ou demora: veja se ele está rodando ({0}); veja quem responde com',
  'See who let the request through, or answered it otherwise than it should be ({0}); the answer shows in':
    'Veja quem deixou a requisição passar, ou a respondeu de outro modo que não o devido ({0}); veja a resposta com',
  'Read the log of the server at that moment ({0}); who answers shows in':
    'Leia o registro (log) do servidor naquele momento ({0}); veja quem responde com',
  'Correct path, host, method or login of the request ({0}); why it is refused shows in':
    'Corrija o caminho, o host, o método ou o login da requisição ({0}); veja por que ela é recusada com',
  'The service answers with an error status': 'O serviço responde com um status de erro',
  'The way to the service works from the link up to TLS; the service itself answers with a status that is not the expected one (RFC 9110). 4xx says that the request is at fault, 5xx that the server is; 502, 503 and 504 usually come from a proxy in front of it.':
    'O caminho até o serviço funciona, do enlace ao TLS; o próprio serviço responde com um status que não é o esperado (RFC 9110). 4xx diz que o problema é da requisição, 5xx que é do servidor; 502, 503 e 504 costumam vir de um proxy à frente dele.',
  '404: a wrong path or a wrong virtual host. 403: not allowed, or a web firewall.':
    '404: um caminho ou virtual host errado. 403: sem permissão, ou um firewall web.',
  '500: a fault in the program. 502 or 504: the proxy got no, or no timely, answer from the program behind it.':
    '500: um defeito no programa. 502 ou 504: o proxy não teve resposta, ou não a tempo, do programa atrás dele.',
  '503: overloaded or under maintenance.': '503: sobrecarregado ou em manutenção.',
  'Only some requests: one of several servers behind one address is bad, or the service started anew just then. Some limits of requests answer 503 as well.':
    'Só algumas requisições: um de vários servidores atrás de um endereço está com defeito, ou o serviço reiniciou naquele momento. Alguns limites de requisições também respondem 503.',
  'Another server answers than was meant (DNS, proxy, captive portal).':
    'Responde um servidor que não era o pretendido (DNS, proxy, portal cativo).',
  'whether the answer bears the marks of the proxy or of the server (Via, Proxy-Status)':
    'se a resposta traz as marcas do proxy ou do servidor (Via, Proxy-Status)',
  'The body and the `server` and `via` headers say whether a proxy or the program answered.':
    'O corpo e os cabeçalhos `server` e `via` dizem se respondeu um proxy ou o programa.',
  'Only one path fails: the program. Every path fails: the proxy or the whole service.':
    'Só um caminho falha: o programa. Todos os caminhos falham: o proxy ou o serviço inteiro.',
  'From the server itself, past the proxy, it works: the proxy.': 'A partir do próprio servidor, sem passar pelo proxy, funciona: o proxy.',
  'For 4xx: correct path, host, method or login of the request.': 'Para 4xx: corrija o caminho, o host, o método ou o login da requisição.',
  'For 5xx: read the log of the server at that moment, and check what stands behind its proxy.':
    'Para 5xx: leia o registro (log) do servidor naquele momento e verifique o que está atrás do proxy dele.',
  'The network works, but {0} answers some requests with {1}.': 'A rede funciona, mas {0} responde a algumas requisições com {1}.',
  'The network works, but {0} answers with {1}.': 'A rede funciona, mas {0} responde com {1}.',
  'What answers speaks no HTTP': 'O que responde não fala HTTP',
  'The connection opens and bytes come back, but they are no HTTP answer, or one that breaks the rules of HTTP: no status line, a head that is cut off, malformed or without end (RFC 9112). So something listens, and the way to it works; it is not what the URL says.':
    'A conexão abre e chegam bytes, mas não são uma resposta HTTP, ou são uma que viola as regras do HTTP: sem linha de status, com cabeçalho cortado, malformado ou sem fim (RFC 9112). Portanto algo escuta, e o caminho até ele funciona; não é o que a URL diz.',
  'Another service listens on this port: a mail, SSH or database server, or one that speaks first.':
    'Outro serviço escuta nesta porta: um servidor de e-mail, de SSH ou de banco de dados, ou um que fala primeiro.',
  'The port expects TLS and is asked in plain text (http: in place of https:).':
    'A porta espera TLS e é consultada em texto claro (http: em vez de https:).',
  'The port speaks HTTP/2 without TLS only, as gRPC services often do.': 'A porta só fala HTTP/2 sem TLS, como é comum em serviços gRPC.',
  'The program, or a proxy in front of it, crashes while it writes the head of its answer.':
    'O programa, ou um proxy à frente dele, cai enquanto escreve o cabeçalho da resposta.',
  'The answer carries so many or so large header fields that no client would take them.':
    'A resposta traz tantos campos de cabeçalho, ou tão grandes, que nenhum cliente os aceitaria.',
  'whether the first bytes are those of another service': 'se os primeiros bytes são os de outro serviço',
  'The first bytes say what it is: `SSH-2.0`, `220` of a mail server; a byte 0x15 is an alert of TLS.':
    'Os primeiros bytes dizem o que é: `SSH-2.0`, `220` de um servidor de e-mail; um byte 0x15 é um alerta do TLS.',
  '`netdiag tls TARGET` completes a handshake on the same port: TLS is spoken, so use https:.':
    '`netdiag tls TARGET` completa um handshake na mesma porta: ela fala TLS, portanto use https:.',
  'Only one path breaks and others answer: the program behind it, or the size of its header fields.':
    'Só um caminho falha e os outros respondem: o programa atrás dele, ou o tamanho dos seus campos de cabeçalho.',
  'Correct the port or the scheme of the URL.': 'Corrija a porta ou o esquema da URL.',
  'See on the target which program listens on the port.': 'Veja no alvo qual programa escuta na porta.',
  'Where it is the right service, read its log, and that of its proxy, at that moment.':
    'Se é o serviço certo, leia o registro (log) dele, e o do proxy, naquele momento.',
  'What answers at {0} speaks no HTTP, or breaks its rules{1}.': 'O que responde em {0} não fala HTTP, ou viola as regras dele{1}.',
  'Check port and scheme of the URL, and look at the bytes that come: {0} -sS --http0.9 -m 5 -o - {1}':
    'Verifique a porta e o esquema da URL, e examine os bytes que chegam: {0} -sS --http0.9 -m 5 -o - {1}',
  'The first byte takes long': 'O primeiro byte demora',
  'Connection and handshake are done, but the server takes long to begin its answer. That time is spent in the service, less one round trip; the network is rarely the cause.':
    'A conexão e o handshake estão feitos, mas o servidor demora a começar a resposta. Esse tempo, menos uma ida e volta, é gasto no serviço; a rede raramente é a causa.',
  'The program works long on the request: database, calls to other services, an empty cache.':
    'O programa leva muito tempo na requisição: banco de dados, chamadas a outros serviços, cache vazio.',
  'All workers are busy, and the request waits.': 'Todos os workers estão ocupados, e a requisição espera.',
  'The first request after a start or an idle time.': 'A primeira requisição após um início ou um período ocioso.',
  'A proxy or web firewall that inspects the request.': 'Um proxy ou firewall web que inspeciona a requisição.',
  "The server looks up the client's name in the DNS.": 'O servidor consulta o nome do cliente no DNS.',
  'the round trip of the network itself is long': 'a própria ida e volta da rede é longa',
  'segments are lost and sent again': 'segmentos se perdem e são reenviados',
  'whether TCP had to send anything again': 'se o TCP teve de reenviar algo',
  'whether it is quick once the line is idle': 'se é rápido quando a linha está ociosa',
  'The phases in `netdiag latency TARGET`: TCP and TLS quick, first byte slow: the service.':
    'As fases em `netdiag latency TARGET`: TCP e TLS rápidos, primeiro byte lento: o serviço.',
  'A static file from the same server is quick: the program, not the machine.':
    'Um arquivo estático do mesmo servidor é rápido: o programa, não a máquina.',
  'The second request is quick: a cold cache.': 'A segunda requisição é rápida: um cache frio.',
  'Look at the slow requests in the log of the service.': 'Examine as requisições lentas no registro (log) do serviço.',
  'Put a cache in front of what seldom changes.': 'Ponha um cache à frente do que raramente muda.',
  'Give the service more workers, once the slow part is known.': 'Dê mais workers ao serviço, depois de identificada a parte lenta.',
  'The service at {0} takes too long to begin its answer{1}.': 'O serviço em {0} demora demais a começar a resposta{1}.',
  'See whether the network phases are quick, which leaves the service: netdiag latency {0}':
    'Veja se as fases de rede são rápidas, o que deixa só o serviço: netdiag latency {0}',
  'The service limits the number of requests': 'O serviço limita o número de requisições',
  'The service answers 429 (RFC 6585), or says in its headers that the allowance is used up or nearly so. It works; this client, key or address asks too often. Going on regardless may lengthen the block.':
    'O serviço responde 429 (RFC 6585), ou diz nos cabeçalhos que a cota está esgotada ou quase. Ele funciona; este cliente, chave ou endereço faz requisições demais. Continuar assim pode prolongar o bloqueio.',
  'The client asks more often than its allowance permits, or repeats failed requests without a pause.':
    'O cliente faz mais requisições do que a cota permite, ou repete sem pausa as que falharam.',
  'Several programs share one key or one public address.': 'Vários programas compartilham uma só chave ou um só endereço público.',
  'The limit counts weight, not requests, and some requests weigh much.':
    'O limite conta peso, não requisições, e algumas requisições pesam muito.',
  'A web firewall takes the pattern for an attack.': 'Um firewall web toma o padrão por um ataque.',
  'whether the limit is of the key or of the address': 'se o limite é da chave ou do endereço',
  'The `retry-after` and `x-ratelimit-*` or `ratelimit` headers give limit, rest and time of reset.':
    'Os cabeçalhos `retry-after` e `x-ratelimit-*` ou `ratelimit` dão o limite, o restante e a hora em que ele é renovado.',
  'From another address with the same key it is limited too: the key. It is not: the address.':
    'De outro endereço, com a mesma chave, também é limitado: a chave. Não é: o endereço.',
  'Wait as long as `retry-after` says (RFC 9110 section 10.2.3), then go on at a lower rate with growing pauses after failures.':
    'Espere o tempo que `retry-after` indica (RFC 9110 seção 10.2.3), depois continue em uma taxa menor, com pausas crescentes após falhas.',
  'Ask once and share the answer; use a stream in place of polling.':
    'Peça uma vez e compartilhe a resposta; use um stream em vez de polling.',
  'Ask the operator for a higher allowance.': 'Peça ao responsável uma cota maior.',
  '{0} limits the number of requests from here{1}.': '{0} limita o número de requisições vindas daqui{1}.',
  'The service': 'O serviço',
  'Stop asking for as long as the Retry-After header says, then go on at a lower rate.':
    'Pare de fazer requisições pelo tempo que o cabeçalho Retry-After indica, depois continue em uma taxa menor.',
  'The service does not accept the login': 'O serviço não aceita o login',
  'The service answers 401 (RFC 9110 section 15.5.2) or 403: the network is well, but the request carries no login that is accepted, or one that may not do this.':
    'O serviço responde 401 (RFC 9110 seção 15.5.2) ou 403: a rede está bem, mas a requisição não traz um login aceito, ou traz um que não tem permissão para isso.',
  'No token or password was sent, or it has run out or was withdrawn.':
    'Nenhum token ou senha foi enviado, ou ele venceu ou foi cancelado.',
  'The token belongs to another environment, or lacks a right.': 'O token é de outro ambiente, ou lhe falta uma permissão.',
  'The clock of this machine is wrong, so that signed requests are refused (see clock-skew).':
    'O relógio desta máquina está errado, e por isso as requisições assinadas são recusadas (veja clock-skew).',
  'The service allows only certain source addresses.': 'O serviço só permite certos endereços de origem.',
  'A proxy drops the Authorization header.': 'Um proxy descarta o cabeçalho Authorization.',
  'whether the clock of this machine is right: signed requests die by it':
    'se o relógio desta máquina está certo: sem isso, requisições assinadas falham',
  'The `www-authenticate` header names what is wanted, and often what is wrong.':
    'O cabeçalho `www-authenticate` indica o que se exige e, muitas vezes, o que está errado.',
  '401 is "who are you", 403 is "not you".': '401 é "quem é você", 403 é "você não".',
  'The same token works from another machine: address or clock.': 'O mesmo token funciona a partir de outra máquina: endereço ou relógio.',
  'Renew the token, and check to which environment it belongs.': 'Renove o token e verifique a qual ambiente ele pertence.',
  'Set the clock by NTP.': 'Acerte o relógio por NTP.',
  'Have this source address allowed.': 'Peça a liberação deste endereço de origem.',
  '{0} does not accept the login that was sent, or wants one{1}.': '{0} não aceita o login enviado, ou exige um{1}.',
  'See which login is wanted (header WWW-Authenticate), then renew the token: {0} -sS -D - -o {1} {2}':
    'Veja qual login é exigido (cabeçalho WWW-Authenticate), depois renove o token: {0} -sS -D - -o {1} {2}',
  'A required header is missing': 'Falta um cabeçalho exigido',
  'The answer lacks a header that the policy, or the command line, requires, for example `Strict-Transport-Security` (RFC 6797). The service works; it protects its users less than was asked for.':
    'Falta na resposta um cabeçalho que a política, ou a linha de comando, exige, por exemplo `Strict-Transport-Security` (RFC 6797). O serviço funciona; ele protege os usuários menos do que foi pedido.',
  'The server or proxy does not set it.': 'O servidor ou proxy não o define.',
  'It is set for pages, but not for redirects or errors.': 'Ele é definido para páginas, mas não para redirecionamentos ou erros.',
  'Another proxy or content network in front removes it.': 'Outro proxy ou rede de conteúdo à frente o remove.',
  'The answer came from another server than was meant.': 'A resposta veio de um servidor que não era o pretendido.',
  'Asked past the proxy, the header is there: the proxy removes it.':
    'Consultado sem passar pelo proxy, o cabeçalho está lá: o proxy o remove.',
  'A 200 has it, an error has not: in nginx, `always` is missing from `add_header`.':
    'Um 200 o tem, um erro não: no nginx, falta `always` em `add_header`.',
  'Set it at the outermost server: nginx `add_header Strict-Transport-Security "max-age=31536000" always;`.':
    'Defina-o no servidor mais externo: nginx `add_header Strict-Transport-Security "max-age=31536000" always;`.',
  'For HSTS start with a short max-age: browsers remember it.': 'Para HSTS, comece com um max-age curto: os navegadores o guardam.',
  'The answer of {0} lacks a header that is required{1}.': 'Falta na resposta de {0} um cabeçalho exigido{1}.',
  'Set it at the outermost server; what is sent shows in: {0} -sS -D - -o {1} {2}':
    'Defina-o no servidor mais externo; veja o que é enviado com: {0} -sS -D - -o {1} {2}',
  'A login page stands in front of the internet': 'Há uma página de login à frente da internet',
  'The network answers in place of the internet with its own login or consent page, until somebody has logged in (RFC 8952). Names resolve and connections open, but to the portal: certificates do not fit, and pages are not what was asked for.':
    'A rede responde no lugar da internet com sua própria página de login ou de consentimento, até que alguém faça login (RFC 8952). Nomes são resolvidos e conexões abrem, mas com o portal: os certificados não conferem, e as páginas não são as pedidas.',
  'A guest network (hotel, train, coffee shop, company) before the login.':
    'Uma rede de visitantes (hotel, trem, café, empresa) antes do login.',
  'The login has run out.': 'O login venceu.',
  'A used-up allowance, or an unpaid bill at the provider.': 'Uma franquia esgotada, ou uma conta não paga no provedor.',
  'no login page answers': 'nenhuma página de login responde',
  'whether only names are answered wrongly, or pages too': 'se só os nomes têm resposta errada, ou as páginas também',
  'whether plain http: pages are changed as well': 'se páginas http: sem TLS também são alteradas',
  'A plain http: page redirects to the portal.': 'Uma página http: sem TLS redireciona para o portal.',
  'DHCP or router advertisements name the portal (RFC 8910).': 'O DHCP ou os anúncios de roteador indicam o portal (RFC 8910).',
  'Other devices that are logged in work.': 'Outros dispositivos que fizeram login funcionam.',
  'Open any http: page in a browser and log in there.': 'Abra qualquer página http: em um navegador e faça login ali.',
  'Switch VPN and encrypted DNS off for the login, and on again after it.':
    'Desligue a VPN e o DNS criptografado para o login e religue-os depois.',
  'A machine without browser: have its MAC address allowed.': 'Uma máquina sem navegador: peça a liberação do endereço MAC dela.',
  'A login page of this network answers in place of {0}.': 'Quem responde não é {0}, e sim uma página de login desta rede.',
  'the internet': 'a internet',
  'Open a plain http: page (not https:) in a browser on this machine, and log in to the network on the page that comes instead.':
    'Abra uma página http: (não https:) em um navegador nesta máquina e faça login na rede, na página que aparecer no lugar.',
  'The WebSocket is refused': 'O WebSocket é recusado',
  'The server answers, but does not switch to WebSocket (101, RFC 6455); plain HTTP to it may work well.':
    'O servidor responde, mas não muda para WebSocket (101, RFC 6455); HTTP comum com ele pode funcionar bem.',
  'A proxy in front does not pass the Upgrade and Connection headers on.':
    'Um proxy à frente não repassa os cabeçalhos Upgrade e Connection.',
  'A wrong path: the server knows no WebSocket there (404), or answers with a page (200).':
    'Um caminho errado: o servidor não conhece WebSocket ali (404), ou responde com uma página (200).',
  'The Origin or the login is not accepted (401, 403).': 'O Origin ou o login não é aceito (401, 403).',
  'The server offers WebSocket over another HTTP version or port only.':
    'O servidor só oferece WebSocket em outra versão de HTTP ou outra porta.',
  'A company proxy or web firewall cuts it.': 'Um proxy da empresa ou firewall web o corta.',
  'the WebSocket opened': 'o WebSocket abriu',
  'whether plain requests to the same path are answered': 'se requisições comuns ao mesmo caminho têm resposta',
  'The status in place of 101 says most of it: 400 and 426 the headers, 401 and 403 the login, 404 the path, 502 the proxy.':
    'O status que vem em vez de 101 diz quase tudo: 400 e 426 os cabeçalhos, 401 e 403 o login, 404 o caminho, 502 o proxy.',
  'Past the proxy it works: the proxy.': 'Sem passar pelo proxy funciona: o proxy.',
  'wss: works where ws: does not: a device on the way that meddles with plain HTTP.':
    'wss: funciona onde ws: não: um equipamento no caminho que interfere no HTTP sem TLS.',
  'In nginx: `proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";`.':
    'No nginx: `proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";`.',
  'Correct path, Origin or login.': 'Corrija o caminho, o Origin ou o login.',
  'Use wss: in place of ws:.': 'Use wss: em vez de ws:.',
  '{0} refuses to switch to WebSocket{1}.': '{0} se recusa a mudar para WebSocket{1}.',
  'The server': 'O servidor',
  'Check the path of the URL, and that the proxy in front passes the Upgrade and Connection headers on.':
    'Verifique o caminho da URL e se o proxy à frente repassa os cabeçalhos Upgrade e Connection.',
  'The WebSocket answers slowly': 'O WebSocket responde devagar',
  'The WebSocket opens, but the upgrade or the echo on it takes longer than the policy allows, or a stream brings fewer messages than a profile asks for. Compare with the round trip of the network: what is above it is spent in the server and its proxies.':
    'O WebSocket abre, mas o upgrade ou o eco nele leva mais tempo do que a política permite, ou um stream traz menos mensagens do que um perfil pede. Compare com a ida e volta da rede: o que passa dela é gasto no servidor e nos proxies dele.',
  'The network round trip itself is long.': 'A própria ida e volta da rede é longa.',
  'The server handles messages one after the other, and is busy.': 'O servidor trata as mensagens uma após a outra e está ocupado.',
  'Small messages wait to be put together (Nagle and delayed acknowledgement).':
    'Mensagens pequenas esperam para serem agrupadas (Nagle e confirmação atrasada).',
  'A proxy in front buffers.': 'Um proxy à frente usa buffer.',
  'A stream has little to say: a quiet channel, or a market at rest.':
    'Um stream tem pouco a dizer: um canal quieto, ou um mercado parado.',
  'whether the round trip of the network is as long': 'se a ida e volta da rede é igualmente longa',
  'Echo time about the round trip: network. Much more: server.': 'Tempo de eco próximo da ida e volta: rede. Muito maior: servidor.',
  'Delays of about 40 or 200 ms: Nagle with delayed acknowledgement; set TCP_NODELAY.':
    'Atrasos de cerca de 40 ou 200 ms: Nagle com confirmação atrasada; ative TCP_NODELAY.',
  'Past the proxy it is quick: the proxy buffers.': 'Sem passar pelo proxy é rápido: o proxy usa buffer.',
  'Set TCP_NODELAY on both sides, and `proxy_buffering off;` in nginx.':
    'Ative TCP_NODELAY nos dois lados, e `proxy_buffering off;` no nginx.',
  'Use a server or region nearer by.': 'Use um servidor ou uma região mais próxima.',
  'The WebSocket{0} answers too slowly{1}.': 'O WebSocket{0} responde devagar demais{1}.',
  'Compare with the round trip of the network; what is above it is the server: netdiag latency {0}':
    'Compare com a ida e volta da rede; o que passa dela é do servidor: netdiag latency {0}',
};
