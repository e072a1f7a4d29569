import type { Entries } from '../../language.js';

export const TERMS_RCODES: Entries = {
  'The question was answered': 'A consulta foi respondida',
  'Response code 0: no error. With no record in the answer it means that the name exists, but has nothing of the type asked for (NODATA, RFC 2308).':
    'Código de resposta 0: sem erro. Sem registro na resposta, significa que o nome existe, mas não tem nada do tipo pedido (NODATA, RFC 2308).',
  'Without answers: the name has no such record, for example no IPv6 address.':
    'Sem respostas: o nome não tem tal registro, por exemplo nenhum endereço IPv6.',
  'The answer section is empty and an SOA record stands in the authority section: NODATA.':
    'A seção de resposta está vazia e há um registro SOA na seção de autoridade: NODATA.',
  'Nothing, or ask for the type that the name has.': 'Nada, ou consulte o tipo que o nome tem.',
  'The server could not read the question': 'O servidor não conseguiu ler a consulta',
  'Response code 1: the server takes the question for malformed. Old servers answer so to options that they do not know (EDNS, RFC 6891).':
    'Código de resposta 1: o servidor considera a consulta malformada. Servidores antigos respondem assim a opções que não conhecem (EDNS, RFC 6891).',
  'An old server or forwarder, and a question with EDNS options.': 'Um servidor ou encaminhador antigo, e uma consulta com opções EDNS.',
  'A device on the way that changes questions.': 'Um dispositivo no caminho que altera consultas.',
  'A program that makes broken questions.': 'Um programa que faz consultas malformadas.',
  '`dig +noedns NAME` works where `dig NAME` does not: EDNS.': '`dig +noedns NAME` funciona onde `dig NAME` não funciona: EDNS.',
  'Other servers answer the same question: this server.': 'Outros servidores respondem à mesma consulta: este servidor.',
  'Update the server or forwarder, or use another.': 'Atualize o servidor ou encaminhador, ou use outro.',
  'The server could not find out': 'O servidor não conseguiu descobrir',
  'Response code 2: the resolver tried and failed. It says nothing about whether the name exists.':
    'Código de resposta 2: o resolvedor tentou e falhou. Não diz nada sobre se o nome existe.',
  'The servers of the domain do not answer.': 'Os servidores do domínio não respondem.',
  'DNSSEC signatures do not hold.': 'As assinaturas DNSSEC não conferem.',
  'The resolver cannot reach the internet.': 'O resolvedor não alcança a internet.',
  '`dig +cd NAME` answers: DNSSEC. All names fail: the resolver. One domain fails: its servers.':
    '`dig +cd NAME` responde: DNSSEC. Todos os nomes falham: o resolvedor. Um domínio falha: seus servidores.',
  'Tell the owner of the domain, or the operator of the resolver, whichever it is.':
    'Avise o dono do domínio ou o responsável pelo resolvedor, conforme o caso.',
  'The name does not exist': 'O nome não existe',
  'Response code 3: neither the name nor anything below it exists (RFC 2308, RFC 8020). This is an answer, not a failure.':
    'Código de resposta 3: nem o nome nem nada abaixo dele existe (RFC 2308, RFC 8020). Isto é uma resposta, não uma falha.',
  'The name is known inside another network only.': 'O nome só é conhecido dentro de outra rede.',
  'The entry is not made yet, or the old "no" is still remembered.':
    'A entrada ainda não foi criada, ou o "não" antigo ainda está guardado.',
  'The domain above it exists: the entry or the spelling. With the VPN it exists: the resolver of that network.':
    'O domínio acima existe: a entrada ou a grafia. Com a VPN existe: o resolvedor daquela rede.',
  'Correct the name, or ask the resolver to whose network it belongs.':
    'Corrija o nome, ou consulte o resolvedor da rede a que ele pertence.',
  'The server does not support this kind of question': 'O servidor não suporta este tipo de consulta',
  'Response code 4: the server does not implement the operation, or refuses a type in this way.':
    'Código de resposta 4: o servidor não implementa a operação, ou recusa um tipo desta forma.',
  'A simple forwarder, as in many routers, and an unusual type or operation.':
    'Um encaminhador simples, como em muitos roteadores, e um tipo ou operação incomum.',
  'A server that will not answer ANY questions (most use RFC 8482 for that).':
    'Um servidor que não responde a consultas ANY (a maioria usa a RFC 8482 para isso).',
  'A question of type A works: the type or operation is the reason.': 'Uma consulta do tipo A funciona: o motivo é o tipo ou a operação.',
  'Ask a full resolver, or ask for the types one by one.': 'Consulte um resolvedor completo, ou consulte os tipos um por um.',
  'The server does not want to answer': 'O servidor não quer responder',
  'Response code 5: policy. The server does not serve this client or this zone.':
    'Código de resposta 5: política. O servidor não atende a este cliente ou a esta zona.',
  'The client is not in the allowed network.': 'O cliente não está na rede permitida.',
  'The server is no resolver, and not responsible for the zone.': 'O servidor não é um resolvedor nem responde pela zona.',
  'A rate limit or name filter.': 'Um limite de taxa ou filtro de nomes.',
  'All names are refused: the client. Some: a filter, or a lame delegation.':
    'Todos os nomes são recusados: o cliente. Alguns: um filtro, ou uma lame delegation.',
  'Use the resolver of this network, or have this client allowed.': 'Use o resolvedor desta rede, ou faça permitir este cliente.',
  'The name exists and should not': 'O nome existe e não deveria',
  'an update was to be made only where the name does not exist.': 'uma atualização só deveria ser feita se o nome não existisse.',
  'Somebody else has made the name.': 'Outra pessoa criou o nome.',
  'Look at what the name holds, and send another update.': 'Examine o que o nome contém e envie outra atualização.',
  'The records exist and should not': 'Os registros existem e não deveriam',
  'an update was to be made only where these records do not exist.':
    'uma atualização só deveria ser feita se estes registros não existissem.',
  'Somebody else has made the records.': 'Outra pessoa criou os registros.',
  'The records should exist and do not': 'Os registros deveriam existir e não existem',
  'an update was to be made only where these records exist.': 'uma atualização só deveria ser feita se estes registros existissem.',
  'Somebody else has removed the records.': 'Outra pessoa removeu os registros.',
  'The server is not responsible, or not allowed': 'O servidor não responde pela zona, ou não há permissão',
  'the server does not serve the zone, or the signature of the question (TSIG) is not accepted.':
    'o servidor não atende a zona, ou a assinatura da consulta (TSIG) não é aceita.',
  'A wrong server or zone, a wrong key, or clocks more than 5 minutes apart.':
    'Um servidor ou zona errados, uma chave errada, ou relógios com mais de 5 minutos de diferença.',
  'Compare server, zone, key and clock.': 'Compare servidor, zona, chave e relógio.',
  'The name is not in the zone': 'O nome não está na zona',
  'a name of an update lies outside of the zone that is to be changed.':
    'um nome de uma atualização está fora da zona que deve ser alterada.',
  'A wrong zone in the update.': 'Uma zona errada na atualização.',
  'Name the zone in which the name lies.': 'Informe a zona em que o nome está.',
  'The stateful operation is not known': 'A operação com estado não é conhecida',
  'the server does not have the kind of stateful operation (DSO) that was asked for.':
    'o servidor não tem o tipo de operação com estado (DSO) que foi pedido.',
  'A client that is newer than the server.': 'Um cliente mais novo que o servidor.',
  'Update the server, or switch the operation off.': 'Atualize o servidor, ou desligue a operação.',
  'The version of EDNS is not known': 'A versão do EDNS não é conhecida',
  'the server does not know the version of EDNS; as the result of a signature it is BADSIG: the signature does not hold.':
    'o servidor não conhece a versão do EDNS; como resultado de uma assinatura é BADSIG: a assinatura não confere.',
  'An old server, or a key that differs.': 'Um servidor antigo, ou uma chave que difere.',
  'Update the server; compare the keys.': 'Atualize o servidor; compare as chaves.',
  'The key is not known': 'A chave não é conhecida',
  'the server does not know the key with which the question is signed.': 'o servidor não conhece a chave com que a consulta está assinada.',
  'A wrong name of the key, or one that the server was not given.': 'Um nome de chave errado, ou uma chave que não foi dada ao servidor.',
  'Compare the names of the keys.': 'Compare os nomes das chaves.',
  'The time of the signature is not right': 'A hora da assinatura não está certa',
  'the signature is too old or of the future by the clock of the server.':
    'a assinatura é antiga demais ou do futuro segundo o relógio do servidor.',
  'The way to agree on a key is not supported': 'A forma de combinar uma chave não é suportada',
  'the server does not have this mode of TKEY (RFC 2930).': 'o servidor não tem este modo de TKEY (RFC 2930).',
  'A client that is set up for another kind of server.': 'Um cliente configurado para outro tipo de servidor.',
  'Choose another mode.': 'Escolha outro modo.',
  'The name of the key exists already': 'O nome da chave já existe',
  'a key by this name was agreed on before (TKEY, RFC 2930).': 'uma chave com este nome foi combinada antes (TKEY, RFC 2930).',
  'An earlier agreement is still kept.': 'Um acordo anterior ainda está guardado.',
  'Choose another name.': 'Escolha outro nome.',
  'The algorithm of the key is not supported': 'O algoritmo da chave não é suportado',
  'the server does not know the algorithm (TKEY, RFC 2930).': 'o servidor não conhece o algoritmo (TKEY, RFC 2930).',
  'An old server or client.': 'Um servidor ou cliente antigo.',
  'The signature was cut too short': 'A assinatura foi cortada demais',
  'the signature is shorter than the server takes (RFC 8945).': 'a assinatura é mais curta do que o servidor aceita (RFC 8945).',
  'The two sides are set up differently.': 'Os dois lados estão configurados de forma diferente.',
  'Send the whole signature.': 'Envie a assinatura inteira.',
  'The cookie is missing or wrong': 'O cookie está ausente ou errado',
  'the server wants a cookie of its own that shows that the address is not forged, and asks to ask again (RFC 7873).':
    'o servidor exige um cookie seu que mostre que o endereço não é forjado e pede que se consulte de novo (RFC 7873).',
  'The normal course of a first question; again and again where several servers behind one address do not share their secret.':
    'O curso normal de uma primeira consulta; repetido, quando vários servidores atrás de um endereço não compartilham seu segredo.',
  'Give all servers behind the address the same cookie secret.': 'Dê a todos os servidores atrás do endereço o mesmo segredo de cookie.',
  'Response code {0}: {1}': 'Código de resposta {0}: {1}',
  'The log of the server names the question that it answered so.': 'O registro (log) do servidor cita a consulta que ele respondeu assim.',
};
