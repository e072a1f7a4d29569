import { setMaxListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import type { Inquiry } from '../../src/diagnosis/inquiry.js';
import { failed, measured, skipped, unanswered } from '../../src/model/attempt.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { NO_PROXIES, type ProxySettings } from '../../src/model/proxy-environment.js';
import { parseTarget, type Target } from '../../src/model/target.js';
import { notAnswered } from '../../src/net/dns/observation.js';
import type { DnsQuestion } from '../../src/net/port.js';
import { HeadStart } from '../../src/run/head-start.js';
import type { InquiryWork, MakeInquiry } from '../../src/run/inquiries/inquiry-work.js';
import { portal } from '../../src/run/inquiries/portal.js';
import { resolversAgain } from '../../src/run/inquiries/resolvers-again.js';
import { secondOpinion } from '../../src/run/inquiries/second-opinion.js';
import { PatientQuestions } from '../../src/run/patient-questions.js';
import { QuietLane } from '../../src/run/quiet-lane.js';
import { Recorder } from '../../src/run/recorder.js';
import type { RunRequest } from '../../src/run/request.js';
import { watchResolvers } from '../../src/run/resolver-watch.js';
import type { DnsServer } from '../../src/wire/dns/server.js';
import { hostInterface, routeLookup } from '../fakes/host.js';
import { fakeNetwork } from '../fakes/network.js';

const OWN = '192.0.2.53';
const REFERENCES = ['198.51.100.1', '198.51.100.8'];

interface World {
  targets?: readonly string[];
  references?: readonly string[];
  resolvers?: readonly string[];
  /** The answer to a question for an address; `null`: silence. */
  answer?: (question: DnsQuestion) => string | null;
  proxies?: ProxySettings;
  noWay?: readonly string[];
  request?: Partial<RunRequest>;
}

function targetOf(text: string): Target {
  const parsed = parseTarget(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.target;
}

function world({ targets = ['www.example.net:443'], references = REFERENCES, resolvers = [OWN], ...rest }: World) {
  const { answer = () => '203.0.113.7', proxies = NO_PROXIES, noWay = [], request: changes = {} } = rest;
  const network = fakeNetwork();
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const asked: DnsQuestion[] = [];
  const connected: string[] = [];
  network.names.query = async (question, signal) => {
    asked.push(question);
    const address = answer(question);
    await network.clock.sleep(address === null ? question.timeoutMs : 5, signal);
    const nothing = notAnswered(question);
    if (signal.aborted) return { outcome: skipped('interrupted'), observation: nothing };
    if (address === null) return { outcome: unanswered('response', question.timeoutMs), observation: { ...nothing, attempts: 1 } };
    const answers = question.type === 'A' ? [{ name: question.name, type: 'A', ttl: 60, data: address }] : [];
    return { outcome: measured(null), observation: { ...nothing, rcode: 'NOERROR', queryMs: 5, attempts: 1, answers } };
  };
  network.names.session = () => ({ query: network.names.query, close() {} });
  network.names.resolvers = async () => ({ servers: [...resolvers], source: '/etc/resolv.conf', search: [] });
  const connect = network.tcp.connect;
  network.tcp.connect = (options) => {
    connected.push(`${options.address}:${options.port}`);
    return connect(options);
  };
  network.routes.lookup = async (address) =>
    noWay.includes(address) ? failed('route', 'ENETUNREACH', 'no route') : measured(routeLookup({ source: '10.0.0.2', interface: 'eth0' }));
  const request: RunRequest = {
    ...{ command: 'full-report', targets: targets.map(targetOf), family: null, origin: {}, policy: DEFAULT_POLICY, deadlineMs: 60_000 },
    host: true,
    proxy: { settings: proxies, compare: false, timeoutMs: 1000 },
    resolverWatch: { references: references.map((address) => ({ address, port: 53, from: 'well-known' as const })), ca: [] },
    ...changes,
  };
  const { signal } = controller;
  const environment = { network, signal, version: '0.0.0', progress: () => {} };
  const recorder = new Recorder(network.clock, signal, signal, () => {});
  const silent = vi.fn<(server: DnsServer, name: string) => void>();
  const host = { interfaces: [hostInterface()], defaultRoutes: [], resolvers: [...resolvers] };
  const inquire = (make: MakeInquiry, inquiry: Inquiry, target: string | null = targets[0] ?? null) =>
    make({
      ...{ request, environment, recorder, outcomes: [], outcome: null, label: 'closer look', leftMs: 3000 },
      question: { inquiry, target, about: ['dns-unreachable'] },
      lane: new QuietLane(network.clock, signal),
      paths: new Map(),
      patient: new PatientQuestions(environment, recorder),
      host: { host: { data: host } } as unknown as InquiryWork['host'],
    });
  const watch = () => watchResolvers(request, environment, recorder, host as never, new HeadStart(0, environment), silent);
  const toOthers = () => asked.filter(({ server }) => !resolvers.includes(server));
  return { network, controller, asked, connected, recorder, inquire, watch, toOthers, silent };
}

const namesOf = (questions: readonly DnsQuestion[]) => [...new Set(questions.map(({ name }) => name))].sort();

describe('the watch over resolvers', () => {
  it('asks the own resolver ten times, and for what does not exist; whether it takes connections; references only for A and AAAA of the name, and whether 853 opens', async () => {
    const { watch, asked, toOthers, connected, network } = world({});
    await watch();
    const own = asked.filter(({ server }) => server === OWN);
    expect(own.filter(({ name }) => name === 'www.example.net')).toHaveLength(10);
    expect(own.filter(({ name }) => /^netdiag-[0-9a-f]{20}\.invalid$/.test(name))).toHaveLength(1);
    expect(toOthers().map(({ server, name, type, transport, port }) => [server, name, type, transport, port])).toEqual(
      REFERENCES.flatMap((server) => ['A', 'AAAA'].map((type) => [server, 'www.example.net', type, 'udp', 53])),
    );
    expect(new Set(connected)).toEqual(new Set([`${OWN}:53`, ...REFERENCES.map((server) => `${server}:853`)]));
    expect(network.openSessions).toBe(0);
  });

  it('asks for what does not exist only when it is known how quick the resolver is, or with the last of the series', async () => {
    for (const [answerMs, fromMs, toMs] of [
      [5, 0, 50],
      [800, 900, 1100],
    ] as const) {
      const { watch, network } = world({ references: [] });
      const { query } = network.names;
      const askedMs: number[] = [];
      network.names.query = async (question, signal) => {
        if (question.name.endsWith('.invalid')) askedMs.push(network.clock.nowMs());
        await network.clock.sleep(answerMs, signal);
        const { outcome, observation } = await query(question, signal);
        return { outcome, observation: { ...observation, queryMs: answerMs } };
      };
      await watch();
      expect(askedMs).toHaveLength(1);
      expect(askedMs[0]).toBeGreaterThanOrEqual(fromMs);
      expect(askedMs[0]).toBeLessThanOrEqual(toMs);
    }
  });

  it('tries no port of a resolver that is asked nothing', async () => {
    const { watch, connected } = world({ targets: ['192.0.2.1:443'] });
    await watch();
    expect(connected).toEqual([]);
  });

  it('says which resolver is silent to its first question, and of none that answers', async () => {
    const mute = world({ answer: () => null });
    await mute.watch();
    expect(mute.silent.mock.calls.map(([server, name]) => [server.address, name])).toEqual([[OWN, 'www.example.net']]);
    const speaking = world({});
    await speaking.watch();
    expect(speaking.silent).not.toHaveBeenCalled();
  });

  it('waits for the port of a reference no longer than for its answers, where nothing comes', async () => {
    for (const [answer, tries] of [
      [({ server }: DnsQuestion) => (server === OWN ? '203.0.113.7' : null), 1],
      [() => '203.0.113.7', 2],
    ] as const) {
      const { watch, recorder, network } = world({ answer });
      network.tcp.connect = async ({ timeoutMs, signal }) => {
        await network.clock.sleep(timeoutMs, signal);
        return unanswered('connect', timeoutMs);
      };
      await watch();
      const ports = recorder.measurements.flatMap((made) => (made.probe === 'ports' && made.data.address !== OWN ? made.data.ports : []));
      expect(ports.map((port) => [port.state, port.tries])).toEqual(REFERENCES.map(() => ['filtered', tries]));
      expect(network.openSessions).toBe(0);
    }
  });

  it('lets references hear of no inner name, address, or name that a proxy looks up; of four names at the most', async () => {
    const inner = ['db:5432', 'nas.local', 'app.corp', 'x.home.arpa', '10.1.2.3:80', 'localhost:80', '[2001:db8::1]:443', 'a.internal.'];
    const hidden = world({ targets: inner });
    await hidden.watch();
    expect(hidden.toOthers()).toEqual([]);
    expect(new Set(hidden.connected)).toEqual(new Set([`${OWN}:53`]));

    const many = world({ targets: Array.from({ length: 40 }, (_, index) => `h${index}.example.net:443`) });
    await many.watch();
    expect(namesOf(many.toOthers())).toHaveLength(4);
    expect(many.asked.length).toBeLessThan(40);
  });

  it('asks nobody else where references are none, are resolvers of this machine, or have no way', async () => {
    for (const given of [{ references: [] }, { resolvers: [OWN, ...REFERENCES] }, { noWay: REFERENCES }] satisfies World[]) {
      const { watch, toOthers, connected } = world(given);
      await watch();
      const elsewhere = connected.filter((to) => !to.endsWith(':53'));
      expect({ others: toOthers(), elsewhere }, JSON.stringify(given)).toEqual({ others: [], elsewhere: [] });
    }
  });

  it('ends with an interrupt, and leaves nothing open', async () => {
    const { watch, controller, network, recorder } = world({ answer: () => null });
    network.clock.after(50, () => controller.abort());
    await watch();
    expect(network.clock.nowMs()).toBeLessThan(1200);
    expect(network.openSessions).toBe(0);
    expect(recorder.measurements.every(({ attempt }) => attempt.kind === 'skipped')).toBe(true);
  });
});

describe('resolvers asked again', () => {
  it('are asked for the same name by datagrams, TCP and without validation, and for the root; nobody else is', async () => {
    const { inquire, asked, toOthers, recorder } = world({ resolvers: [OWN, '192.0.2.54', '192.0.2.55'] });
    expect(await inquire(resolversAgain, 'resolvers-again')).toBeNull();
    expect(toOthers()).toEqual([]);
    const first = asked.filter(({ server }) => server === OWN);
    expect(first.filter(({ transport, name }) => transport === 'tcp' && name === 'www.example.net')).toHaveLength(1);
    expect(first.filter(({ checkingDisabled }) => checkingDisabled === true)).toHaveLength(1);
    expect(first.filter(({ name, type }) => name === '.' && type === 'NS')).toHaveLength(1);
    expect(new Set(asked.map(({ server }) => server))).toEqual(new Set([OWN, '192.0.2.54']));
    expect(recorder.measurements.every(({ attempt }) => attempt.kind === 'measured')).toBe(true);
  });

  it('ask for the name that the question is about, fit into the time that is left, and say why they ask nothing', async () => {
    const second = world({ targets: ['a.example.net:443', 'b.example.net:443'], answer: () => null });
    await second.inquire(resolversAgain, 'resolvers-again', 'b.example.net:443');
    expect(namesOf(second.asked)).toEqual(['.', 'b.example.net']);
    expect(second.network.clock.nowMs()).toBeLessThanOrEqual(3000);

    expect(await world({ targets: ['192.0.2.1:443'] }).inquire(resolversAgain, 'resolvers-again')).toMatch(/no target has a name/);
    expect(await world({ resolvers: [] }).inquire(resolversAgain, 'resolvers-again')).toBe('no resolver is known');
  });
});

describe('a second opinion', () => {
  it('is heard from each reference by every transport, of the name itself and of nothing below its domain', async () => {
    const { inquire, toOthers, recorder } = world({});
    expect(await inquire(secondOpinion, 'second-opinion')).toBeNull();
    expect(namesOf(toOthers())).toEqual(['www.example.net']);
    for (const reference of REFERENCES) {
      const heard = toOthers().filter(({ server }) => server === reference);
      expect(new Set(heard.map(({ transport }) => transport))).toEqual(new Set(['udp', 'tcp', 'tls', 'https']));
    }
    expect(recorder.measurements.map(({ probe }) => probe)).toEqual(['dns-comparison', 'dns-comparison']);
  });

  it('goes to the addresses that others name, at the most four, with the service that is asked for', async () => {
    let next = 0;
    const { inquire, connected } = world({
      targets: ['www.example.net:5432'],
      answer: ({ server }) => (server === OWN ? '203.0.113.1' : `203.0.113.${10 + (next++ % 20)}`),
    });
    expect(await inquire(secondOpinion, 'second-opinion')).toBeNull();
    expect(new Set(connected).size).toBe(4);
    expect(connected.every((place) => /^203\.0\.113\.\d+:5432$/.test(place))).toBe(true);
  });

  it('is asked of nobody for inner names, without references, or without a way to them, and says so', async () => {
    for (const [given, reason] of [
      [{ targets: ['nas.local:443'] }, 'no target has a public name'],
      [{ references: [] }, 'no other resolver may be asked (--references)'],
      [{ noWay: REFERENCES }, 'there is no way to another resolver'],
    ] as const) {
      const { inquire, asked, connected } = world(given);
      expect(await inquire(secondOpinion, 'second-opinion')).toBe(reason);
      expect({ asked, connected }).toEqual({ asked: [], connected: [] });
    }
  });

  it('ends with an interrupt', async () => {
    const { inquire, controller, network } = world({ answer: () => null });
    network.clock.after(50, () => controller.abort());
    await inquire(secondOpinion, 'second-opinion');
    expect(network.clock.nowMs()).toBeLessThan(1500);
  });
});

describe('a closer look for a portal', () => {
  it('asks no page of the internet where the run was to ask none', async () => {
    const { inquire, recorder, connected } = world({});
    expect(await inquire(portal, 'portal', null)).toBe('no page of the internet may be asked');
    expect({ measured: recorder.measurements, connected }).toEqual({ measured: [], connected: [] });
  });
});
