import type { HttpProbeOptions, HttpRequestField, TargetProbeOptions } from '../../model/probe-options.js';
import { speaksWebSocket, type Target } from '../../model/target.js';
import { ENUMERATION } from '../defaults.js';
import { joinPortLists, type PortList } from '../port-list.js';
import type { Offers } from './offers.js';

/** What the command line has said already, so that the file does not. */
export interface SaidByFlags {
  /** Which ports are looked at. */
  ports: boolean;
}

/**
 * How one target is probed beyond what holds for all: what it must offer, as options that the probes have anyway. Only what the command looks
 * at is asked for, and nothing that a flag has said otherwise. `null` where nothing changes.
 */
export function offeredOptions(target: Target, offers: Offers, options: TargetProbeOptions, said: SaidByFlags): TargetProbeOptions | null {
  const byHttp = httpOf(target, offers, options);
  const changed: TargetProbeOptions = {
    ...portsOf(offers, options, said),
    ...tlsOf(offers, options),
    ...byHttp,
    ...webSocketOf(offers, { ...options, ...byHttp }),
  };
  return Object.keys(changed).length === 0 ? null : changed;
}

function portsOf({ ports: offered }: Offers, { ports }: TargetProbeOptions, said: SaidByFlags): Pick<TargetProbeOptions, 'ports'> {
  if (offered === null || ports === undefined || said.ports) return {};
  const { udp } = ports;
  const asked: PortList = { required: [...ports.required], surveyed: [...ports.surveyed] };
  if (udp !== undefined) asked.udp = { required: [...udp.required], surveyed: [...udp.surveyed] };
  return { ports: { ...ports, ...joinPortLists([asked, offered]) } };
}

function tlsOf({ tls: offered }: Offers, { tls }: TargetProbeOptions): Pick<TargetProbeOptions, 'tls'> {
  if (offered === null || tls === undefined) return {};
  const pins = tls.pins.length > 0 || offered.pins.length === 0 ? {} : { pins: offered.pins };
  const ruled =
    tls.rules !== undefined || offered.rules === null ? {} : { rules: offered.rules, enumerate: tls.enumerate ?? { ...ENUMERATION } };
  const changed = { ...pins, ...ruled };
  return Object.keys(changed).length === 0 ? {} : { tls: { ...tls, ...changed } };
}

/** In a full report one whole exchange takes the place of the first byte alone. */
function httpOf(
  target: Target,
  { http: offered }: Offers,
  { http, redirects, webSocket, phases }: TargetProbeOptions,
): Pick<TargetProbeOptions, 'http' | 'webSocket' | 'phases'> {
  if (offered === null) return {};
  const fieldsFor = (given: readonly HttpRequestField[]) => [
    ...given,
    ...offered.fields.filter(({ name }) => !given.some((field) => field.name.toLowerCase() === name)),
  ];
  const ofPhases =
    phases === undefined || offered.fields.length === 0 ? {} : { phases: { ...phases, headers: fieldsFor(phases.headers ?? []) } };
  if (speaksWebSocket(target)) {
    if (webSocket === undefined || offered.fields.length === 0) return ofPhases;
    return { ...ofPhases, webSocket: { ...webSocket, headers: fieldsFor(webSocket.headers) } };
  }
  const base: HttpProbeOptions | undefined = http ?? redirects;
  if (base === undefined) return ofPhases;
  return {
    ...ofPhases,
    http: {
      ...base,
      headers: fieldsFor(base.headers),
      expectations: [
        ...base.expectations,
        ...offered.expectations.filter((one) => !base.expectations.some(({ kind }) => kind === one.kind)),
      ],
      securityHeaders: base.securityHeaders || offered.securityHeaders,
    },
  };
}

function webSocketOf({ webSocket: offered }: Offers, { webSocket }: TargetProbeOptions): Pick<TargetProbeOptions, 'webSocket'> {
  if (offered === null || webSocket === undefined) return {};
  const subprotocols = webSocket.subprotocols.length > 0 ? webSocket.subprotocols : offered.subprotocols;
  const message = webSocket.message ?? (offered.message === null ? null : { text: offered.message });
  return { webSocket: { ...webSocket, subprotocols, message } };
}
