/** What /proc/cpuinfo tells of the processor. */
export interface ProcessorFile {
  /** `x86`: it has a line of flags in which a hypervisor shows itself. `arm`: it has features, and none of them does. */
  family: 'x86' | 'arm' | 's390' | 'power' | 'other';
  /** Whether the processor shows the bit that hypervisors set (x86 alone); `null`: it has no such bit. */
  hypervisor: boolean | null;
  userModeLinux: boolean;
  /** The board, where the kernel names it (`Raspberry Pi 4 Model B Rev 1.4`); `null`: it does not. */
  model: string | null;
}

/** `null`: not the file that the kernel makes. Of several processors the first tells. */
export function parseProcessorFile(text: string): ProcessorFile | null {
  const field = (name: string) => new RegExp(`^${name}[ \\t]{0,40}:[ \\t]?(.{0,8000})$`, 'm').exec(text)?.[1]?.trim() ?? null;
  const flags = field('flags');
  const userModeLinux = field('vendor_id') === 'User Mode Linux';
  const model = field('Model');
  if (flags !== null) return { family: 'x86', hypervisor: flags.split(' ').includes('hypervisor'), userModeLinux, model };
  const family =
    field('CPU implementer') !== null ? 'arm' : field('# processors') !== null ? 's390' : field('platform') ? 'power' : 'other';
  if (field('processor') === null && field('processor 0') === null && family === 'other' && !userModeLinux) return null;
  return { family, hypervisor: null, userModeLinux, model };
}
