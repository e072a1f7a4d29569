import { NETWORKS } from './networks/index.js';
import { REPOSITORY } from './repository.js';
import { type CaseOptions, WITHOUT_PROXY } from './run-case.js';
import { Scene } from './scene.js';
import { type Comparison, median } from './table.js';

const SERVERS = ['app.example.net', 'other.example.net', 'example.com'];
const ROUNDS = 3;
const LONGEST_MS = 60_000;

/** A script of single tools against the full report: three servers of `home`, 20 ms away, in turns. */
export async function compareWithHand({ certificates, program, folder, open }: CaseOptions): Promise<Comparison> {
  const { home } = NETWORKS;
  if (home === undefined) throw new Error('there is no network home');
  const change = { links: { 'gateway-isp': { impairment: { delayMs: 10 } } } };
  const scene = await Scene.build(home, { what: '20 ms', change }, certificates, folder);
  open.add(scene);
  try {
    const walls = { hand: [] as number[], netdiag: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const hand = await scene.run(['bash', `${REPOSITORY}bench/hand-script.sh`, ...SERVERS], LONGEST_MS);
      const learned = hand.stdout.split('\n').filter((line) => /^= .*: ./.test(line)).length;
      if (learned < SERVERS.length + 4) throw new Error(`the script of single tools learned too little: ${hand.stdout}${hand.stderr}`);
      walls.hand.push(hand.elapsedMs);
      const targets = SERVERS.map((server) => `${server}:443`);
      const report = await scene.run(
        [process.execPath, program, 'full-report', ...targets, '--ca', certificates.ca, '--json'],
        LONGEST_MS,
        WITHOUT_PROXY,
      );
      if (report.exitCode !== 0)
        throw new Error(`netdiag found fault with three healthy servers: ${report.stdout.slice(0, 2000)}${report.stderr}`);
      walls.netdiag.push(report.elapsedMs);
    }
    return { handMs: median(walls.hand) ?? Number.NaN, netdiagMs: median(walls.netdiag) ?? Number.NaN };
  } finally {
    await scene.close();
    open.delete(scene);
  }
}
