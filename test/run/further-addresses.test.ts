import tls from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { parseTarget } from '../../src/model/target.js';
import { openNetwork } from '../../src/net/real.js';
import { run } from '../../src/run.js';
import { type LoopbackServer, serveTls } from '../fakes/loopback-server.js';
import { makeLeaf, makeRoot } from '../fakes/x509.mjs';

const opened: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

const root = makeRoot('CN=Test Root');
const good = makeLeaf(root);
const expired = makeLeaf(root, { from: -90, to: -3 });

/** What does not pass of a server that shows these certificates in turn. */
async function faultsOf(shown: readonly { cert: string; key: string }[], closely: boolean): Promise<string[]> {
  let count = 0;
  const contexts = shown.map(({ cert, key }) => tls.createSecureContext({ cert, key }));
  const [first] = shown;
  const server = await serveTls({
    cert: first?.cert,
    key: first?.key,
    SNICallback: (_name, done) => done(null, contexts[count++ % contexts.length]),
  });
  opened.push(server);
  const target = parseTarget(`tls://127.0.0.1:${server.port}`);
  if (!target.ok) throw new Error('bad test');
  const network = await openNetwork();
  try {
    const report = await run(
      {
        command: 'full-report',
        targets: [target.target],
        family: null,
        origin: {},
        policy: DEFAULT_POLICY,
        deadlineMs: 20_000,
        host: false,
        tls: { servername: 'app.example.net', ca: [root.cert], cert: null, key: null, pins: [], timeoutMs: 2000 },
        ...(closely ? { inquire: { budgetMs: 100, references: [] } } : {}),
      },
      { network, signal: new AbortController().signal, version: '0', progress: () => {} },
    );
    return report.checks.filter(({ status }) => status !== 'pass').map(({ id, code }) => `${id.replace(/@.*#/, '#')} ${code}`);
  } finally {
    network.close();
  }
}

it('finds the old certificate of one of several servers behind an address', async () => {
  expect(await faultsOf([good, expired], true)).toEqual(['l6.validity#127.0.0.1 cert-expired']);
});

it('says nothing where all of them show the same, and looks no further where nobody asked what is broken', async () => {
  expect(await faultsOf([good], true)).toEqual([]);
  expect(await faultsOf([good, expired], false)).toEqual([]);
});
