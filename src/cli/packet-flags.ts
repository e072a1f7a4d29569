import { boolean, custom } from '@oclif/core/flags';
import type { Budget } from '../model/policy.js';
import type { ProbeMethod } from '../model/probe-options.js';
import { type ExpectedList, expectedListeners } from './listening.js';
import { type PortList, portList } from './port-list.js';
import { TOP_PORTS } from './top-ports.js';
import * as kinds from './value-kinds.js';
import { valued } from './valued.js';

/** Flags of `latency` and `loss`. */
export const roundTripFlags = {
  count: custom<number>(valued(kinds.count))({ char: 'c', summary: 'how many probes for each target', helpValue: '<number>' }),
  interval: custom<number>(valued(kinds.interval))({ char: 'i', summary: 'pause between probes, 1ms to 1m', helpValue: '<duration>' }),
  method: custom<ProbeMethod>(valued(kinds.choice(['auto', 'icmp', 'udp', 'tcp', 'system'] as const)))({
    summary: 'icmp, udp, tcp, system (its ping), or auto: the first of them that system and target allow',
    helpValue: '<method>',
  }),
};

/** Flag of `loss`. */
export const pathFlag = {
  path: boolean({ summary: 'find the hop at which the loss begins' }),
};

export const budgetFlag = {
  budget: custom<Budget>(valued(kinds.budget))({
    summary: 'limits for the median round trip: one duration, or OBJECTIVE,ACCEPTABLE,CRITICAL as in 1ms,10ms,50ms',
    helpValue: '<durations>',
  }),
};

/** Flags of `route`. */
export const routeFlags = {
  method: custom<ProbeMethod>(valued(kinds.choice(['auto', 'icmp', 'udp', 'tcp', 'system'] as const)))({
    summary: 'icmp, udp, tcp, system (its traceroute), or auto: ICMP, then UDP and TCP for what it does not get to',
    helpValue: '<method>',
  }),
  flows: custom<number>(valued(kinds.flows))({
    summary: 'how many flows to follow, 1 to 16: routers that spread load send each its own way',
    helpValue: '<number>',
  }),
  cycles: custom<number>(valued(kinds.cycles))({ summary: 'how often every hop is asked', helpValue: '<number>' }),
  interval: custom<number>(valued(kinds.interval))({ char: 'i', summary: 'pause between cycles, 1ms to 1m', helpValue: '<duration>' }),
  'max-hops': custom<number>(valued(kinds.hops))({ summary: 'longest path to look for, 1 to 64 hops', helpValue: '<number>' }),
  names: boolean({ summary: 'look up the names of the hops', default: true, allowNo: true }),
};

/** Flag of `mtu`. */
export const packetMethodFlag = {
  method: custom<'auto' | 'icmp' | 'udp' | 'system'>(valued(kinds.choice(['auto', 'icmp', 'udp', 'system'] as const)))({
    summary: "icmp, udp, system (the system's ping), or auto: ICMP echo where system and target allow, otherwise the next",
    helpValue: '<method>',
  }),
};

export const portFlags = {
  ports: custom<PortList>(valued(portList))({
    char: 'p',
    summary: 'ports to look at: each named by its number must be open, a range is only surveyed; UDP ports behind U:',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<list>',
  }),
  listening: boolean({ summary: 'what listens on this machine, in place of a TARGET; -p narrows it to these ports' }),
  expect: custom<ExpectedList>(valued(expectedListeners))({
    summary: 'with --listening: what should, as PORT[/tcp|/udp][:PROCESS][@loopback|@all|@ADDRESS]; missing, taken or wider fails',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<list>',
  }),
  top: custom<number>(
    valued({
      accepted: `a whole number from 1 to ${TOP_PORTS.length}`,
      parse: (text: string) => kinds.wholeNumber(text, 1, TOP_PORTS.length),
    }),
  )({ summary: `survey the N most common service ports, up to ${TOP_PORTS.length}`, helpValue: '<N>' }),
  banner: boolean({ summary: 'read the greeting of open TCP ports, and notice TLS', default: true, allowNo: true }),
};
