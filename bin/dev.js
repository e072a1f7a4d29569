#!/usr/bin/env node
// The same as run.js, for those who work on netdiag: internal errors come with their stack.

process.env.NETDIAG_DEBUG = '1';
await import('./run.js');
