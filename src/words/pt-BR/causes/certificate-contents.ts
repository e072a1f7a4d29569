import type { Entries } from '../../language.js';

export const CAUSES_CERTIFICATE_CONTENTS: Entries = {
  'A signature in the chain can be forged': 'Uma assinatura na cadeia pode ser falsificada',
  'A certificate of the chain is signed with SHA-1, MD5 or MD2, for which two different contents with the same hash have been made (RFC 6151, RFC 9155). Whoever can make such a pair can have a certificate for somebody else. Browsers and current libraries refuse it.':
    'Um certificado da cadeia é assinado com SHA-1, MD5 ou MD2, para os quais já se produziram dois conteúdos diferentes com o mesmo hash (RFC 6151, RFC 9155). Quem consegue produzir esse par consegue um certificado em nome de outro. Navegadores e bibliotecas atuais o recusam.',
  'An internal authority that was set up long ago and still signs with SHA-1.':
    'Uma autoridade interna criada há muito tempo, que ainda assina com SHA-1.',
  'A device that makes its own certificate with old software.': 'Um equipamento que cria o próprio certificado com software antigo.',
  'An intermediate certificate that was never issued anew.': 'Um certificado intermediário que nunca foi reemitido.',
  '`netdiag tls TARGET` shows the signature algorithm of each certificate.':
    '`netdiag tls TARGET` mostra o algoritmo de assinatura de cada certificado.',
  'The leaf alone is signed so: have it issued anew. One above: the authority has to act.':
    'Só o da ponta é assinado assim: faça-o reemitir. Um acima: cabe à autoridade agir.',
  'Set the authority to SHA-256 or better, and have the certificate issued anew; the key can stay.':
    'Configure a autoridade para SHA-256 ou melhor e faça reemitir o certificado; a chave pode ficar.',
  'Update or replace the device, or put a proxy with a certificate of its own in front.':
    'Atualize ou substitua o equipamento, ou ponha à frente um proxy com certificado próprio.',
  'The chain of {0} has a signature that can be forged{1}.': 'A cadeia de {0} tem uma assinatura que pode ser falsificada{1}.',
  'Have the certificate issued anew with SHA-256 or better; the present one shows in: {0}':
    'Faça reemitir o certificado com SHA-256 ou melhor; veja o atual com: {0}',
  'The certificate is of X.509 version 1': 'O certificado é X.509 versão 1',
  'The certificate is of the oldest version of X.509, which has no extensions: it can carry no subject alternative names, and cannot say what its key is for. Clients that go by RFC 9525 find no name in it.':
    'O certificado é da versão mais antiga do X.509, que não tem extensões: não pode trazer nomes alternativos do titular, nem dizer para que serve a chave. Clientes que seguem o RFC 9525 não acham nenhum nome nele.',
  '`openssl x509 -req` was run without an extension file, which gives version 1.':
    '`openssl x509 -req` foi executado sem arquivo de extensões, o que produz a versão 1.',
  'A device or appliance with very old software made it.': 'Um equipamento ou appliance com software muito antigo o criou.',
  'A home-made script of an internal authority leaves the extensions out.':
    'Um script caseiro de uma autoridade interna omite as extensões.',
  '`openssl x509 -noout -text -in FILE` shows "Version: 1" and no section of extensions.':
    '`openssl x509 -noout -text -in FILE` mostra "Version: 1" e nenhuma seção de extensões.',
  'The request had the names and the certificate does not: they were lost at signing.':
    'A requisição tinha os nomes e o certificado não tem: perderam-se na assinatura.',
  'Sign again with the extensions: `openssl x509 -req -copy_extensions copy`, or with `-extfile` and subjectAltName in it.':
    'Assine de novo com as extensões: `openssl x509 -req -copy_extensions copy`, ou com `-extfile` e subjectAltName nele.',
  'For public names, have a certificate issued by ACME (RFC 8555), which costs nothing.':
    'Para nomes públicos, obtenha um certificado por ACME (RFC 8555), que não custa nada.',
  'The certificate of {0} is of the obsolete version 1{1}.': 'O certificado de {0} é da versão 1, obsoleta{1}.',
  'Have it signed anew with its extensions, subjectAltName above all; the present one shows in: {0}':
    'Faça-o assinar de novo com as extensões, sobretudo subjectAltName; veja o atual com: {0}',
  'The certificate has no subject alternative names': 'O certificado não tem nomes alternativos do titular',
  'The certificate names its server in the subject only (common name), and not in the extension subjectAltName. Clients stopped looking at the common name long ago (RFC 9525, RFC 6125), so for them the certificate is good for no name at all.':
    'O certificado indica o servidor só no titular (common name), e não na extensão subjectAltName. Os clientes deixaram de olhar o common name há muito tempo (RFC 9525, RFC 6125); para eles, o certificado não vale para nome nenhum.',
  'It was made by an old recipe that only asks for the common name.': 'Foi criado por uma receita antiga, que só pede o common name.',
  'The names were in the request and the authority left them out when it signed.':
    'Os nomes estavam na requisição, e a autoridade os omitiu ao assinar.',
  '`openssl s_client` and old programs accept it, browsers, Go and curl do not: the typical sign.':
    '`openssl s_client` e programas antigos o aceitam; navegadores, Go e curl não: o sinal típico.',
  '`openssl x509 -noout -ext subjectAltName -in FILE` prints no extension.':
    '`openssl x509 -noout -ext subjectAltName -in FILE` não mostra nenhuma extensão.',
  'Have it issued anew with all names in subjectAltName: `openssl req -new -addext subjectAltName=DNS:app.example.net`.':
    'Faça-o reemitir com todos os nomes em subjectAltName: `openssl req -new -addext subjectAltName=DNS:app.example.net`.',
  'Set the internal authority to copy or to demand subjectAltName.': 'Configure a autoridade interna para copiar ou exigir subjectAltName.',
  'The certificate of {0} has no subject alternative name, so it is good for no name{1}.':
    'O certificado de {0} não tem nome alternativo do titular, e por isso não vale para nome nenhum{1}.',
  'Have it issued anew with its names in subjectAltName; the present one shows in: {0}':
    'Faça-o reemitir com os nomes em subjectAltName; veja o atual com: {0}',
  'A wildcard does not mean what was hoped for': 'Um curinga não significa o que se esperava',
  'A wildcard in a certificate stands for exactly one label, and is the whole of the leftmost one (RFC 9525 section 6.3). Two stars, a star within a label or further right, or one for a whole registry such as *.com, are not accepted; and *.example.net is not good for a.b.example.net.':
    'Um curinga em um certificado vale por exatamente um rótulo e ocupa todo o rótulo mais à esquerda (RFC 9525 seção 6.3). Dois asteriscos, um asterisco dentro de um rótulo ou mais à direita, ou um para um sufixo de registro inteiro, como *.com, não são aceitos; e *.example.net não vale para a.b.example.net.',
  'Services were moved a level deeper (api.staging.example.net) under a wildcard for the level above.':
    'Serviços foram movidos para um nível mais profundo (api.staging.example.net) sob um curinga do nível acima.',
  'The certificate was made with patterns such as *.*.example.net or app*.example.net, which nobody accepts.':
    'O certificado foi criado com padrões como *.*.example.net ou app*.example.net, que ninguém aceita.',
  'An internal authority issued a wildcard for everything below a registry.':
    'Uma autoridade interna emitiu um curinga para tudo abaixo de um sufixo de registro.',
  '`netdiag tls TARGET` lists the names in the certificate.': '`netdiag tls TARGET` lista os nomes no certificado.',
  'The name asked for has one label more than the wildcard: a wildcard for that level is needed.':
    'O nome pedido tem um rótulo a mais que o curinga: é preciso um curinga para esse nível.',
  'Have the names in use, or a wildcard for each level (*.staging.example.net), put into the certificate.':
    'Faça incluir no certificado os nomes em uso, ou um curinga para cada nível (*.staging.example.net).',
  'Use a name at the level that the wildcard stands for.': 'Use um nome no nível que o curinga cobre.',
  'A wildcard in the certificate of {0} does not stand for what it is used for{1}.':
    'Um curinga no certificado de {0} não cobre aquilo para que é usado{1}.',
  'Have a wildcard for that very level, or the name itself, added; the names show in: {0}':
    'Faça acrescentar um curinga exatamente desse nível, ou o próprio nome; veja os nomes com: {0}',
  'The certificate may not be used for a server': 'O certificado não pode ser usado para um servidor',
  'The certificate limits what it is for (extendedKeyUsage, keyUsage; RFC 5280 section 4.2.1), and a TLS server is not among it, or the key may not be used as this cipher suite needs it. Clients refuse it.':
    'O certificado limita para que serve (extendedKeyUsage, keyUsage; RFC 5280 seção 4.2.1), e servidor TLS não está entre os usos, ou a chave não pode ser usada como este conjunto de cifras exige. Os clientes o recusam.',
  'A client certificate was installed on the server.': 'Um certificado de cliente foi instalado no servidor.',
  'The template of the internal authority is one for users, mail or code.':
    'O modelo da autoridade interna é para usuários, e-mail ou código.',
  'keyUsage allows encipherment only, as for old RSA suites, and TLS 1.3 wants a signature.':
    'keyUsage permite só cifragem, como para suítes RSA antigas, e o TLS 1.3 exige uma assinatura.',
  '`netdiag tls TARGET` shows the uses of each certificate.': '`netdiag tls TARGET` mostra os usos de cada certificado.',
  'clientAuth without serverAuth: a client certificate. No digitalSignature: an old template.':
    'clientAuth sem serverAuth: um certificado de cliente. Sem digitalSignature: um modelo antigo.',
  'Have a certificate issued with serverAuth in extendedKeyUsage and digitalSignature in keyUsage.':
    'Faça emitir um certificado com serverAuth em extendedKeyUsage e digitalSignature em keyUsage.',
  'Correct the template of the authority, so that the next renewal is right too.':
    'Corrija o modelo da autoridade, para que a próxima renovação também saia certa.',
  'The certificate of {0} is not meant for a TLS server{1}.': 'O certificado de {0} não se destina a um servidor TLS{1}.',
  'Install one with serverAuth and digitalSignature; what the present one allows shows in: {0}':
    'Instale um com serverAuth e digitalSignature; veja o que o atual permite com: {0}',
  "The server shows an authority's own certificate": 'O servidor apresenta o certificado da própria autoridade',
  'The certificate with which the server identifies itself is that of an authority: whoever breaks into the server gets a key that can sign certificates for any name. Some clients refuse it.':
    'O certificado com que o servidor se identifica é o de uma autoridade: quem invadir o servidor obtém uma chave que pode assinar certificados para qualquer nome. Alguns clientes o recusam.',
  'The server was given the certificate and the key of the internal authority in place of one that it issued.':
    'O servidor recebeu o certificado e a chave da autoridade interna, em vez de um certificado emitido por ela.',
  'A certificate was made with CA:TRUE by a recipe for self-signed ones.':
    'Um certificado foi criado com CA:TRUE por uma receita para autoassinados.',
  'An appliance uses its own signing certificate for its web interface.':
    'Um appliance usa o próprio certificado de assinatura na interface web.',
  '`netdiag tls TARGET` shows basic constraints and key uses of the leaf: CA, keyCertSign.':
    '`netdiag tls TARGET` mostra as restrições básicas e os usos da chave do certificado da ponta: CA, keyCertSign.',
  'The same certificate is in the trust stores of clients: it is the real authority, and its key lies on a server.':
    'O mesmo certificado está nos repositórios de certificados confiáveis dos clientes: é a autoridade de verdade, e a chave dela está em um servidor.',
  'Issue a certificate of its own for the server, without CA:TRUE and keyCertSign.':
    'Emita para o servidor um certificado próprio, sem CA:TRUE nem keyCertSign.',
  'Where the key of a real authority lay on the server, take it away from there, and think of replacing the authority.':
    'Se a chave de uma autoridade de verdade estava no servidor, remova-a dali e considere substituir a autoridade.',
  '{0} identifies itself by the certificate of an authority{1}.': '{0} se identifica com o certificado de uma autoridade{1}.',
  'Give the server a certificate of its own, and keep the key of the authority off it; check: {0}':
    'Dê ao servidor um certificado próprio e mantenha a chave da autoridade fora dele; verifique: {0}',
  'The certificate is valid for too long': 'O certificado é válido por tempo demais',
  'The certificate of a public authority is valid for longer than clients accept of its time: 398 days from September 2020, 200 days from March 2026 (CA/Browser Forum). Browsers may refuse it, although nothing else is wrong.':
    'O certificado de uma autoridade pública é válido por mais tempo do que os clientes aceitam para a época dele: 398 dias desde setembro de 2020, 200 dias desde março de 2026 (CA/Browser Forum). Navegadores podem recusá-lo, embora nada mais esteja errado.',
  'The authority issued it by its old rules, or by mistake.': 'A autoridade o emitiu pelas regras antigas, ou por engano.',
  'An authority for companies, below a public root, does not keep the limits.':
    'Uma autoridade para empresas, abaixo de uma raiz pública, não respeita os limites.',
  'The dates were set by hand in the request for it.': 'As datas foram definidas à mão na requisição.',
  '`netdiag tls TARGET` shows the lifetime in days.': '`netdiag tls TARGET` mostra a duração em dias.',
  'Other certificates of the same authority are shorter: it was an exception.':
    'Outros certificados da mesma autoridade duram menos: foi uma exceção.',
  'Have it issued anew with a shorter life.': 'Faça-o reemitir com uma duração menor.',
  'Renew automatically (ACME, RFC 8555), so that short lives cost no work.':
    'Renove automaticamente (ACME, RFC 8555), para que durações curtas não deem trabalho.',
  'The certificate of {0} is valid for longer than browsers accept{1}.':
    'O certificado de {0} é válido por mais tempo do que os navegadores aceitam{1}.',
  'Have it issued anew with a shorter life, renewed by itself; the present one shows in: {0}':
    'Faça-o reemitir com duração menor e renovação automática; veja o atual com: {0}',
  'The stapled OCSP answer is missing': 'Falta a resposta OCSP grampeada',
  'The certificate says that it is only to be shown together with a fresh answer of its authority (must-staple, RFC 7633), and the server sends none. Firefox and others refuse the connection then.':
    'O certificado diz que só deve ser apresentado junto com uma resposta recente da autoridade (must-staple, RFC 7633), e o servidor não envia nenhuma. O Firefox e outros recusam então a conexão.',
  'Stapling is not switched on in the server.': 'O stapling não está ativado no servidor.',
  'The server was just restarted, and has not fetched an answer yet.':
    'O servidor acabou de ser reiniciado e ainda não buscou uma resposta.',
  'The server cannot reach the responder of the authority: no way out, no resolver, or a proxy.':
    'O servidor não consegue alcançar o respondedor da autoridade: sem saída, sem resolvedor, ou um proxy.',
  '`openssl s_client -connect HOST:PORT -status` prints "no response sent".':
    '`openssl s_client -connect HOST:PORT -status` mostra "no response sent".',
  'It comes a minute later: the server fetches it only at the first connection.':
    'Ela chega um minuto depois: o servidor só a busca na primeira conexão.',
  'The error log of the server names a time-out to the responder: its way out is blocked.':
    'O log de erros do servidor indica falta de resposta do respondedor: a saída está bloqueada.',
  'Switch stapling on (nginx: `ssl_stapling on;` with a `resolver`, Apache: `SSLUseStapling On`).':
    'Ative o stapling (nginx: `ssl_stapling on;` com um `resolver`, Apache: `SSLUseStapling On`).',
  'Let the server reach the responder that stands in the certificate.':
    'Permita que o servidor alcance o respondedor indicado no certificado.',
  'Or have the certificate issued anew without must-staple.': 'Ou faça reemitir o certificado sem must-staple.',
  '{0} sends no OCSP answer, which its certificate demands{1}.': '{0} não envia a resposta OCSP que o certificado exige{1}.',
  'Switch OCSP stapling on in the server and let it reach its responder, then check: {0}':
    'Ative o stapling OCSP no servidor e permita que ele alcance o respondedor, depois verifique: {0}',
  'The stapled OCSP answer cannot be relied on': 'A resposta OCSP grampeada não é confiável',
  'The server sends an answer of its authority along, and it does not count (RFC 6960 section 3.2): it is out of date, about another certificate, not signed by the issuer or by one that the issuer entitled, or it says nothing. Some clients end the connection.':
    'O servidor envia junto uma resposta da autoridade, e ela não vale (RFC 6960 seção 3.2): está vencida, é sobre outro certificado, não foi assinada pelo emissor nem por quem ele autorizou, ou não diz nada. Alguns clientes encerram a conexão.',
  'The server goes on to send an old answer, since it cannot fetch a new one.':
    'O servidor continua enviando uma resposta antiga, pois não consegue buscar uma nova.',
  'The certificate was renewed, and the answer is still that for the former one.':
    'O certificado foi renovado, e a resposta ainda é a do anterior.',
  'The responder failed when it was asked (tryLater), and its failure was stapled.':
    'O respondedor falhou quando foi consultado (tryLater), e a falha dele foi grampeada.',
  'The clock of this machine is wrong.': 'O relógio desta máquina está errado.',
  '`openssl s_client -connect HOST:PORT -status` prints the answer with its dates.':
    '`openssl s_client -connect HOST:PORT -status` mostra a resposta com suas datas.',
  '`date -u` is right, and the dates lie in the past: the server does not refresh.':
    '`date -u` está certo, e as datas estão no passado: o servidor não a atualiza.',
  'Reload the server, so that it forgets the old answer and fetches a new one.':
    'Recarregue o servidor, para que ele esqueça a resposta antiga e busque uma nova.',
  'The OCSP answer that {0} sends does not count{1}.': 'A resposta OCSP que {0} envia não vale{1}.',
  'Reload the server, and see to it that it can reach the OCSP responder; then check: {0}':
    'Recarregue o servidor e garanta que ele alcance o respondedor OCSP; depois verifique: {0}',
};
