import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { measured, skipped, unanswered } from '../../src/model/attempt.js';
import { notAnswered } from '../../src/net/dns/observation.js';
import { PatientQuestions } from '../../src/run/patient-questions.js';
import { Recorder } from '../../src/run/recorder.js';
import { fakeNetwork } from '../fakes/network.js';

const SERVER = { address: '192.0.2.53', port: 53 };

/** A resolver that answers after so long. */
function world(answerMs: number) {
  const network = fakeNetwork();
  let asked = 0;
  network.names.query = async (question, signal) => {
    asked++;
    await network.clock.sleep(Math.min(answerMs, question.timeoutMs), signal);
    const nothing = notAnswered(question);
    if (signal.aborted) return { outcome: skipped('interrupted'), observation: nothing };
    if (answerMs > question.timeoutMs) return { outcome: unanswered('response', question.timeoutMs), observation: nothing };
    return { outcome: measured(null), observation: { ...nothing, rcode: 'NOERROR', queryMs: answerMs, attempts: 1, answers: [] } };
  };
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const recorder = new Recorder(network.clock, signal, signal, () => {});
  const patient = new PatientQuestions({ network, signal, version: '0.0.0', progress: () => {} }, recorder);
  return { network, recorder, patient, signal, asked: () => asked };
}

describe('PatientQuestions', () => {
  it('asks each silent server once, and has its late answer', async () => {
    const { patient, recorder, signal, network, asked } = world(2200);
    patient.ask(SERVER, 'www.example.net');
    patient.ask(SERVER, 'www.example.net');
    await patient.answered(signal);
    expect(network.clock.nowMs()).toBe(2200);
    expect(asked()).toBe(1);
    expect(recorder.measurements).toMatchObject([{ probe: 'dns', attempt: { kind: 'measured' }, data: { queryMs: 2200, from: 'system' } }]);
  });

  it('gives one up that is silent for three seconds', async () => {
    const { patient, recorder, signal, network } = world(60_000);
    patient.ask(SERVER, 'www.example.net');
    await patient.answered(signal);
    expect(network.clock.nowMs()).toBe(3000);
    expect(recorder.measurements).toMatchObject([{ attempt: { kind: 'unanswered' } }]);
  });

  it('is waited for no longer than the time of a closer look, and says so where nobody waits', async () => {
    const { patient, recorder, network } = world(2200);
    patient.ask(SERVER, 'www.example.net');
    const over = new AbortController();
    network.clock.after(700, () => over.abort());
    await patient.answered(over.signal);
    expect(network.clock.nowMs()).toBe(700);
    await patient.end();
    expect(recorder.measurements).toMatchObject([{ attempt: { kind: 'skipped' }, data: { queryMs: null } }]);
    patient.ask({ address: '192.0.2.54', port: 53 }, 'www.example.net');
    expect(recorder.measurements).toHaveLength(1);
  });
});
