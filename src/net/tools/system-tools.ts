import type { Clock, SystemTools } from '../port.js';
import { WholeEchoes } from './system-echo.js';
import { runSystemPing } from './system-ping.js';
import { runSystemTrace } from './system-trace.js';
import { ToolProcesses } from './tool-process.js';

/** The system's own ping and traceroute, as the last resort where no socket of our own can do it. `close` ends those that still run. */
export function createSystemTools(clock: Clock, platform: NodeJS.Platform = process.platform): SystemTools & { close(): void } {
  const tools = new ToolProcesses(clock);
  const echoes = new WholeEchoes(tools, platform);
  return {
    ping: (options, replied) => runSystemPing(tools, platform, options, replied),
    wholeEcho: (options) => echoes.send(options),
    trace: (options) => runSystemTrace(tools, platform, options),
    close: () => tools.close(),
  };
}
