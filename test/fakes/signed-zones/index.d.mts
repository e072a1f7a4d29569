export interface ZoneQuestion {
  label: string;
  fault: string;
  /** Absolute. */
  name: string;
  type: string;
  verdict: 'secure' | 'insecure' | 'bogus';
  reason: string | null;
}

export interface ZoneCase {
  label: string;
  fault: string;
}

export interface SignedZones {
  port: number;
  /** What was asked so far. */
  asked: { name: string; type: number }[];
  /** Trust anchors in presentation format. */
  anchors: string[];
  questions: ZoneQuestion[];
  close(): Promise<void>;
}

export const CASES: readonly ZoneCase[];
export const TYPES: Readonly<Record<string, number>>;
export function startSignedZones(cases?: readonly ZoneCase[]): Promise<SignedZones>;
export interface Unbound {
  port: number;
  /** What its log says of answers that do not hold. */
  log(): string;
  close(): Promise<void>;
}
export function startValidator(options: { upstream: number; anchors: readonly string[] | null }): Promise<Unbound>;
