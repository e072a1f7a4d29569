import type { Layout } from '../test/netns/network.js';

/** Where cases happen: hosts and links, and what is served in them while nothing is wrong. */
export interface ScoreboardNetwork {
  layout: Layout;
  /** By host, then by service: `dns`, or `dns-2` where a host has several of a kind. */
  services: Readonly<Record<string, Services>>;
  /** What is set up before the services start: rules, say. */
  prepare?: readonly { on: string; run: string }[];
  /** Of netdiag, which runs on the host `client`. `CA` stands for the file of the network's authority. */
  arguments: readonly string[];
  /** Of netdiag. What a case says is put over it. */
  environment?: Readonly<Record<string, string>>;
}

/** By name: `web`, `web-portal`. What stands before the first `-` is the kind. */
export type Services = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The host that netdiag runs on, in each network. */
export const CLIENT = 'client';
