import type { Explanation, TermNumber } from '../explanation.js';
import { ERRNO_TEXTS, type ErrnoText } from './errno.js';
import { MORE_ERRNO_TEXTS } from './errno-more.js';
import { ERRNO_ROWS, type ErrnoGroup, type ErrnoRow } from './errno-numbers.js';

/** What is said of errors that are seldom about a network: what kind they are, and where to look in place of it. */
const GROUP_TEXTS: Readonly<Record<ErrnoGroup, Pick<ErrnoText, 'meaning' | 'causes' | 'tellApart' | 'remedies'>>> = {
  file: {
    meaning: 'An error of files, folders and file systems. The network is at fault only where the file system is one of the network.',
    causes: ['The file or file system is not as the program expects it.', 'A file system of the network (NFS, SMB) whose server is away.'],
    tellApart: ['`findmnt -T PATH` says on which file system, and whether on one of the network, the file lies.'],
    remedies: ['Look at the file that the program names; for one of the network see whether its server answers.'],
  },
  process: {
    meaning: 'An error between processes and threads of one machine. It says nothing about the network.',
    causes: ['A mistake in the program.', 'A process that ended while another one waited for it.'],
    tellApart: ['The log of the program names the call that brought it.'],
    remedies: ['Restart the program; report it to its makers where it comes again.'],
  },
  program: {
    meaning: 'The program asks the system for something that makes no sense, or cannot run as it is. It says nothing about the network.',
    causes: ['A mistake in the program.', 'A program or library for another system or version.'],
    tellApart: ['It comes at once and each time, wherever the program connects to: the program.'],
    remedies: ['Update the program; report it to its makers where it comes again.'],
  },
  stream: {
    meaning: 'A leftover of older systems and of file systems of the network. Sockets of today hardly bring it.',
    causes: ['A file system of the network whose server is away, or has started anew.', 'An old driver or program.'],
    tellApart: ['`findmnt -t nfs,nfs4,cifs` lists the file systems of the network; `sudo dmesg` names a driver.'],
    remedies: ['See whether the server answers, and mount the file system anew.'],
  },
  device: {
    meaning: 'A device, or what stands for one, did not do what it was asked for. For a network card that is the card or its driver.',
    causes: ['The device went away or is broken.', 'A driver that hangs.', 'A tunnel or virtual device without anybody at its other end.'],
    tellApart: ['`sudo dmesg` names the device and the moment.'],
    remedies: ['Unplug and plug it in again, or restart the machine; look at cable and power.'],
  },
  key: {
    meaning: 'The kernel lacks a key that it needs, or does not accept it: encrypted file systems, signed modules, AFS, NFS with Kerberos.',
    causes: ['Nobody has logged in yet, or the ticket has run out.', 'A module or file that is signed with another key.'],
    tellApart: ['`klist` shows tickets and their ends; `cat /proc/keys` what the kernel has.'],
    remedies: ['Log in again (`kinit`), or load the right key.'],
  },
  queue: {
    meaning: 'The queue of an interface is full: more is sent than the link takes.',
    causes: ['More is sent than the link carries.', 'The interface is stuck.'],
    tellApart: ['`netstat -ni` counts what the interface could not send.'],
    remedies: ['Send more slowly, and look at the link.'],
  },
};

/** Names that stand for the number of another one. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  EAGAIN: ['EWOULDBLOCK'],
  EOPNOTSUPP: ['ENOTSUP'],
  EDEADLK: ['EDEADLOCK'],
};

function textOf(name: string, message: string, group: ErrnoGroup | null): ErrnoText {
  const own = ERRNO_TEXTS[name] ?? MORE_ERRNO_TEXTS[name];
  if (own !== undefined) return own;
  return { layer: null, title: message, related: [], ...GROUP_TEXTS[group ?? 'program'] };
}

function numbersOf([linux, darwin, windows]: ErrnoRow): TermNumber[] {
  const unix: TermNumber[] =
    linux !== null && linux === darwin
      ? [{ number: linux, where: 'Linux and macOS' }]
      : [...(linux === null ? [] : [{ number: linux, where: 'Linux' }]), ...(darwin === null ? [] : [{ number: darwin, where: 'macOS' }])];
  return [...unix, ...(windows === null ? [] : [{ number: windows, where: 'Windows' }])];
}

/** Errors of system calls by name (POSIX.1-2024, Linux, macOS), as they show in `attempt.code` and in the messages of other programs. */
export const ERRNO_EXPLANATIONS: readonly Explanation[] = Object.entries(ERRNO_ROWS).map(([term, row]) => {
  const [, , windows, message, group] = row;
  const names = [term, ...(OTHER_NAMES[term] ?? [])];
  return {
    term,
    kind: 'errno',
    numbers: numbersOf(row),
    alsoCalled: [...names.slice(1), message, ...(windows === null ? [] : names.map((name) => `WSA${name}`))],
    ...textOf(term, message, group),
  };
});
