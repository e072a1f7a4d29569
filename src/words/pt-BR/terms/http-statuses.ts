import type { Entries } from '../../language.js';

export const TERMS_HTTP_STATUSES: Entries = {
  'The `server` and `via` fields say whether a proxy or the program answers: `netdiag http URL`.':
    'Os campos `server` e `via` dizem se quem responde é um proxy ou o programa: `netdiag http URL`.',
  'With 307 and 308 the method and the body stay; with 301, 302 and 303 clients turn a POST into a GET.':
    'Com 307 e 308 o método e o corpo permanecem; com 301, 302 e 303 os clientes transformam um POST em GET.',
  'Read the log of the program at that moment.': 'Leia o registro (log) do programa naquele momento.',
  'Asked on the server itself, past the proxy, the program answers: the proxy or the way between the two.':
    'Consultado no próprio servidor, sem passar pelo proxy, o programa responde: o proxy ou o caminho entre os dois.',
  'Ask again later, after the time in `Retry-After` where it is sent, with growing pauses.':
    'Consulte de novo mais tarde, após o tempo em `Retry-After` se for enviado, com pausas crescentes.',
  'The number is of Cloudflare, not of the registry: its servers got the request, and the origin behind them is the matter.':
    'O número é da Cloudflare, não do registro oficial: os servidores dela receberam a requisição, e o problema é a origem atrás deles.',
  'Asked past Cloudflare, at the address of the origin, the same fails: the origin.':
    'Consultada sem passar pela Cloudflare, no endereço da origem, a mesma coisa falha: a origem.',
  'It works there: what the origin allows Cloudflare.': 'Lá funciona: o que a origem permite à Cloudflare.',
  'Moved Permanently': 'Moved Permanently',
  'The address has another place for good, named in the `Location` field. Clients remember it, some for ever (RFC 9110 section 15.4.2).':
    'O endereço mudou de lugar em definitivo, indicado no campo `Location`. Os clientes se lembram disso, alguns para sempre (RFC 9110, seção 15.4.2).',
  'From http: to https:, or between names with and without www.': 'De http: para https:, ou entre nomes com e sem www.',
  'The page or the interface has moved.': 'A página ou a API mudou de lugar.',
  'A slash at the end that the server wants.': 'Uma barra no fim que o servidor exige.',
  '`netdiag http URL` shows the chain of redirects.': '`netdiag http URL` mostra a cadeia de redirecionamentos.',
  'Use the address that it leads to.': 'Use o endereço a que ele leva.',
  'For a POST have the server answer 308, which keeps method and body.':
    'Para um POST, faça o servidor responder 308, que mantém método e corpo.',
  'The answer is at another address for this time (RFC 9110 section 15.4.3).':
    'Desta vez a resposta está em outro endereço (RFC 9110, seção 15.4.3).',
  'A login page that stands in front.': 'Uma página de login que fica na frente.',
  'A login page of the network itself (captive portal).': 'Uma página de login da própria rede (portal cativo).',
  'A choice of server, language or region.': 'Uma escolha de servidor, idioma ou região.',
  'The `Location` leads to another host that nobody asked for: a portal or a login.':
    'O `Location` leva a outro host que ninguém pediu: um portal ou um login.',
  'Follow it, and log in where it wants that.': 'Siga-o e faça login onde ele pedir.',
  'Temporary Redirect': 'Temporary Redirect',
  'The answer is at another address for this time; method and body stay as they are (RFC 9110 section 15.4.8).':
    'Desta vez a resposta está em outro endereço; método e corpo permanecem (RFC 9110, seção 15.4.8).',
  'The service is served from elsewhere for the moment.': 'O serviço é atendido em outro lugar no momento.',
  'A browser shows it by itself where HSTS turns http: into https:.':
    'Um navegador o mostra por conta própria quando o HSTS transforma http: em https:.',
  'It is no answer of the server where the browser names "Internal Redirect": HSTS.':
    'Não é resposta do servidor quando o navegador mostra "Internal Redirect": HSTS.',
  'Follow it with the same method.': 'Siga-o com o mesmo método.',
  'Permanent Redirect': 'Permanent Redirect',
  'The address has another place for good; method and body stay as they are (RFC 9110 section 15.4.9).':
    'O endereço mudou de lugar em definitivo; método e corpo permanecem (RFC 9110, seção 15.4.9).',
  'The interface has moved to another path or host.': 'A API mudou para outro caminho ou host.',
  'From http: to https: for requests with a body.': 'De http: para https: em requisições com corpo.',
  'Bad Request': 'Bad Request',
  'The server takes the request for malformed, and will not look at it (RFC 9110 section 15.5.1).':
    'O servidor considera a requisição malformada e não a examina (RFC 9110, seção 15.5.1).',
  'The program sends a body or a parameter that the service does not understand.':
    'O programa envia um corpo ou parâmetro que o serviço não entende.',
  'Plain HTTP is sent to a port for https: (nginx says so in the page).':
    'HTTP sem TLS é enviado a uma porta para https: (o nginx diz isso na página).',
  'A cookie or header field that is too large or has a character that may not be there.':
    'Um cookie ou campo de cabeçalho grande demais ou com um caractere não permitido ali.',
  'A wrong `Host` field, or none.': 'Um campo `Host` errado, ou nenhum.',
  'A request for another path works: the body or the parameters.': 'Uma requisição a outro caminho funciona: o corpo ou os parâmetros.',
  'It works in a private window of a browser: a cookie.': 'Funciona em uma janela anônima do navegador: um cookie.',
  'Read the body of the answer: services say there what they miss.': 'Leia o corpo da resposta: os serviços dizem ali o que falta.',
  'Check scheme and port of the URL.': 'Verifique o esquema e a porta do URL.',
  'The request carries no login that is accepted: "who are you?" (RFC 9110 section 15.5.2). `WWW-Authenticate` says which kind is wanted.':
    'A requisição não traz um login aceito: "quem é você?" (RFC 9110, seção 15.5.2). `WWW-Authenticate` diz qual tipo é exigido.',
  'No token or password was sent.': 'Nenhum token ou senha foi enviado.',
  'It has run out, or was withdrawn.': 'Expirou, ou foi revogado.',
  'It belongs to another environment.': 'Pertence a outro ambiente.',
  'The clock of this machine is wrong, so that signed requests do not hold.':
    'O relógio desta máquina está errado, e por isso requisições assinadas não valem.',
  'A proxy drops the `Authorization` field, or it was dropped at a redirect to another host.':
    'Um proxy descarta o campo `Authorization`, ou ele foi descartado em um redirecionamento para outro host.',
  'The same token works from another machine: clock or proxy.': 'O mesmo token funciona de outra máquina: relógio ou proxy.',
  '`WWW-Authenticate` with `error="invalid_token"`: it has run out.': '`WWW-Authenticate` com `error="invalid_token"`: expirou.',
  'Renew the token, and check for which environment it is.': 'Renove o token e verifique para qual ambiente ele é.',
  'Compare the clock: `netdiag host --json`.': 'Compare o relógio: `netdiag host --json`.',
  'The request is understood and refused: "not you" (RFC 9110 section 15.5.4). Another login may help, the same one again does not.':
    'A requisição foi entendida e recusada: "você não" (RFC 9110, seção 15.5.4). Outro login pode ajudar; repetir o mesmo, não.',
  'The login may not do this.': 'O login não pode fazer isso.',
  'A web firewall takes the request or the address for an attack.': 'Um firewall web toma a requisição ou o endereço por um ataque.',
  'The service allows only certain addresses or countries.': 'O serviço só permite certos endereços ou países.',
  'A company proxy does not let this address through.': 'Um proxy da empresa não deixa passar este endereço.',
  'A missing index page, or wrong rights of files on the server.':
    'Falta uma página de índice, ou as permissões de arquivos no servidor estão erradas.',
  'From another network it works: the address.': 'De outra rede funciona: o endereço.',
  'A page of a firewall with a number for support comes: that firewall.':
    'Vem uma página de firewall com um número para o suporte: esse firewall.',
  'Have the login given the right, or the address allowed.': 'Faça dar a permissão ao login, ou permitir o endereço.',
  'Give the number on the page to the operator of the service.': 'Informe o número da página ao responsável pelo serviço.',
  'Not Found': 'Not Found',
  'The server has nothing at this path, or will not say that it has (RFC 9110 section 15.5.5). Everything below, up to TLS, works.':
    'O servidor não tem nada neste caminho, ou não quer dizer que tem (RFC 9110, seção 15.5.5). Tudo abaixo, até o TLS, funciona.',
  'A wrong path, or one that has moved.': 'Um caminho errado, ou que mudou de lugar.',
  'The wrong virtual host: the name leads to another server.': 'O host virtual errado: o nome leva a outro servidor.',
  'A proxy in front does not know the path.': 'Um proxy na frente não conhece o caminho.',
  'The service hides what the login may not see.': 'O serviço esconde o que o login não pode ver.',
  'The start page works: the path.': 'A página inicial funciona: o caminho.',
  'Nothing works, and the certificate is for another name: the virtual host or DNS.':
    'Nada funciona, e o certificado é para outro nome: o host virtual ou o DNS.',
  'Correct path and version of the interface.': 'Corrija o caminho e a versão da API.',
  'Check that the name leads to the right server: `netdiag dns NAME`.': 'Verifique se o nome leva ao servidor certo: `netdiag dns NAME`.',
  'Method Not Allowed': 'Method Not Allowed',
  'The path exists and does not take this method; the `Allow` field lists those that it takes (RFC 9110 section 15.5.6).':
    'O caminho existe e não aceita este método; o campo `Allow` lista os que ele aceita (RFC 9110, seção 15.5.6).',
  'GET in place of POST, often since a redirect turned one into the other.':
    'GET em vez de POST, muitas vezes porque um redirecionamento transformou um no outro.',
  'A slash at the end that is missing.': 'Falta uma barra no fim.',
  'A web firewall that allows GET and POST alone.': 'Um firewall web que só permite GET e POST.',
  '`netdiag http URL --no-follow` shows a redirect in front of it.':
    '`netdiag http URL --no-follow` mostra um redirecionamento antes dele.',
  'The `Allow` field has the method: another server answers than was meant.':
    'O campo `Allow` traz o método: responde um servidor diferente do pretendido.',
  'Use a method of `Allow`, and the address behind the redirect.': 'Use um método de `Allow` e o endereço depois do redirecionamento.',
  'Proxy Authentication Required': 'Proxy Authentication Required',
  'The proxy on the way wants a login (RFC 9110 section 15.5.8). The server behind it has not been asked.':
    'O proxy no caminho exige login (RFC 9110, seção 15.5.8). O servidor atrás dele não foi consultado.',
  'No user and password for the proxy.': 'Nenhum usuário e senha para o proxy.',
  'A changed or locked password.': 'Uma senha alterada ou bloqueada.',
  'The proxy wants a kind of login that the program does not know (NTLM, Negotiate).':
    'O proxy exige um tipo de login que o programa não conhece (NTLM, Negotiate).',
  '`Proxy-Authenticate` names the kinds that it takes.': '`Proxy-Authenticate` cita os tipos que ele aceita.',
  'A browser works and a program does not: the kind of login.': 'Um navegador funciona e um programa não: o tipo de login.',
  'Give the login in the address of the proxy, or run a helper such as cntlm that logs in.':
    'Informe o login no endereço do proxy, ou use um auxiliar, como o cntlm, que faz o login.',
  'Have the proxy let this machine through.': 'Faça o proxy deixar esta máquina passar.',
  'Request Timeout': 'Request Timeout',
  'The server waited for the request and it did not come whole in time (RFC 9110 section 15.5.9).':
    'O servidor esperou pela requisição e ela não chegou inteira a tempo (RFC 9110, seção 15.5.9).',
  'A connection that a browser opened ahead and never used.': 'Uma conexão que um navegador abriu por antecipação e nunca usou.',
  'A body that comes too slowly: a lossy or narrow way up.':
    'Um corpo que chega devagar demais: um caminho de subida com perdas ou estreito.',
  'A path that swallows large packets.': 'Um caminho que engole pacotes grandes.',
  'Only large requests get it: the way up, or its MTU.': 'Só requisições grandes o recebem: o caminho de subida, ou seu MTU.',
  'It comes on idle connections: harmless.': 'Ocorre em conexões ociosas: inofensivo.',
  'See the path: `netdiag loss TARGET` and `netdiag mtu TARGET`.': 'Veja o caminho: `netdiag loss TARGET` e `netdiag mtu TARGET`.',
  'It was there, is gone and will not come back (RFC 9110 section 15.5.11).': 'Existia, sumiu e não voltará (RFC 9110, seção 15.5.11).',
  'A version of an interface was switched off.': 'Uma versão de uma API foi desativada.',
  'The page was removed on purpose.': 'A página foi removida de propósito.',
  'Newer versions of the interface answer: the version.': 'Versões mais novas da API respondem: a versão.',
  'Change to the version that the operator names.': 'Mude para a versão que o responsável indica.',
  'Content Too Large': 'Content Too Large',
  'The body of the request is larger than the server takes (RFC 9110 section 15.5.14; formerly Payload or Request Entity Too Large).':
    'O corpo da requisição é maior do que o servidor aceita (RFC 9110, seção 15.5.14; antes Payload ou Request Entity Too Large).',
  'A limit of the proxy in front (nginx: 1 MB unless `client_max_body_size` says otherwise).':
    'Um limite do proxy na frente (nginx: 1 MB, salvo se `client_max_body_size` disser outra coisa).',
  'A limit of the program.': 'Um limite do programa.',
  'A smaller upload works: a limit. The page is of nginx: the limit of the proxy.':
    'Um upload menor funciona: um limite. A página é do nginx: o limite do proxy.',
  'Raise `client_max_body_size`, or send in pieces.': 'Aumente `client_max_body_size`, ou envie em partes.',
  'URI Too Long': 'URI Too Long',
  'The address is longer than the server reads (RFC 9110 section 15.5.15).':
    'O endereço é mais longo do que o servidor lê (RFC 9110, seção 15.5.15).',
  'A form that sends by GET what belongs into a POST.': 'Um formulário que envia por GET o que deveria ir em um POST.',
  'A redirect that adds a parameter each time round.': 'Um redirecionamento que acrescenta um parâmetro a cada volta.',
  '`netdiag http URL` shows a chain whose addresses grow: the redirect.':
    '`netdiag http URL` mostra uma cadeia cujos endereços crescem: o redirecionamento.',
  'Send by POST, or end the circle of redirects.': 'Envie por POST, ou acabe com o círculo de redirecionamentos.',
  'A joke of RFC 2324 ("I am a teapot"), kept out of use by RFC 9110. Services that send it mean "go away".':
    'Uma brincadeira da RFC 2324 ("I am a teapot"), mantida fora de uso pela RFC 9110. Serviços que o enviam querem dizer "vá embora".',
  'A web firewall or an exchange that has banned this address after too many requests.':
    'Um firewall web ou uma bolsa (exchange) que baniu este endereço após requisições demais.',
  'A joke of the makers.': 'Uma brincadeira de quem fez o serviço.',
  'Status 429 came before it: a ban for asking too often.': 'O status 429 veio antes dele: um banimento por consultar demais.',
  'Stop asking for as long as `Retry-After` says; ask less.': 'Pare de consultar pelo tempo que `Retry-After` diz; consulte menos.',
  'Misdirected Request': 'Misdirected Request',
  'This server is not responsible for the name that was asked for on this connection (RFC 9110 section 15.5.20).':
    'Este servidor não responde pelo nome que foi pedido nesta conexão (RFC 9110, seção 15.5.20).',
  'HTTP/2 puts several names on one connection, and the server serves only some of them.':
    'O HTTP/2 põe vários nomes em uma conexão, e o servidor só atende alguns deles.',
  'Server name of TLS and `Host` field differ.': 'O nome do servidor no TLS e o campo `Host` diferem.',
  'A new connection works: the sharing of connections.': 'Uma conexão nova funciona: o compartilhamento de conexões.',
  'Ask on a connection of its own; have the server use a certificate for each name.':
    'Consulte em uma conexão própria; faça o servidor usar um certificado para cada nome.',
  'The server will not act on a request that came in the first bytes of TLS 1.3, since somebody could have sent it again (RFC 8470).':
    'O servidor não executa uma requisição que veio nos primeiros bytes do TLS 1.3, pois alguém poderia tê-la reenviado (RFC 8470).',
  'A request with an effect was sent as early data.': 'Uma requisição com efeito foi enviada como dados antecipados.',
  'A proxy in front takes early data and says so.': 'Um proxy na frente aceita dados antecipados e avisa disso.',
  'It works the second time, behind a whole handshake.': 'Funciona na segunda vez, depois de um handshake completo.',
  'Send it again behind the handshake; allow early data for GET alone.':
    'Envie de novo depois do handshake; permita dados antecipados só para GET.',
  'Upgrade Required': 'Upgrade Required',
  'The server answers only another protocol, which the `Upgrade` field names (RFC 9110 section 15.5.22).':
    'O servidor só responde em outro protocolo, indicado no campo `Upgrade` (RFC 9110, seção 15.5.22).',
  'The path is for WebSocket, and was asked in plain HTTP.': 'O caminho é para WebSocket e foi consultado em HTTP comum.',
  'A proxy took the `Upgrade` and `Connection` fields away.': 'Um proxy retirou os campos `Upgrade` e `Connection`.',
  'The server wants HTTP/2 or TLS.': 'O servidor exige HTTP/2 ou TLS.',
  '`netdiag http` with a ws: or wss: URL opens: the request had no upgrade.':
    '`netdiag http` com um URL ws: ou wss: abre: a requisição não tinha upgrade.',
  'Use the ws: or wss: address; have the proxy pass `Upgrade` and `Connection` on.':
    'Use o endereço ws: ou wss:; faça o proxy repassar `Upgrade` e `Connection`.',
  'Precondition Required': 'Precondition Required',
  'The server wants to hear which version is to be changed, by `If-Match` (RFC 6585 section 3).':
    'O servidor quer saber qual versão deve ser alterada, por `If-Match` (RFC 6585, seção 3).',
  'A program that changes things without naming the version that it saw.': 'Um programa que altera coisas sem informar a versão que viu.',
  'With an `If-Match` of the last `ETag` it works.': 'Com um `If-Match` do último `ETag` funciona.',
  'Fetch it, then change it with `If-Match` and its `ETag`.': 'Busque-o e depois altere-o com `If-Match` e seu `ETag`.',
  'Too Many Requests': 'Too Many Requests',
  'This client, key or address asks more often than it may (RFC 6585 section 4). Going on can lengthen the block.':
    'Este cliente, chave ou endereço consulta mais vezes do que pode (RFC 6585, seção 4). Insistir pode prolongar o bloqueio.',
  'The program asks too often, or repeats failed requests without a pause.':
    'O programa consulta vezes demais, ou repete sem pausa requisições que falharam.',
  'The limit counts weights, and some requests weigh much.': 'O limite conta pesos, e algumas requisições pesam muito.',
  '`Retry-After` and `x-ratelimit-*` or `ratelimit` fields give limit, rest and time: `netdiag http URL`.':
    '`Retry-After` e campos `x-ratelimit-*` ou `ratelimit` dão limite, saldo e tempo: `netdiag http URL`.',
  'With the same key from another address it comes too: the key.': 'Com a mesma chave, de outro endereço, também ocorre: a chave.',
  'Wait as long as `Retry-After` says, then go on at a lower rate.':
    'Espere o tempo que `Retry-After` diz e depois continue em ritmo menor.',
  'Request Header Fields Too Large': 'Request Header Fields Too Large',
  'A field of the request, or all of them together, are larger than the server takes (RFC 6585 section 5).':
    'Um campo da requisição, ou todos juntos, é maior do que o servidor aceita (RFC 6585, seção 5).',
  'Cookies that have grown.': 'Cookies que cresceram.',
  'A token with many claims or groups.': 'Um token com muitas claims ou muitos grupos.',
  'It works in a private window of a browser: cookies.': 'Funciona em uma janela anônima do navegador: cookies.',
  'Clear the cookies of this site; raise the limit of the server (nginx: `large_client_header_buffers`).':
    'Limpe os cookies deste site; aumente o limite do servidor (nginx: `large_client_header_buffers`).',
  'Unavailable For Legal Reasons': 'Unavailable For Legal Reasons',
  'Somebody with the right to do so demands that it is not shown here (RFC 7725). A `Link` with `rel="blocked-by"` names who blocks.':
    'Alguém com direito a isso exige que não seja mostrado aqui (RFC 7725). Um `Link` com `rel="blocked-by"` diz quem bloqueia.',
  'An order of a court or an authority for this country.': 'Uma ordem de um tribunal ou de uma autoridade para este país.',
  'A publisher that keeps out countries whose law it does not want to follow.': 'Um editor que barra países cuja lei não quer seguir.',
  'From another country it works: the law of this one.': 'De outro país funciona: a lei deste.',
  'Nothing in the network; ask the one who blocks.': 'Nada na rede; pergunte a quem bloqueia.',
  'Client Closed Request': 'Client Closed Request',
  'No answer that anybody gets: nginx writes it into its log where the client was gone before the answer was ready.':
    'Uma resposta que ninguém recebe: o nginx a escreve em seu registro (log) quando o cliente se foi antes de a resposta estar pronta.',
  'The client, or a balancer in front, has a shorter time-out than the program needs.':
    'O cliente, ou um balanceador na frente, tem um tempo limite mais curto do que o programa precisa.',
  'The user left the page.': 'O usuário saiu da página.',
  'The connection broke on the way.': 'A conexão se rompeu no caminho.',
  'Always after the same time: a time-out in front.': 'Sempre após o mesmo tempo: um tempo limite na frente.',
  'At all times: users, or the network of the client.': 'Após tempos variados: usuários, ou a rede do cliente.',
  'Find the slow part: `netdiag latency URL`; let time-outs grow shorter from the client inwards, not longer.':
    'Encontre a parte lenta: `netdiag latency URL`; faça os tempos limite diminuírem do cliente para dentro, não aumentarem.',
  'Internal Server Error': 'Internal Server Error',
  'The program of the service failed on this request (RFC 9110 section 15.6.1). The network did its part.':
    'O programa do serviço falhou nesta requisição (RFC 9110, seção 15.6.1). A rede fez sua parte.',
  'A fault in the program, met by this request.': 'Um defeito no programa, acionado por esta requisição.',
  'Its database or another service behind it is gone.': 'Seu banco de dados ou outro serviço por trás dele sumiu.',
  'A wrong configuration after a release.': 'Uma configuração errada após uma nova versão.',
  'A full disk.': 'Um disco cheio.',
  'Only this path or these parameters: the program. Every path: configuration or what stands behind it.':
    'Só este caminho ou estes parâmetros: o programa. Todo caminho: a configuração ou o que está por trás.',
  'Undo the last release or change.': 'Desfaça a última versão ou alteração.',
  'Bad Gateway': 'Bad Gateway',
  'A proxy or balancer in front answers: it could not connect to the program behind it, or got no valid answer (RFC 9110 section 15.6.3).':
    'Um proxy ou balanceador na frente responde: não conseguiu conectar ao programa atrás dele, ou não recebeu resposta válida (RFC 9110, seção 15.6.3).',
  'The program behind the proxy is not running, or is just starting.': 'O programa atrás do proxy não está em execução, ou está iniciando.',
  'It crashed on this request.': 'Ele caiu nesta requisição.',
  'The proxy looks for it at the wrong address or port, or with the wrong scheme.':
    'O proxy o procura no endereço ou na porta errados, ou com o esquema errado.',
  'Its answer has header fields larger than the proxy takes.': 'Sua resposta tem campos de cabeçalho maiores do que o proxy aceita.',
  'On the server see whether the program listens: `ss -ltn`.': 'No servidor, veja se o programa escuta: `ss -ltn`.',
  'Read the log of the proxy: nginx says "connect() failed (111)" for a program that is not there.':
    'Leia o registro (log) do proxy: o nginx diz "connect() failed (111)" para um programa que não está lá.',
  'Service Unavailable': 'Service Unavailable',
  'The service cannot answer for the moment (RFC 9110 section 15.6.4).':
    'O serviço não consegue responder no momento (RFC 9110, seção 15.6.4).',
  'It is overloaded, or its queue is full.': 'Está sobrecarregado, ou sua fila está cheia.',
  'The balancer has no healthy server left.': 'O balanceador não tem mais servidor em bom estado.',
  'The program is still starting.': 'O programa ainda está iniciando.',
  '`Retry-After` is sent: planned, or a limit.': '`Retry-After` é enviado: planejado, ou um limite.',
  'Some requests get it and others do not: load, or one server of several.':
    'Algumas requisições o recebem e outras não: carga, ou um servidor entre vários.',
  'See on the balancer which servers it takes for healthy, and why.':
    'Veja no balanceador quais servidores ele considera em bom estado, e por quê.',
  'Gateway Timeout': 'Gateway Timeout',
  'A proxy or balancer in front answers: the program behind it did not answer in time (RFC 9110 section 15.6.5).':
    'Um proxy ou balanceador na frente responde: o programa atrás dele não respondeu a tempo (RFC 9110, seção 15.6.5).',
  'The program works longer on the request than the proxy waits (60 s as a rule).':
    'O programa trabalha na requisição por mais tempo do que o proxy espera (em geral, 60 s).',
  'The program hangs, or waits for its database.': 'O programa trava, ou espera por seu banco de dados.',
  'A firewall between proxy and program drops the packets.': 'Um firewall entre proxy e programa descarta os pacotes.',
  'It takes as long each time: the time-out of the proxy.': 'Demora o mesmo tempo toda vez: o tempo limite do proxy.',
  'Find what is slow in the program; raise the time-out of the proxy only after that.':
    'Encontre o que está lento no programa; só depois disso aumente o tempo limite do proxy.',
  'On the proxy see whether the program answers at all: `netdiag ports TARGET -p PORT`.':
    'No proxy, veja se o programa chega a responder: `netdiag ports TARGET -p PORT`.',
  'HTTP Version Not Supported': 'HTTP Version Not Supported',
  'The server does not answer this major version of HTTP (RFC 9110 section 15.6.6).':
    'O servidor não responde a esta versão principal do HTTP (RFC 9110, seção 15.6.6).',
  'An address with a space or a line break in it, so that the first line is read wrongly.':
    'Um endereço com um espaço ou uma quebra de linha, que faz a primeira linha ser lida errado.',
  'A very old or very small server.': 'Um servidor muito antigo ou muito pequeno.',
  'Another client works: the first line that this one sends.': 'Outro cliente funciona: a primeira linha que este envia.',
  'Escape the address; try `netdiag http URL --http1.1`.': 'Escape o endereço; tente `netdiag http URL --http1.1`.',
  'Network Authentication Required': 'Network Authentication Required',
  'The network, not the server, wants a login before it lets anything through (RFC 6585 section 6): a captive portal.':
    'A rede, não o servidor, exige login antes de deixar algo passar (RFC 6585, seção 6): um portal cativo.',
  'A guest network before the login, or after it has run out.': 'Uma rede de visitantes antes do login, ou depois de ele expirar.',
  'Every plain http: page gets it: the network.': 'Toda página http: sem TLS o recebe: a rede.',
  'Web Server Returned an Unknown Error': 'Web Server Returned an Unknown Error',
  '{0} It answered nothing, or something that is no valid HTTP.': '{0} Ela não respondeu nada, ou algo que não é HTTP válido.',
  'The program crashes while it answers.': 'O programa cai enquanto responde.',
  'Header fields larger than 32 KB in all.': 'Campos de cabeçalho com mais de 32 KB no total.',
  'The origin resets the connection.': 'A origem redefine a conexão.',
  'Make cookies and fields smaller.': 'Reduza cookies e campos.',
  'Web Server Is Down': 'Web Server Is Down',
  '{0} It refuses the connection.': '{0} Ela recusa a conexão.',
  'The web server is not running.': 'O servidor web não está em execução.',
  'The firewall of the origin rejects the addresses of Cloudflare.': 'O firewall da origem rejeita os endereços da Cloudflare.',
  'Start the web server; allow the address ranges that Cloudflare publishes.':
    'Inicie o servidor web; permita as faixas de endereços que a Cloudflare publica.',
  'Connection Timed Out': 'Connection Timed Out',
  '{0} It does not answer a connection attempt in time.': '{0} Ela não responde a uma tentativa de conexão a tempo.',
  'A firewall of the origin drops the packets.': 'Um firewall da origem descarta os pacotes.',
  'The origin is overloaded or off.': 'A origem está sobrecarregada ou desligada.',
  'The address on record is an old one.': 'O endereço cadastrado é antigo.',
  'Check the address on record; allow the address ranges that Cloudflare publishes.':
    'Verifique o endereço cadastrado; permita as faixas de endereços que a Cloudflare publica.',
  'Origin Is Unreachable': 'Origin Is Unreachable',
  '{0} There is no route to it.': '{0} Não há rota até ela.',
  'The address on record is an old or a private one.': 'O endereço cadastrado é antigo ou privado.',
  'The network of the origin is not announced at the moment.': 'A rede da origem não está anunciada no momento.',
  'Correct the address on record.': 'Corrija o endereço cadastrado.',
  'A Timeout Occurred': 'A Timeout Occurred',
  '{0} The connection stands, and no answer comes within 100 s.': '{0} A conexão está estabelecida, e nenhuma resposta chega em 100 s.',
  'The program works long on the request.': 'O programa trabalha muito tempo na requisição.',
  'The program hangs.': 'O programa trava.',
  'Do long work in the background, and have clients ask for its result.':
    'Faça trabalhos longos em segundo plano e deixe os clientes consultarem o resultado.',
  'SSL Handshake Failed': 'SSL Handshake Failed',
  '{0} TLS with it does not succeed.': '{0} O TLS com ela não tem êxito.',
  'The origin has no certificate, or none for the name.': 'A origem não tem certificado, ou nenhum para o nome.',
  'No version or cipher suite in common.': 'Nenhuma versão ou suíte de cifras em comum.',
  'Port 443 of the origin speaks something else.': 'A porta 443 da origem fala outra coisa.',
  '`netdiag tls TARGET` at the address of the origin says which.': '`netdiag tls TARGET` no endereço da origem diz qual.',
  'Repair TLS of the origin.': 'Conserte o TLS da origem.',
  'Invalid SSL Certificate': 'Invalid SSL Certificate',
  '{0} Its certificate is not valid, and the setting "Full (strict)" wants that.':
    '{0} Seu certificado não é válido, e a configuração "Full (strict)" exige que seja.',
  'The certificate of the origin has expired.': 'O certificado da origem expirou.',
  'It is self-signed or for another name.': 'É autoassinado ou para outro nome.',
  'Renew the certificate, or use an origin certificate of Cloudflare.':
    'Renove o certificado, ou use um certificado de origem da Cloudflare.',
};
