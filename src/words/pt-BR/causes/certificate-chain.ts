import type { Entries } from '../../language.js';

export const CAUSES_CERTIFICATE_CHAIN: Entries = {
  'A certificate was not signed by its issuer': 'Um certificado não foi assinado pelo seu emissor',
  'The chain holds the issuer that a certificate names, and its signature does not verify with the key of that issuer. The certificate was changed after it was signed, or signed by somebody else with the same name.':
    'A cadeia contém o emissor que um certificado indica, mas a assinatura não confere com a chave desse emissor. O certificado foi alterado depois de assinado, ou foi assinado por outro com o mesmo nome.',
  'Another authority with the same name signed it: two test authorities made by one recipe, or one that was set up anew with a new key.':
    'Outra autoridade com o mesmo nome o assinou: duas autoridades de teste feitas pela mesma receita, ou uma que foi recriada com uma chave nova.',
  'The file was damaged, or put together by hand.': 'O arquivo foi danificado, ou montado à mão.',
  'Somebody made a certificate that pretends to come from this issuer.': 'Alguém criou um certificado que finge vir desse emissor.',
  '`openssl verify -show_chain -CAfile root.pem -untrusted chain.pem leaf.pem` says "certificate signature failure".':
    '`openssl verify -show_chain -CAfile root.pem -untrusted chain.pem leaf.pem` diz "certificate signature failure".',
  'The owner has another file with the same serial number: damaged on the way.':
    'O dono tem outro arquivo com o mesmo número de série: danificado no caminho.',
  'There is an older or newer certificate of the same authority with another key: take that one.':
    'Há um certificado mais antigo ou mais novo da mesma autoridade com outra chave: use esse.',
  'Install certificate and chain anew, as the authority delivered them.':
    'Reinstale o certificado e a cadeia como a autoridade os entregou.',
  'Give authorities names that differ, with the year or a number.': 'Dê às autoridades nomes distintos, com o ano ou um número.',
  'Until it is explained, take the server for one that somebody else runs.':
    'Até que haja uma explicação, considere que o servidor é operado por outra pessoa.',
  'A signature in the chain of {0} does not verify{1}.': 'Uma assinatura na cadeia de {0} não confere{1}.',
  'Install the certificate and its chain anew as the authority delivered them, then check: {0}':
    'Reinstale o certificado e a cadeia como a autoridade os entregou, depois verifique: {0}',
  'A certificate above the leaf has expired': 'Um certificado acima do da ponta expirou',
  'The certificate of the server is in its dates, but one between it and the root is not. Clients that know another way to a trusted root go on, the others fail, all on the same day.':
    'O certificado do servidor está dentro da validade, mas um entre ele e a raiz não está. Os clientes que conhecem outro caminho até uma raiz confiável continuam; os outros falham, todos no mesmo dia.',
  'The file with the chain was not changed when the authority changed its intermediate certificate.':
    'O arquivo com a cadeia não foi trocado quando a autoridade mudou seu certificado intermediário.',
  'The authority issued a certificate that outlives its own.': 'A autoridade emitiu um certificado que dura mais que o dela.',
  'The server sends an old cross-signed certificate, which is no longer needed.':
    'O servidor envia um certificado antigo com assinatura cruzada, que já não é necessário.',
  '`netdiag tls TARGET` shows the dates of each certificate.': '`netdiag tls TARGET` mostra as datas de cada certificado.',
  'The authority has a newer intermediate with the same name and key: only the file is old.':
    'A autoridade tem um intermediário mais novo com o mesmo nome e a mesma chave: só o arquivo está velho.',
  'Replace the intermediate certificate in the file of the server by the current one of the authority, and reload.':
    'Substitua o certificado intermediário no arquivo do servidor pelo atual da autoridade e recarregue o serviço.',
  'Take leaf and chain together from the ACME client (fullchain.pem) in place of a chain kept by hand.':
    'Use o certificado da ponta e a cadeia juntos, do cliente ACME (fullchain.pem), em vez de uma cadeia mantida à mão.',
  'A certificate above that of {0} has expired{1}.': 'Um certificado acima do de {0} expirou{1}.',
  'Replace the expired intermediate in the chain of the server and reload it, then check: {0}':
    'Substitua o intermediário expirado na cadeia do servidor e recarregue-o, depois verifique: {0}',
  'What signed the certificate is no authority': 'Quem assinou o certificado não é uma autoridade',
  'A certificate of the chain was signed by one that may not sign certificates (no CA:TRUE in basicConstraints, or no keyCertSign in keyUsage; RFC 5280 section 4.2.1.9). If that were accepted, every site could make certificates for any other. All clients refuse it.':
    'Um certificado da cadeia foi assinado por outro que não pode assinar certificados (sem CA:TRUE em basicConstraints, ou sem keyCertSign em keyUsage; RFC 5280 seção 4.2.1.9). Se isso fosse aceito, qualquer site poderia criar certificados para qualquer outro. Todos os clientes o recusam.',
  'An internal authority was made without the extensions of one.': 'Uma autoridade interna foi criada sem as extensões de uma autoridade.',
  'An ordinary certificate was used to sign others, by a script or by mistake.':
    'Um certificado comum foi usado para assinar outros, por um script ou por engano.',
  'An attack: somebody with a certificate of their own made one for another name.':
    'Um ataque: alguém com um certificado próprio criou um para outro nome.',
  '`netdiag tls TARGET` shows basic constraints and key uses of each certificate.':
    '`netdiag tls TARGET` mostra as restrições básicas e os usos da chave de cada certificado.',
  'The signer is your own authority: its certificate lacks extensions. It is that of a stranger: an attack.':
    'Quem assina é a sua própria autoridade: faltam extensões no certificado dela. É de um estranho: um ataque.',
  'Make the certificate of the authority anew, with `basicConstraints=critical,CA:TRUE` and `keyUsage=critical,keyCertSign,cRLSign`.':
    'Refaça o certificado da autoridade com `basicConstraints=critical,CA:TRUE` e `keyUsage=critical,keyCertSign,cRLSign`.',
  'Have the server certificate issued by a real authority.': 'Faça emitir o certificado do servidor por uma autoridade de verdade.',
  'The chain of {0} goes through a certificate that may not sign others{1}.':
    'A cadeia de {0} passa por um certificado que não pode assinar outros{1}.',
  "Make the authority's certificate anew with CA:TRUE and keyCertSign; the chain shows in: {0}":
    'Refaça o certificado da autoridade com CA:TRUE e keyCertSign; veja a cadeia com: {0}',
  'There are more authorities than one allows': 'Há mais autoridades do que uma delas permite',
  'An authority in the chain limits how many authorities may stand between it and the leaf (pathlen in basicConstraints, RFC 5280 section 4.2.1.9), and there are more. Clients refuse the chain.':
    'Uma autoridade na cadeia limita quantas autoridades pode haver entre ela e o certificado da ponta (pathlen em basicConstraints, RFC 5280 seção 4.2.1.9), e há mais. Os clientes recusam a cadeia.',
  'A further intermediate authority was set up below one that may have none.':
    'Mais uma autoridade intermediária foi criada abaixo de uma que não pode ter nenhuma.',
  'The limit was copied from a template (pathlen:0) when the authority was made.':
    'O limite foi copiado de um modelo (pathlen:0) quando a autoridade foi criada.',
  'The server sends a longer way than is needed.': 'O servidor envia um caminho mais longo que o necessário.',
  '`netdiag tls TARGET` shows the path length of each certificate.':
    '`netdiag tls TARGET` mostra o comprimento de caminho de cada certificado.',
  'The limit is in the root: every chain of this shape fails. It is in an intermediate: only those below it.':
    'O limite está na raiz: toda cadeia com essa forma falha. Está em um intermediário: só as que ficam abaixo dele.',
  'Issue the server certificate from the authority that still may.': 'Emita o certificado do servidor pela autoridade que ainda pode.',
  'Have the certificate of the upper authority issued anew with a larger limit.':
    'Faça reemitir o certificado da autoridade superior com um limite maior.',
  'The chain of {0} is longer than one of its authorities allows{1}.':
    'A cadeia de {0} é mais longa do que uma das suas autoridades permite{1}.',
  'Issue the certificate from an authority within the limit; the path lengths show in: {0}':
    'Emita o certificado por uma autoridade dentro do limite; veja os comprimentos de caminho com: {0}',
  'The authority may not certify this name': 'A autoridade não pode certificar este nome',
  'An authority in the chain is limited to certain names (nameConstraints, RFC 5280 section 4.2.1.10), and a name in the certificate lies outside. Clients refuse the certificate as a whole, for all of its names.':
    'Uma autoridade na cadeia está limitada a certos nomes (nameConstraints, RFC 5280 seção 4.2.1.10), e um nome do certificado fica fora deles. Os clientes recusam o certificado inteiro, para todos os nomes.',
  'A name was added that belongs to another domain than those the authority is for.':
    'Foi acrescentado um nome de um domínio que não é dos que a autoridade atende.',
  'The constraint was written with a leading dot, or without an entry for addresses, and shuts out more than was meant.':
    'A restrição foi escrita com um ponto inicial, ou sem uma entrada para endereços, e exclui mais do que se queria.',
  'Somebody uses a limited authority beyond its limits.': 'Alguém usa uma autoridade limitada além dos limites dela.',
  '`openssl x509 -noout -ext nameConstraints -in authority.pem` shows what is permitted and excluded.':
    '`openssl x509 -noout -ext nameConstraints -in authority.pem` mostra o que é permitido e o que é excluído.',
  'All names but one fit: leave that one to a certificate of another authority.':
    'Todos os nomes cabem, menos um: deixe esse para um certificado de outra autoridade.',
  'Issue a certificate with names within the limits alone.': 'Emita um certificado só com nomes dentro dos limites.',
  'Take an authority for the other names that may certify them.': 'Use para os outros nomes uma autoridade que possa certificá-los.',
  'An authority in the chain of {0} may not certify one of its names{1}.':
    'Uma autoridade na cadeia de {0} não pode certificar um dos nomes{1}.',
  'Leave the name out, or have it certified by another authority; the names show in: {0}':
    'Retire o nome, ou faça outra autoridade certificá-lo; veja os nomes com: {0}',
  'A critical extension is not known to clients': 'Uma extensão crítica não é conhecida pelos clientes',
  'A certificate of the chain has an extension that is marked critical and that clients do not know. They must refuse such a certificate (RFC 5280 section 4.2), since they cannot tell what it limits.':
    'Um certificado da cadeia tem uma extensão marcada como crítica que os clientes não conhecem. Eles são obrigados a recusar esse certificado (RFC 5280 seção 4.2), pois não sabem o que ela limita.',
  'An internal authority adds an extension of its own, and marks it critical.':
    'Uma autoridade interna acrescenta uma extensão própria e a marca como crítica.',
  'The extension is meant for another use, such as smart cards or code.': 'A extensão se destina a outro uso, como smart cards ou código.',
  'The certificate was made by a test tool.': 'O certificado foi criado por uma ferramenta de teste.',
  '`openssl x509 -noout -text -in FILE` marks it "critical" under its number.':
    '`openssl x509 -noout -text -in FILE` a marca como "critical" sob o número dela.',
  'It is in the leaf: have that issued anew. It is in one above: the authority has to act.':
    'Está no certificado da ponta: faça-o reemitir. Está em um acima: cabe à autoridade agir.',
  'Have the certificate issued anew without the extension, or with it not critical.':
    'Faça reemitir o certificado sem a extensão, ou com ela não crítica.',
  'Correct the template of the authority.': 'Corrija o modelo da autoridade.',
  'A certificate of {0} has a critical extension that clients do not know{1}.':
    'Um certificado de {0} tem uma extensão crítica que os clientes não conhecem{1}.',
  'Have it issued anew without that extension, or with it not critical; then check: {0}':
    'Faça-o reemitir sem essa extensão, ou com ela não crítica; depois verifique: {0}',
  'The chain is sent in the wrong order': 'A cadeia é enviada na ordem errada',
  'The certificates are not sent each behind the one that it issued, leaf first. Browsers and OpenSSL sort them; others, embedded ones above all, rely on the order, as TLS before 1.3 lets them (RFC 5246), and fail.':
    'Os certificados não são enviados na ordem, cada um atrás do que ele emitiu, começando pelo da ponta. Navegadores e OpenSSL os ordenam; outros, sobretudo os embarcados, contam com a ordem, como o TLS anterior ao 1.3 lhes permite (RFC 5246), e falham.',
  'The files were put together in the wrong order (cat root.pem intermediate.pem).':
    'Os arquivos foram juntados na ordem errada (cat root.pem intermediate.pem).',
  'The bundle of the authority has the root first.': 'O pacote da autoridade traz a raiz primeiro.',
  'A certificate was added at the wrong place when another changed.': 'Um certificado foi acrescentado no lugar errado quando outro mudou.',
  '`netdiag tls TARGET` shows the certificates as they are sent.':
    '`netdiag tls TARGET` mostra os certificados na ordem em que são enviados.',
  'The file on the server has the same order: put it right there.': 'O arquivo no servidor está na mesma ordem: corrija-o ali.',
  'Order the file: leaf, then the one that issued it, and so on; leave the root out.':
    'Ordene o arquivo: o certificado da ponta, depois o que o emitiu, e assim por diante; deixe a raiz de fora.',
  'Take fullchain.pem from the ACME client, which has the right order.': 'Use o fullchain.pem do cliente ACME, que vem na ordem certa.',
  '{0} sends its chain in the wrong order, which some clients do not take{1}.':
    '{0} envia a cadeia na ordem errada, o que alguns clientes não aceitam{1}.',
  'On the server, put the file in order (leaf first, root left out) and reload it, then check: {0}':
    'No servidor, ordene o arquivo (o da ponta primeiro, sem a raiz) e recarregue-o, depois verifique: {0}',
  'The chain holds what does not belong to it': 'A cadeia contém o que não pertence a ela',
  'Among the certificates sent are some that lie on no way from the leaf to an authority, or one is sent twice. They cost every handshake bytes, sometimes a round trip; strict clients refuse the chain.':
    'Entre os certificados enviados há alguns que não ficam em nenhum caminho da ponta até uma autoridade, ou um deles é enviado duas vezes. Custam bytes a cada handshake, às vezes uma ida e volta; clientes rigorosos recusam a cadeia.',
  'Intermediates of a former authority were left in the file after a change.':
    'Intermediários de uma autoridade anterior ficaram no arquivo após uma troca.',
  'The whole bundle of an authority was installed in place of the one or two that are needed.':
    'Foi instalado o pacote inteiro de uma autoridade, em vez do um ou dois certificados necessários.',
  'The leaf is in the certificate file and in the chain file too.':
    'O certificado da ponta está no arquivo do certificado e também no da cadeia.',
  '`netdiag tls TARGET` shows who issued whom: what issued none of the others does not belong there.':
    '`netdiag tls TARGET` mostra quem emitiu quem: o que não emitiu nenhum dos outros não deve estar ali.',
  'The same certificate stands there twice: two settings hold it.':
    'O mesmo certificado aparece duas vezes: ele está em duas configurações.',
  'Leave only the leaf and those in the file that lead from it to the root.':
    'Deixe no arquivo só o certificado da ponta e os que levam dele à raiz.',
  'Take fullchain.pem from the ACME client in place of a file kept by hand.':
    'Use o fullchain.pem do cliente ACME em vez de um arquivo mantido à mão.',
  '{0} sends certificates that do not belong to its chain{1}.': '{0} envia certificados que não pertencem à sua cadeia{1}.',
  'On the server, leave only the certificates that lead to the root in the file, then check: {0}':
    'No servidor, deixe no arquivo só os certificados que levam à raiz, depois verifique: {0}',
  'The server sends too many certificates': 'O servidor envia certificados demais',
  'More certificates are sent than any chain needs, which is two or three. Many clients give up at a certain number or size (OpenSSL at 100 kB, others at 10 certificates), and each handshake takes longer.':
    'São enviados mais certificados do que qualquer cadeia precisa, que são dois ou três. Muitos clientes desistem a partir de certo número ou tamanho (o OpenSSL em 100 kB, outros em 10 certificados), e cada handshake demora mais.',
  'A whole trust store was installed as the chain.': 'Um repositório inteiro de certificados confiáveis foi instalado como cadeia.',
  'A script adds the chain again at each renewal.': 'Um script acrescenta a cadeia de novo a cada renovação.',
  'A server that wants to wear its clients out.': 'Um servidor que quer esgotar os clientes.',
  '`netdiag tls TARGET` shows how many there are, and who issued whom.': '`netdiag tls TARGET` mostra quantos são e quem emitiu quem.',
  'The file on the server grows with each renewal: a script that adds to it.':
    'O arquivo no servidor cresce a cada renovação: um script acrescenta a ele.',
  'Leave only the leaf and the intermediates in the file.': 'Deixe no arquivo só o certificado da ponta e os intermediários.',
  'Let the renewal write the file anew in place of adding to it.': 'Faça a renovação reescrever o arquivo em vez de acrescentar a ele.',
  '{0} sends more certificates than any chain needs{1}.': '{0} envia mais certificados do que qualquer cadeia precisa{1}.',
  'On the server, leave only the leaf and its intermediates in the file, then check: {0}':
    'No servidor, deixe no arquivo só o certificado da ponta e os intermediários, depois verifique: {0}',
};
