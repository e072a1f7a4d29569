export type TooLarge = { answer: Buffer } | { fragments: Buffer[] } | null;
export function tooLarge(packet: Buffer, mtuBytes: number, routers: readonly string[]): TooLarge;
export function checksum(bytes: Uint8Array): number;
