/** Rule sets as people write them, and others by chance. Each is a script for the shell of the machine that filters. */

export interface RuleSet {
  name: string;
  script: string;
}

const nft = (name: string, rules: string): RuleSet => ({ name: `nft: ${name}`, script: `nft -f - <<'END'\n${rules}\nEND` });

const input = (rules: string, policy = 'drop', more = '') => `table inet filter {
${more}
  chain input {
    type filter hook input priority filter; policy ${policy};
${rules}
  }
}`;

const BASE = `    ct state established,related accept
    iifname lo accept
    meta l4proto { icmp, icmpv6 } accept`;

export const NFT_RULE_SETS: readonly RuleSet[] = [
  nft('a server', input(`${BASE}\n    tcp dport { 22, 80, 443 } accept`)),
  nft('ports by range, the rest refused', input(`${BASE}\n    tcp dport 80-5432 accept\n    reject`)),
  nft(
    'a reset for TCP, a message for the rest',
    input(`${BASE}\n    tcp dport 22 accept\n    reject with tcp reset\n    reject with icmpx type admin-prohibited`),
  ),
  nft('one network', input(`${BASE}\n    ip saddr 10.0.0.0/8 tcp dport { 22, 5432 } accept`)),
  nft('all but one network', input(`${BASE}\n    ip saddr != 192.0.2.0/24 drop\n    tcp dport 22 accept\n    udp dport 30000 accept`)),
  nft(
    'a named set of sources',
    input(
      `${BASE}\n    ip saddr @trusted accept`,
      'drop',
      '  set trusted { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 192.0.2.70-192.0.2.79 }\n  }',
    ),
  ),
  nft(
    'a set of sources with ports',
    input(
      `${BASE}\n    ip saddr . tcp dport @pairs accept`,
      'drop',
      '  set pairs { type ipv4_addr . inet_service; flags interval; elements = { 10.9.8.7 . 22, 192.0.2.0/26 . 80-443 }\n  }',
    ),
  ),
  nft(
    'a map of verdicts',
    input(
      `${BASE}\n    tcp dport vmap @services`,
      'accept',
      '  chain web {\n    ip saddr 192.0.2.2 accept\n    drop\n  }\n  map services { type inet_service : verdict; elements = { 22 : drop, 80 : jump web, 443 : accept }\n  }',
    ),
  ),
  nft('states by a map', input('    ct state vmap { established : accept, related : accept, invalid : drop }\n    tcp dport 22 accept')),
  nft('by interface', input(`${BASE}\n    iifname "eth1" accept\n    iifname "eth0" tcp dport 443 accept`)),
  nft('by interface with a star', input(`${BASE}\n    iifname "eth*" tcp dport 80 accept`)),
  nft('not by one interface', input(`${BASE}\n    iifname != "eth1" drop\n    tcp dport 22 accept`)),
  nft('interface and source together', input(`${BASE}\n    iifname . ip saddr { "eth0" . 10.9.8.7, "eth1" . 198.51.100.0/24 } accept`)),
  nft(
    'jump and return',
    input(
      `${BASE}\n    jump trusted\n    tcp dport 80 accept`,
      'drop',
      '  chain trusted {\n    ip saddr != 192.0.2.2 return\n    tcp dport 22-443 accept\n  }',
    ),
  ),
  nft(
    'goto does not come back',
    input(`${BASE}\n    tcp dport 22-80 goto some\n    accept`, 'drop', '  chain some {\n    ip saddr 10.9.8.7 accept\n  }'),
  ),
  nft(
    'two chains at one hook',
    `${input('    tcp dport 22 accept', 'accept')}\ntable inet second {\n  chain late {\n    type filter hook input priority 10; policy accept;\n    tcp dport 22 drop\n    udp dport 80 reject\n  }\n}`,
  ),
  nft(
    'an early chain that accepts does not help',
    `${input(`${BASE}\n    tcp dport 443 accept`)}\ntable inet early {\n  chain input {\n    type filter hook input priority -10; policy accept;\n    accept\n  }\n}`,
  ),
  nft(
    'dropped ahead of the routes',
    'table inet raw {\n  chain pre {\n    type filter hook prerouting priority raw; policy accept;\n    tcp dport { 22, 8080 } drop\n    ip saddr 10.9.8.7 udp dport 80 drop\n  }\n}',
  ),
  nft(
    'not tracked, then only new is let in',
    `table inet raw {\n  chain pre {\n    type filter hook prerouting priority raw;\n    udp dport 80 notrack\n  }\n}\n${input('    ct state established accept\n    ct state new accept')}`,
  ),
  nft(
    'a mark decides',
    `table inet marking {\n  chain pre {\n    type filter hook prerouting priority mangle;\n    tcp dport { 80, 443 } meta mark set 0x10\n    ip saddr 10.9.8.7 meta mark set meta mark or 0x1\n  }\n}\n${input(`${BASE}\n    meta mark and 0x1 == 0x1 drop\n    meta mark 0x10 accept`)}`,
  ),
  nft(
    'IPv4 only',
    `table ip filter {\n  chain in4 {\n    type filter hook input priority 0; policy drop;\n    ct state established accept\n    tcp dport 22 accept\n  }\n}`,
  ),
  nft(
    'IPv6 only',
    `table ip6 filter {\n  chain in6 {\n    type filter hook input priority 0; policy drop;\n    meta l4proto ipv6-icmp accept\n    ct state established accept\n    tcp dport 443 accept\n  }\n}`,
  ),
  nft(
    'families apart in one table',
    input(
      `${BASE}\n    meta nfproto ipv6 tcp dport 22 accept\n    ip daddr 192.0.2.1 tcp dport 80 accept\n    ip6 saddr 2001:db8:1::/64 udp dport 443 accept`,
    ),
  ),
  nft(
    'by flags of TCP',
    input(
      `${BASE}\n    tcp flags & (fin|syn|rst|ack) == syn tcp dport 80 accept\n    tcp flags & (fin|syn) == (fin|syn) tcp dport 22 accept`,
    ),
  ),
  nft(
    'ports above and below',
    input(`${BASE}\n    tcp dport > 8000 accept\n    udp dport <= 80 accept\n    tcp dport < 23 reject with tcp reset`),
  ),
  nft(
    'a port of its own goes to another',
    `table ip nat {\n  chain pre {\n    type nat hook prerouting priority dstnat;\n    tcp dport 80 redirect to :8080\n  }\n}\n${input(`${BASE}\n    tcp dport 8080 accept`)}`,
  ),
  nft(
    'to what was redirected alone',
    `table ip nat {\n  chain pre {\n    type nat hook prerouting priority dstnat;\n    tcp dport 80 redirect to :8080\n  }\n}\n${input(`${BASE}\n    ct status dnat accept`)}`,
  ),
  nft('to addresses of this machine only', input(`${BASE}\n    fib daddr type != local drop\n    tcp dport 5432 accept`)),
  nft(
    'whose way back is missing',
    `table inet anti {\n  chain pre {\n    type filter hook prerouting priority raw;\n    fib saddr . iif oif missing drop\n  }\n}\n${input(`${BASE}\n    tcp dport 22 accept`)}`,
  ),
  nft(
    'output by port',
    'table inet filter {\n  chain output {\n    type filter hook output priority 0; policy accept;\n    tcp dport 443 drop\n    tcp dport 22 reject with tcp reset\n    udp dport 80 reject\n  }\n}',
  ),
  nft(
    'output shut',
    'table inet filter {\n  chain output {\n    type filter hook output priority 0; policy drop;\n    ct state established accept\n    meta l4proto ipv6-icmp accept\n    oifname "eth1" accept\n    ip daddr 192.0.2.2 tcp dport 80 accept\n  }\n}',
  ),
  nft(
    'output by user',
    'table inet filter {\n  chain output {\n    type filter hook output priority 0; policy accept;\n    meta skuid 65534 tcp dport { 22, 80 } drop\n    meta skuid != 65534 tcp dport 443 reject with tcp reset\n  }\n}',
  ),
  nft(
    'answers are dropped',
    'table inet filter {\n  chain input {\n    type filter hook input priority 0; policy drop;\n    meta l4proto ipv6-icmp accept\n    tcp dport 22 accept\n  }\n}',
  ),
  nft(
    'sent to another port, then filtered',
    'table ip nat {\n  chain out {\n    type nat hook output priority -100;\n    tcp dport 80 dnat to 192.0.2.2:8080\n    tcp dport 22 dnat to 192.0.2.2:443\n  }\n}\ntable inet filter {\n  chain output {\n    type filter hook output priority 0; policy accept;\n    tcp dport { 22, 80 } drop\n    tcp dport 443 reject with tcp reset\n  }\n}',
  ),
  nft(
    'late output',
    'table inet filter {\n  chain post {\n    type filter hook postrouting priority 0; policy accept;\n    tcp dport 80 drop\n  }\n}',
  ),
];

/** `$T` is the tool for IPv4, `$S` that for IPv6, of either engine. */
const IPTABLES: readonly [name: string, script: string][] = [
  [
    'a server',
    '$T -P INPUT DROP\n$T -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT\n$T -A INPUT -i lo -j ACCEPT\n$T -A INPUT -p icmp -j ACCEPT\n$T -A INPUT -p tcp -m multiport --dports 22,80,443 -j ACCEPT',
  ],
  [
    'the old way of state',
    '$T -P INPUT DROP\n$T -A INPUT -m state --state ESTABLISHED,RELATED -j ACCEPT\n$T -A INPUT -m state --state NEW -p tcp --dport 22 -j ACCEPT',
  ],
  [
    'refused at the end',
    '$T -A INPUT -p tcp --dport 80:443 -j ACCEPT\n$T -A INPUT -p tcp -j REJECT --reject-with tcp-reset\n$T -A INPUT -p udp -j REJECT',
  ],
  [
    'chains',
    '$T -N WEB\n$T -N LOGDROP\n$T -A WEB -s 192.0.2.0/26 -j ACCEPT\n$T -A WEB -s 10.0.0.0/8 -j RETURN\n$T -A WEB -j LOGDROP\n$T -A LOGDROP -m limit --limit 3/min -j LOG --log-prefix "dropped "\n$T -A LOGDROP -j DROP\n$T -A INPUT -p tcp --dport 80 -j WEB\n$T -A INPUT -p tcp --dport 22 -j LOGDROP',
  ],
  [
    'goto',
    '$T -N ONE\n$T -A ONE -s 10.9.8.7 -j ACCEPT\n$T -P INPUT DROP\n$T -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT\n$T -A INPUT -p tcp --dport 22 -g ONE\n$T -A INPUT -p tcp -j ACCEPT',
  ],
  [
    'by interface',
    '$T -P INPUT DROP\n$T -A INPUT -i eth1 -j ACCEPT\n$T -A INPUT -i eth+ -p tcp --dport 80 -j ACCEPT\n$T -A INPUT ! -i eth0 -p tcp --dport 22 -j ACCEPT',
  ],
  ['not from a network', '$T -A INPUT ! -s 192.0.2.0/24 -p tcp --dport 22 -j DROP\n$T -A INPUT -s 192.0.2.77 -j REJECT'],
  [
    'ranges of addresses',
    '$T -A INPUT -m iprange --src-range 10.9.8.0-10.9.8.9 -p tcp --dport 22 -j DROP\n$T -A INPUT -m iprange ! --src-range 192.0.2.1-192.0.2.9 -p udp --dport 80 -j DROP',
  ],
  [
    'raw and mangle first',
    '$T -t raw -A PREROUTING -p tcp --dport 22 -j DROP\n$T -t mangle -A INPUT -p tcp --dport 80 -j DROP\n$T -t mangle -A PREROUTING -s 10.9.8.7 -p udp -j DROP\n$T -A INPUT -p tcp --dport 22 -j ACCEPT',
  ],
  [
    'marks',
    '$T -t mangle -A PREROUTING -p tcp --dport 443 -j MARK --set-xmark 0x4000/0x4000\n$T -t mangle -A PREROUTING -s 10.9.8.7 -j MARK --or-mark 0x1\n$T -A INPUT -m mark --mark 0x4000/0x4000 -j DROP\n$T -A INPUT -p tcp --dport 22 -m mark ! --mark 0x1/0x1 -j REJECT --reject-with tcp-reset',
  ],
  [
    'SYN alone',
    '$T -A INPUT -p tcp --syn --dport 80 -j DROP\n$T -A INPUT -p tcp ! --syn --dport 22 -j DROP\n$T -A INPUT -p tcp --tcp-flags SYN,RST SYN --dport 443 -j REJECT --reject-with tcp-reset',
  ],
  [
    'kinds of addresses',
    '$T -A INPUT -m addrtype --dst-type LOCAL -p tcp --dport 22 -j DROP\n$T -A INPUT -m addrtype ! --dst-type LOCAL -j DROP\n$T -A INPUT -m addrtype --src-type LOCAL -p tcp --dport 80 -j DROP',
  ],
  ['comments like rules', '$T -A INPUT -p tcp --dport 22 -m comment --comment "-j ACCEPT \\"for all\\" ! -s 10.0.0.0/8" -j DROP'],
  [
    'redirected',
    '$T -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080\n$T -P INPUT DROP\n$T -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT\n$T -A INPUT -p tcp --dport 8080 -j ACCEPT',
  ],
  [
    'what was redirected',
    '$T -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080\n$T -P INPUT DROP\n$T -A INPUT -m conntrack --ctstate ESTABLISHED,DNAT -j ACCEPT',
  ],
  [
    'not tracked',
    '$T -t raw -A PREROUTING -p udp --dport 80 -j CT --notrack\n$T -A INPUT -m conntrack --ctstate UNTRACKED -j DROP\n$T -A INPUT -p tcp -m conntrack --ctstate INVALID -j DROP',
  ],
  [
    'both families',
    '$T -P INPUT DROP\n$S -P INPUT DROP\n$S -A INPUT -p ipv6-icmp -j ACCEPT\n$S -A INPUT -p tcp --dport 443 -j ACCEPT\n$S -A INPUT -s 2001:db8:1::/64 -p udp --dport 80 -j REJECT\n$T -A INPUT -p udp --dport 30000 -j ACCEPT',
  ],
  [
    'output by port',
    '$T -A OUTPUT -p tcp --dport 443 -j DROP\n$T -A OUTPUT -p tcp --dport 22 -j REJECT --reject-with tcp-reset\n$T -A OUTPUT -d 192.0.2.2 -p udp --dport 80 -j REJECT',
  ],
  [
    'output by user',
    '$T -A OUTPUT -m owner --uid-owner 65534 -p tcp --dport 80 -j DROP\n$T -A OUTPUT -m owner ! --uid-owner 65534 -p tcp --dport 22 -j REJECT --reject-with tcp-reset',
  ],
  [
    'output shut',
    '$T -P OUTPUT DROP\n$T -A OUTPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT\n$T -A OUTPUT -o eth1 -j ACCEPT\n$T -A OUTPUT -p tcp --dport 80 -j ACCEPT',
  ],
  [
    'sent to another port, then filtered',
    '$T -t nat -A OUTPUT -d 192.0.2.2 -p tcp --dport 80 -j DNAT --to-destination 192.0.2.2:8080\n$T -t nat -A OUTPUT -d 192.0.2.2 -p tcp --dport 22 -j DNAT --to-destination 192.0.2.2:443\n$T -A OUTPUT -p tcp -m multiport --dports 22,80 -j DROP\n$T -A OUTPUT -p tcp --dport 443 -j REJECT --reject-with tcp-reset',
  ],
  [
    'headers that nothing has',
    '$T -A INPUT -p esp -m esp --espspi 1:9 -j DROP\n$S -A INPUT -m frag --fragid 0:4294967295 -j DROP\n$S -A INPUT -m rt -j DROP\n$S -A INPUT -m rt ! --rt-type 0 -j DROP\n$T -A INPUT -p tcp --dport 22 -j REJECT',
  ],
  ['answers are dropped', '$T -P INPUT DROP\n$T -A INPUT -p tcp --dport 22 -j ACCEPT'],
];

export const IPTABLES_RULE_SETS: readonly RuleSet[] = (['iptables', 'iptables-legacy'] as const).flatMap((tool) =>
  IPTABLES.map(([name, script]) => ({
    name: `${tool}: ${name}`,
    script: `T=${tool}; S=${tool.replace('ip', 'ip6')}\n${script}`,
  })),
);

const SOURCES = ['192.0.2.0/24', '192.0.2.2', '10.0.0.0/8', '10.9.8.7', '198.51.100.0/24', '0.0.0.0/1'] as const;
const PORT_CHOICES = ['22', '80', '443', '2201', '5432', '8080', '30000'] as const;

/** Rule sets by chance, of what both languages can say. */
export function randomRuleSets(random: () => number, count: number): RuleSet[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const maybe = (chance: number) => random() < chance;
  return Array.from({ length: count }, (_, index) => {
    const native = index % 2 === 0;
    const rule = (chains: readonly string[]) => {
      const protocol = pick(['tcp', 'udp'] as const);
      const verdict = pick([
        'accept',
        'drop',
        'reject',
        'return',
        ...chains.map((chain) => `jump ${chain}`),
        ...chains.map((chain) => `goto ${chain}`),
      ]);
      const not = () => maybe(0.25);
      const [link, source, port, second] = [
        maybe(0.3) ? pick(['eth0', 'eth1']) : null,
        maybe(0.5) ? pick(SOURCES) : null,
        pick(PORT_CHOICES),
        pick(PORT_CHOICES),
      ];
      const [low, high] = [port, second].sort((a, b) => Number(a) - Number(b));
      const shape = pick(['any', 'one', 'not', 'range', 'several'] as const);
      const state = maybe(0.3) ? pick(['new', 'established', 'new,established']) : null;
      if (native) {
        const ports = {
          any: '',
          one: `${protocol} dport ${port}`,
          not: `${protocol} dport != ${port}`,
          range: `${protocol} dport ${low}-${high}`,
          several: `${protocol} dport { ${[...new Set([port, second])].join(', ')} }`,
        }[shape];
        return [
          link === null ? '' : `iifname ${not() ? '!= ' : ''}"${link}"`,
          source === null ? '' : `ip saddr ${not() ? '!= ' : ''}${source}`,
          ports === '' ? `meta l4proto ${protocol}` : ports,
          state === null ? '' : `ct state ${state}`,
          maybe(0.2) ? 'counter' : '',
          verdict,
        ]
          .filter((part) => part !== '')
          .join(' ');
      }
      const ports = {
        any: '',
        one: `--dport ${port}`,
        not: `! --dport ${port}`,
        range: `--dport ${low}:${high}`,
        several: `-m multiport --dports ${[...new Set([port, second])].join(',')}`,
      }[shape];
      const [word = '', chain] = verdict.split(' ');
      const target = chain === undefined ? `-j ${word.toUpperCase()}` : word === 'goto' ? `-g ${chain}` : `-j ${chain}`;
      return [
        link === null ? '' : `${not() ? '! ' : ''}-i ${link}`,
        source === null ? '' : `${not() ? '! ' : ''}-s ${source}`,
        `-p ${protocol}`,
        ports,
        state === null ? '' : `-m conntrack --ctstate ${state.toUpperCase()}`,
        target,
      ]
        .filter((part) => part !== '')
        .join(' ');
    };
    const rules = (chains: readonly string[], most: number) => Array.from({ length: 1 + Math.floor(random() * most) }, () => rule(chains));
    const policy = pick(['accept', 'drop'] as const);
    const [leaf, middle, base] = [rules([], 3), rules(['leaf'], 3), rules(['leaf', 'middle'], 5)];
    if (native) {
      const chain = (name: string, head: string, lines: readonly string[]) =>
        `  chain ${name} {\n    ${[head, ...lines].filter((line) => line !== '').join('\n    ')}\n  }`;
      const text = [
        chain('leaf', '', leaf),
        chain('middle', '', middle),
        chain('input', `type filter hook input priority 0; policy ${policy};\n    ip6 saddr ::/0 accept`, base),
      ];
      return nft(`by chance ${index}`, `table inet filter {\n${text.join('\n')}\n}`);
    }
    const tool = index % 4 === 1 ? 'iptables' : 'iptables-legacy';
    const lines = [
      `${tool} -N leaf`,
      `${tool} -N middle`,
      ...leaf.map((line) => `${tool} -A leaf ${line}`),
      ...middle.map((line) => `${tool} -A middle ${line}`),
      ...base.map((line) => `${tool} -A INPUT ${line}`),
      `${tool} -P INPUT ${policy.toUpperCase()}`,
    ];
    return { name: `${tool}: by chance ${index}`, script: lines.join('\n') };
  });
}
