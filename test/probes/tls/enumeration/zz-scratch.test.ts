import { it } from 'vitest';
import { openNetwork } from '../../../../src/net/real.js';
import { measureEnumeration } from '../../../../src/probes/tls/enumeration/measure.js';

it('scratch', async () => {
  const network = await openNetwork();
  const result = await measureEnumeration(
    {
      address: '127.0.0.1',
      port: Number(process.env.PORT),
      servername: 'rsa.test',
      timeoutMs: 5000,
      origin: {},
      enumerate: { concurrency: 8, perSecond: 1000, maximumConnections: 400 },
    },
    { network, signal: new AbortController().signal },
  );
  console.log(JSON.stringify({ ...result, ciphers: result?.ciphers.length }, null, 1).replace(/\n\s+/g, ' '));
  const by: Record<string, number> = {};
  for (const c of result?.ciphers ?? []) by[c.protocol] = (by[c.protocol] ?? 0) + 1;
  console.log(by);
  network.close();
}, 60000);
