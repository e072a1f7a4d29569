import type { Entries } from '../../language.js';

export const MODEL_PROFILES: Entries = {
  'what most uses of a network bear': 'o que a maioria dos usos de uma rede suporta',
  'a wired first hop answers within 1 ms, Wi-Fi within about 10 ms':
    'um primeiro salto cabeado responde em até 1 ms, por Wi-Fi em até cerca de 10 ms',
  'ITU-T G.114: up to 150 ms one way is fine for most uses, above 400 ms is not acceptable for planning; a round trip is held to the same':
    'ITU-T G.114: até 150 ms em um sentido serve para a maioria dos usos, acima de 400 ms não é aceitável para planejamento; a ida e volta é comparada com o mesmo',
  'voice receivers commonly buffer 30 to 50 ms': 'receptores de voz costumam ter buffer de 30 a 50 ms',
  'from half of what ITU-T G.114 allows a conversation one way (150 ms) a queue is felt; above 400 ms it alone is not acceptable':
    'a partir da metade do que a ITU-T G.114 permite a uma conversa em um sentido (150 ms), uma fila é percebida; acima de 400 ms ela sozinha não é aceitável',
  'TCP throughput halves near 1 % (Mathis et al. 1997); speech breaks up near 5 % (ITU-T G.113)':
    'a vazão do TCP cai à metade perto de 1 % (Mathis et al. 1997); a fala se rompe perto de 5 % (ITU-T G.113)',
  'one round trip and the accept; above 1 s the first SYN was lost (RFC 6298 initial time-out)':
    'uma ida e volta e o accept; acima de 1 s o primeiro SYN foi perdido (tempo limite inicial da RFC 6298)',
  'one or two round trips and the signatures of the server': 'uma ou duas idas e voltas e as assinaturas do servidor',
  'a cached answer costs one round trip to the resolver; above 1 s clients begin to ask again':
    'uma resposta em cache custa uma ida e volta até o resolvedor; acima de 1 s os clientes começam a consultar de novo',
  'web.dev time to first byte: good below 0.8 s, poor above 1.8 s': 'web.dev time to first byte: bom abaixo de 0.8 s, ruim acima de 1.8 s',
  'signed requests often live for 5 s; Kerberos (RFC 4120) and cloud interfaces refuse above 5 minutes':
    'requisições assinadas costumam valer 5 s; Kerberos (RFC 4120) e interfaces de nuvem recusam acima de 5 minutos',
  'a round trip of the network as above, and the turn of the event loop of the server; above half a second a display lags':
    'uma ida e volta da rede como acima, e a volta do event loop do servidor; acima de meio segundo a exibição fica atrasada',
  'Ethernet (RFC 894) carries 1500; every IPv6 path must carry 1280 (RFC 8200), every IPv4 host take 576 (RFC 791)':
    'Ethernet (RFC 894) transporta 1500; todo caminho IPv6 deve transportar 1280 (RFC 8200), todo host IPv4 aceitar 576 (RFC 791)',
  'automatic renewal commonly begins 30 days before the end; with two weeks left it has failed, and there is time to do it by hand':
    'a renovação automática costuma começar 30 dias antes do fim; com duas semanas restantes ela falhou, e há tempo de fazê-la à mão',
  'RFC 8996 forbids TLS 1.0 and 1.1': 'RFC 8996 proíbe TLS 1.0 e 1.1',
  'games in which it counts who acts first': 'jogos em que importa quem age primeiro',
  'some of the quickest games suffer from about 50 ms on (Raaen, Latency Thresholds for Usability in Games: A Survey); the threshold of games seen in the first person is 100 ms (Claypool and Claypool, Latency and Player Actions in Online Games, 2006); players prefer servers within 150 to 180 ms (Armitage 2003). All of them are held to be round trips, as games show them':
    'alguns dos jogos mais rápidos sofrem a partir de cerca de 50 ms (Raaen, Latency Thresholds for Usability in Games: A Survey); o limiar de jogos em primeira pessoa é 100 ms (Claypool and Claypool, Latency and Player Actions in Online Games, 2006); os jogadores preferem servidores a até 150 a 180 ms (Armitage 2003). Todos são tomados como ida e volta, como os jogos os mostram',
  'servers usually send 20 to 30 packets a second (Valve, Source Multiplayer Networking): half of the 33 ms between two of them is evened out by interpolation, and what is 50 ms late comes behind its successor. The objective is commonly used':
    'os servidores costumam enviar 20 a 30 pacotes por segundo (Valve, Source Multiplayer Networking): metade dos 33 ms entre dois deles é compensada por interpolação, e o que atrasa 50 ms chega depois do seguinte. O objetivo é de uso comum',
  'ITU-T G.1010 asks for none; the loss found on servers, 3 % at most, had no effect on players (Beigbeder et al., The Effects of Loss and Latency on User Performance in Unreal Tournament 2003, 2004). The limit of 5 % is commonly used':
    'ITU-T G.1010 não pede nenhuma; a perda encontrada em servidores, no máximo 3 %, não teve efeito sobre os jogadores (Beigbeder et al., The Effects of Loss and Latency on User Performance in Unreal Tournament 2003, 2004). O limite de 5 % é de uso comum',
  'network requirements of a platform': 'requisitos de rede de uma plataforma',
  '{0}: REST interfaces at p99': '{0}: interfaces REST em p99',
  'a platform of services: interfaces to exchanges, REST, WebSocket and databases':
    'uma plataforma de serviços: interfaces com bolsas, REST, WebSocket e bancos de dados',
  '{0}: the interface of an exchange, and service to service, at p99': '{0}: a interface de uma bolsa, e de serviço a serviço, em p99',
  '{0}: under 10 ms; objective and critical as in the profile default': '{0}: menos de 10 ms; objetivo e crítico como no perfil default',
  '{0}: under 0.1 %; objective and critical as in the profile default': '{0}: menos de 0.1 %; objetivo e crítico como no perfil default',
  '{0}: utilisation warns at 70 %, critical at 90 %; at half of it a line that fails can be made up for by another':
    '{0}: a utilização avisa a 70 % e é crítica a 90 %; com metade, outra linha pode assumir a que falhar',
  '{0}: service to service; a connection costs one round trip, and is held to the same':
    '{0}: de serviço a serviço; uma conexão custa uma ida e volta e é comparada com o mesmo',
  '{0}: databases; of a query this is what the network and the accept take':
    '{0}: bancos de dados; de uma consulta, isto é o que a rede e o accept levam',
  '{0}: WebSocket at p99': '{0}: WebSocket em p99',
  '{0}: renewed every 90 days; renewal commonly begins with a third of that left, and with two weeks left it has failed':
    '{0}: renovado a cada 90 dias; a renovação costuma começar com um terço disso restante, e com duas semanas restantes ela falhou',
  '{0}: TLS 1.2 at least, 1.3 preferred; RFC 8996 forbids what is older':
    '{0}: TLS 1.2 no mínimo, 1.3 de preferência; RFC 8996 proíbe o que é mais antigo',
  'what those who trade hold a way to their broker against': 'o que traders exigem do caminho até sua corretora',
  '{0}: from an order sent to its confirmation under 5 and 50 ms, above 200 ms is critical':
    '{0}: de uma ordem enviada até sua confirmação, menos de 5 e 50 ms; acima de 200 ms é crítico',
  'a machine that trades: few bytes, and each of them at once':
    'uma máquina que opera no mercado: poucos bytes, e cada um deles de imediato',
  '{0}: under 1, 10 and 50 ms one way; a round trip is twice that, since one direction cannot be timed alone from here':
    '{0}: menos de 1, 10 e 50 ms em um sentido; a ida e volta é o dobro disso, pois daqui não se mede o tempo de um só sentido',
  'a queue alone must not use up what the whole round trip may take':
    'uma fila sozinha não pode consumir o que toda a ida e volta pode levar',
  '{0}: an order that is sent again comes late': '{0}: uma ordem reenviada chega atrasada',
  '{0}: a connection costs one round trip, and is held to the same': '{0}: uma conexão custa uma ida e volta e é comparada com o mesmo',
  '{0}: a connection that is up 99.99 % or 99.9 % of the time, below 99 % is critical; here the share of new ones that open':
    '{0}: uma conexão disponível 99.99 % ou 99.9 % do tempo; abaixo de 99 % é crítico; aqui, a parcela das novas que abrem',
  '{0}: a name that is in a cache': '{0}: um nome que está em cache',
  '{0}: above 1000 and 100 messages a second, below 10 is critical; a market at rest has fewer':
    '{0}: acima de 1000 e 100 mensagens por segundo, abaixo de 10 é crítico; um mercado parado tem menos',
  'telephone and video calls': 'chamadas de telefone e vídeo',
  'limits of one way, taken twice for a round trip, since one direction cannot be timed alone from here: ITU-T Y.1541 allows the network 100 ms in class 0; G.114 and G.1010 find 150 ms good and 400 ms the limit. These two are from mouth to ear, and the telephones take 50 to 80 ms of them (Y.1541, appendices III and X)':
    'limites de um sentido, tomados em dobro para a ida e volta, pois daqui não se mede o tempo de um só sentido: ITU-T Y.1541 permite à rede 100 ms na classe 0; G.114 e G.1010 consideram 150 ms bom e 400 ms o limite. Estes dois são da boca ao ouvido, e os telefones levam 50 a 80 ms deles (Y.1541, appendices III and X)',
  'under one packet of 20 ms (RFC 3551) no buffer need grow; 30 ms is commonly used; ITU-T Y.1541 allows the classes 0 and 1 50 ms. Both ways of a round trip are in what is measured':
    'abaixo de um pacote de 20 ms (RFC 3551) nenhum buffer precisa crescer; 30 ms é de uso comum; ITU-T Y.1541 permite às classes 0 e 1 50 ms. Os dois sentidos da ida e volta estão no que é medido',
  'ITU-T Y.1541 allows 0.1 %, G.1010 less than 3 %. Each per cent costs G.711 with concealment about 4 points of R in the E-model (G.107, G.113 appendix I), much more without. A stretch with 6.25 % and more is a burst (RFC 3611, Gmin 16). A loss on either way is in what is measured':
    'ITU-T Y.1541 permite 0.1 %, G.1010 menos de 3 %. Cada por cento custa ao G.711 com ocultação cerca de 4 pontos de R no E-model (G.107, G.113 appendix I), e muito mais sem ela. Um trecho com 6.25 % ou mais é uma rajada (RFC 3611, Gmin 16). Uma perda em qualquer dos sentidos está no que é medido',
  'Lighthouse simulates a desktop line with 40 ms, slow 4G with 150 ms and regular 3G with 300 ms a round trip':
    'Lighthouse simula uma linha de desktop com 40 ms, 4G lento com 150 ms e 3G comum com 300 ms de ida e volta',
  'pages and web applications in a browser': 'páginas e aplicações web em um navegador',
  'a connection costs one round trip; {0}': 'uma conexão custa uma ida e volta; {0}',
  'one round trip in TLS 1.3 (RFC 8446), two in TLS 1.2 (RFC 5246); {0}':
    'uma ida e volta em TLS 1.3 (RFC 8446), duas em TLS 1.2 (RFC 5246); {0}',
  "Yahoo's Best Practices for Speeding Up Your Web Site: a look-up typically takes 20 to 120 ms; above 1 s clients begin to ask again":
    'Best Practices for Speeding Up Your Web Site, do Yahoo: uma resolução de nome leva em geral 20 a 120 ms; acima de 1 s os clientes começam a consultar de novo',
  'web.dev time to first byte: good up to 0.8 s, poor above 1.8 s. There it counts from the click on; here from the request, as DNS, TCP and TLS have limits of their own. The objective of 200 ms is commonly used':
    'web.dev time to first byte: bom até 0.8 s, ruim acima de 1.8 s. Lá conta a partir do clique; aqui a partir da requisição, pois DNS, TCP e TLS têm limites próprios. O objetivo de 200 ms é de uso comum',
  'what a click brings about: at once up to 100 ms (web.dev RAIL); Interaction to Next Paint is good up to 200 ms, poor above 500 ms':
    'o que um clique provoca: imediato até 100 ms (web.dev RAIL); Interaction to Next Paint é bom até 200 ms, ruim acima de 500 ms',
};
