import { execa } from 'execa';
import { expect, it } from 'vitest';
import { readListeners } from '../../src/net/machine/listeners.js';

const SERVICE = `const server = require('node:net').createServer();
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
setTimeout(() => process.exit(), 15000);`;

it("an ordinary user sees that another user's socket is there, and not whose it is", async ({ skip }) => {
  if (process.platform !== 'linux') skip(`the socket tables are those of Linux, this is ${process.platform}`);
  if (process.geteuid?.() !== 0) skip('only root can become another user');
  const service = execa(process.execPath, ['-e', SERVICE], { reject: false });
  try {
    const port = await new Promise<number>((resolve) => service.stdout.once('data', (line) => resolve(Number(line))));
    const asRoot = await readListeners();
    process.seteuid?.(65_534);
    const asNobody = await readListeners();
    process.seteuid?.(0);
    if (asRoot.kind !== 'measured' || asNobody.kind !== 'measured') throw new Error(JSON.stringify([asRoot, asNobody]));
    const seen = { port, protocol: 'tcp', address: '127.0.0.1', exposure: 'loopback', service: null } as const;
    expect(asRoot.value.filter((listener) => listener.port === port)).toEqual([
      { ...seen, process: expect.stringMatching(/./), pid: service.pid },
    ]);
    expect(asNobody.value.filter((listener) => listener.port === port)).toEqual([{ ...seen, process: null, pid: null }]);
  } finally {
    if (process.geteuid?.() !== 0) process.seteuid?.(0);
    service.kill();
    await service;
  }
});
