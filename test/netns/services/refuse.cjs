// Preloaded (`node --require`): has the kernel refuse system calls to this process and those that it starts, as containers do (seccomp(2)).
// NETDIAG_REFUSE is JSON: [{"call": "socket" | "setsockopt", "arguments": {"0": 2, …}, "errno": 1}, …]; an argument is compared in
// its low 32 bits, that of a socket's type without its flags. `call: "koffi"` makes koffi's own binary unloadable instead.

const rules = JSON.parse(process.env.NETDIAG_REFUSE ?? '[]');
const NUMBERS = {
  x64: { socket: 41, setsockopt: 54, epoll_create1: 291, eventfd2: 290 },
  arm64: { socket: 198, setsockopt: 208, epoll_create1: 20, eventfd2: 19 },
}[process.arch];
const SOCKET_TYPE_MASK = 0xf;
const PR_SET_SECCOMP = 22;
const PR_SET_NO_NEW_PRIVS = 38;
const SECCOMP_MODE_FILTER = 2;
const [LOAD, AND, JUMP_EQUAL, RETURN] = [0x20, 0x54, 0x15, 0x06];
const [ALLOW, ERRNO] = [0x7fff0000, 0x00050000];
/** Where `struct seccomp_data` has the number of the call, and its first argument. */
const [NUMBER, ARGUMENTS] = [0, 16];

const filtered = rules.filter(({ call }) => call !== 'koffi');
if (filtered.length > 0) install(filtered.flatMap(instructionsOf).concat([[RETURN, 0, 0, ALLOW]]));
if (filtered.length < rules.length) {
  const load = process.dlopen;
  process.dlopen = (module, file, ...rest) => {
    if (file.endsWith('koffi.node')) throw new Error(`${file}: cannot open shared object file: Operation not permitted`);
    return load.call(process, module, file, ...rest);
  };
}

/** [code, jump if true, jump if false, value] each; what does not fit goes on behind the last of them. */
function instructionsOf({ call, arguments: wanted = {}, errno }) {
  const tests = [{ at: NUMBER, mask: null, value: NUMBERS[call] }];
  for (const [index, value] of Object.entries(wanted)) {
    tests.push({ at: ARGUMENTS + 8 * Number(index), mask: call === 'socket' && index === '1' ? SOCKET_TYPE_MASK : null, value });
  }
  const plain = tests.flatMap(({ at, mask, value }) => [
    [LOAD, 0, 0, at],
    ...(mask === null ? [] : [[AND, 0, 0, mask]]),
    [JUMP_EQUAL, 0, null, value],
  ]);
  return [...plain.map(([code, yes, no, value], index) => [code, yes, no ?? plain.length - index, value]), [RETURN, 0, 0, ERRNO | errno]];
}

function install(instructions) {
  const koffi = require('koffi');
  const program = Buffer.alloc(instructions.length * 8);
  instructions.forEach(([code, yes, no, value], index) => {
    program.writeUInt16LE(code, index * 8);
    program.writeUInt8(yes, index * 8 + 2);
    program.writeUInt8(no, index * 8 + 3);
    program.writeUInt32LE(value >>> 0, index * 8 + 4);
  });
  const arena = koffi.alloc('uint8_t', 16 + program.length);
  const memory = Buffer.from(koffi.view(arena, 16 + program.length));
  memory.writeUInt16LE(instructions.length, 0);
  memory.writeBigUInt64LE(koffi.address(arena) + 16n, 8);
  program.copy(memory, 16);
  const prctl = koffi.load(null).func('int prctl(int, unsigned long, void *, unsigned long, unsigned long)');
  const plain = koffi.load(null).func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)');
  if (plain(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, arena, 0, 0) !== 0) {
    throw new Error('the kernel takes no seccomp filter');
  }
}
