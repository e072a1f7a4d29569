import type { Entries } from '../../language.js';

export const TERMS_ERRNO_MORE: Entries = {
  'Nothing there yet, try again': 'Nada ainda, tente de novo',
  'The call would have to wait, and the socket was told not to (EWOULDBLOCK is the same number). With a receive time-out set it means that the time is over and nothing came.':
    'A chamada teria de esperar, e o soquete foi instruído a não fazê-lo (EWOULDBLOCK é o mesmo número). Com um tempo limite de recepção definido, significa que o tempo acabou e nada chegou.',
  'The normal case of a program that waits for several sockets at once.':
    'O caso normal de um programa que espera por vários soquetes ao mesmo tempo.',
  'A receive time-out ran out: the other side is silent.': 'Um tempo limite de recepção se esgotou: o outro lado está em silêncio.',
  'The send buffer is full: the other side, or the way to it, takes less than is sent.':
    'O buffer de envio está cheio: o outro lado, ou o caminho até ele, aceita menos do que se envia.',
  'No further process or thread is allowed to this user.': 'Este usuário não pode criar mais processos nem threads.',
  'It comes when reading: silence. It comes when writing: `ss -tin` shows what waits unsent. From fork: the limit of processes.':
    'Ocorre na leitura: silêncio. Ocorre na escrita: `ss -tin` mostra o que espera para ser enviado. Vem de fork: o limite de processos.',
  'Where it ends a program, find out why the other side is silent: `netdiag full-report TARGET`.':
    'Se ele encerra um programa, descubra por que o outro lado está em silêncio: `netdiag full-report TARGET`.',
  'A connection attempt is under way already': 'Uma tentativa de conexão já está em andamento',
  'The program asks to connect a socket on which an earlier attempt has not ended yet.':
    'O programa pede para conectar um soquete no qual uma tentativa anterior ainda não terminou.',
  'A program that does not wait for the end of connect.': 'Um programa que não espera o fim de connect.',
  'A slow or silent other side, so that the attempt lasts.': 'Um outro lado lento ou em silêncio, que faz a tentativa demorar.',
  '`ss -tn state syn-sent` lists attempts that nobody has answered yet.':
    '`ss -tn state syn-sent` lista as tentativas a que ninguém respondeu ainda.',
  'See whether the port answers at all: `netdiag ports TARGET -p PORT`.':
    'Veja se a porta chega a responder: `netdiag ports TARGET -p PORT`.',
  'Bad message': 'Mensagem inválida',
  'What came is not what was expected, or its checksum does not hold: file systems, USB devices and encrypted sockets (kTLS) say so.':
    'O que chegou não é o esperado, ou seu checksum não confere: sistemas de arquivos, dispositivos USB e soquetes criptografados (kTLS) o informam.',
  'A record of TLS that the kernel cannot decrypt.': 'Um registro TLS que o kernel não consegue decifrar.',
  'A damaged file system or a device that answers nonsense.':
    'Um sistema de arquivos danificado ou um dispositivo que responde coisas sem sentido.',
  '`sudo dmesg` names the file system or the device at that moment; nothing there speaks for the connection.':
    '`sudo dmesg` cita o sistema de arquivos ou o dispositivo naquele momento; se não há nada ali, é indício da conexão.',
  'For a connection, see what TLS says: `netdiag tls TARGET`.': 'Em uma conexão, veja o que o TLS diz: `netdiag tls TARGET`.',
  'Device or resource busy': 'Dispositivo ou recurso ocupado',
  'Something is in use and cannot be changed or taken now: an interface that belongs to a bridge or bond, a capture, a mount.':
    'Algo está em uso e não pode ser alterado nem tomado agora: uma interface que pertence a uma bridge ou bond, uma captura, uma montagem.',
  'The interface is part of a bridge, bond or team already.': 'A interface já faz parte de uma bridge, bond ou team.',
  'Another program holds the device.': 'Outro programa está com o dispositivo.',
  '`ip -d link show dev INTERFACE` names the master that it belongs to.':
    '`ip -d link show dev INTERFACE` cita o master a que ela pertence.',
  'Change the master, or take the interface out of it first.': 'Altere o master, ou retire a interface dele primeiro.',
  'The operation was called off': 'A operação foi cancelada',
  'The program, or the system on its behalf, ended the operation before it was done.':
    'O programa, ou o sistema em nome dele, encerrou a operação antes que terminasse.',
  'A time-out or an interrupt of the program itself.': 'Um tempo limite ou uma interrupção do próprio programa.',
  'The socket was closed while an operation on it was under way.': 'O soquete foi fechado com uma operação nele em andamento.',
  'It always comes after the same time: a time-out of the program.': 'Ocorre sempre após o mesmo tempo: um tempo limite do programa.',
  'Find out what it was waiting for: `netdiag full-report TARGET`.': 'Descubra o que ele esperava: `netdiag full-report TARGET`.',
  'It is there already': 'Já existe',
  'What is to be made exists. Route commands print it as "RTNETLINK answers: File exists".':
    'O que se quer criar já existe. Comandos de rota o mostram como "RTNETLINK answers: File exists".',
  'The route, the address or the interface was added before.': 'A rota, o endereço ou a interface já tinha sido adicionado antes.',
  'Two network managers set up the same interface.': 'Dois gerenciadores de rede configuram a mesma interface.',
  '`ip route show` and `ip -br address` list what is there.': '`ip route show` e `ip -br address` listam o que existe.',
  'Use `ip route replace` in place of `add`, or leave the interface to one manager.':
    'Use `ip route replace` em vez de `add`, ou deixe a interface para um só gerenciador.',
  'The connection is being opened': 'A conexão está sendo aberta',
  'The attempt to connect has begun and has not ended: the normal answer to a program that does not wait for it.':
    'A tentativa de conexão começou e não terminou: a resposta normal a um programa que não espera por ela.',
  'Where it is all that a program prints, its time-out ran out before anybody answered.':
    'Se é tudo o que um programa mostra, seu tempo limite se esgotou antes que alguém respondesse.',
  'See whether the port answers: `netdiag ports TARGET -p PORT`.': 'Veja se a porta responde: `netdiag ports TARGET -p PORT`.',
  'Interrupted by a signal': 'Interrompida por um sinal',
  'A signal came while the call was waiting. It says nothing about the network.':
    'Um sinal chegou enquanto a chamada esperava. Não diz nada sobre a rede.',
  'A timer or Ctrl-C of the program.': 'Um temporizador ou Ctrl-C do programa.',
  'The machine was suspended and went on.': 'A máquina foi suspensa e retomada.',
  'It comes at a fixed time after the start: a timer.': 'Ocorre em um tempo fixo após o início: um temporizador.',
  'Nothing; a program should make the call again.': 'Nada; um programa deve repetir a chamada.',
  'The network dropped the connection': 'A rede derrubou a conexão',
  'Keep-alive found out that the other host has started anew, or is gone; for a datagram, a protocol that the other host lacks.':
    'O keep-alive descobriu que o outro host foi reiniciado ou sumiu; em um datagrama, um protocolo que o outro host não tem.',
  'The other host restarted, and knows nothing of the connection.': 'O outro host reiniciou e não sabe nada da conexão.',
  'A device on the way forgot the idle connection.': 'Um dispositivo no caminho esqueceu a conexão ociosa.',
  'Its uptime is shorter than that of the connection: a restart.': 'Seu tempo de atividade é menor que o da conexão: um reinício.',
  'Connect again; turn on keep-alive below the time-outs of devices on the way.':
    'Conecte de novo; ative o keep-alive com intervalo menor que os tempos limite dos dispositivos no caminho.',
  'No data available': 'Nenhum dado disponível',
  'The question is understood and there is nothing to answer. Lookups of names use it for a name without a record of that type.':
    'A consulta foi entendida e não há nada a responder. A resolução de nomes o usa para um nome sem registro daquele tipo.',
  'The name has no such record, for example no IPv6 address.': 'O nome não tem tal registro, por exemplo nenhum endereço IPv6.',
  'An attribute that is not set, a stream that is empty.': 'Um atributo não definido, um stream vazio.',
  '`netdiag dns NAME --type A,AAAA` shows which records there are.': '`netdiag dns NAME --type A,AAAA` mostra quais registros existem.',
  'Ask for what there is, or have the record made.': 'Peça o que existe, ou solicite a criação do registro.',
  'No such file or directory': 'Arquivo ou diretório inexistente',
  'A file is not there; for networks: the socket file of a local service, or a setting that this kernel does not have.':
    'Um arquivo não existe; em redes: o arquivo de soquete de um serviço local, ou uma configuração que este kernel não tem.',
  'A local service is not running, so that its socket file is missing.':
    'Um serviço local não está em execução, por isso falta seu arquivo de soquete.',
  'A configuration file or certificate is named wrongly.': 'O nome de um arquivo de configuração ou certificado está errado.',
  'A setting under /proc/sys of a module that is not loaded.': 'Uma configuração em /proc/sys de um módulo que não está carregado.',
  '`ss -xl` lists the socket files on which somebody listens.': '`ss -xl` lista os arquivos de soquete em que alguém escuta.',
  'Start the service, or correct the name of the file.': 'Inicie o serviço, ou corrija o nome do arquivo.',
  'Cannot allocate memory': 'Não foi possível alocar memória',
  'The kernel has no memory for this, or the limit of the container or of all sockets together is reached.':
    'O kernel não tem memória para isso, ou o limite do contêiner ou de todos os soquetes juntos foi atingido.',
  'The machine or the container is out of memory.': 'A máquina ou o contêiner está sem memória.',
  'Sockets together use more than `net.ipv4.tcp_mem` allows.': 'Os soquetes juntos usam mais do que `net.ipv4.tcp_mem` permite.',
  'The limit of locked memory.': 'O limite de memória travada.',
  '`cat /proc/net/sockstat` shows the memory of sockets, `free` that of the machine.':
    '`cat /proc/net/sockstat` mostra a memória dos soquetes; `free`, a da máquina.',
  'Find what uses it; raise the limit of the container.': 'Descubra o que a usa; aumente o limite do contêiner.',
  'Function not implemented': 'Função não implementada',
  'This kernel does not have the call.': 'Este kernel não tem a chamada.',
  'A sandbox that stands in for a kernel (gVisor, WSL 1).': 'Uma sandbox que faz as vezes de kernel (gVisor, WSL 1).',
  'A kernel older than the program expects.': 'Um kernel mais antigo do que o programa espera.',
  '`uname -a` names kernel and version.': '`uname -a` cita kernel e versão.',
  'Run it on a newer or a real Linux kernel; netdiag goes on by its next best method.':
    'Execute em um kernel Linux mais novo ou real; o netdiag prossegue com o segundo melhor método.',
  'The socket is not connected': 'O soquete não está conectado',
  'The program uses a connection that does not stand: not yet, or no longer.':
    'O programa usa uma conexão que não está estabelecida: ainda não, ou não mais.',
  'The other side reset it before the program looked.': 'O outro lado a redefiniu antes que o programa verificasse.',
  'The connection failed, and the program did not heed that.': 'A conexão falhou, e o programa não deu atenção a isso.',
  'An error before this one names the reason: a refusal or a reset.': 'Um erro anterior a este dá o motivo: uma recusa ou um RST.',
  'Look at the first error, not at this one.': 'Examine o primeiro erro, não este.',
  'Operation not supported': 'Operação não suportada',
  'This kind of socket, interface or driver cannot do what it is asked for. ENOTSUP is the same on Linux.':
    'Este tipo de soquete, interface ou driver não consegue fazer o que lhe é pedido. ENOTSUP é o mesmo no Linux.',
  'A setting that the driver of the interface does not have.': 'Uma configuração que o driver da interface não tem.',
  'Listening or accepting on a datagram socket.': 'Escutar ou aceitar conexões em um soquete de datagrama.',
  '`ethtool -k INTERFACE` says `[fixed]` for what the driver cannot change.':
    '`ethtool -k INTERFACE` mostra `[fixed]` no que o driver não consegue alterar.',
  'Leave the setting out, or use a driver that has it.': 'Deixe a configuração de fora, ou use um driver que a tenha.',
  'Protocol family not supported': 'Família de protocolos não suportada',
  'The kernel was built without this family of protocols.': 'O kernel foi compilado sem esta família de protocolos.',
  'A kernel without IPv6, or without packet sockets.': 'Um kernel sem IPv6, ou sem soquetes de pacote.',
  'A sandbox forbids the family.': 'Uma sandbox proíbe a família.',
  '`cat /proc/net/protocols` lists the protocols that are there.': '`cat /proc/net/protocols` lista os protocolos disponíveis.',
  'Use another family, or load the module of this one.': 'Use outra família, ou carregue o módulo desta.',
  'Protocol error': 'Erro de protocolo',
  'What the other side sent breaks the rules of the protocol. Node gives this name to most failures of a TLS handshake.':
    'O que o outro lado enviou viola as regras do protocolo. O Node dá este nome à maioria das falhas de um handshake TLS.',
  'TLS is expected and plain text answers, or the other way round.': 'Espera-se TLS e responde texto claro, ou o contrário.',
  'The two sides agree on no version or cipher suite.': 'Os dois lados não chegam a acordo sobre versão ou suíte de cifras.',
  'A connection that was reset before it was accepted.': 'Uma conexão que foi redefinida antes de ser aceita.',
  'The text behind it, such as "wrong version number", says which: that one means that the answer is no TLS.':
    'O texto que o segue, como "wrong version number", diz qual: esse significa que a resposta não é TLS.',
  'Look at the handshake: `netdiag tls TARGET`.': 'Examine o handshake: `netdiag tls TARGET`.',
  'Protocol not supported': 'Protocolo não suportado',
  'The kernel does not have this protocol, for example SCTP, MPTCP or an ICMP socket for users.':
    'O kernel não tem este protocolo, por exemplo SCTP, MPTCP ou um soquete ICMP para usuários.',
  'Its module is not loaded, or not built.': 'Seu módulo não está carregado, ou não foi compilado.',
  'A sandbox or container without it.': 'Uma sandbox ou contêiner sem ele.',
  'Load the module, or use another protocol.': 'Carregue o módulo, ou use outro protocolo.',
  'The radio is switched off': 'O rádio está desligado',
  'The interface cannot come up since its radio is switched off, by a switch or by software.':
    'A interface não pode ser ativada porque seu rádio está desligado, por uma chave física ou por software.',
  'Aeroplane mode.': 'Modo avião.',
  'A switch or a key of the machine.': 'Uma chave física ou tecla da máquina.',
  'Software that blocks the radio at start.': 'Um software que bloqueia o rádio na inicialização.',
  '`rfkill list` says "Hard blocked" for the switch and "Soft blocked" for software.':
    '`rfkill list` mostra "Hard blocked" para a chave física e "Soft blocked" para software.',
  'Move the switch, or for a soft block: `rfkill unblock wifi`.':
    'Mude a chave física de posição ou, em um bloqueio por software: `rfkill unblock wifi`.',
  'This side has ended its sending': 'Este lado encerrou seu envio',
  'The program writes to a connection on which it said before that nothing more will come.':
    'O programa escreve em uma conexão na qual já disse que nada mais viria.',
  'An interface or USB device that was taken away.': 'Uma interface ou dispositivo USB que foi removido.',
  '`sudo dmesg` shows a device that went away at that moment.': '`sudo dmesg` mostra um dispositivo que sumiu naquele momento.',
  'Correct the program, or plug the device in again.': 'Corrija o programa, ou conecte o dispositivo de novo.',
  'Type of socket not supported': 'Tipo de soquete sem suporte',
  'The kernel does not have this type of socket for this family.': 'O kernel não tem este tipo de soquete para esta família.',
  'A raw or packet socket in a sandbox.': 'Um soquete bruto ou de pacote em uma sandbox.',
  'A combination that does not exist.': 'Uma combinação que não existe.',
  'It works on another machine: the sandbox or kernel of this one.': 'Funciona em outra máquina: a sandbox ou o kernel desta.',
  'Use another type; netdiag goes on by its next best method.': 'Use outro tipo; o netdiag prossegue com o segundo melhor método.',
  'There is no such entry': 'Não existe tal entrada',
  'No process by this number, or for route commands ("RTNETLINK answers: No such process") no such route.':
    'Nenhum processo com este número ou, em comandos de rota ("RTNETLINK answers: No such process"), nenhuma rota assim.',
  'The route to be removed or changed is not there, or in another table.':
    'A rota a remover ou alterar não existe, ou está em outra tabela.',
  'The process has ended.': 'O processo terminou.',
  '`ip route show table all` lists the routes of all tables.': '`ip route show table all` lista as rotas de todas as tabelas.',
  'Name the table and the interface of the route.': 'Informe a tabela e a interface da rota.',
};
