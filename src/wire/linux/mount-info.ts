/** A line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  /** The folder of the file system that is shown; `/` for the whole. */
  root: string;
  mountPoint: string;
  fileSystem: string;
  source: string;
  /** Options of the file system itself. */
  options: string;
}

/** Machines with many containers have thousands. */
const MAXIMUM_MOUNTS = 4096;

/** The mounts that this process sees. A line that does not parse is left out. */
export function parseMountInfo(text: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    if (mounts.length === MAXIMUM_MOUNTS) break;
    const fields = line.split(' ');
    const end = fields.indexOf('-', 6);
    const [root, mountPoint] = [fields[3], fields[4]];
    const [fileSystem, source, options = ''] = end === -1 ? [] : fields.slice(end + 1);
    if (root === undefined || mountPoint?.startsWith('/') !== true || fileSystem === undefined || source === undefined) continue;
    mounts.push({ root, mountPoint: unescaped(mountPoint), fileSystem, source, options });
  }
  return mounts;
}

/** Blanks in paths are octal numbers. */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
