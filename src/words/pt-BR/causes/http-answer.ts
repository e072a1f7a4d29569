import type { Entries } from '../../language.js';

export const CAUSES_HTTP_ANSWER: Entries = {
  'A header has another value than it must': 'Um cabeçalho tem um valor diferente do exigido',
  'The answer has the header that is required, but with another value than was asked for, or with one that has no effect, as a `Strict-Transport-Security` of a few minutes (RFC 6797).':
    'A resposta tem o cabeçalho exigido, mas com outro valor que não o pedido, ou com um que não tem efeito, como um `Strict-Transport-Security` de poucos minutos (RFC 6797).',
  'An old value is left in the configuration of the server or of a proxy in front.':
    'Um valor antigo ficou na configuração do servidor ou de um proxy à frente.',
  'Several places set the header, and the first or the last one wins.':
    'Vários lugares definem o cabeçalho, e o primeiro ou o último vence.',
  'A trial value with a short life was never raised.': 'Um valor de teste, de curta duração, nunca foi aumentado.',
  'Past the proxy the value is right: the proxy changes it.': 'Sem passar pelo proxy o valor está certo: o proxy o altera.',
  'Pages have the right value, and only redirects or errors have not: the configuration covers some answers only.':
    'As páginas têm o valor certo, e só os redirecionamentos ou erros não: a configuração cobre só algumas respostas.',
  'Set the header in one place, in nginx with `always`, and look at the answer again.':
    'Defina o cabeçalho em um só lugar, no nginx com `always`, e examine a resposta de novo.',
  'Correct what was required, where the service is right.': 'Corrija a exigência, se o serviço está certo.',
  'A header of {0} has another value than it must{1}.': 'Um cabeçalho de {0} tem um valor diferente do exigido{1}.',
  'Set the header in one place, then look again: netdiag http {0}':
    'Defina o cabeçalho em um só lugar, depois examine de novo: netdiag http {0}',
  'A header is there that must not be': 'Há um cabeçalho que não deveria haver',
  'The answer carries a header that was forbidden, for example one that names the software and its version. The service works; it tells more than it should.':
    'A resposta traz um cabeçalho que foi proibido, por exemplo um que indica o software e a versão. O serviço funciona; ele revela mais do que deveria.',
  'The server or framework sends the header unless it is told not to.':
    'O servidor ou framework envia o cabeçalho, a menos que se diga o contrário.',
  'A proxy in front passes on what the program behind it sets.': 'Um proxy à frente repassa o que o programa atrás dele define.',
  'A setting for development is left on.': 'Uma configuração de desenvolvimento ficou ativa.',
  'Static files have it too: the server. Only pages of the program have it: the framework.':
    'Arquivos estáticos também o têm: o servidor. Só páginas do programa o têm: o framework.',
  'Past the proxy it is missing: the proxy adds it.': 'Sem passar pelo proxy ele não aparece: o proxy o acrescenta.',
  'Switch the header off where it is made, for example with `server_tokens off;` in nginx.':
    'Desative o cabeçalho onde ele é gerado, por exemplo com `server_tokens off;` no nginx.',
  'Remove it in the proxy in front, for example with `proxy_hide_header`.':
    'Remova-o no proxy à frente, por exemplo com `proxy_hide_header`.',
  '{0} sends a header that must not be there{1}.': '{0} envia um cabeçalho que não deveria haver{1}.',
  'Switch the header off where it is made, then look again: netdiag http {0}':
    'Desative o cabeçalho onde ele é gerado, depois examine de novo: netdiag http {0}',
  'The answer has other content than expected': 'A resposta tem um conteúdo diferente do esperado',
  'The service answers with a good status, but its body lacks the text, the match or the JSON value that was asked for. So something answers in place of what was meant, or the service itself says that it is not well.':
    'O serviço responde com um bom status, mas falta no corpo o texto, o padrão ou o valor JSON pedido. Então algo responde no lugar do que se queria, ou o próprio serviço diz que não está bem.',
  'A health endpoint reports a part that is down, with status 200.': 'Um endpoint de saúde informa uma parte fora do ar, com status 200.',
  'A login page, an error page or a maintenance page is sent with status 200.':
    'Uma página de login, de erro ou de manutenção é enviada com status 200.',
  'Another server or version answers: wrong virtual host, DNS or proxy.':
    'Responde outro servidor ou outra versão: virtual host, DNS ou proxy errado.',
  'The content has changed, and the expectation has not.': 'O conteúdo mudou, e a expectativa não.',
  'The content type and the size say what kind of page it is: HTML where JSON was expected is an error page.':
    'O tipo de conteúdo e o tamanho dizem que tipo de página é: HTML onde se esperava JSON é uma página de erro.',
  'The `server` and `via` headers say who answered.': 'Os cabeçalhos `server` e `via` dizem quem respondeu.',
  'With a login the content is right: the page wants one.': 'Com um login o conteúdo está certo: a página exige um.',
  'Read the body that comes, and repair the part that it names.': 'Leia o corpo que chega e repare a parte que ele indica.',
  'Correct path, host or login of the request.': 'Corrija o caminho, o host ou o login da requisição.',
  'Correct the expectation.': 'Corrija a expectativa.',
  '{0} answers with other content than expected{1}.': '{0} responde com um conteúdo diferente do esperado{1}.',
  'Read what comes: curl -sS {0}': 'Leia o que chega: curl -sS {0}',
  'The body of the answer does not come whole': 'O corpo da resposta não chega inteiro',
  'Status and header fields came, and the body broke off ahead of its announced end, or had not ended when the time was over. A client would show half a page, or wait.':
    'O status e os campos de cabeçalho chegaram, e o corpo foi interrompido antes do fim anunciado, ou não havia terminado quando o tempo acabou. Um cliente mostraria meia página, ou esperaria.',
  'The program or the proxy crashed or ran into a time-out of its own while it sent.':
    'O programa ou o proxy caiu, ou atingiu um timeout próprio, durante o envio.',
  'Content-Length says more than is sent.': 'Content-Length indica mais do que é enviado.',
  'A stream that never ends by design, such as server-sent events.': 'Um stream que nunca termina, por natureza, como server-sent events.',
  'A slow or lossy path (see loss-upstream), or a path that swallows large packets (see mtu-blackhole).':
    'Um caminho lento ou com perda (veja loss-upstream), ou um que engole pacotes grandes (veja mtu-blackhole).',
  'whether segments of full size get through': 'se segmentos de tamanho máximo passam',
  'whether the connection was reset': 'se a conexão foi redefinida',
  'It always breaks off at the same byte: the length is wrong, or a limit of a proxy. At another each time: crash, time-out or network.':
    'Sempre para no mesmo byte: o comprimento está errado, ou um limite de um proxy. Em outro a cada vez: queda do programa, timeout ou rede.',
  'Small answers of the same server come whole: the network, or the size.':
    'Respostas pequenas do mesmo servidor chegam inteiras: a rede, ou o tamanho.',
  '`content-type: text/event-stream` is a stream by design.': '`content-type: text/event-stream` é um stream por natureza.',
  'Read the log of the server and of its proxy at that moment.': 'Leia o registro (log) do servidor e o do proxy dele naquele momento.',
  'Raise the time-outs of the proxy, or send less at once.': 'Aumente os timeouts do proxy, ou envie menos de cada vez.',
  'For a large file give it more time with --timeout.': 'Para um arquivo grande, dê mais tempo com --timeout.',
  'The answer of {0} does not come whole{1}.': 'A resposta de {0} não chega inteira{1}.',
  'Read the log of the server, and of a proxy ahead of it, at that moment; whether it always ends at the same byte shows in: netdiag http --count 3 {0}':
    'Leia o registro do servidor, e o de um proxy à frente dele, naquele momento; se sempre termina no mesmo byte aparece em: netdiag http --count 3 {0}',
  'The body of the answer cannot be unpacked': 'O corpo da resposta não pode ser descompactado',
  'The answer says that its body is compressed, and it is not, or in a way that was not offered, or it would grow beyond all measure when unpacked. Browsers show an error, or garbage.':
    'A resposta diz que o corpo está compactado, e ele não está, ou está de um modo que não foi oferecido, ou cresceria desmedidamente ao ser descompactado. Navegadores mostram um erro, ou lixo.',
  'The body is compressed twice, or not at all, and the field says otherwise.':
    'O corpo está compactado duas vezes, ou nenhuma, e o campo diz outra coisa.',
  'A proxy changes the body and leaves the field.': 'Um proxy altera o corpo e mantém o campo.',
  'The server compresses without looking at what the client offers.': 'O servidor compacta sem olhar o que o cliente oferece.',
  'The body was made to fill the memory of clients.': 'O corpo foi feito para encher a memória dos clientes.',
  'With --no-compression the answer is well: only compressed answers are broken.':
    'Com --no-compression a resposta está bem: só as respostas compactadas estão com defeito.',
  'Past the proxy it is well: the proxy changes it.': 'Sem passar pelo proxy está bem: o proxy a altera.',
  'Let either the program or the proxy compress, not both.': 'Deixe só o programa ou só o proxy compactar, não os dois.',
  'Have a cache in front heed `Vary: Accept-Encoding`.': 'Faça um cache à frente respeitar `Vary: Accept-Encoding`.',
  'The answer of {0} cannot be unpacked{1}.': 'A resposta de {0} não pode ser descompactada{1}.',
  'Ask for it uncompressed: netdiag http --no-compression {0}': 'Peça-a sem compactação: netdiag http --no-compression {0}',
  'The redirects do not come to an end': 'Os redirecionamentos não terminam',
  'The service redirects to an address that was asked already, or more often than is followed. Browsers say that there are too many redirects (RFC 9110 section 15.4).':
    'O serviço redireciona para um endereço que já foi pedido, ou mais vezes do que se segue. Navegadores dizem que há redirecionamentos demais (RFC 9110 seção 15.4).',
  'A proxy in front ends TLS and asks the program in plain text, which redirects to https: again.':
    'Um proxy à frente termina o TLS e consulta em texto claro o programa, que redireciona de novo para https:.',
  'Two rules redirect to each other: with and without www, with and without a slash.':
    'Duas regras redirecionam uma para a outra: com e sem www, com e sem barra.',
  'The service wants a cookie that this client does not keep.': 'O serviço exige um cookie que este cliente não guarda.',
  'whether the redirects lead to a login page': 'se os redirecionamentos levam a uma página de login',
  'The chain in the report shows which two addresses alternate.': 'A cadeia no relatório mostra quais dois endereços se alternam.',
  'The same address again and again: the scheme behind the proxy, or a cookie.':
    'O mesmo endereço repetidas vezes: o esquema atrás do proxy, ou um cookie.',
  'Have the proxy send `X-Forwarded-Proto`, and the program heed it.': 'Faça o proxy enviar `X-Forwarded-Proto`, e o programa respeitá-lo.',
  'Keep one rule for the name, the scheme and the slash.': 'Mantenha uma só regra para o nome, o esquema e a barra.',
  'The redirects of {0} do not come to an end{1}.': 'Os redirecionamentos de {0} não terminam{1}.',
  'Look at the chain, and remove one of the two rules: netdiag http --max-redirects 3 {0}':
    'Examine a cadeia e remova uma das duas regras: netdiag http --max-redirects 3 {0}',
  'A redirect leads from https: to http:': 'Um redirecionamento leva de https: para http:',
  'A request over TLS is redirected to plain text, where everybody on the way can read and change it. netdiag sends no credentials there; browsers warn or refuse.':
    'Uma requisição por TLS é redirecionada para texto claro, que todos no caminho podem ler e alterar. O netdiag não envia credenciais para lá; navegadores avisam ou recusam.',
  'The program behind a proxy does not know that the client came by TLS, and builds addresses with http:.':
    'O programa atrás de um proxy não sabe que o cliente veio por TLS e monta endereços com http:.',
  'A redirect was written by hand with http:.': 'Um redirecionamento foi escrito à mão com http:.',
  'The other site has no TLS.': 'O outro site não tem TLS.',
  'The host stays the same: the program does not know of the TLS of its proxy.':
    'O host continua o mesmo: o programa não sabe do TLS do seu proxy.',
  'The host is another: the address in the rule.': 'O host é outro: o endereço na regra.',
  'Write the redirect with https:, or without a scheme and host.': 'Escreva o redirecionamento com https:, ou sem esquema e host.',
  'Send `Strict-Transport-Security`, so that browsers do not follow it in plain text.':
    'Envie `Strict-Transport-Security`, para que os navegadores não o sigam em texto claro.',
  '{0} redirects from https: to http:, which is not encrypted{1}.': '{0} redireciona de https: para http:, que não é cifrado{1}.',
  'Correct the redirect to https:, then look again: netdiag http {0}':
    'Corrija o redirecionamento para https:, depois examine de novo: netdiag http {0}',
  'A redirect leads where no request can go': 'Um redirecionamento leva aonde nenhuma requisição pode ir',
  'The Location field of a redirect (RFC 9110 section 10.2.2) holds no address that HTTP can ask: another scheme such as file: or data:, a name or port that is none, an address that is no host, or more characters than an address has. Or the name in it does not exist.':
    'O campo Location de um redirecionamento (RFC 9110 seção 10.2.2) não contém um endereço que o HTTP possa pedir: outro esquema, como file: ou data:, um nome ou porta inválido, um endereço que não é de host, ou mais caracteres do que um endereço tem. Ou o nome nele não existe.',
  'The address is put together from a variable that is empty or wrong.': 'O endereço é montado a partir de uma variável vazia ou errada.',
  'An application of a telephone or a desktop is meant, with a scheme of its own.':
    'Destina-se a um aplicativo de celular ou de desktop, com esquema próprio.',
  'What a user typed is sent back as the address: an open redirect.':
    'O que um usuário digitou é devolvido como endereço: um redirecionamento aberto.',
  'The Location is the same for every request: the configuration. It depends on the query: the program.':
    'O Location é igual em toda requisição: a configuração. Depende da query string: o programa.',
  'A scheme of its own, as in `myapp:`, is meant for a client that knows it.':
    'Um esquema próprio, como em `myapp:`, destina-se a um cliente que o conhece.',
  'Correct the rule or the variable from which the address is made.': 'Corrija a regra ou a variável de que se forma o endereço.',
  'Accept only addresses of known hosts as targets of a redirect.':
    'Aceite só endereços de hosts conhecidos como alvos de um redirecionamento.',
  '{0} redirects where no request can go{1}.': '{0} redireciona para onde nenhuma requisição pode ir{1}.',
  'Look at the Location field, and correct the rule that makes it: netdiag http --no-follow {0}':
    'Examine o campo Location e corrija a regra que o gera: netdiag http --no-follow {0}',
};
