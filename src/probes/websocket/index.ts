import type { Probe } from '../probe.js';
import { judgeWebSocket } from './judge.js';
import { measureWebSocket, webSocketNotTried } from './measure.js';
import type { WebSocketPlan } from './plan.js';

/** Whether a WebSocket opens, how fast it answers, what comes on it, and how it ends. */
export const webSocketProbe: Probe<'websocket', WebSocketPlan> = {
  name: 'websocket',
  measure: measureWebSocket,
  notTried: (address, attempt) => webSocketNotTried(null, address, attempt),
  judge: judgeWebSocket,
};
