import type { Entries } from '../../language.js';

export const CAUSES_CLOCK: Entries = {
  'Nobody keeps the clock of this machine right': 'Ninguém mantém certo o relógio desta máquina',
  'The kernel says that no time service disciplines its clock. A clock by itself drifts by seconds a week, a virtual one that was paused by hours at once: it may be right now and will not stay so. Then certificates, tokens and signed requests fail, see clock-skew.':
    'O kernel informa que nenhum serviço de hora disciplina o relógio. Um relógio sozinho desvia segundos por semana; um virtual que foi pausado, horas de uma vez: ele pode estar certo agora e não vai continuar assim. Então certificados, tokens e requisições assinadas falham, veja clock-skew.',
  'No time service is installed, or it is switched off.': 'Nenhum serviço de hora está instalado, ou ele está desativado.',
  'It runs and reaches none of its servers: UDP port 123 is blocked, or their names are not resolved.':
    'Ele roda e não alcança nenhum dos seus servidores: a porta UDP 123 está bloqueada, ou os nomes deles não são resolvidos.',
  'It was started a moment ago and has not made up its mind.': 'Ele foi iniciado há um instante e ainda não se decidiu.',
  'The clock is set in a way that the kernel is not told of: tools of a hypervisor, a script with ntpdate, or OpenNTPD.':
    'O relógio é acertado de um modo que não é informado ao kernel: ferramentas de um hipervisor, um script com ntpdate, ou OpenNTPD.',
  'In a container: the host has one of these faults, since the clock is its own.':
    'Em um contêiner: o host tem um desses defeitos, pois o relógio é dele.',
  'a time server is followed': 'um servidor de hora é seguido',
  '`timedatectl` shows whether a service is on ("NTP service") and whether it succeeds ("System clock synchronized").':
    '`timedatectl` mostra se um serviço está ativo ("NTP service") e se ele consegue sincronizar ("System clock synchronized").',
  '`chronyc sources` or `ntpq -p`: which servers answer ("reach" other than 0), and which one is followed (`*`).':
    '`chronyc sources` ou `ntpq -p`: quais servidores respondem ("reach" diferente de 0) e qual é seguido (`*`).',
  '`netdiag host` asks the same servers by itself: if they answer, the way to them is open.':
    '`netdiag host` consulta os mesmos servidores por conta própria: se eles respondem, o caminho até eles está livre.',
  'Switch a time service on: `sudo timedatectl set-ntp true`, or install chrony.':
    'Ative um serviço de hora: `sudo timedatectl set-ntp true`, ou instale o chrony.',
  'Allow UDP port 123 outbound, or name the time server of this network.':
    'Libere a porta UDP 123 para saída, ou indique o servidor de hora desta rede.',
  'In a container, have it done on the host; in a virtual machine chrony can follow the clock of the host (`refclock PHC /dev/ptp0`).':
    'Em um contêiner, faça isso no host; em uma máquina virtual, o chrony pode seguir o relógio do host (`refclock PHC /dev/ptp0`).',
  'Nobody keeps the clock of this machine right{0}.': 'Ninguém mantém certo o relógio desta máquina{0}.',
  'Switch a time service on, after installing chrony where there is none':
    'Ative um serviço de hora, depois de instalar o chrony se não houver nenhum',
  'Turn the synchronisation of the clock on: sudo systemsetup -setusingnetworktime on':
    'Ative a sincronização do relógio: sudo systemsetup -setusingnetworktime on',
  'Start the time service, as administrator: Start-Service w32time; w32tm /resync':
    'Inicie o serviço de hora, como administrador: Start-Service w32time; w32tm /resync',
  'Time servers tell different times': 'Os servidores de hora informam horas diferentes',
  'The answers of the time servers cannot all be true: their times are further apart than the doubt that each of them leaves. A minority is named as wrong; without a majority nobody can tell which is right, and a time service that follows the wrong one sets the clock wrong.':
    'As respostas dos servidores de hora não podem ser todas verdadeiras: as horas distam entre si mais do que a incerteza de cada um permite. Uma minoria é apontada como errada; sem maioria ninguém sabe qual está certo, e um serviço de hora que segue o errado acerta mal o relógio.',
  'A time server of this network that nobody looks after: it follows only its own clock (`local`), or a router with an empty battery.':
    'Um servidor de hora desta rede de que ninguém cuida: segue só o próprio relógio (`local`), ou é um roteador com a bateria esgotada.',
  'Somebody answers in the name of a time server, or bends UDP port 123 to a server of their own.':
    'Alguém responde em nome de um servidor de hora, ou desvia a porta UDP 123 para um servidor próprio.',
  'Around a leap second: some servers smear it over hours (those of Google, Amazon and Meta), others do not.':
    'Perto de um segundo intercalado (leap second): alguns servidores o diluem por horas (os do Google, da Amazon e da Meta), outros não.',
  'A way that is much slower in one direction than in the other, beyond what the delay allows.':
    'Um caminho bem mais lento em um sentido que no outro, além do que o atraso permite.',
  '`netdiag host --time-server A --time-server B` shows the offset of each, and its doubt.':
    '`netdiag host --time-server A --time-server B` mostra o desvio de cada um e a sua incerteza.',
  '`chronyc sources -v` marks those that it takes for false by an x.': '`chronyc sources -v` marca com um x os que considera falsos.',
  'The server that is off is one of DHCP (`source` names it): it is that of this network.':
    'O servidor que destoa veio do DHCP (`source` o indica): é o desta rede.',
  'Take the wrong server out of the configuration of the time service, or have it repaired.':
    'Retire o servidor errado da configuração do serviço de hora, ou faça repará-lo.',
  'Follow at least four servers, so that one that is wrong is outvoted (RFC 8633).':
    'Siga pelo menos quatro servidores, para que um errado seja vencido na votação (RFC 8633).',
  'Do not mix servers that smear leap seconds with others.': 'Não misture servidores que diluem os segundos intercalados com outros.',
  'The time servers that this machine asked tell different times{0}.':
    'Os servidores de hora que esta máquina consultou informam horas diferentes{0}.',
  'Take the server that is off out of the configuration of the time service, and follow at least four: netdiag host --json shows each.':
    'Retire da configuração do serviço de hora o servidor que destoa e siga pelo menos quatro: netdiag host --json mostra cada um.',
};
