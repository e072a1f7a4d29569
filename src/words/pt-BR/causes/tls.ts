import type { Entries } from '../../language.js';

export const CAUSES_TLS: Entries = {
  'The port does not speak TLS': 'A porta não fala TLS',
  'The connection opens, but what comes back to a TLS hello is not TLS: another protocol in plain text, or the end of the connection. No certificate was seen.':
    'A conexão abre, mas o que volta a um hello TLS não é TLS: outro protocolo em texto claro, ou o fim da conexão. Nenhum certificado foi visto.',
  'The port serves plain HTTP, or another plain protocol; the encrypted one is on another port.':
    'A porta atende HTTP em texto claro, ou outro protocolo em texto claro; o criptografado está em outra porta.',
  'The service starts in plain text and goes over to TLS on demand (STARTTLS, RFC 3207 for mail).':
    'O serviço começa em texto claro e passa para TLS sob demanda (STARTTLS, RFC 3207 para e-mail).',
  'TLS is handled by a proxy in front, which was passed by.': 'O TLS é tratado por um proxy à frente, que foi contornado.',
  'A captive portal or a proxy answers in place of the service.': 'Um portal cativo ou proxy responde no lugar do serviço.',
  'a hello in another shape is answered in TLS': 'um hello em outra forma é respondido em TLS',
  '`curl -v --max-time 5 http://HOST:PORT/`: an HTTP answer means plain HTTP on this port.':
    '`curl -v --max-time 5 http://HOST:PORT/`: uma resposta HTTP significa HTTP em texto claro nesta porta.',
  '`netdiag tls HOST:PORT --starttls smtp` (or imap, pop3, ftp, ldap, postgres, mysql, xmpp): a certificate means STARTTLS.':
    '`netdiag tls HOST:PORT --starttls smtp` (ou imap, pop3, ftp, ldap, postgres, mysql, xmpp): um certificado significa STARTTLS.',
  'A redirect to a login page means a captive portal.': 'Um redirecionamento para uma página de login significa um portal cativo.',
  'Use the port on which TLS is spoken, or configure TLS on this one.': 'Use a porta em que se fala TLS, ou configure TLS nesta.',
  'Name the target with its real protocol (`http:` or `tcp:`), where plain text is meant.':
    'Indique o alvo com seu protocolo real (`http:` ou `tcp:`), onde se quer texto claro.',
  '{0} accepts connections but does not speak TLS{1}.': '{0} aceita conexões, mas não fala TLS{1}.',
  'Check port and protocol; a service that goes over from plain text (STARTTLS) is named by its protocol: netdiag tls {0} --starttls smtp':
    'Verifique porta e protocolo; para um serviço que começa em texto claro (STARTTLS), indique o protocolo dele: netdiag tls {0} --starttls smtp',
  'The TLS handshake fails': 'O handshake TLS falha',
  'Both sides speak TLS, but they do not come to terms: one of them ends the handshake with an alert (RFC 8446 section 6) or without one, or the server stops in the middle of it and time runs out. The certificate may not even have been looked at.':
    'Os dois lados falam TLS, mas não chegam a um acordo: um deles encerra o handshake com um alerta (RFC 8446 seção 6) ou sem ele, ou o servidor para no meio e o tempo se esgota. O certificado talvez nem tenha sido examinado.',
  'No protocol version or cipher suite in common (alert protocol_version or handshake_failure).':
    'Nenhuma versão do protocolo ou conjunto de cifras em comum (alerta protocol_version ou handshake_failure).',
  'The server knows no site by this name (alert unrecognized_name), or needs a server name and got none.':
    'O servidor não conhece um site com este nome (alerta unrecognized_name), ou precisa de um nome de servidor e não recebeu nenhum.',
  'The server wants a client certificate, or rejects the one it got.':
    'O servidor exige um certificado de cliente, ou rejeita o que recebeu.',
  'The certificate or key of the server is missing or broken (alert internal_error).':
    'O certificado ou a chave do servidor falta ou está com defeito (alerta internal_error).',
  'An inspecting device cuts the handshake, often for certain names.':
    'Um dispositivo de inspeção corta o handshake, muitas vezes para certos nomes.',
  'Large packets vanish: the handshake stalls and runs into a time-out (see mtu-blackhole).':
    'Pacotes grandes somem: o handshake trava e chega ao tempo limite (veja mtu-blackhole).',
  'A load balancer has no server behind it that is up, and closes; or the server waits for something of its own.':
    'Um balanceador de carga não tem nenhum servidor no ar atrás de si e fecha; ou o servidor espera por algo dele próprio.',
  'The name of the alert in the report tells most of it.': 'O nome do alerta no relatório diz quase tudo.',
  'It works with another server name: the name is the reason.': 'Funciona com outro nome de servidor: o motivo é o nome.',
  '`openssl s_client -connect HOST:PORT -servername HOST -tls1_2`, then with `-tls1_3`: one works means a version problem.':
    '`openssl s_client -connect HOST:PORT -servername HOST -tls1_2`, depois com `-tls1_3`: se um funciona, é um problema de versão.',
  'From another network it works: a device on the way.': 'A partir de outra rede funciona: um dispositivo no caminho.',
  'On the server, enable TLS 1.2 and 1.3 with the suites of RFC 9325, and look into its error log.':
    'No servidor, habilite TLS 1.2 e 1.3 com os conjuntos de cifras da RFC 9325 e examine o registro (log) de erros.',
  'Update a client that knows only old versions.': 'Atualize um cliente que só conhece versões antigas.',
  'Correct the server name, or add the name on the server.': 'Corrija o nome do servidor, ou acrescente o nome no servidor.',
  'The TLS handshake with {0} fails{1}.': 'O handshake TLS com {0} falha{1}.',
  "See which alert ends it, then look into the server's error log: openssl s_client -connect {0}":
    'Veja que alerta o encerra e depois examine o registro (log) de erros do servidor: openssl s_client -connect {0}',
  'The TLS handshake takes long': 'O handshake TLS demora',
  'The handshake succeeds, but takes longer than the policy allows. It costs one round trip with TLS 1.3 and two with TLS 1.2, and the time in which the server signs and sends its certificates.':
    'O handshake dá certo, mas demora mais do que a política permite. Ele custa uma ida e volta com TLS 1.3 e duas com TLS 1.2, mais o tempo em que o servidor assina e envia seus certificados.',
  'The round trip itself is long: compare with the TCP connect time.': 'A própria ida e volta é longa: compare com o tempo de conexão TCP.',
  'TLS 1.2 in place of 1.3, so one more round trip.': 'TLS 1.2 em vez de 1.3, portanto uma ida e volta a mais.',
  'The server is short of processor time, or uses large RSA keys.':
    'Falta tempo de processador ao servidor, ou ele usa chaves RSA grandes.',
  'A certificate chain so long that it needs another round trip (more than about 14 kB, RFC 6928).':
    'Uma cadeia de certificados tão longa que exige mais uma ida e volta (acima de cerca de 14 kB, RFC 6928).',
  'Packet loss, or an inspecting proxy that makes a second handshake.':
    'Perda de pacotes, ou um proxy de inspeção que faz um segundo handshake.',
  'whether two round trips of the network take as long': 'se duas idas e voltas da rede demoram o mesmo',
  'Handshake about once (TLS 1.3) or twice (TLS 1.2) the connect time: distance. Much more: server or loss.':
    'Handshake de cerca de uma vez (TLS 1.3) ou duas vezes (TLS 1.2) o tempo de conexão: distância. Muito mais: servidor ou perda.',
  'Slow on the first connection only: the server was asleep or looked something up.':
    'Lento só na primeira conexão: o servidor estava inativo ou consultou algo.',
  '`netdiag tls TARGET` shows version, key type and length of the chain.':
    '`netdiag tls TARGET` mostra a versão, o tipo de chave e o tamanho da cadeia.',
  'Keep connections open and reuse them; allow session resumption.':
    'Mantenha as conexões abertas e reutilize-as; permita a retomada de sessão.',
  'Enable TLS 1.3 and an ECDSA certificate on the server; send no superfluous certificates.':
    'Habilite no servidor TLS 1.3 e um certificado ECDSA; não envie certificados supérfluos.',
  'The TLS handshake with {0} takes too long{1}.': 'O handshake TLS com {0} demora demais{1}.',
  'Compare with the TCP connect time: about the same or twice is distance, more is the server: netdiag latency {0}':
    'Compare com o tempo de conexão TCP: mais ou menos igual ou o dobro é distância, mais que isso é o servidor: netdiag latency {0}',
  'An obsolete TLS version is in use': 'Uma versão obsoleta do TLS está em uso',
  'The server accepts or chooses a version older than the policy allows. SSL 3.0 is prohibited by RFC 7568, TLS 1.0 and 1.1 by RFC 8996; current browsers refuse them.':
    'O servidor aceita ou escolhe uma versão mais antiga do que a política permite. O SSL 3.0 é proibido pela RFC 7568, o TLS 1.0 e o 1.1 pela RFC 8996; os navegadores atuais os recusam.',
  'The server keeps old versions on for old clients.': 'O servidor mantém versões antigas ativas para clientes antigos.',
  'Old software or an old TLS library on the server.': 'Software antigo ou uma biblioteca TLS antiga no servidor.',
  'A load balancer or appliance in front with its own, older settings.':
    'Um balanceador de carga ou appliance à frente, com configurações próprias e mais antigas.',
  'whether another network is offered a newer version': 'se outra rede recebe a oferta de uma versão mais nova',
  '`netdiag tls TARGET` shows which version is negotiated.': '`netdiag tls TARGET` mostra que versão é negociada.',
  'Another version when asked past the load balancer: its settings are the ones to change.':
    'Outra versão quando se consulta sem passar pelo balanceador de carga: são as configurações dele que devem mudar.',
  'Allow TLS 1.2 and 1.3 only: nginx `ssl_protocols TLSv1.2 TLSv1.3;`, Apache `SSLProtocol -all +TLSv1.2 +TLSv1.3`.':
    'Permita só TLS 1.2 e 1.3: nginx `ssl_protocols TLSv1.2 TLSv1.3;`, Apache `SSLProtocol -all +TLSv1.2 +TLSv1.3`.',
  'Look in the log for clients that still need old versions, before switching them off.':
    'Procure no registro (log) clientes que ainda precisam de versões antigas, antes de desativá-las.',
  'Update the TLS library where it knows nothing newer.': 'Atualize a biblioteca TLS, se ela não conhece nada mais novo.',
  '{0} uses a TLS version that is obsolete{1}.': '{0} usa uma versão obsoleta do TLS{1}.',
  'On the server, allow TLS 1.2 and 1.3 only and reload it, then check: netdiag tls {0}':
    'No servidor, permita só TLS 1.2 e 1.3 e recarregue-o; depois verifique: netdiag tls {0}',
  'A weak cipher suite is in use': 'Um conjunto de cifras fraco está em uso',
  'The server accepts or chooses a suite that no longer protects well: RC4 (prohibited by RFC 7465), 3DES, EXPORT, NULL or anonymous suites, or, by a strict policy, suites without forward secrecy or without authenticated encryption (RFC 9325).':
    'O servidor aceita ou escolhe um conjunto de cifras que já não protege bem: RC4 (proibido pela RFC 7465), 3DES, conjuntos EXPORT, NULL ou anônimos ou, por uma política rigorosa, conjuntos sem sigilo futuro (forward secrecy) ou sem criptografia autenticada (RFC 9325).',
  'A list of suites from years ago in the configuration of the server.':
    'Uma lista de conjuntos de cifras de anos atrás na configuração do servidor.',
  'Suites kept for old clients.': 'Conjuntos de cifras mantidos para clientes antigos.',
  'A TLS library or appliance that knows nothing better.': 'Uma biblioteca TLS ou um appliance que não conhece nada melhor.',
  '`netdiag tls TARGET` names the suite that was negotiated.': '`netdiag tls TARGET` mostra o conjunto de cifras negociado.',
  'The client prefers it: an old client; the server prefers it: its list.':
    'O cliente o prefere: um cliente antigo; o servidor o prefere: a lista dele.',
  'Offer ECDHE with AES-GCM or ChaCha20-Poly1305 for TLS 1.2; the suites of TLS 1.3 are all good.':
    'Ofereça ECDHE com AES-GCM ou ChaCha20-Poly1305 para TLS 1.2; os conjuntos de cifras do TLS 1.3 são todos bons.',
  'Take a current list from the documentation of the server, rather than a home-made one.':
    'Use uma lista atual da documentação do servidor, em vez de uma caseira.',
  '{0} uses a weak cipher suite{1}.': '{0} usa um conjunto de cifras fraco{1}.',
  'On the server, offer only ECDHE with AES-GCM or ChaCha20-Poly1305 below TLS 1.3, then check: netdiag tls {0}':
    'No servidor, ofereça só ECDHE com AES-GCM ou ChaCha20-Poly1305 abaixo do TLS 1.3 e depois verifique: netdiag tls {0}',
  'The TLS server falls short of the policy': 'O servidor TLS não cumpre a política',
  'The server was held against a list of rules (`--policy`), and at least one is broken. Clients may still connect: it is the agreement that is not kept. Which rule, what it asks for and what was found stand in the check.':
    'O servidor foi comparado com uma lista de regras (`--policy`), e ao menos uma não é cumprida. Os clientes ainda podem se conectar: o que não se cumpre é o acordo. A verificação mostra que regra é, o que ela pede e o que foi encontrado.',
  'The server still accepts versions, suites or groups that the policy has dropped, often by the default of its software.':
    'O servidor ainda aceita versões, conjuntos de cifras ou grupos que a política abandonou, muitas vezes por padrão do software.',
  'It was configured by an older edition of the same policy.': 'Foi configurado segundo uma edição anterior da mesma política.',
  'A load balancer or CDN in front ends TLS, and has settings of its own.':
    'Um balanceador de carga ou CDN à frente termina o TLS e tem configurações próprias.',
  'The certificate was made to other rules: an RSA key where ECDSA is asked for, or a long lifetime.':
    'O certificado foi feito segundo outras regras: uma chave RSA onde se pede ECDSA, ou uma validade longa.',
  '`netdiag tls HOST --enumerate` lists everything that the server accepts.':
    '`netdiag tls HOST --enumerate` lista tudo o que o servidor aceita.',
  'The same on the address of the server itself, behind the load balancer: only the one in front differs.':
    'O mesmo no endereço do próprio servidor, atrás do balanceador de carga: só o que está à frente difere.',
  "The server's own configuration against the generator of the policy (for Mozilla's: https://ssl-config.mozilla.org/).":
    'A configuração do próprio servidor em comparação com o gerador da política (para a da Mozilla: https://ssl-config.mozilla.org/).',
  'Take the configuration of the policy for this server software and version over, and reload the server.':
    'Adote a configuração da política para este software de servidor e esta versão, e recarregue o servidor.',
  'Where the rule cannot be kept, hold the server against a policy of its own: a file of rules for `--policy`.':
    'Onde a regra não pode ser cumprida, compare o servidor com uma política própria: um arquivo de regras para `--policy`.',
  '{0} breaks a rule of the TLS policy{1}.': '{0} viola uma regra da política de TLS{1}.',
  "Change the server's TLS settings to those of the policy; what it accepts now: netdiag tls {0} --enumerate":
    'Mude as configurações TLS do servidor para as da política; o que ele aceita agora: netdiag tls {0} --enumerate',
  'The server wants a client certificate': 'O servidor exige um certificado de cliente',
  'The server authenticates its clients by certificate (mutual TLS) and got none that it accepts. With TLS 1.3 the refusal (alert certificate_required, RFC 8446) comes only after the handshake seemed complete; with TLS 1.2 it is often a bare handshake_failure.':
    'O servidor autentica seus clientes por certificado (TLS mútuo) e não recebeu nenhum que aceite. Com TLS 1.3 a recusa (alerta certificate_required, RFC 8446) só vem depois que o handshake parecia completo; com TLS 1.2 costuma ser um simples handshake_failure.',
  'No client certificate was given.': 'Nenhum certificado de cliente foi informado.',
  'The certificate given is expired, or was issued by an authority that this server does not accept.':
    'O certificado informado expirou, ou foi emitido por uma autoridade certificadora que este servidor não aceita.',
  'Certificate and key do not belong together, or the intermediate certificates are missing.':
    'Certificado e chave não formam um par, ou faltam os certificados intermediários.',
  'A gateway in front demands it although the service does not.': 'Um gateway à frente o exige, embora o serviço não.',
  'whether it works with a client certificate': 'se funciona com um certificado de cliente',
  '`openssl s_client -connect HOST:PORT` prints "Acceptable client certificate CA names": the issuers that are accepted.':
    '`openssl s_client -connect HOST:PORT` mostra "Acceptable client certificate CA names": os emissores aceitos.',
  '`openssl x509 -in client.pem -noout -issuer -enddate` shows those of the certificate at hand.':
    '`openssl x509 -in client.pem -noout -issuer -enddate` mostra o emissor e a validade do certificado em uso.',
  'Give certificate and key: `netdiag tls TARGET --cert client.pem --key client.key`.':
    'Informe certificado e chave: `netdiag tls TARGET --cert client.pem --key client.key`.',
  'Ask the operator for a certificate of an accepted authority, or renew the expired one.':
    'Peça ao responsável um certificado de uma autoridade certificadora aceita, ou renove o que expirou.',
  '{0} demands a client certificate and got none that it accepts{1}.':
    '{0} exige um certificado de cliente e não recebeu nenhum que aceite{1}.',
  'Give the certificate and key that the operator issued: netdiag tls {0} --cert client.pem --key client.key':
    'Informe o certificado e a chave que o responsável emitiu: netdiag tls {0} --cert client.pem --key client.key',
  'Somebody on the way opens the encryption': 'Alguém no caminho abre a criptografia',
  'The certificate was not issued by the authority that stands behind the real service, but by one that is known to inspect traffic, or is local to this network. Whoever holds its key can read and change everything that is sent.':
    'O certificado não foi emitido pela autoridade certificadora que está por trás do serviço real, mas por uma que é conhecida por inspecionar tráfego ou é local desta rede. Quem tem a chave dele pode ler e alterar tudo o que é enviado.',
  'A company proxy or firewall inspects TLS, and its authority is installed on managed machines.':
    'Um proxy ou firewall da empresa inspeciona o TLS, e sua autoridade certificadora está instalada nas máquinas gerenciadas.',
  'Antivirus or parental control software on this machine does so.':
    'Um antivírus ou software de controle parental nesta máquina faz isso.',
  'A captive portal answers for all names.': 'Um portal cativo responde por todos os nomes.',
  'An attack on the path or on the DNS.': 'Um ataque ao caminho ou ao DNS.',
  'The issuer in `netdiag tls TARGET` often names the product.': 'O emissor em `netdiag tls TARGET` muitas vezes indica o produto.',
  'On mobile data the issuer is another: the interception is in this network.':
    'Com dados móveis o emissor é outro: a interceptação está nesta rede.',
  'The same on every network: software on this machine.': 'O mesmo em todas as redes: software nesta máquina.',
  'Only one target, and an unknown issuer: take it for an attack until it is explained.':
    'Só um alvo, e um emissor desconhecido: considere um ataque até que haja explicação.',
  'Send no secrets over it until the operator of this network confirms the interception.':
    'Não envie segredos por ela até que o responsável por esta rede confirme a interceptação.',
  'Where it is company policy: install its authority on this machine, or ask for an exception for the target.':
    'Se é política da empresa: instale a autoridade certificadora dela nesta máquina, ou peça uma exceção para o alvo.',
  'Where nobody knows of it: leave this network, and report it.': 'Se ninguém sabe disso: saia desta rede e informe o caso.',
  'The TLS connection{0} is opened by somebody on the way{1}.': 'A conexão TLS{0} é aberta por alguém no caminho{1}.',
  'Send no secrets yet; ask the operator of this network about the issuer shown by: netdiag tls {0}':
    'Não envie segredos ainda; pergunte ao responsável por esta rede sobre o emissor mostrado por: netdiag tls {0}',
};
