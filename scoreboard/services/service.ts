/** What every service of a host is given. */
export interface Surroundings {
  /** Addresses of the host, for a service that names none. */
  addresses: readonly string[];
  /** Milliseconds of netdiag's run, whose first packet leaves at 300; `null` until then. */
  sinceStart(): number | null;
  /** File of the network's authority. */
  ca: string;
  /** For files of the service, its own. */
  folder: string;
}

/** Starts a service; resolves when it listens. It lives as long as the process. */
export type Start<Configuration> = (configuration: Configuration, surroundings: Surroundings) => Promise<void>;

/** Whether the moment lies in one of the spans, in milliseconds of netdiag's run. */
export function within(spans: readonly (readonly number[])[] | undefined, moment: number | null): boolean {
  return moment !== null && (spans ?? []).some(([from = 0, to = Number.POSITIVE_INFINITY]) => moment >= from && moment < to);
}

/** What a server, of `node:net` or above it, listens on. */
export function listening(
  server: { listen(...of: unknown[]): unknown; once(event: string, listener: (error: Error) => void): unknown },
  port: number,
  host: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`${host} port ${port}: ${error.message}`)));
    server.listen({ port, host, backlog: 511, ipv6Only: true }, () => resolve());
  });
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
