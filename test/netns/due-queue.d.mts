export class DueQueue<Value> {
  readonly size: number;
  nextAtMs(): number;
  add(atMs: number, value: Value): void;
  take(): Value | undefined;
}
