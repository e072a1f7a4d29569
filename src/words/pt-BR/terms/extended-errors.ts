import type { Entries } from '../../language.js';

export const TERMS_EXTENDED_ERRORS: Entries = {
  'Another resolver answers the same question otherwise: this resolver. `netdiag dns NAME --compare` asks several.':
    'Outro resolvedor responde diferente à mesma consulta: este resolvedor. `netdiag dns NAME --compare` consulta vários.',
  '`dig +cd NAME` answers: only the validation fails, and the servers of the zone are there.':
    '`dig +cd NAME` responde: só a validação falha, e os servidores da zona estão lá.',
  'Tell the owner of the zone; `netdiag dns NAME --validate` shows where the chain breaks.':
    'Avise o dono da zona; `netdiag dns NAME --validate` mostra onde a cadeia se rompe.',
  'An error without a number of its own; the text beside it says more.': 'Um erro sem número próprio; o texto ao lado diz mais.',
  'Whatever the text says.': 'O que o texto disser.',
  'The text beside the number is of the server.': 'O texto ao lado do número é do servidor.',
  'Read the text: `netdiag dns NAME --json`.': 'Leia o texto: `netdiag dns NAME --json`.',
  'The zone is signed by an algorithm that the resolver does not know.': 'A zona é assinada com um algoritmo que o resolvedor não conhece.',
  'A new algorithm, or an old one that was switched off.': 'Um algoritmo novo, ou um antigo que foi desligado.',
  'Update the resolver, or have the zone signed by algorithm 8 or 13.':
    'Atualize o resolvedor, ou faça a zona ser assinada com o algoritmo 8 ou 13.',
  'The entry at the parent uses a kind of digest that the resolver does not know.':
    'A entrada na zona pai usa um tipo de digest que o resolvedor não conhece.',
  'An old digest, such as SHA-1, alone at the parent.': 'Só um digest antigo, como SHA-1, na zona pai.',
  'Have a DS record with SHA-256 put at the parent.': 'Faça incluir na zona pai um registro DS com SHA-256.',
  'The servers of the zone could not be reached, and the resolver answers what it knew before (RFC 8767).':
    'Os servidores da zona não puderam ser alcançados, e o resolvedor responde o que sabia antes (RFC 8767).',
  'The servers of the zone are down.': 'Os servidores da zona estão fora do ar.',
  'The resolver has no way to them.': 'O resolvedor não tem caminho até eles.',
  'Other domains are answered afresh: those servers. All are stale: the resolver.':
    'Outros domínios têm resposta nova: esses servidores. Todas são antigas: o resolvedor.',
  'Have the servers of the zone repaired; the answer may be out of date.':
    'Faça consertar os servidores da zona; a resposta pode estar desatualizada.',
  'The resolver answers something else than the zone says, by policy.':
    'O resolvedor responde algo diferente do que a zona diz, por política.',
  'A filter of the network or of the provider.': 'Um filtro da rede ou do provedor.',
  'A login page.': 'Uma página de login.',
  'Ask the operator of the resolver for the rule.': 'Pergunte ao responsável pelo resolvedor qual é a regra.',
  'The resolver could not tell whether the answer is signed as it should be.':
    'O resolvedor não conseguiu saber se a resposta está assinada como deveria.',
  'A broken chain of signatures above the zone.': 'Uma cadeia de assinaturas rompida acima da zona.',
  'No trust anchor for it.': 'Nenhuma âncora de confiança para ela.',
  'The signatures do not hold: the answer may be forged, or the zone is signed wrongly.':
    'As assinaturas não conferem: a resposta pode ser forjada, ou a zona está assinada de forma errada.',
  'A mistake when keys were changed.': 'Um erro na troca de chaves.',
  'Signatures that have run out.': 'Assinaturas que expiraram.',
  'Somebody on the way changes answers.': 'Alguém no caminho altera respostas.',
  'A clock that is wrong, here or at the resolver.': 'Um relógio errado, aqui ou no resolvedor.',
  'The signatures of the zone have run out.': 'As assinaturas da zona expiraram.',
  'Nobody signs the zone anew: a job that has stopped.': 'Ninguém renova as assinaturas da zona: uma tarefa que parou.',
  'The clock of the resolver is ahead.': 'O relógio do resolvedor está adiantado.',
  'The signatures of the zone begin in the future.': 'As assinaturas da zona começam no futuro.',
  'The clock of the resolver is behind.': 'O relógio do resolvedor está atrasado.',
  'The clock of the machine that signs is ahead.': 'O relógio da máquina que assina está adiantado.',
  'Set the clocks.': 'Acerte os relógios.',
  'The parent names a key that the zone does not have.': 'A zona pai cita uma chave que a zona não tem.',
  'Keys were changed, and the entry at the parent was not.': 'As chaves foram trocadas, e a entrada na zona pai não.',
  'The zone was moved to servers without its keys.': 'A zona foi movida para servidores sem suas chaves.',
  'Have the DS records at the parent brought in line with the zone, or taken away.':
    'Faça alinhar com a zona os registros DS na zona pai, ou removê-los.',
  'A signed zone answers without signatures.': 'Uma zona assinada responde sem assinaturas.',
  'One of its servers has an unsigned copy.': 'Um de seus servidores tem uma cópia sem assinatura.',
  'A device on the way takes signatures away.': 'Um dispositivo no caminho retira assinaturas.',
  'Only some answers lack them: one server of several.': 'Só faltam em algumas respostas: um servidor entre vários.',
  'No key of the zone is marked as one for signing zones.': 'Nenhuma chave da zona está marcada como chave para assinar zonas.',
  'A mistake in the tool that makes the keys.': 'Um erro na ferramenta que gera as chaves.',
  'The proof that something does not exist is missing.': 'Falta a prova de que algo não existe.',
  'A server that is not up to signed zones.': 'Um servidor que não está preparado para zonas assinadas.',
  'A device on the way that takes records away.': 'Um dispositivo no caminho que retira registros.',
  'The resolver repeats an error that it met a moment ago.': 'O resolvedor repete um erro que encontrou há um instante.',
  'The servers of the zone failed before.': 'Os servidores da zona falharam antes.',
  'Asked some seconds later it may be another answer.': 'Consultado alguns segundos depois, pode dar outra resposta.',
  'Wait some seconds and ask again.': 'Espere alguns segundos e consulte de novo.',
  'The server has just started and cannot answer yet.': 'O servidor acabou de iniciar e ainda não consegue responder.',
  'It is loading its zones.': 'Está carregando suas zonas.',
  'It answers some seconds later.': 'Responde alguns segundos depois.',
  'The operator of the resolver blocks the name for reasons of security.':
    'O responsável pelo resolvedor bloqueia o nome por motivos de segurança.',
  'The name is on a list of malware or fraud.': 'O nome está em uma lista de malware ou fraude.',
  'A false entry of that list.': 'Uma entrada errada nessa lista.',
  'Ask the operator of the resolver to correct the list.': 'Peça ao responsável pelo resolvedor que corrija a lista.',
  'Somebody outside obliges the operator of the resolver to block the name.':
    'Alguém de fora obriga o responsável pelo resolvedor a bloquear o nome.',
  'A law or an order.': 'Uma lei ou uma ordem.',
  'Ask the operator of the resolver for the order.': 'Pergunte ao responsável pelo resolvedor qual é a ordem.',
  'The user or customer asked for this filter: parental control, advertisements.':
    'O usuário ou cliente pediu este filtro: controle parental, anúncios.',
  'A filter that was switched on for this connection.': 'Um filtro que foi ativado para esta conexão.',
  'Switch the filter off for this name, in the settings of the provider.':
    'Desative o filtro para este nome nas configurações do provedor.',
  'The resolver does not serve this client.': 'O resolvedor não atende a este cliente.',
  'The address of the client is not allowed.': 'O endereço do cliente não é permitido.',
  'All names are refused: the client.': 'Todos os nomes são recusados: o cliente.',
  'Use the resolver of this network, or have the address allowed.': 'Use o resolvedor desta rede, ou faça permitir o endereço.',
  'The servers of the zone could not be reached, and the resolver repeats an earlier "does not exist".':
    'Os servidores da zona não puderam ser alcançados, e o resolvedor repete um "não existe" anterior.',
  'Have the servers of the zone repaired.': 'Faça consertar os servidores da zona.',
  'The server was asked without recursion for a zone that is not its own.':
    'O servidor foi consultado sem recursão sobre uma zona que não é sua.',
  'A lame delegation: the parent names a server that does not serve the zone.':
    'Uma lame delegation: a zona pai cita um servidor que não atende a zona.',
  'A server without recursion is used as a resolver.': 'Um servidor sem recursão é usado como resolvedor.',
  '`netdiag dns NAME --trace` shows who is named for the zone.': '`netdiag dns NAME --trace` mostra quem é citado para a zona.',
  'Correct the delegation, or ask a resolver.': 'Corrija a delegação, ou consulte um resolvedor.',
  'The server does not support the operation or the type.': 'O servidor não suporta a operação ou o tipo.',
  'A simple forwarder.': 'Um encaminhador simples.',
  'A question of type A works: the type.': 'Uma consulta do tipo A funciona: o tipo.',
  'Ask a full resolver.': 'Consulte um resolvedor completo.',
  'No server of the zone could be reached, or none gave a usable answer.':
    'Nenhum servidor da zona pôde ser alcançado, ou nenhum deu uma resposta utilizável.',
  'The resolver has no way out.': 'O resolvedor não tem saída.',
  'The delegation names wrong servers.': 'A delegação cita servidores errados.',
  'Other domains are answered: those servers. None is: the way of the resolver.':
    'Outros domínios têm resposta: esses servidores. Nenhum tem: o caminho do resolvedor.',
  '`netdiag dns NAME --trace` shows which server does not answer.': '`netdiag dns NAME --trace` mostra qual servidor não responde.',
  'The resolver met an error of the network on its way to the servers of the zone.':
    'O resolvedor encontrou um erro de rede no caminho até os servidores da zona.',
  'A server of the zone is down, or a firewall is in front of it.': 'Um servidor da zona está fora do ar, ou há um firewall antes dele.',
  'The server has data of the zone that cannot be used, or too old ones.':
    'O servidor tem dados da zona que não podem ser usados, ou são antigos demais.',
  'A secondary server that has not heard of its primary for too long.':
    'Um servidor secundário que há tempo demais não tem notícia do primário.',
  'A mistake in the file of the zone.': 'Um erro no arquivo da zona.',
  'Only one server of the zone says so: that one.': 'Só um servidor da zona diz isso: esse.',
  'Have the transfer of the zone or its file repaired.': 'Faça consertar a transferência da zona ou seu arquivo.',
  'A signature that ends before it begins.': 'Uma assinatura que termina antes de começar.',
  'A mistake in the tool or the clock that signs.': 'Um erro na ferramenta ou no relógio que assina.',
  'The question came as early data of TLS or QUIC, and could be a copy.':
    'A consulta veio como dados antecipados de TLS ou QUIC e pode ser uma cópia.',
  'An encrypted resolver that takes no early data.': 'Um resolvedor criptografado que não aceita dados antecipados.',
  'It is answered behind a whole handshake.': 'É respondida depois de um handshake completo.',
  'Nothing; clients ask again.': 'Nada; os clientes consultam de novo.',
  'The proof that something does not exist takes more rounds of hashing than the resolver will do (RFC 9276).':
    'A prova de que algo não existe exige mais rodadas de hash do que o resolvedor aceita fazer (RFC 9276).',
  'The zone was signed with many iterations.': 'A zona foi assinada com muitas iterações.',
  'Have the zone signed with no extra iterations.': 'Faça a zona ser assinada sem iterações extras.',
  'The answer cannot be made to fit the policy that the client asked for.':
    'A resposta não pode ser ajustada à política que o cliente pediu.',
  'A filter of the resolver.': 'Um filtro do resolvedor.',
  'Ask the operator of the resolver.': 'Pergunte ao responsável pelo resolvedor.',
  'The answer was made from a record of wider scope, not read as it is.':
    'A resposta foi feita a partir de um registro de escopo mais amplo, não lida como está.',
  'Aggressive use of proofs that something does not exist (RFC 8198).': 'Uso agressivo de provas de que algo não existe (RFC 8198).',
  'It is no error.': 'Não é um erro.',
  'A question for a type that is only for use between servers, such as RRSIG or OPT.':
    'Uma consulta de um tipo que só serve para uso entre servidores, como RRSIG ou OPT.',
  'A program that asks for what cannot be asked for.': 'Um programa que consulta o que não pode ser consultado.',
  'Ask for another type.': 'Consulte outro tipo.',
  'ede {0}': 'ede {0}',
};
