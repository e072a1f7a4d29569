import type { Entries } from '../../language.js';

export const TERMS_ERRNO_EXPLANATIONS: Entries = {
  'An error of files, folders and file systems. The network is at fault only where the file system is one of the network.':
    'Um erro de arquivos, pastas e sistemas de arquivos. A culpa só é da rede quando o sistema de arquivos é de rede.',
  'The file or file system is not as the program expects it.': 'O arquivo ou sistema de arquivos não está como o programa espera.',
  'A file system of the network (NFS, SMB) whose server is away.': 'Um sistema de arquivos de rede (NFS, SMB) cujo servidor está ausente.',
  '`findmnt -T PATH` says on which file system, and whether on one of the network, the file lies.':
    '`findmnt -T PATH` diz em qual sistema de arquivos o arquivo está, e se é um de rede.',
  'Look at the file that the program names; for one of the network see whether its server answers.':
    'Examine o arquivo que o programa cita; se for um de rede, veja se o servidor responde.',
  'An error between processes and threads of one machine. It says nothing about the network.':
    'Um erro entre processos e threads de uma mesma máquina. Não diz nada sobre a rede.',
  'A mistake in the program.': 'Um erro no programa.',
  'A process that ended while another one waited for it.': 'Um processo que terminou enquanto outro esperava por ele.',
  'The log of the program names the call that brought it.': 'O registro (log) do programa cita a chamada que o causou.',
  'Restart the program; report it to its makers where it comes again.':
    'Reinicie o programa; se ocorrer de novo, relate a quem o desenvolve.',
  'The program asks the system for something that makes no sense, or cannot run as it is. It says nothing about the network.':
    'O programa pede ao sistema algo que não faz sentido, ou não pode ser executado como está. Não diz nada sobre a rede.',
  'A program or library for another system or version.': 'Um programa ou biblioteca para outro sistema ou outra versão.',
  'It comes at once and each time, wherever the program connects to: the program.':
    'Ocorre de imediato e sempre, aonde quer que o programa se conecte: o programa.',
  'Update the program; report it to its makers where it comes again.':
    'Atualize o programa; se ocorrer de novo, relate a quem o desenvolve.',
  'A leftover of older systems and of file systems of the network. Sockets of today hardly bring it.':
    'Um resto de sistemas mais antigos e de sistemas de arquivos de rede. Soquetes atuais quase nunca o causam.',
  'A file system of the network whose server is away, or has started anew.':
    'Um sistema de arquivos de rede cujo servidor está ausente ou foi reiniciado.',
  'An old driver or program.': 'Um driver ou programa antigo.',
  '`findmnt -t nfs,nfs4,cifs` lists the file systems of the network; `sudo dmesg` names a driver.':
    '`findmnt -t nfs,nfs4,cifs` lista os sistemas de arquivos de rede; `sudo dmesg` cita um driver.',
  'See whether the server answers, and mount the file system anew.': 'Veja se o servidor responde e monte o sistema de arquivos de novo.',
  'A device, or what stands for one, did not do what it was asked for. For a network card that is the card or its driver.':
    'Um dispositivo, ou o que faz as vezes de um, não fez o que lhe foi pedido. Em uma placa de rede, é a placa ou seu driver.',
  'The device went away or is broken.': 'O dispositivo sumiu ou está com defeito.',
  'A driver that hangs.': 'Um driver que trava.',
  'A tunnel or virtual device without anybody at its other end.': 'Um túnel ou dispositivo virtual sem ninguém na outra ponta.',
  '`sudo dmesg` names the device and the moment.': '`sudo dmesg` cita o dispositivo e o momento.',
  'Unplug and plug it in again, or restart the machine; look at cable and power.':
    'Desconecte e conecte de novo, ou reinicie a máquina; examine cabo e energia.',
  'The kernel lacks a key that it needs, or does not accept it: encrypted file systems, signed modules, AFS, NFS with Kerberos.':
    'O kernel não tem uma chave de que precisa, ou não a aceita: sistemas de arquivos criptografados, módulos assinados, AFS, NFS com Kerberos.',
  'Nobody has logged in yet, or the ticket has run out.': 'Ninguém fez login ainda, ou o ticket expirou.',
  'A module or file that is signed with another key.': 'Um módulo ou arquivo assinado com outra chave.',
  '`klist` shows tickets and their ends; `cat /proc/keys` what the kernel has.':
    '`klist` mostra os tickets e quando expiram; `cat /proc/keys`, o que o kernel tem.',
  'Log in again (`kinit`), or load the right key.': 'Faça login de novo (`kinit`), ou carregue a chave certa.',
  'The queue of an interface is full: more is sent than the link takes.':
    'A fila de uma interface está cheia: envia-se mais do que o enlace aceita.',
  'More is sent than the link carries.': 'Envia-se mais do que o enlace comporta.',
  'The interface is stuck.': 'A interface está travada.',
  '`netstat -ni` counts what the interface could not send.': '`netstat -ni` conta o que a interface não conseguiu enviar.',
  'Send more slowly, and look at the link.': 'Envie mais devagar e examine o enlace.',
  'Linux and macOS': 'Linux e macOS',
};
