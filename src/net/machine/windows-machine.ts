import { type Attempt, measured, unavailable } from '../../model/attempt.js';
import {
  readWindowsLinks,
  readWindowsNeighbors,
  readWindowsRoutes,
  type WindowsLink,
  type WindowsNeighbor,
  type WindowsRoute,
} from '../../wire/windows/links.js';
import type { WindowsReport } from '../../wire/windows/report.js';
import { parseWindowsNetstat, readWindowsSockets } from '../../wire/windows/sockets.js';
import { parseRoutePrint, type WindowsTextRoute } from '../../wire/windows/text.js';
import type { LocalSystem } from '../local-port.js';
import { type Listeners, listenersOf } from './listening-sockets.js';
import { readTool, whyNot } from './local-facts.js';
import { readWindows, whyUnknown } from './windows-facts.js';
import { windowsTool } from './windows-question.js';

/** Links with their addresses; `unavailable` where PowerShell does not tell. */
export async function windowsLinks(local: LocalSystem, signal: AbortSignal): Promise<Attempt<WindowsLink[]>> {
  return toldBy(await readWindows(local, 'links', signal), 'adapters', readWindowsLinks);
}

export async function windowsRoutes(local: LocalSystem, signal: AbortSignal): Promise<Attempt<WindowsRoute[]>> {
  return toldBy(await readWindows(local, 'links', signal), 'routes', readWindowsRoutes);
}

export async function windowsNeighbors(local: LocalSystem, signal: AbortSignal): Promise<Attempt<WindowsNeighbor[]>> {
  return toldBy(await readWindows(local, 'links', signal), 'neighbors', readWindowsNeighbors);
}

function toldBy<T>(report: Attempt<WindowsReport>, key: string, read: (report: WindowsReport) => T | null): Attempt<T> {
  if (report.kind !== 'measured') return report;
  const value = read(report.value);
  return value === null ? unavailable('tool', whyUnknown(report, key)) : measured(value);
}

/** IANAifType of the loopback interface. */
export const LOOPBACK_TYPE = 24;

/** A link as far as every platform tells it. A cable that is out makes the state "down" too; switched off by somebody is another thing. */
export function outlineOfWindowsLink(link: WindowsLink) {
  const { name, type, administrativelyUp, operationalState, connected, mtuBytes } = link;
  const loopback = type === LOOPBACK_TYPE;
  const up = loopback ? true : (administrativelyUp ?? (operationalState === 'up' || connected === true ? true : null));
  // What a driver without hardware claims is a made-up number.
  const speedMbit = link.virtual === true ? null : link.speedMbit;
  return { name, up, carrier: up !== true ? null : loopback ? true : connected, loopback, mtuBytes, speedMbit };
}

/** The routes by `route print`, where PowerShell does not tell. */
export function windowsRoutesByText(local: LocalSystem, signal: AbortSignal): Promise<Attempt<WindowsTextRoute[]>> {
  return readTool(local, { file: windowsTool(local, 'route.exe'), args: ['print'] }, signal, (text) => {
    const routes = parseRoutePrint(text);
    return routes.length === 0 ? null : routes;
  });
}

/** Everything that listens: by PowerShell, else by `netstat -ano`, without the names of the processes. */
export async function readWindowsListeners(local: LocalSystem, signal: AbortSignal): Promise<Attempt<Listeners>> {
  const told = toldBy(await readWindows(local, 'rest', signal), 'tcpListeners', readWindowsSockets);
  if (told.kind === 'measured') return measured(listenersOf(told.value));
  const listed = await readTool(local, { file: windowsTool(local, 'netstat.exe'), args: ['-ano'] }, signal, (text) => {
    const sockets = parseWindowsNetstat(text);
    return sockets.length === 0 ? null : sockets;
  });
  return listed.kind === 'measured' ? measured(listenersOf(listed.value)) : unavailable('socket-tables', whyNot(told));
}
