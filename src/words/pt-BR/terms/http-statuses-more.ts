import type { Entries } from '../../language.js';

export const TERMS_HTTP_STATUSES_MORE: Entries = {
  'Go on and send the body; the final answer follows (RFC 9110 section 15.2.1).':
    'Continue e envie o corpo; a resposta final vem em seguida (RFC 9110, seção 15.2.1).',
  'Switching Protocols': 'Switching Protocols',
  'The connection goes over to the protocol that was asked for: WebSocket, as a rule (RFC 9110 section 15.2.2).':
    'A conexão passa ao protocolo pedido: em geral, WebSocket (RFC 9110, seção 15.2.2).',
  'The server is at work and the answer follows (RFC 2518; no longer used).':
    'O servidor está trabalhando e a resposta vem em seguida (RFC 2518; não se usa mais).',
  'Early Hints': 'Early Hints',
  'Fields of the answer ahead of the answer, so that browsers begin to load (RFC 8297).':
    'Campos da resposta antes da resposta, para que os navegadores comecem a carregar (RFC 8297).',
  'Upload Resumption Supported': 'Upload Resumption Supported',
  'An upload that breaks off can be gone on with (registered for the time being).':
    'Um upload que se interrompe pode ser retomado (registro provisório).',
  'The request succeeded (RFC 9110 section 15.3.1).': 'A requisição teve êxito (RFC 9110, seção 15.3.1).',
  'Something was made; its address is in `Location` (RFC 9110 section 15.3.2).':
    'Algo foi criado; seu endereço está em `Location` (RFC 9110, seção 15.3.2).',
  'The request was taken and will be worked on later (RFC 9110 section 15.3.3).':
    'A requisição foi aceita e será processada depois (RFC 9110, seção 15.3.3).',
  'A proxy on the way has changed the answer (RFC 9110 section 15.3.4).':
    'Um proxy no caminho alterou a resposta (RFC 9110, seção 15.3.4).',
  'No Content': 'No Content',
  'The request succeeded and there is nothing to show (RFC 9110 section 15.3.5).':
    'A requisição teve êxito e não há nada a mostrar (RFC 9110, seção 15.3.5).',
  'Reset Content': 'Reset Content',
  'The request succeeded and the form is to be emptied (RFC 9110 section 15.3.6).':
    'A requisição teve êxito e o formulário deve ser esvaziado (RFC 9110, seção 15.3.6).',
  'Partial Content': 'Partial Content',
  'The part that was asked for (RFC 9110 section 15.3.7).': 'A parte que foi pedida (RFC 9110, seção 15.3.7).',
  'Several outcomes in one answer (WebDAV, RFC 4918).': 'Vários resultados em uma resposta (WebDAV, RFC 4918).',
  'Already Reported': 'Already Reported',
  'Members that were listed before are left out (WebDAV, RFC 5842).': 'Membros já listados antes são omitidos (WebDAV, RFC 5842).',
  'IM Used': 'IM Used',
  'The answer is the difference to an earlier one (RFC 3229).': 'A resposta é a diferença em relação a uma anterior (RFC 3229).',
  'Multiple Choices': 'Multiple Choices',
  'There are several forms, and the client is to choose (RFC 9110 section 15.4.1).':
    'Há várias formas, e o cliente deve escolher (RFC 9110, seção 15.4.1).',
  'See Other': 'See Other',
  'The answer to this is at another address, to be asked with GET (RFC 9110 section 15.4.4).':
    'A resposta a isto está em outro endereço, a pedir com GET (RFC 9110, seção 15.4.4).',
  'Not Modified': 'Not Modified',
  'What the client has is still right; no body follows (RFC 9110 section 15.4.5).':
    'O que o cliente tem ainda vale; não vem corpo (RFC 9110, seção 15.4.5).',
  'Use Proxy': 'Use Proxy',
  'No longer used, since anybody could have led clients to a proxy (RFC 9110 section 15.4.6).':
    'Não se usa mais, pois qualquer um poderia levar clientes a um proxy (RFC 9110, seção 15.4.6).',
  'Kept out of use (RFC 9110 section 15.4.7).': 'Mantido fora de uso (RFC 9110, seção 15.4.7).',
  'Payment Required': 'Payment Required',
  'Reserved; services send it where an account has no credit left (RFC 9110 section 15.5.3).':
    'Reservado; serviços o enviam quando uma conta não tem mais crédito (RFC 9110, seção 15.5.3).',
  'Look at the account.': 'Examine a conta.',
  'Not Acceptable': 'Not Acceptable',
  'The server has no form that fits the `Accept` fields (RFC 9110 section 15.5.7).':
    'O servidor não tem uma forma que atenda aos campos `Accept` (RFC 9110, seção 15.5.7).',
  'Correct the `Accept` fields; some web firewalls send it too.': 'Corrija os campos `Accept`; alguns firewalls web também o enviam.',
  'The request does not fit the present state, for example an older version (RFC 9110 section 15.5.10).':
    'A requisição não combina com o estado atual, por exemplo uma versão mais antiga (RFC 9110, seção 15.5.10).',
  'Fetch the present state and try again.': 'Busque o estado atual e tente de novo.',
  'Length Required': 'Length Required',
  'The server wants a `Content-Length` (RFC 9110 section 15.5.12).': 'O servidor exige um `Content-Length` (RFC 9110, seção 15.5.12).',
  'Send the body with its length, not in chunks.': 'Envie o corpo com seu comprimento, não em blocos (chunks).',
  'Precondition Failed': 'Precondition Failed',
  'An `If-Match` or the like does not hold: somebody was faster (RFC 9110 section 15.5.13).':
    'Um `If-Match` ou semelhante não se confirma: alguém foi mais rápido (RFC 9110, seção 15.5.13).',
  'Fetch the present version and try again.': 'Busque a versão atual e tente de novo.',
  'Unsupported Media Type': 'Unsupported Media Type',
  'The body is of a type or compression that is not taken (RFC 9110 section 15.5.16).':
    'O corpo é de um tipo ou compressão que não é aceito (RFC 9110, seção 15.5.16).',
  'Correct the `Content-Type` field.': 'Corrija o campo `Content-Type`.',
  'Range Not Satisfiable': 'Range Not Satisfiable',
  'The part that was asked for does not exist (RFC 9110 section 15.5.17).': 'A parte pedida não existe (RFC 9110, seção 15.5.17).',
  'Begin the download anew: the file has changed.': 'Recomece o download: o arquivo mudou.',
  'Expectation Failed': 'Expectation Failed',
  'The `Expect` field cannot be met (RFC 9110 section 15.5.18).': 'O campo `Expect` não pode ser atendido (RFC 9110, seção 15.5.18).',
  'Send the request without `Expect: 100-continue`; proxies stumble over it.':
    'Envie a requisição sem `Expect: 100-continue`; há proxies que tropeçam nele.',
  'Page Expired': 'Page Expired',
  'Not registered: Laravel sends it where the token of a form has run out.':
    'Não registrado: o Laravel o envia quando o token de um formulário expirou.',
  'Load the page again.': 'Carregue a página de novo.',
  'Enhance Your Calm': 'Enhance Your Calm',
  'Not registered: an old way to say 429.': 'Não registrado: uma forma antiga de dizer 429.',
  'Ask less often.': 'Consulte com menos frequência.',
  'Unprocessable Content': 'Unprocessable Content',
  'The body is well formed and its content makes no sense to the service (RFC 9110 section 15.5.21).':
    'O corpo está bem formado, mas seu conteúdo não faz sentido para o serviço (RFC 9110, seção 15.5.21).',
  'Read the body of the answer: it says what is wrong.': 'Leia o corpo da resposta: ele diz o que está errado.',
  'Somebody has locked it (WebDAV, RFC 4918).': 'Alguém o bloqueou (WebDAV, RFC 4918).',
  'Wait until the lock is gone.': 'Espere até que o bloqueio acabe.',
  'Failed Dependency': 'Failed Dependency',
  'Another request failed on which this one depends (WebDAV, RFC 4918).':
    'Falhou outra requisição da qual esta depende (WebDAV, RFC 4918).',
  'Look at that one.': 'Examine essa outra.',
  'Not registered: IIS sends it where a session has run out.': 'Não registrado: o IIS o envia quando uma sessão expirou.',
  'Log in again.': 'Faça login de novo.',
  'No Response': 'No Response',
  'Not registered: nginx writes it into its log where it closed without an answer on purpose.':
    'Não registrado: o nginx o escreve em seu registro (log) quando fechou de propósito sem responder.',
  'Look for `return 444` in the configuration of the server.': 'Procure `return 444` na configuração do servidor.',
  'Client Closed Connection': 'Client Closed Connection',
  'Not registered: a balancer of AWS notes that the client was gone before the answer.':
    'Não registrado: um balanceador da AWS anota que o cliente se foi antes da resposta.',
  'See which time-out of the client is shorter than the answer takes.':
    'Veja qual tempo limite do cliente é mais curto do que a resposta leva.',
  'Too Many Forwarded Addresses': 'Too Many Forwarded Addresses',
  'Not registered: a balancer of AWS got an `X-Forwarded-For` with more than 30 addresses.':
    'Não registrado: um balanceador da AWS recebeu um `X-Forwarded-For` com mais de 30 endereços.',
  'Look for proxies that go in a circle.': 'Procure proxies que andam em círculo.',
  'Request Header Too Large': 'Request Header Too Large',
  'Not registered: nginx for 431.': 'Não registrado: o nginx o usa para 431.',
  'Clear the cookies of this site.': 'Limpe os cookies deste site.',
  'SSL Certificate Error': 'SSL Certificate Error',
  'Not registered: nginx does not accept the client certificate.': 'Não registrado: o nginx não aceita o certificado de cliente.',
  'Give the right client certificate.': 'Forneça o certificado de cliente certo.',
  'SSL Certificate Required': 'SSL Certificate Required',
  'Not registered: nginx wants a client certificate.': 'Não registrado: o nginx exige um certificado de cliente.',
  'Give a client certificate: `netdiag http URL --cert FILE --key FILE`.':
    'Forneça um certificado de cliente: `netdiag http URL --cert FILE --key FILE`.',
  'HTTP Request Sent to HTTPS Port': 'HTTP Request Sent to HTTPS Port',
  'Not registered: nginx got plain HTTP at a port for TLS.': 'Não registrado: o nginx recebeu HTTP sem TLS em uma porta para TLS.',
  'Use https: in the URL.': 'Use https: no URL.',
  'Not Implemented': 'Not Implemented',
  'The server does not know the method (RFC 9110 section 15.6.2).': 'O servidor não conhece o método (RFC 9110, seção 15.6.2).',
  'Use another method; look for a proxy that knows GET and POST alone.': 'Use outro método; procure um proxy que só conhece GET e POST.',
  'Variant Also Negotiates': 'Variant Also Negotiates',
  'The configuration of the server goes in a circle (RFC 2295).': 'A configuração do servidor anda em círculo (RFC 2295).',
  'Correct the negotiation of content on the server.': 'Corrija a negociação de conteúdo no servidor.',
  'Insufficient Storage': 'Insufficient Storage',
  'The server has no room left (WebDAV, RFC 4918).': 'O servidor não tem mais espaço (WebDAV, RFC 4918).',
  'Make room on the server.': 'Libere espaço no servidor.',
  'Loop Detected': 'Loop Detected',
  'A tree of WebDAV goes in a circle (RFC 5842).': 'Uma árvore WebDAV anda em círculo (RFC 5842).',
  'Remove the circle on the server.': 'Remova o círculo no servidor.',
  'Bandwidth Limit Exceeded': 'Bandwidth Limit Exceeded',
  'Not registered: a hosting company has cut off a site that used up its volume.':
    'Não registrado: uma empresa de hospedagem cortou um site que esgotou sua cota de tráfego.',
  'Have the operator of the site ask for more.': 'Faça o responsável pelo site pedir mais.',
  'Not Extended': 'Not Extended',
  'An experiment that is over (RFC 2774).': 'Um experimento encerrado (RFC 2774).',
  'Update the server.': 'Atualize o servidor.',
  'Railgun Error': 'Railgun Error',
  'Not registered: Cloudflare, of a product that is no more.': 'Não registrado: da Cloudflare, de um produto que não existe mais.',
  'Have the operator of the site switch it off.': 'Faça o responsável pelo site desativá-lo.',
  'Site Is Overloaded': 'Site Is Overloaded',
  'Not registered: the service has more requests than it can take.':
    'Não registrado: o serviço tem mais requisições do que consegue atender.',
  'Ask again later, with growing pauses.': 'Consulte de novo mais tarde, com pausas crescentes.',
  'Site Frozen or Origin Error': 'Site Frozen or Origin Error',
  'Not registered: Cloudflare shows an error 1xxx with it, most often that the name of the origin does not resolve.':
    'Não registrado: a Cloudflare mostra com ele um erro 1xxx, na maioria das vezes que o nome da origem não resolve.',
  'Read the number of the error on the page.': 'Leia o número do erro na página.',
};
