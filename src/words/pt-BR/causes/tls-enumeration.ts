import type { Entries } from '../../language.js';

export const CAUSES_TLS_ENUMERATION: Entries = {
  'TLS compression is accepted': 'A compressão TLS é aceita',
  'The server agrees to compress what TLS carries. Whoever can make a client send guesses beside a secret, and see the length of the records, finds out the secret byte by byte (CRIME, CVE-2012-4929). RFC 9325 section 3.3 forbids it; TLS 1.3 has none.':
    'O servidor concorda em comprimir o que o TLS transporta. Quem conseguir fazer um cliente enviar palpites ao lado de um segredo, e ver o tamanho dos registros, descobre o segredo byte a byte (CRIME, CVE-2012-4929). A RFC 9325, seção 3.3, proíbe isso; o TLS 1.3 não tem compressão.',
  'A TLS library from before 2012 or built with zlib, with compression left on.':
    'Uma biblioteca TLS anterior a 2012 ou compilada com zlib, com a compressão deixada ativa.',
  'A setting that turns it on: `SSLCompression on` in Apache httpd, `SSL_OP_NO_COMPRESSION` taken away.':
    'Uma configuração que a ativa: `SSLCompression on` no Apache httpd, `SSL_OP_NO_COMPRESSION` retirado.',
  'An appliance that was not updated for years.': 'Um appliance que não é atualizado há anos.',
  '`netdiag tls TARGET --enumerate` says so under compression.': '`netdiag tls TARGET --enumerate` mostra isso em compressão.',
  'Compression by HTTP (`content-encoding`) is another matter, and not meant here.':
    'A compressão pelo HTTP (`content-encoding`) é outra coisa, e não se trata dela aqui.',
  'Turn TLS compression off in the server, or update its TLS library.':
    'Desative a compressão TLS no servidor, ou atualize a biblioteca TLS dele.',
  'Have a proxy in front end TLS, where that cannot be done.': 'Onde isso não for possível, faça um proxy à frente terminar o TLS.',
  '{0} accepts TLS compression, by which secrets can be found out{1}.':
    '{0} aceita compressão TLS, pela qual segredos podem ser descobertos{1}.',
  'Turn TLS compression off on the server, then check: netdiag tls {0} --enumerate':
    'Desative a compressão TLS no servidor e depois verifique: netdiag tls {0} --enumerate',
  'Renegotiation is not protected': 'A renegociação não é protegida',
  'The server does not answer renegotiation_info (RFC 5746). Where it allows renegotiation, somebody on the way can put a request of their own in front of what a client sends (CVE-2009-3555), and neither side notices.':
    'O servidor não responde com renegotiation_info (RFC 5746). Onde ele permite renegociação, alguém no caminho pode pôr uma requisição própria à frente do que um cliente envia (CVE-2009-3555), e nenhum dos lados percebe.',
  'A TLS library from before 2010.': 'Uma biblioteca TLS anterior a 2010.',
  'An appliance or an embedded device with such a library.': 'Um appliance ou dispositivo embarcado com uma biblioteca dessas.',
  'The extension was turned off for old clients.': 'A extensão foi desativada por causa de clientes antigos.',
  '`openssl s_client -connect HOST:PORT -tls1_2`: "Secure Renegotiation IS NOT supported" says the same.':
    '`openssl s_client -connect HOST:PORT -tls1_2`: "Secure Renegotiation IS NOT supported" diz o mesmo.',
  'A server of TLS 1.3 alone is not affected: it has no renegotiation.': 'Um servidor só de TLS 1.3 não é afetado: não há renegociação.',
  'Update the TLS library of the server.': 'Atualize a biblioteca TLS do servidor.',
  'Until then forbid renegotiation in its settings.': 'Até lá, proíba a renegociação nas configurações dele.',
  '{0} does not protect renegotiation{1}.': '{0} não protege a renegociação{1}.',
  'Update the TLS library of the server, then check: netdiag tls {0} --enumerate':
    'Atualize a biblioteca TLS do servidor e depois verifique: netdiag tls {0} --enumerate',
  'The TLS server answers what no server may': 'O servidor TLS responde o que nenhum servidor pode responder',
  'To a hello the server chose a version, a cipher suite, a group or a compression that was not offered. Clients end such a handshake. What an enumeration finds on such a server is not reliable.':
    'A um hello, o servidor escolheu uma versão, um conjunto de cifras, um grupo ou uma compressão que não foi oferecida. Os clientes encerram um handshake assim. O que uma enumeração encontra em um servidor desses não é confiável.',
  'A faulty TLS library, often a home-made or an embedded one.': 'Uma biblioteca TLS com defeito, muitas vezes caseira ou embarcada.',
  'A device in between that answers in place of the server, whatever it is asked.':
    'Um dispositivo intermediário que responde no lugar do servidor, seja qual for a pergunta.',
  'A deception service (honeypot, tarpit) that plays a TLS server.':
    'Um serviço de engodo (honeypot, tarpit) que finge ser um servidor TLS.',
  'From another network the answers are valid: a device on the way.':
    'A partir de outra rede as respostas são válidas: um dispositivo no caminho.',
  '`openssl s_client -connect HOST:PORT -cipher SUITE` ends with "wrong cipher returned" or the like.':
    '`openssl s_client -connect HOST:PORT -cipher SUITE` termina com "wrong cipher returned" ou algo parecido.',
  'Ask those who run the device in between.': 'Pergunte aos responsáveis pelo dispositivo intermediário.',
  'What answers at {0} breaks the rules of TLS{1}.': 'O que responde em {0} viola as regras do TLS{1}.',
  'See from another network whether it answers the same: netdiag tls {0} --enumerate':
    'Veja a partir de outra rede se a resposta é a mesma: netdiag tls {0} --enumerate',
};
