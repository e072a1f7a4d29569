// What a server accepts: nginx with everything that OpenSSL serves, by netdiag, sslscan and nmap, over a link with a delay.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../child.mjs';
import { createPair, dataOf, FAR, PROGRAM, verdict } from '../packets/networks.mjs';

const ONE_WAY_MS = 25;
const PORT = 443;
const NAME = 'app.example.net';
const MOST_CONNECTIONS = 100;
const LARGEST_SHARE = 0.25;
const TIMEOUT_MS = 300_000;
const COUNTER = 'inet opened';

/** @returns {Promise<string>} a section in Markdown */
export async function benchEnumeration(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-bench-tls-'));
  const network = await createPair({ impairment: { delayMs: ONE_WAY_MS } });
  try {
    const [near, far] = [network.host('near'), network.host('far')];
    certify(folder);
    await far.run('nft', ['add', 'table', ...COUNTER.split(' ')]);
    await far.run('nft', ['add', 'chain', ...COUNTER.split(' '), 'input', '{ type filter hook input priority 0; }']);
    await far.run('nft', ['add', 'rule', ...COUNTER.split(' '), 'input', `tcp dport ${PORT} tcp flags & (syn|ack) == syn counter`]);

    const byClient = await compare({ near, far, folder, rounds, prefers: false });
    const byServer = await compare({ near, far, folder, rounds, prefers: true });
    return `### Everything that a TLS server accepts

nginx with an RSA certificate and \`ssl_ciphers ALL:@SECLEVEL=0\`, TLS 1.0 to 1.3: ${byClient.known} suites, counted by version; ${ONE_WAY_MS} ms each way.
\`netdiag tls ${FAR} --enumerate\` beside \`sslscan\` and \`nmap --script ssl-enum-ciphers\`, in turns, ${rounds} rounds, medians; connections: the most of any round.
Connections are counted by nftables in front of the server. Missing and extra: against what sslscan and nmap find together.

| server | tool | connections | wall, s | suites | missing | extra | groups | signature schemes | who decides, order |
|---|---|---:|---:|---:|---:|---:|---:|---:|---|
${byClient.rows.join('\n')}
${byServer.rows.join('\n')}

- Exactly the suites that sslscan and nmap find together: ${verdict(byClient.same && byServer.same)}. At most ${MOST_CONNECTIONS} connections: ${verdict(Math.max(byClient.connections, byServer.connections) <= MOST_CONNECTIONS)}. At most a quarter of sslscan's time: ${verdict(byClient.share <= LARGEST_SHARE)} (${byClient.share.toFixed(2)}; where the server decides, whose order is asked for one by one, ${byServer.share.toFixed(2)}).
`;
  } finally {
    await network.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function certify(folder) {
  const subject = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME},IP:${FAR}`];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', ...files, ...subject], { stdio: 'ignore' });
}

function configuration(folder, prefers) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  return `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/log crit;
events { worker_connections 512; }
http { access_log off; ${temporary}
  server { listen ${PORT} ssl; ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0; ssl_prefer_server_ciphers ${prefers ? 'on' : 'off'};
    location / { return 204; } } }
`;
}

async function compare({ near, far, folder, rounds, prefers }) {
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(folder, prefers));
  const nginx = far.start('nginx', ['-e', join(folder, 'log'), '-p', folder, '-c', file]);
  try {
    await whenAnswered(near);
    const seen = Object.fromEntries(TOOLS.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const tool of TOOLS) {
        const before = await opened(far);
        const { stdout, elapsedMs, stderr } = await near.run(tool.command, tool.args(folder), { timeoutMs: TIMEOUT_MS });
        const found = tool.read(stdout, folder);
        if (found.suites.size === 0) throw new Error(`${tool.name} found nothing: ${stderr}`);
        seen[tool.name].push({ ...found, connections: (await opened(far)) - before, wallMs: elapsedMs });
      }
    const union = new Set([...seen.sslscan, ...seen.nmap].flatMap(({ suites }) => [...suites]));
    const missing = ({ suites }) => [...union].filter((suite) => !suites.has(suite));
    const extra = ({ suites }) => [...suites].filter((suite) => !union.has(suite));
    const wall = (name) => median(seen[name].map(({ wallMs }) => wallMs));
    const most = (name, of) => Math.max(...seen[name].map(of));
    const row = ({ name }) => {
      const [{ suites, more }] = seen[name];
      const counts = [suites.size, most(name, (one) => missing(one).length), most(name, (one) => extra(one).length)];
      return `| ${prefers ? 'decides itself' : 'lets the client decide'} | ${name} | ${most(name, ({ connections }) => connections)} | ${(wall(name) / 1000).toFixed(2)} | ${counts.join(' | ')} | ${more.join(' | ')} |`;
    };
    return {
      known: union.size,
      rows: TOOLS.map(row),
      same: seen.netdiag.every((one) => missing(one).length === 0 && extra(one).length === 0),
      connections: most('netdiag', ({ connections }) => connections),
      share: wall('netdiag') / wall('sslscan'),
    };
  } finally {
    nginx.kill('SIGTERM');
    await nginx.catch(() => {});
  }
}

async function opened(far) {
  const { stdout } = await far.run('nft', ['list', 'table', ...COUNTER.split(' ')]);
  return Number(/packets (\d+)/.exec(stdout)?.[1]);
}

async function whenAnswered(near) {
  for (let attempt = 0; attempt < 40; attempt++) {
    const { stdout } = await near.run('openssl', ['s_client', '-connect', `${FAR}:${PORT}`, '-brief'], { timeoutMs: 5000, input: '' });
    if (stdout.includes('CONNECTION ESTABLISHED')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const VERSIONS = { 'TLSv1.0': 'TLSv1' };
const known = (version, name) => `${VERSIONS[version] ?? version} ${name}`;
let namesByOpenssl = null;

/** IANA's name for OpenSSL's, by OpenSSL itself. */
function ianaName(opensslName) {
  namesByOpenssl ??= new Map(
    execFileSync('openssl', ['ciphers', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([iana, , openssl]) => [openssl, iana]),
  );
  return namesByOpenssl.get(opensslName) ?? opensslName;
}

const TOOLS = [
  {
    name: 'netdiag',
    command: process.execPath,
    args: () => [PROGRAM, 'tls', `${FAR}:${PORT}`, '--enumerate', '--json', '--fail-on', 'never'],
    read(stdout) {
      const { enumeration } = dataOf(stdout, 'tls');
      const deciding = enumeration.preference.map(({ decides, order }) => `${decides}${order === null ? '' : ', in order'}`);
      const more = [enumeration.groups.length, enumeration.signatureSchemes.length, [...new Set(deciding)].join(' or ')];
      if (!enumeration.complete) throw new Error(`not complete: ${enumeration.unsettled.join('; ')}`);
      return { suites: new Set(enumeration.ciphers.map(({ protocol, name }) => known(protocol, name))), more };
    },
  },
  {
    name: 'sslscan',
    command: 'sslscan',
    args: () => ['--xml=-', `${FAR}:${PORT}`],
    read(stdout) {
      const rows = [...stdout.matchAll(/<cipher [^>]*sslversion="([^"]+)"[^>]*cipher="([^"]+)"/g)];
      const groups = new Set([...stdout.matchAll(/<group [^>]*name="([^"]+)"/g)].map(([, name]) => name));
      return { suites: new Set(rows.map(([, version, name]) => known(version, ianaName(name)))), more: [groups.size, '–', '–'] };
    },
  },
  {
    name: 'nmap',
    command: 'nmap',
    args: () => ['-Pn', '-n', '-p', String(PORT), '--script', 'ssl-enum-ciphers', FAR],
    read(stdout) {
      const suites = new Set();
      let version = '';
      for (const line of stdout.split('\n')) {
        version = /^\|[ _]+((?:TLS|SSL)v[\d.]+):/.exec(line)?.[1] ?? version;
        // nmap writes the suites of TLS 1.3 in the manner of the older ones.
        const name = /^\|[ _]+(TLS_\w+) /.exec(line)?.[1]?.replace('TLS_AKE_WITH_', 'TLS_');
        if (name !== undefined) suites.add(known(version, name));
      }
      const decides = new Set([...stdout.matchAll(/cipher preference: (\w+)/g)].map(([, who]) => who));
      return { suites, more: ['–', '–', [...decides].join(' or ')] };
    },
  },
];
