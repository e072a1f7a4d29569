import type { Entries } from '../../language.js';

export const TERMS_ALERTS: Entries = {
  "Look at the other side's log for the same moment: it knows why it sent the alert.":
    'Examine o registro (log) do outro lado no mesmo momento: ele sabe por que enviou o alerta.',
  'Give the right certificate and its key: `netdiag tls TARGET --cert FILE --key FILE`.':
    'Forneça o certificado certo e sua chave: `netdiag tls TARGET --cert FILE --key FILE`.',
  'A fault in the TLS library of one side; bring both up to date.': 'Um defeito na biblioteca TLS de um dos lados; atualize os dois.',
  'A device on the way that changes the handshake; compare with another network.':
    'Um dispositivo no caminho que altera o handshake; compare com outra rede.',
  'The end of the connection': 'O fim da conexão',
  'It ends in good order, and nothing more comes.': 'Termina em boa ordem, e nada mais vem.',
  'The normal case.': 'O caso normal.',
  'A message that does not belong there': 'Uma mensagem fora de lugar',
  'A message came that may not come at this place of the handshake.': 'Chegou uma mensagem que não pode vir neste ponto do handshake.',
  'What speaks there is not TLS, or a broken one.': 'O que fala ali não é TLS, ou é um TLS com defeito.',
  'A record was changed, or the keys differ': 'Um registro foi alterado, ou as chaves diferem',
  'A record could not be verified. Bits that fall over on the way are caught below TLS, so that it is seldom the line.':
    'Um registro não pôde ser verificado. Bits que se invertem no caminho são detectados abaixo do TLS, por isso raramente é a linha.',
  'Two servers behind one address that do not share their keys.': 'Dois servidores atrás de um endereço que não compartilham suas chaves.',
  'A record cannot be decrypted': 'Um registro não pode ser decifrado',
  'An alert of old versions of TLS; bad_record_mac has taken its place.':
    'Um alerta de versões antigas do TLS; bad_record_mac tomou seu lugar.',
  'Update the side that sends it.': 'Atualize o lado que o envia.',
  'A record is too long': 'Um registro é longo demais',
  'A record came that is longer than any may be.': 'Chegou um registro mais longo do que o permitido.',
  'Compressed data cannot be read': 'Dados comprimidos não podem ser lidos',
  'TLS compression, which is switched off everywhere else since it gives secrets away.':
    'Compressão do TLS, desligada em todos os outros lugares porque revela segredos.',
  'An old server or client with compression.': 'Um servidor ou cliente antigo com compressão.',
  'Switch TLS compression off.': 'Desligue a compressão do TLS.',
  'Nothing in common': 'Nada em comum',
  'The two sides do not agree on a version, cipher suite, group or signature, or a client certificate is missing.':
    'Os dois lados não chegam a acordo sobre versão, conjunto de cifras, grupo ou assinatura, ou falta um certificado de cliente.',
  'No cipher suite, group or signature scheme that both sides accept.':
    'Nenhuma conjunto de cifras, grupo ou esquema de assinatura que os dois lados aceitem.',
  'The server wants a client certificate and gets none.': 'O servidor exige um certificado de cliente e não recebe nenhum.',
  'The server has no certificate for the name that was asked for.': 'O servidor não tem certificado para o nome pedido.',
  'See what the server accepts: `netdiag tls TARGET --enumerate`.': 'Veja o que o servidor aceita: `netdiag tls TARGET --enumerate`.',
  'No client certificate': 'Sem certificado de cliente',
  'An alert of SSL 3.0: the client has no certificate to give.': 'Um alerta do SSL 3.0: o cliente não tem certificado para fornecer.',
  'A very old client or server.': 'Um cliente ou servidor muito antigo.',
  'The certificate is not valid': 'O certificado não é válido',
  'The certificate that was given is broken, or its signature does not hold.':
    'O certificado fornecido está corrompido, ou sua assinatura não confere.',
  'A client certificate that the server does not accept.': 'Um certificado de cliente que o servidor não aceita.',
  'A file with the wrong certificate, or one that is damaged.': 'Um arquivo com o certificado errado ou danificado.',
  'A kind of certificate that is not supported': 'Um tipo de certificado que não é suportado',
  'The certificate has a type of key or a use that the other side does not take.':
    'O certificado tem um tipo de chave ou um uso que o outro lado não aceita.',
  'A certificate for servers is used for a client, or the other way round.':
    'Um certificado de servidor é usado em um cliente, ou o contrário.',
  'A kind of key that the other side does not know.': 'Um tipo de chave que o outro lado não conhece.',
  'Have a certificate made for this use, with an RSA or P-256 key.': 'Peça um certificado para este uso, com chave RSA ou P-256.',
  'The issuer has withdrawn the certificate that was given.': 'O emissor revogou o certificado fornecido.',
  'The key was lost or stolen.': 'A chave foi perdida ou roubada.',
  'It was replaced, and the old one is still in use.': 'Ele foi substituído, e o antigo ainda está em uso.',
  'The certificate that was given is past its end, by the clock of the side that sends the alert.':
    'O certificado fornecido já expirou, segundo o relógio do lado que envia o alerta.',
  'The client certificate has expired.': 'O certificado de cliente expirou.',
  'The clock of one side is wrong.': 'O relógio de um dos lados está errado.',
  'Compare the clocks: `date -u`.': 'Compare os relógios: `date -u`.',
  'The certificate is not accepted': 'O certificado não é aceito',
  'Some other reason against the certificate that was given.': 'Algum outro motivo contra o certificado fornecido.',
  'It does not carry the name that the other side looks for.': 'Ele não traz o nome que o outro lado procura.',
  'The other side does not trust its issuer.': 'O outro lado não confia em seu emissor.',
  'A value that is not allowed': 'Um valor que não é permitido',
  'A field of the handshake has a value that contradicts the rules or what was said before.':
    'Um campo do handshake tem um valor que contradiz as regras ou o que foi dito antes.',
  'The issuer is not known': 'O emissor não é conhecido',
  'The side that sends it does not trust the issuer of the certificate that it got. Sent by a server it is about the client certificate.':
    'O lado que o envia não confia no emissor do certificado que recebeu. Enviado por um servidor, trata do certificado de cliente.',
  'The client certificate is of another authority than the server accepts.':
    'O certificado de cliente é de uma autoridade diferente da que o servidor aceita.',
  'An intermediate certificate was not sent along.': 'Um certificado intermediário não foi enviado junto.',
  'Put the intermediate certificates into the file of the certificate.':
    'Coloque os certificados intermediários no arquivo do certificado.',
  'No access': 'Sem acesso',
  'The certificate is valid, and its owner may not come in.': 'O certificado é válido, mas seu dono não pode entrar.',
  'The server has no right on record for this client certificate.':
    'O servidor não tem permissão registrada para este certificado de cliente.',
  'Have the operator of the server admit this certificate, or give another.':
    'Peça ao responsável pelo servidor que aceite este certificado, ou forneça outro.',
  'A message cannot be read': 'Uma mensagem não pode ser lida',
  'A message has a wrong length, or a field is outside of what it may be.':
    'Uma mensagem tem comprimento errado, ou um campo está fora do permitido.',
  'A signature or a key exchange does not hold': 'Uma assinatura ou troca de chaves não confere',
  'A signature of the handshake, its finish or a pre-shared key could not be verified.':
    'Uma assinatura do handshake, sua conclusão (Finished) ou uma chave pré-compartilhada não pôde ser verificada.',
  'Certificate and key do not belong together.': 'Certificado e chave não correspondem.',
  'Compare the public keys of certificate and key.': 'Compare as chaves públicas do certificado e da chave.',
  'A key that export rules forbade': 'Uma chave proibida por regras de exportação',
  'An alert of the 1990s, which nothing current sends.': 'Um alerta dos anos 1990, que nada atual envia.',
  'A very old server or client.': 'Um servidor ou cliente muito antigo.',
  'No version in common': 'Nenhuma versão em comum',
  'The version of TLS that was offered is known, and not accepted.': 'A versão de TLS oferecida é conhecida, mas não aceita.',
  'The server accepts only versions that the client has switched off, or the other way round.':
    'O servidor só aceita versões que o cliente desligou, ou o contrário.',
  'Allow TLS 1.2 and 1.3 on both sides.': 'Permita TLS 1.2 e 1.3 nos dois lados.',
  'The offer is too weak': 'A oferta é fraca demais',
  'The server wants stronger cipher suites than those that the client offers.':
    'O servidor exige suítes de cifras mais fortes do que as que o cliente oferece.',
  'An old client, or one with few cipher suites.': 'Um cliente antigo, ou com poucas suítes de cifras.',
  'Update the client, or allow it the suites that the server wants: `netdiag tls TARGET --enumerate`.':
    'Atualize o cliente, ou permita nele as suítes que o servidor exige: `netdiag tls TARGET --enumerate`.',
  'The other side has a fault of its own': 'O outro lado tem uma falha própria',
  'The handshake cannot go on for a reason that has nothing to do with this side.':
    'O handshake não pode continuar por um motivo que nada tem a ver com este lado.',
  'The server has no certificate for this name, or cannot read its key.':
    'O servidor não tem certificado para este nome, ou não consegue ler a chave dele.',
  'The server behind a load balancer is not there.': 'O servidor atrás de um balanceador de carga não está lá.',
  'Ask for another name: `netdiag tls TARGET --servername NAME`.': 'Peça outro nome: `netdiag tls TARGET --servername NAME`.',
  'A lower version than was needed': 'Uma versão mais baixa do que o necessário',
  'The client came back with an older version of TLS though the server knows a newer one (RFC 7507): a sign of somebody between them, or of lost packets.':
    'O cliente voltou com uma versão mais antiga do TLS, embora o servidor conheça uma mais nova (RFC 7507): sinal de alguém entre eles, ou de pacotes perdidos.',
  'The first attempt was cut off, and the client tried an older version.':
    'A primeira tentativa foi cortada, e o cliente tentou uma versão mais antiga.',
  'Somebody on the way forces old versions.': 'Alguém no caminho força versões antigas.',
  'Look for what cuts off the first attempt; compare with another network.':
    'Procure o que corta a primeira tentativa; compare com outra rede.',
  'Called off': 'Cancelado',
  'The other side ends the handshake for a reason of its own, no fault of TLS.':
    'O outro lado encerra o handshake por um motivo próprio, sem falha do TLS.',
  'The program or its user gave up.': 'O programa ou seu usuário desistiu.',
  'No second handshake': 'Sem segundo handshake',
  'The other side will not shake hands again on this connection (up to TLS 1.2).':
    'O outro lado não fará outro handshake nesta conexão (até o TLS 1.2).',
  'A server that asks for a client certificate only after the request, and a client that does not renegotiate.':
    'Um servidor que só pede o certificado de cliente depois da requisição, e um cliente que não renegocia.',
  'Have the server ask for the certificate in the first handshake.': 'Faça o servidor pedir o certificado no primeiro handshake.',
  'Something that has to be there is missing': 'Falta algo que tem de estar lá',
  'The hello lacks an extension that TLS 1.3 wants for what was chosen.':
    'Falta no hello uma extensão que o TLS 1.3 exige para o que foi escolhido.',
  'A client that sends no server name to a server that needs one.':
    'Um cliente que não envia o nome do servidor a um servidor que precisa dele.',
  'Send the server name; see `netdiag tls TARGET --servername NAME`.':
    'Envie o nome do servidor; veja `netdiag tls TARGET --servername NAME`.',
  'An answer that nobody asked for': 'Uma resposta que ninguém pediu',
  'The server answers with an extension that the client did not offer.': 'O servidor responde com uma extensão que o cliente não ofereceu.',
  'A certificate cannot be fetched': 'Um certificado não pode ser buscado',
  'The server was told where the client certificate is, and cannot get it (RFC 6066).':
    'O servidor foi informado de onde está o certificado de cliente e não consegue buscá-lo (RFC 6066).',
  'The address of the certificate cannot be reached from the server.':
    'O endereço do certificado não pode ser alcançado a partir do servidor.',
  'The server does not know the name': 'O servidor não conhece o nome',
  'There is no site by the server name (SNI) that was asked for, or none was sent.':
    'Não há site com o nome de servidor (SNI) pedido, ou nenhum foi enviado.',
  'The name leads to the wrong server.': 'O nome leva ao servidor errado.',
  'The site is not configured on this server.': 'O site não está configurado neste servidor.',
  'The target is an address, and the server needs a name.': 'O alvo é um endereço, e o servidor precisa de um nome.',
  'Ask for a name that the server has: `netdiag tls TARGET --servername NAME`.':
    'Peça um nome que o servidor tenha: `netdiag tls TARGET --servername NAME`.',
  'The stapled OCSP answer is not valid': 'A resposta OCSP grampeada não é válida',
  'The answer about revocation that the server sent along does not hold.':
    'A resposta sobre revogação que o servidor enviou junto não confere.',
  'It is out of date, or belongs to another certificate.': 'Está desatualizada, ou pertence a outro certificado.',
  'Have the server fetch a new one; see `netdiag tls TARGET`.': 'Faça o servidor buscar uma nova; veja `netdiag tls TARGET`.',
  'A fetched certificate is another': 'O certificado buscado é outro',
  'The certificate behind an address has not the hash that was given with it (RFC 6066).':
    'O certificado em um endereço não tem o hash informado junto com ele (RFC 6066).',
  'It was replaced.': 'Ele foi substituído.',
  'The pre-shared key is not known': 'A chave pré-compartilhada não é conhecida',
  'The server has no key by the name that the client gives.': 'O servidor não tem chave com o nome que o cliente informa.',
  'The name or the key is wrong, or it was withdrawn.': 'O nome ou a chave está errado, ou a chave foi retirada.',
  'Compare name and key on both sides.': 'Compare nome e chave nos dois lados.',
  'A client certificate is required': 'Um certificado de cliente é exigido',
  'The server asks for a client certificate and does not go on without one (TLS 1.3).':
    'O servidor pede um certificado de cliente e não continua sem ele (TLS 1.3).',
  'The one that was given is of none of the issuers that the server names.':
    'O que foi fornecido não é de nenhum dos emissores que o servidor cita.',
  'No protocol in common': 'Nenhum protocolo em comum',
  'The server speaks none of the protocols that the client offers in the handshake (ALPN, RFC 7301).':
    'O servidor não fala nenhum dos protocolos que o cliente oferece no handshake (ALPN, RFC 7301).',
  'A server for HTTP/2 alone and a client without it, or the other way round.':
    'Um servidor só de HTTP/2 e um cliente sem HTTP/2, ou o contrário.',
  'The port serves another protocol.': 'A porta atende a outro protocolo.',
  'Offer the other version: `netdiag http URL --http2`, or `--http1.1`.':
    'Ofereça a outra versão: `netdiag http URL --http2` ou `--http1.1`.',
  'More connection numbers than are given': 'Mais números de conexão do que os concedidos',
  'One side asked for more connection identifiers of DTLS than the other gives (RFC 9147).':
    'Um lado pediu mais identificadores de conexão DTLS do que o outro concede (RFC 9147).',
  'An error without a name of its own': 'Um erro sem nome próprio',
  'The side that sends it found something wrong for which there is no other alert.':
    'O lado que o envia encontrou algo errado para o qual não há outro alerta.',
  'Encrypted hello required': 'Hello criptografado exigido',
  'The client offered an encrypted hello (ECH, RFC 9849), and the server could not open it.':
    'O cliente ofereceu um hello criptografado (ECH, RFC 9849), e o servidor não conseguiu abri-lo.',
  'The keys in the DNS (HTTPS record) are older than those of the server.':
    'As chaves no DNS (registro HTTPS) são mais antigas que as do servidor.',
  'Somebody on the way answers in place of the server.': 'Alguém no caminho responde no lugar do servidor.',
  'Try again, so that the new keys are used; compare with another network.':
    'Tente de novo, para que as chaves novas sejam usadas; compare com outra rede.',
  'TLS alert {0}: {1}': 'Alerta TLS {0}: {1}',
  'Who sends it has found the reason: an alert from the server is about what this side sent.':
    'Quem o envia encontrou o motivo: um alerta do servidor trata do que este lado enviou.',
};
