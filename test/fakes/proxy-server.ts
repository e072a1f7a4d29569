import net from 'node:net';
import { type LoopbackServer, serveTcp } from './loopback-server.js';

export interface FakeProxy extends LoopbackServer {
  /** What each connection wrote first, up to the answer. */
  requests: string[];
}

/** A server that reads one HTTP head, writes `answer`, and (where `to` is a port) joins the connection to it. */
export async function serveConnect(answer: string | ((head: string) => string), to: number | null = null): Promise<FakeProxy> {
  const requests: string[] = [];
  const server = await serveTcp((socket) => {
    let head = '';
    const onData = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', onData);
      requests.push(head);
      const text = typeof answer === 'string' ? answer : answer(head);
      socket.write(text);
      if (to !== null && / 2\d\d /.test(text)) join(socket, to);
    };
    socket.on('data', onData);
  });
  return { ...server, requests };
}

/** A server of SOCKS 5 that answers each message of the client by the next of `answers`, and joins the connection to `to` behind the last. */
export async function serveSocks(answers: readonly number[][], to: number | null = null): Promise<FakeProxy> {
  const requests: string[] = [];
  const server = await serveTcp((socket) => {
    let step = 0;
    const onData = (chunk: Buffer) => {
      requests.push(chunk.toString('hex'));
      const answer = answers[step++];
      if (answer === undefined) return;
      if (step === answers.length) {
        socket.off('data', onData);
        if (to !== null) join(socket, to);
      }
      socket.write(Uint8Array.from(answer));
    };
    socket.on('data', onData);
  });
  return { ...server, requests };
}

function join(socket: net.Socket, port: number): void {
  const beyond = net.connect({ host: '127.0.0.1', port });
  beyond.on('error', () => socket.destroy());
  socket.on('close', () => beyond.destroy());
  socket.pipe(beyond).pipe(socket);
}
