import type net from 'node:net';
import { type Attempt, failed, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import { END_OF_STREAM, INCOMPLETE, START_TLS_FOREIGN, START_TLS_INJECTED, START_TLS_REFUSED } from '../../model/failure-code.js';
import type { StartTlsProtocol } from '../../model/probe-options.js';
import { LARGEST_ANSWER_BYTES, startTlsExchanges } from '../../wire/tls/start-tls.js';
import type { StartTlsAnswer } from '../../wire/tls/start-tls-answer.js';
import { boundedWait } from '../bounded-wait.js';
import { failedBy } from '../errno.js';
import type { Clock } from '../port.js';

export interface StartTlsOptions {
  /** The name of the server; XMPP asks for it. */
  host: string;
  /** For the whole dialogue, however slowly the other side speaks. */
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Brings a connected socket to where its ClientHello is due, in the words of `protocol`. Where that did not succeed, the socket is
 * destroyed; otherwise no listener of this stays on it, and not a byte of TLS was read.
 *
 * Failures have step `handshake`, with the codes {@link START_TLS_REFUSED}, {@link START_TLS_FOREIGN}, {@link START_TLS_INJECTED} (the
 * server, or somebody in its name, said more than its agreement: a client that takes it for a part of the encrypted session can be fed
 * commands or data, CVE-2011-0411, CVE-2021-23222), {@link END_OF_STREAM}, {@link INCOMPLETE} or an errno.
 */
export function startTls(clock: Clock, socket: net.Socket, protocol: StartTlsProtocol, options: StartTlsOptions): Promise<Attempt<null>> {
  const exchanges = startTlsExchanges(protocol, options.host);
  const startedMs = clock.nowMs();
  const name = PROTOCOL_NAMES[protocol];
  let pending: Uint8Array = new Uint8Array(0);
  let place = 0;
  const end = (outcome: NotMeasured): NotMeasured => {
    socket.destroy();
    return outcome;
  };

  return boundedWait<Attempt<null>>(options, {
    begin(settle) {
      const onError = (error: Error) => settle(end(failedBy('handshake', error)));
      const onEnd = () =>
        settle(end(failed('handshake', END_OF_STREAM, `the server closed the connection before TLS was agreed on in ${name}`)));
      const speak = () => {
        const line = exchanges[place]?.say ?? null;
        if (line !== null) socket.write(line);
      };
      const advance = () => {
        for (let exchange = exchanges[place]; exchange !== undefined; exchange = exchanges[place]) {
          const answer = exchange.read(pending);
          if (answer.kind === 'incomplete') {
            if (pending.length >= LARGEST_ANSWER_BYTES)
              settle(end(foreign(name, `more than ${LARGEST_ANSWER_BYTES} bytes without an end`)));
            return;
          }
          if (answer.kind !== 'agreed') {
            settle(end(turnedDown(name, answer)));
            return;
          }
          pending = pending.subarray(answer.length);
          place++;
          speak();
        }
        settle(pending.length === 0 ? measured(null) : end(injected(name, pending.length)));
      };
      const onReadable = () => {
        const chunk: Buffer | null = socket.read();
        if (chunk === null) return;
        // More than is ever looked at need not be kept.
        const room = LARGEST_ANSWER_BYTES - pending.length;
        pending = Buffer.concat([pending, chunk.subarray(0, Math.max(1, room))]);
        advance();
      };
      socket.on('error', onError);
      socket.on('end', onEnd);
      socket.on('close', onEnd);
      socket.on('readable', onReadable);
      speak();
      onReadable();
      return () => {
        socket.off('error', onError);
        socket.off('end', onEnd);
        socket.off('close', onEnd);
        socket.off('readable', onReadable);
      };
    },
    timedOut() {
      const waitedMs = clock.nowMs() - startedMs;
      if (socket.bytesRead === 0) return end(unanswered('handshake', waitedMs));
      const message = `${socket.bytesRead} bytes came within ${Math.round(waitedMs)} ms, and TLS was not agreed on in ${name}`;
      return end(failed('handshake', INCOMPLETE, message));
    },
    interrupted: () => end(skipped('interrupted')),
  });
}

const PROTOCOL_NAMES: Readonly<Record<StartTlsProtocol, string>> = {
  smtp: 'SMTP',
  imap: 'IMAP',
  pop3: 'POP3',
  ftp: 'FTP',
  ldap: 'LDAP',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  xmpp: 'XMPP',
};

function turnedDown(name: string, answer: Extract<StartTlsAnswer, { text: string }>): NotMeasured {
  if (answer.kind === 'foreign') return foreign(name, answer.text);
  return failed('handshake', START_TLS_REFUSED, `the server speaks ${name}, and does not go over to TLS: ${answer.text}`);
}

function foreign(name: string, text: string): NotMeasured {
  return failed('handshake', START_TLS_FOREIGN, `the server does not speak ${name}; what came: ${text}`);
}

function injected(name: string, bytes: number): NotMeasured {
  return failed(
    'handshake',
    START_TLS_INJECTED,
    `${bytes} bytes of plain text came with the server's agreement to TLS in ${name}, ahead of the handshake`,
  );
}
