import { type Lab, ZONE } from './index.js';

const EXAMPLE_FILE = 'lab-ca.pem';

/**
 * What `netdiag lab` says when it is up: what listens where, and commands to try it with. Plain ASCII. `caFile` is where the CA certificate
 * was written, fit to be shown.
 */
export function announceLab(lab: Lab, caFile: string | null): string {
  const services = lab.describe();
  const width = (column: 'service' | 'address') => Math.max(...services.map((service) => service[column].length));
  const rows = services.map(
    ({ service, address, note }) => `  ${service.padEnd(width('service'))}  ${address.padEnd(width('address'))}  ${note}`,
  );
  return [
    'netdiag lab: targets on loopback, inside this program. Ctrl-C ends it.',
    '',
    ...rows,
    '',
    'Try:',
    ...examples(lab, caFile).map((line) => `  ${line}`),
    '',
    'netdiag full-report --lab starts a lab of its own and reports on it.',
    '',
  ].join('\n');
}

function examples(lab: Lab, caFile: string | null): string[] {
  const port = (scheme: string) => lab.targets.find((target) => target.scheme === scheme)?.port ?? 0;
  const resolver = lab.servers[0] ?? { address: '', port: 0 };
  const file = caFile === null ? EXAMPLE_FILE : shellWord(caFile);
  const page = `http://${resolver.address}:${port('http')}`;
  return [
    `netdiag dns app.${ZONE} --server ${resolver.address}:${resolver.port}`,
    `netdiag ports ${resolver.address} -p ${lab.ports.open},${lab.ports.closed},${lab.ports.silent}`,
    `dig @${resolver.address} -p ${resolver.port} large.${ZONE} TXT`,
    `curl -i ${page}/status/503        # and /slow?ms=500, /health`,
    ...(caFile === null ? [`netdiag lab --write-ca ${EXAMPLE_FILE}        # certificate to trust, for these:`] : []),
    `netdiag tls ${resolver.address}:${port('https')} --ca ${file}`,
    `curl --cacert ${file} https://${resolver.address}:${port('https')}/`,
  ];
}

/** Quoted for a POSIX shell, where it is no plain word. */
function shellWord(text: string): string {
  return /^[A-Za-z0-9_./+:@%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same for programs: `netdiag lab --json`. The CA certificate is public; its key is not here, nor anywhere else. */
export interface LabAnnouncement {
  tool: { name: 'netdiag'; version: string };
  command: 'lab';
  zone: string;
  targets: string[];
  /** DNS server that knows the names of the targets. */
  resolver: { address: string; port: number } | null;
  /** TCP ports on the resolver's address. */
  ports: { open: number; closed: number; silent: number };
  services: { service: string; address: string; note: string }[];
  /** Trust anchors in PEM. */
  ca: string[];
  /** Where they were written to. */
  caFile: string | null;
}

export function labAnnouncement(lab: Lab, version: string, caFile: string | null): LabAnnouncement {
  return {
    tool: { name: 'netdiag', version },
    command: 'lab',
    zone: ZONE,
    targets: lab.targets.map((target) => target.id),
    resolver: lab.servers[0] ?? null,
    ports: { ...lab.ports },
    services: lab.describe(),
    ca: [...lab.ca],
    caFile,
  };
}
