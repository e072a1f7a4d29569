export interface ZoneRecord {
  /** Lower case, with the final dot. */
  name: string;
  type: number;
  ttl: number;
  rdata: Buffer;
  /** Of an RRSIG. */
  covered?: number;
}
export function parseZone(text: string): ZoneRecord[];
