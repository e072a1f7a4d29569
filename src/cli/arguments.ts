import { string } from '@oclif/core/args';

/** TARGET…: at least one. An argument never comes from standard input. */
export const targetsArgument = {
  target: string({ description: 'host name, address, host:port, [v6]:port or URL', multiple: true, ignoreStdin: true }),
};
