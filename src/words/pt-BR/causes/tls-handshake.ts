import type { Entries } from '../../language.js';

export const CAUSES_TLS_HANDSHAKE: Entries = {
  'A message of the handshake is too long': 'Uma mensagem do handshake é longa demais',
  'The server announces a message of the handshake, mostly its certificates, that is longer than clients take (OpenSSL: 100 kB of certificates). The connection ends there. A real chain has a few kilobytes.':
    'O servidor anuncia uma mensagem do handshake, em geral a dos certificados, mais longa do que os clientes aceitam (OpenSSL: 100 kB de certificados). A conexão termina ali. Uma cadeia real tem poucos kilobytes.',
  'A whole trust store was installed as the chain of the server.':
    'Um repositório inteiro de certificados confiáveis foi instalado como cadeia do servidor.',
  'What answers is no TLS, although its first bytes look like it.': 'O que responde não é TLS, embora os primeiros bytes pareçam ser.',
  'A server that wants to use up the memory of its clients.': 'Um servidor que quer esgotar a memória de seus clientes.',
  'The size of the certificate file on the server: more than some kilobytes is wrong.':
    'O tamanho do arquivo de certificado no servidor: mais que alguns kilobytes está errado.',
  '`openssl s_client -connect HOST:PORT` ends in "excessive message size".':
    '`openssl s_client -connect HOST:PORT` termina em "excessive message size".',
  'Leave only the leaf and its intermediates in the file of the server.':
    'Deixe no arquivo do servidor só o certificado da ponta e os intermediários.',
  'Where the server is not yours, do not raise the limits of clients: it is the server that is wrong.':
    'Se o servidor não é seu, não aumente os limites dos clientes: quem está errado é o servidor.',
  '{0} announces a handshake message that no client takes{1}.': '{0} anuncia uma mensagem de handshake que nenhum cliente aceita{1}.',
  'On the server, leave only the leaf and its intermediates in the certificate file, then check: netdiag tls {0}':
    'No servidor, deixe no arquivo de certificado só o certificado da ponta e os intermediários e depois verifique: netdiag tls {0}',
  'The service does not go over to TLS': 'O serviço não passa para TLS',
  'The service speaks its plain protocol as expected, and declines the command that starts TLS, or does not offer it. What is sent to it, passwords too, goes in the clear.':
    'O serviço fala seu protocolo em texto claro como esperado, e recusa o comando que inicia o TLS, ou não o oferece. O que se envia a ele, inclusive senhas, vai em texto claro.',
  'No certificate is configured in the service, so TLS is off.':
    'Nenhum certificado está configurado no serviço, por isso o TLS está desligado.',
  'TLS is offered on another port from the first byte on (465, 993, 995, 636).':
    'O TLS é oferecido em outra porta, desde o primeiro byte (465, 993, 995, 636).',
  'A firewall or a mail proxy takes STARTTLS out of what the server offers, in order to read along.':
    'Um firewall ou proxy de e-mail retira STARTTLS do que o servidor oferece, para ler o conteúdo.',
  'The server allows TLS only to some of its clients, or only after something else.':
    'O servidor só permite TLS a alguns de seus clientes, ou só depois de outra coisa.',
  'On the server itself it is offered, from here it is not: something on the way removes it.':
    'No próprio servidor é oferecido, daqui não: algo no caminho o retira.',
  'The greeting has stars or XXXX in place of a keyword: a firewall that inspects mail.':
    'A saudação tem asteriscos ou XXXX no lugar de uma palavra-chave: um firewall que inspeciona e-mail.',
  'Its log names a certificate or key that could not be read: TLS is off.':
    'O registro (log) dele cita um certificado ou uma chave que não pôde ser lida: o TLS está desligado.',
  'Configure certificate and key in the service (Postfix: `smtpd_tls_security_level = may`), and reload it.':
    'Configure certificado e chave no serviço (Postfix: `smtpd_tls_security_level = may`) e recarregue-o.',
  'Switch off the mail inspection of the firewall for this port, or let it end TLS properly.':
    'Desative a inspeção de e-mail do firewall para esta porta, ou faça-o terminar o TLS corretamente.',
  'Use the port on which TLS begins with the first byte.': 'Use a porta em que o TLS começa no primeiro byte.',
  '{0} does not go over from plain text to TLS{1}.': '{0} não passa de texto claro para TLS{1}.',
  'Switch TLS on in the service, or use its port for TLS from the first byte on; then: netdiag tls {0}':
    'Ative o TLS no serviço, ou use a porta dele com TLS desde o primeiro byte; depois: netdiag tls {0}',
  'The service is not of the expected protocol': 'O serviço não é do protocolo esperado',
  'TLS was to be started by a command of a plain protocol (SMTP, IMAP, POP3, FTP, LDAP, PostgreSQL, MySQL, XMPP), and what came from the server is not that protocol.':
    'O TLS devia ser iniciado por um comando de um protocolo em texto claro (SMTP, IMAP, POP3, FTP, LDAP, PostgreSQL, MySQL, XMPP), e o que veio do servidor não é esse protocolo.',
  'Another service listens on this port.': 'Outro serviço escuta nesta porta.',
  'The service speaks TLS from the first byte on.': 'O serviço fala TLS desde o primeiro byte.',
  'A proxy or a firewall answers in its place.': 'Um proxy ou firewall responde no lugar dele.',
  'The check quotes what came: a greeting of another protocol, an HTTP error, or no text at all.':
    'A verificação cita o que veio: a saudação de outro protocolo, um erro HTTP ou nenhum texto.',
  'With `--starttls none` TLS begins at once: if that works, nothing has to be started.':
    'Com `--starttls none` o TLS começa na hora: se isso funciona, não há nada a iniciar.',
  'Name the right protocol: `netdiag tls TARGET --starttls imap`; or none: `--starttls none`.':
    'Indique o protocolo certo: `netdiag tls TARGET --starttls imap`; ou nenhum: `--starttls none`.',
  'Correct the port.': 'Corrija a porta.',
  '{0} does not speak the protocol in which TLS was to be started{1}.': '{0} não fala o protocolo em que o TLS devia ser iniciado{1}.',
  'Try TLS from the first byte on: netdiag tls {0} --starttls none': 'Tente TLS desde o primeiro byte: netdiag tls {0} --starttls none',
  'Plain text slipped in ahead of TLS': 'Texto claro se infiltrou antes do TLS',
  'Together with its agreement to start TLS, the server (or somebody in its name) sent more in plain text, before any handshake. Programs that take this for a part of the encrypted session can be fed commands or answers by an attacker (CVE-2011-0411, CVE-2021-23222 and others).':
    'Junto com a concordância em iniciar o TLS, o servidor (ou alguém em nome dele) enviou mais coisas em texto claro, antes de qualquer handshake. Programas que tomam isso como parte da sessão criptografada podem receber comandos ou respostas de um atacante (CVE-2011-0411, CVE-2021-23222 e outros).',
  'Somebody on the way adds answers, in order to lead clients astray.': 'Alguém no caminho acrescenta respostas para enganar os clientes.',
  'The server answers commands that it was not sent, by a fault of its software.':
    'O servidor responde a comandos que não recebeu, por um defeito de seu software.',
  'A proxy that inspects the protocol gets out of step with its server.':
    'Um proxy que inspeciona o protocolo perde a sincronia com seu servidor.',
  'From another network it does not happen: somebody on the way.': 'A partir de outra rede não acontece: alguém no caminho.',
  'On the server itself, over loopback, it happens too: its software.':
    'No próprio servidor, por loopback, também acontece: o software dele.',
  'Send no password over this connection.': 'Não envie senhas por esta conexão.',
  'Use the port on which TLS begins with the first byte (465, 993, 995, 636), where nothing can slip in.':
    'Use a porta em que o TLS começa no primeiro byte (465, 993, 995, 636), onde nada pode se infiltrar.',
  'Update the server and the proxy in front of it.': 'Atualize o servidor e o proxy à frente dele.',
  'Plain text came from {0} between its agreement to TLS and the handshake{1}.':
    'Chegou texto claro de {0} entre a concordância com o TLS e o handshake{1}.',
  'Send no password over it; use the port where TLS begins with the first byte, and compare from another network.':
    'Não envie senhas por ela; use a porta em que o TLS começa no primeiro byte e compare a partir de outra rede.',
};
