import type { Entries } from '../../language.js';

export const CAUSES_WEBSOCKET: Entries = {
  'The WebSocket is open and says nothing': 'O WebSocket está aberto e não diz nada',
  'The upgrade succeeds, and then pings stay without the pong that RFC 6455 asks for, messages do not come back, or a stream brings nothing. The connection stands; what is behind it does not work.':
    'O upgrade dá certo, mas depois os pings ficam sem o pong que a RFC 6455 exige, as mensagens não voltam ou um stream não traz nada. A conexão se mantém; o que está atrás dela não funciona.',
  'A proxy took the upgrade, and the program behind it hangs or is gone.':
    'Um proxy aceitou o upgrade, e o programa atrás dele travou ou não existe mais.',
  'The program blocks its event loop, and answers nothing meanwhile.':
    'O programa bloqueia seu loop de eventos e não responde nada nesse meio-tempo.',
  'A stream begins only behind a subscription message or a login that was not sent.':
    'Um stream só começa depois de uma mensagem de inscrição ou de um login que não foi enviado.',
  'There is nothing to send: a stream on a quiet channel.': 'Não há nada a enviar: um stream em um canal sem movimento.',
  'A device on the way holds back what comes after the upgrade.': 'Um dispositivo no caminho retém o que vem depois do upgrade.',
  'whether new connections are answered at the same moment': 'se novas conexões são respondidas no mesmo momento',
  'whether small messages pass and large ones do not': 'se mensagens pequenas passam e grandes não',
  'Pings are answered and messages are not: the program. Neither: the proxy or the way.':
    'Os pings são respondidos e as mensagens não: o programa. Nem um nem outro: o proxy ou o caminho.',
  'Over wss: it works and over ws: not: a device on the way.': 'Por wss: funciona e por ws: não: um dispositivo no caminho.',
  'Look at load and log of the program at that moment.': 'Examine a carga e o registro (log) do programa naquele momento.',
  'Send what the service wants first: `netdiag http URL --message TEXT --listen 30s`.':
    'Envie primeiro o que o serviço quer: `netdiag http URL --message TEXT --listen 30s`.',
  'Raise the idle time-out of the proxy and let it pass frames on at once.':
    'Aumente o tempo limite de ociosidade do proxy e faça-o repassar os frames na hora.',
  'The WebSocket{0} opens, and what should come on it does not{1}.': 'O WebSocket{0} abre, mas o que deveria vir por ele não vem{1}.',
  'Look at load and log of the program behind it; a stream can need its subscription first: netdiag http {0} --message TEXT --listen 30s':
    'Examine a carga e o registro (log) do programa atrás dele; um stream pode precisar antes da inscrição: netdiag http {0} --message TEXT --listen 30s',
  'The server closes the WebSocket': 'O servidor fecha o WebSocket',
  'The WebSocket opens, and the server ends it before we do. The close code says why (RFC 6455 section 7.4): 1001 going away, 1008 against its policy, 1011 an error of its own, 1012 a restart, 1013 overload; 1006 stands for an end without a close frame.':
    'O WebSocket abre, e o servidor o encerra antes de nós. O código de fechamento diz o motivo (RFC 6455 section 7.4): 1001 saída, 1008 contra a política dele, 1011 erro próprio, 1012 reinício, 1013 sobrecarga; 1006 indica um fim sem frame de fechamento.',
  '1008: login, Origin, or too many messages or connections.': '1008: login, Origin, ou mensagens ou conexões demais.',
  '1011: an error of the program. 1012 and 1013: a restart or overload.': '1011: erro do programa. 1012 e 1013: reinício ou sobrecarga.',
  '1006: a proxy or firewall cut the connection, or the program crashed.':
    '1006: um proxy ou firewall cortou a conexão, ou o programa caiu.',
  'The service closes what does not subscribe or log in within a few seconds.':
    'O serviço fecha o que não faz assinatura nem login em poucos segundos.',
  'whether a close frame came': 'se veio um frame de fechamento',
  'whether the reason names a limit': 'se o motivo cita um limite',
  'The reason behind the code is the words of the service.': 'O motivo após o código são as palavras do serviço.',
  'Always after the same time, 60 s as a rule: an idle time-out of a proxy.':
    'Sempre após o mesmo tempo, em geral 60 s: tempo limite de inatividade de um proxy.',
  'At once: login or subscription. After a message: that message.': 'De imediato: login ou assinatura. Após uma mensagem: essa mensagem.',
  'Send login or subscription first, and no more messages than the service allows.':
    'Envie primeiro o login ou a assinatura, e não mais mensagens do que o serviço permite.',
  'For 1006 raise the time-out of the proxy (nginx: `proxy_read_timeout`), or ping more often than that.':
    'Para 1006, aumente o tempo limite do proxy (nginx: `proxy_read_timeout`) ou envie pings com frequência maior que esse tempo.',
  'For 1011, 1012 and 1013 connect again later, each time after a longer pause.':
    'Para 1011, 1012 e 1013, reconecte mais tarde, com uma pausa maior a cada vez.',
  '{0} closes the WebSocket{1}.': '{0} fecha o WebSocket{1}.',
  'Read code and reason: 1008 wants a login or fewer messages, 1011 to 1013 are the server, 1006 is a cut on the way or in a proxy.':
    'Leia o código e o motivo: 1008 pede login ou menos mensagens, 1011 a 1013 são o servidor, 1006 é um corte no caminho ou em um proxy.',
  'The server breaks the rules of WebSocket': 'O servidor viola as regras do WebSocket',
  'What comes behind the upgrade is not what RFC 6455 allows: masked frames, an extension that was not agreed on, fragments out of order, text that is no UTF-8, a message beyond all measure. Clients end such a connection.':
    'O que vem após o upgrade não é o que a RFC 6455 permite: frames mascarados, uma extensão não negociada, fragmentos fora de ordem, texto que não é UTF-8, uma mensagem de tamanho desmedido. Os clientes encerram uma conexão assim.',
  'A fault in the library or the program of the server.': 'Um defeito na biblioteca ou no programa do servidor.',
  'A proxy that compresses or changes frames.': 'Um proxy que comprime ou altera frames.',
  'Something else than WebSocket behind a careless 101.': 'Algo que não é WebSocket por trás de um 101 descuidado.',
  'Messages larger than clients take.': 'Mensagens maiores do que os clientes aceitam.',
  'The close code in the finding: 1002 the frames, 1007 the text, 1009 the size.':
    'O código de fechamento no achado: 1002 os frames, 1007 o texto, 1009 o tamanho.',
  'Update the WebSocket library of the server.': 'Atualize a biblioteca WebSocket do servidor.',
  'Take the proxy out of the way, or switch its compression off.': 'Tire o proxy do caminho ou desative a compressão dele.',
  'What {0} sends on the WebSocket breaks the rules of the protocol{1}.': 'O que {0} envia no WebSocket viola as regras do protocolo{1}.',
  'Update the WebSocket library of the server, and see whether it happens past the proxy too.':
    'Atualize a biblioteca WebSocket do servidor e veja se também acontece sem passar pelo proxy.',
};
