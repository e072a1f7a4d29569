import type { Entries } from '../../language.js';

export const CAUSES_CERTIFICATE: Entries = {
  'The certificate has expired': 'O certificado expirou',
  'The end of the validity of the certificate lies in the past, by the clock of this machine. Clients refuse it (RFC 5280 section 6), although encryption would still work.':
    'O fim da validade do certificado está no passado, segundo o relógio desta máquina. Os clientes o recusam (RFC 5280 seção 6), embora a criptografia ainda funcionasse.',
  'The automatic renewal failed, or there is none.': 'A renovação automática falhou, ou não existe.',
  'The certificate was renewed, but the service was not reloaded and still sends the old one.':
    'O certificado foi renovado, mas o serviço não foi recarregado e ainda envia o antigo.',
  'One of several servers behind the name was forgotten.': 'Um dos vários servidores por trás do nome foi esquecido.',
  'the clock of this machine is wrong': 'o relógio desta máquina está errado',
  'whether the clock of this machine is right': 'se o relógio desta máquina está certo',
  'whether another network shows the same certificate': 'se outra rede mostra o mesmo certificado',
  '`netdiag tls TARGET` shows the dates of each certificate of the chain.':
    '`netdiag tls TARGET` mostra as datas de cada certificado da cadeia.',
  'The file on the server is newer than what it sends: a reload is missing.':
    'O arquivo no servidor é mais novo que o que ele envia: falta recarregar o serviço.',
  'Different dates at each attempt: one of several servers is behind.':
    'Datas diferentes a cada tentativa: um dos vários servidores está atrasado.',
  '`date -u` is wrong by days: the clock.': '`date -u` está errado por dias: o relógio.',
  'Renew the certificate on the server and reload the service (with certbot: `sudo certbot renew`, then `sudo systemctl reload nginx`).':
    'Renove o certificado no servidor e recarregue o serviço (com certbot: `sudo certbot renew`, depois `sudo systemctl reload nginx`).',
  'Find out why the automatic renewal failed: its log, port 80 for HTTP validation, the rate limits of the authority.':
    'Descubra por que a renovação automática falhou: o registro (log) dela, a porta 80 para a validação por HTTP, os limites de taxa da autoridade.',
  'Watch the remaining days from outside.': 'Monitore de fora os dias restantes.',
  'The certificate of {0} has expired{1}.': 'O certificado de {0} expirou{1}.',
  "Renew it on the server and reload the service, once this machine's clock is known to be right: {0}":
    'Renove-o no servidor e recarregue o serviço, depois de confirmar que o relógio desta máquina está certo: {0}',
  'The certificate is not valid yet': 'O certificado ainda não é válido',
  'The certificate begins to be valid in the future, by the clock of this machine. Nearly always it is that clock, and not the certificate, that is wrong.':
    'A validade do certificado começa no futuro, segundo o relógio desta máquina. Quase sempre o errado é esse relógio, e não o certificado.',
  'The clock of this machine is behind: no time service, an empty battery, a virtual machine that was suspended.':
    'O relógio desta máquina está atrasado: sem serviço de hora, bateria esgotada, máquina virtual que ficou suspensa.',
  'The certificate was issued minutes ago, and this clock is a little late.':
    'O certificado foi emitido há minutos, e este relógio está um pouco atrasado.',
  'The server was given a certificate meant for later.': 'O servidor recebeu um certificado destinado a uma data posterior.',
  '`date -u` against any other clock.': '`date -u` comparado com qualquer outro relógio.',
  'Certificates of other sites are "not yet valid" too: the clock of this machine.':
    'Certificados de outros sites também "ainda não são válidos": o relógio desta máquina.',
  'Set the clock by NTP: `sudo timedatectl set-ntp true` (macOS: `sudo systemsetup -setusingnetworktime on`; Windows, as administrator: `w32tm /resync`).':
    'Acerte o relógio por NTP: `sudo timedatectl set-ntp true` (macOS: `sudo systemsetup -setusingnetworktime on`; Windows, como administrador: `w32tm /resync`).',
  'Where the clock is right, go back to the former certificate on the server.':
    'Se o relógio está certo, volte no servidor ao certificado anterior.',
  'The certificate of {0} is not valid yet{1}.': 'O certificado de {0} ainda não é válido{1}.',
  "Check this machine's clock first; it must show the right time in UTC: {0}":
    'Verifique primeiro o relógio desta máquina; ele deve mostrar a hora certa em UTC: {0}',
  'The certificate expires soon': 'O certificado expira em breve',
  'The certificate is still valid, but has fewer days left than the policy wants. Automatic renewal usually runs a third of the lifetime before the end; if it is later than that, it has probably failed.':
    'O certificado ainda é válido, mas tem menos dias restantes do que a política exige. A renovação automática costuma ocorrer quando falta um terço da duração; se já passou disso, provavelmente falhou.',
  'The automatic renewal fails.': 'A renovação automática falha.',
  'The certificate is renewed by hand, and nobody has done so yet.': 'O certificado é renovado à mão, e ninguém o fez ainda.',
  'It was renewed, and the service still sends the old one.': 'Ele foi renovado, e o serviço ainda envia o antigo.',
  'On the server, `sudo certbot certificates` (or the log of the ACME client) shows whether a newer one is there.':
    'No servidor, `sudo certbot certificates` (ou o log do cliente ACME) mostra se há um mais novo.',
  'A newer one is there: the service needs a reload.': 'Há um mais novo: o serviço precisa ser recarregado.',
  'Try the renewal on the server: `sudo certbot renew --dry-run`, then without `--dry-run`.':
    'Teste a renovação no servidor: `sudo certbot renew --dry-run`, depois sem `--dry-run`.',
  'Let the renewal reload the service (a deploy hook).': 'Faça a renovação recarregar o serviço (um deploy hook).',
  'The certificate of {0} expires soon{1}.': 'O certificado de {0} expira em breve{1}.',
  'Renew it on the server and reload the service, then check the dates that it sends: {0}':
    'Renove-o no servidor e recarregue o serviço, depois verifique as datas que ele envia: {0}',
  'The certificate is for another name': 'O certificado é para outro nome',
  'The certificate does not carry the name by which the target was asked for. Only the subject alternative names count, not the common name (RFC 9525); a wildcard stands for exactly one label.':
    'O certificado não traz o nome pelo qual o alvo foi pedido. Só contam os nomes alternativos do titular, não o common name (RFC 9525); um curinga vale por exatamente um rótulo.',
  'The name is missing from the certificate, for example with or without "www".':
    'O nome falta no certificado, por exemplo com ou sem "www".',
  'The server chose its default site, since it does not know this name or got no server name.':
    'O servidor escolheu o site padrão, pois não conhece esse nome ou não recebeu nome de servidor.',
  'The DNS name leads to another server (an old address, a shared host).':
    'O nome no DNS leva a outro servidor (um endereço antigo, uma hospedagem compartilhada).',
  'The target was given by address, and the certificate has only names.':
    'O alvo foi informado por endereço, e o certificado só tem nomes.',
  'A captive portal or interception.': 'Um portal cativo ou uma interceptação.',
  'whether plain http: pages lead to a login page': 'se páginas http: sem TLS levam a uma página de login',
  'whether other resolvers give the same address': 'se outros resolvedores dão o mesmo endereço',
  'They belong to somebody else entirely: wrong server, or DNS. They are siblings of the name: the certificate is incomplete.':
    'São de alguém totalmente diferente: servidor errado, ou DNS. São irmãos do nome: o certificado está incompleto.',
  'With `--servername NAME` the right certificate comes: the name asked for was the wrong one.':
    'Com `--servername NAME` vem o certificado certo: o nome pedido era o errado.',
  'Use one of the names that the certificate carries.': 'Use um dos nomes que o certificado traz.',
  'Issue the certificate anew with all names in use.': 'Reemita o certificado com todos os nomes em uso.',
  'Correct the site configuration or the DNS entry on the side of the target.':
    'Corrija a configuração do site ou a entrada no DNS do lado do alvo.',
  'The certificate does not carry the name by which {0} was asked for{1}.': 'O certificado não traz o nome pelo qual {0} foi pedido{1}.',
  'Use a name that the certificate carries, or have this one added; its names show in: {0}':
    'Use um nome que o certificado traz, ou faça acrescentar este; veja os nomes com: {0}',
  'The certificate is self-signed': 'O certificado é autoassinado',
  'The certificate, or the root at the top of the chain, vouches for itself, and nobody whom this machine trusts vouches for it. The connection is encrypted, but who is at the other end is not proved.':
    'O certificado, ou a raiz no topo da cadeia, atesta a si mesmo, e ninguém em quem esta máquina confia o atesta. A conexão é criptografada, mas não está provado quem está na outra ponta.',
  'The service uses the certificate that was made at its installation.': 'O serviço usa o certificado criado na instalação.',
  'An internal or development service without an authority.': 'Um serviço interno ou de desenvolvimento, sem autoridade certificadora.',
  'The own root certificate is not known to this machine.': 'O certificado raiz próprio não é conhecido por esta máquina.',
  'An interception with a certificate made for the purpose.': 'Uma interceptação com um certificado criado para isso.',
  'Subject and issuer are equal: self-signed. The owner can tell its SHA-256 fingerprint; compare it.':
    'Titular e emissor são iguais: autoassinado. O dono pode informar a impressão digital SHA-256; compare-a.',
  'The service had a certificate of an authority before: suspect an interception, or a lost configuration.':
    'O serviço tinha antes um certificado de uma autoridade: suspeite de uma interceptação, ou de uma configuração perdida.',
  'Have a certificate issued by an authority; for public names that costs nothing (ACME, RFC 8555).':
    'Obtenha um certificado emitido por uma autoridade; para nomes públicos não custa nada (ACME, RFC 8555).',
  'For internal services, trust the internal root: `netdiag tls TARGET --ca root.pem`, in Node programs `NODE_EXTRA_CA_CERTS`.':
    'Para serviços internos, confie na raiz interna: `netdiag tls TARGET --ca root.pem`; em programas Node, `NODE_EXTRA_CA_CERTS`.',
  'Pin the key, where there is no authority: `--pin sha256//BASE64`.': 'Fixe a chave, onde não há autoridade: `--pin sha256//BASE64`.',
  'Switch off verification nowhere.': 'Não desative a verificação em lugar nenhum.',
  'The certificate of {0} is self-signed, so it proves nothing about who answers{1}.':
    'O certificado de {0} é autoassinado, e por isso não prova quem responde{1}.',
  "Compare the fingerprint with the owner's; an internal root is trusted by: {0} --ca root.pem":
    'Compare a impressão digital com a do dono; para confiar em uma raiz interna: {0} --ca root.pem',
  'The certificate was issued by an unknown authority': 'O certificado foi emitido por uma autoridade desconhecida',
  'The chain, as far as the server sends it, ends at an authority that is in none of the lists of trusted ones used here: that of Node.js, that of the system, and what --ca names. On Windows and macOS the list of the system is not read, and its authorities must be named with --ca.':
    'A cadeia, até onde o servidor a envia, termina em uma autoridade que não está em nenhuma das listas de confiança usadas aqui: a do Node.js, a do sistema e o que --ca indica. No Windows e no macOS a lista do sistema não é lida, e as autoridades dela precisam ser indicadas com --ca.',
  'An internal company authority that this list does not contain.': 'Uma autoridade interna da empresa, que esta lista não contém.',
  'A TLS inspection proxy (see tls-intercepted).': 'Um proxy de inspeção TLS (veja tls-intercepted).',
  'An authority that was removed from the lists, or is newer than the list.':
    'Uma autoridade que foi removida das listas, ou é mais nova que a lista.',
  'The server sends the wrong chain, or leaves out the intermediate certificate of a private authority.':
    'O servidor envia a cadeia errada, ou omite o certificado intermediário de uma autoridade privada.',
  'whether the issuer is known once its certificate is fetched': 'se o emissor é conhecido depois de buscado o certificado dele',
  '`netdiag tls TARGET` names the issuer at the end of the chain.': '`netdiag tls TARGET` mostra o emissor no fim da cadeia.',
  'On Windows or macOS, a browser of the same machine trusts it: the authority is in the list of the system only.':
    'No Windows ou no macOS, um navegador da mesma máquina confia nele: a autoridade está só na lista do sistema.',
  'No machine trusts it: the authority of the server is to be changed.':
    'Nenhuma máquina confia nele: é preciso trocar a autoridade do servidor.',
  'Give the authority: `netdiag tls TARGET --ca root.pem`; Node programs take `NODE_EXTRA_CA_CERTS=/path/root.pem`.':
    'Indique a autoridade: `netdiag tls TARGET --ca root.pem`; programas Node aceitam `NODE_EXTRA_CA_CERTS=/path/root.pem`.',
  'Install the internal authority in the trust store of the machines that need it.':
    'Instale a autoridade interna no repositório de certificados confiáveis das máquinas que precisam dela.',
  'For a public service, have a certificate issued by a public authority.':
    'Para um serviço público, obtenha um certificado emitido por uma autoridade pública.',
  'The certificate of {0} comes from an authority that is not trusted here{1}.':
    'O certificado de {0} vem de uma autoridade em que não se confia aqui{1}.',
  'If the authority is your own, name it: {0} --ca root.pem': 'Se a autoridade é sua, indique-a: {0} --ca root.pem',
  'The server does not send the whole chain': 'O servidor não envia a cadeia inteira',
  'The server sends its own certificate without the intermediate one that links it to a trusted root; it must send it (RFC 8446 section 4.4.2). Browsers often hide this, since they remember or download intermediates; programs and devices fail.':
    'O servidor envia o próprio certificado sem o intermediário que o liga a uma raiz confiável; ele é obrigado a enviá-lo (RFC 8446 seção 4.4.2). Navegadores muitas vezes escondem isso, pois guardam ou baixam os intermediários; programas e equipamentos falham.',
  'The server was given cert.pem in place of fullchain.pem.': 'O servidor recebeu cert.pem em vez de fullchain.pem.',
  'The intermediate certificate of a former authority was kept after the renewal.':
    'O certificado intermediário de uma autoridade anterior foi mantido após a renovação.',
  'A load balancer has its own, separate field for the chain, and it is empty.':
    'Um balanceador de carga tem um campo separado para a cadeia, e ele está vazio.',
  'whether the chain is trusted once the missing certificate is fetched':
    'se a cadeia é confiável depois de buscado o certificado que falta',
  '`openssl s_client -connect HOST:PORT -showcerts` prints one certificate only, and "unable to get local issuer certificate".':
    '`openssl s_client -connect HOST:PORT -showcerts` mostra só um certificado e "unable to get local issuer certificate".',
  'A browser opens it and curl does not: the typical sign.': 'Um navegador abre e o curl não: o sinal típico.',
  'Give the server the leaf followed by the intermediates: nginx `ssl_certificate fullchain.pem;`, Apache `SSLCertificateFile fullchain.pem`.':
    'Dê ao servidor o certificado da ponta seguido dos intermediários: nginx `ssl_certificate fullchain.pem;`, Apache `SSLCertificateFile fullchain.pem`.',
  'Fetch the intermediate certificate from the authority, where it was not delivered.':
    'Busque o certificado intermediário na autoridade, se ele não foi entregue.',
  'Do not work around it on clients.': 'Não contorne isso nos clientes.',
  '{0} leaves out the intermediate certificates that link it to a trusted root{1}.':
    '{0} omite os certificados intermediários que o ligam a uma raiz confiável{1}.',
  'On the server, configure leaf and intermediates in one file (fullchain.pem) and reload it, then check: {0}':
    'No servidor, configure o certificado da ponta e os intermediários em um só arquivo (fullchain.pem) e recarregue-o, depois verifique: {0}',
  'A key in the chain is too short': 'Uma chave na cadeia é curta demais',
  'A key of the chain is shorter than is safe today: RSA or DSA below 2048 bits, elliptic curves below 224 (NIST SP 800-57). Public authorities certify none of these any more; many clients refuse them.':
    'Uma chave da cadeia é mais curta do que hoje é seguro: RSA ou DSA abaixo de 2048 bits, curvas elípticas abaixo de 224 (NIST SP 800-57). As autoridades públicas já não certificam nenhuma delas; muitos clientes as recusam.',
  'An old certificate of an internal authority, or of a device.': 'Um certificado antigo de uma autoridade interna ou de um equipamento.',
  'A device that makes its own short key.': 'Um equipamento que gera a própria chave, curta.',
  'A template with outdated settings in the internal authority.': 'Um modelo com configurações desatualizadas na autoridade interna.',
  '`netdiag tls TARGET` shows type and length of the key of each certificate in the chain.':
    '`netdiag tls TARGET` mostra o tipo e o tamanho da chave de cada certificado da cadeia.',
  'The leaf is weak: renew it. An intermediate or root is weak: the authority has to act.':
    'O da ponta é fraco: renove-o. Um intermediário ou a raiz é fraco: cabe à autoridade agir.',
  'Make a new key (P-256, or RSA with 2048 bits or more) and have it certified: `openssl ecparam -name prime256v1 -genkey -noout -out new.key`.':
    'Gere uma chave nova (P-256, ou RSA com 2048 bits ou mais) e faça certificá-la: `openssl ecparam -name prime256v1 -genkey -noout -out new.key`.',
  'Update or replace a device that can do no better, or put a proxy in front.':
    'Atualize ou substitua um equipamento que não faz melhor, ou ponha um proxy à frente.',
  'The certificate of {0} has a key that is too short{1}.': 'O certificado de {0} tem uma chave curta demais{1}.',
  'Have it issued anew for a P-256 key or RSA with at least 2048 bits; the present one shows in: {0}':
    'Faça-o reemitir para uma chave P-256 ou RSA com pelo menos 2048 bits; veja o atual com: {0}',
  'The certificate was revoked': 'O certificado foi revogado',
  'The authority has declared the certificate invalid before its end, by a revocation list (RFC 5280) or OCSP (RFC 6960). Reasons reach from a lost key to a mistake in issuing; until it is replaced, treat the key as known to others.':
    'A autoridade declarou o certificado inválido antes do fim, por uma lista de revogação (RFC 5280) ou por OCSP (RFC 6960). Os motivos vão de uma chave perdida a um erro na emissão; até que ele seja substituído, trate a chave como conhecida por terceiros.',
  'The key was lost or published, and the owner had the certificate revoked.':
    'A chave foi perdida ou divulgada, e o dono pediu a revogação do certificado.',
  'The authority revoked it because of its own mistake, often many at once.':
    'A autoridade o revogou por um erro dela mesma, muitas vezes vários de uma só vez.',
  'It was replaced and revoked, but one server still sends it.': 'Foi substituído e revogado, mas um servidor ainda o envia.',
  'The revocation list or OCSP answer carries the time, and often the reason.':
    'A lista de revogação ou a resposta OCSP traz a data e, muitas vezes, o motivo.',
  'Other servers of the same name send a newer certificate: this one was forgotten.':
    'Outros servidores do mesmo nome enviam um certificado mais novo: este foi esquecido.',
  'Have a new certificate issued for a NEW key, and install it on every server.':
    'Faça emitir um certificado novo para uma chave NOVA e instale-o em todos os servidores.',
  'Send no secrets to the target until then.': 'Até lá, não envie segredos ao alvo.',
  'The certificate of {0} was revoked by its authority{1}.': 'O certificado de {0} foi revogado pela autoridade{1}.',
  'Send no secrets to it; its owner must install a new certificate with a new key, then check: {0}':
    'Não envie segredos a ele; o dono precisa instalar um certificado novo com chave nova, depois verifique: {0}',
  'The key is not the one that was pinned': 'A chave não é a que foi fixada',
  "The public key of the certificate is none of those that were expected (the sha256// form is that of RFC 7469 and of curl's --pinnedpubkey). Either the key was changed on purpose, or somebody else answers.":
    'A chave pública do certificado não é nenhuma das esperadas (a forma sha256// é a do RFC 7469 e do --pinnedpubkey do curl). Ou a chave foi trocada de propósito, ou outro responde.',
  'The owner changed the key at a renewal, and no pin for the new one was distributed.':
    'O dono trocou a chave em uma renovação, e a fixação da nova não foi distribuída.',
  'The pin was taken from another server or certificate.': 'A chave fixada foi obtida de outro servidor ou certificado.',
  'TLS interception (see tls-intercepted).': 'Interceptação TLS (veja tls-intercepted).',
  'The name leads to another server.': 'O nome leva a outro servidor.',
  'Issuer and names are as before, dates are new: a planned change of the key is likely.':
    'Emissor e nomes são os de antes, as datas são novas: é provável uma troca planejada da chave.',
  'Another issuer: an interception, until the owner says otherwise.': 'Outro emissor: uma interceptação, até que o dono diga o contrário.',
  'From another network the pin fits: the interception is in this one.':
    'A partir de outra rede a chave fixada confere: a interceptação está nesta.',
  'Ask the owner, on another way, which key is right; only then replace the pin.':
    'Pergunte ao dono, por outro canal, qual chave é a certa; só então substitua a chave fixada.',
  'Pin a spare key too, and keep the key at renewals (certbot: `--reuse-key`).':
    'Fixe também uma chave de reserva e mantenha a chave nas renovações (certbot: `--reuse-key`).',
  'The key that {0} presents is none of the pinned ones{1}.': 'A chave que {0} apresenta não é nenhuma das fixadas{1}.',
  'Do not replace the pin before the owner has confirmed the new key, which shows in: {0}':
    'Não substitua a chave fixada antes que o dono confirme a nova, que você vê com: {0}',
};
