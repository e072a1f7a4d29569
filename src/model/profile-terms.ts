import type { Code } from './code.js';
import type { Layer } from './layer.js';

/** An error code of the programs that a profile is made for, as their users meet it. */
export interface ProfileTerm {
  name: string;
  number: number;
  title: string;
  layer: Layer | null;
  meaning: string;
  /** The likeliest first, as seen from the network. */
  causes: readonly string[];
  tellApart: readonly string[];
  remedies: readonly string[];
  related: readonly Code[];
}

const OUTSIDE_NETWORK =
  'The same moment shows no trouble in `netdiag full-report`, and other programs work: the market or the account, not the network.';

/** Of trading platforms: what the terminal or a trading program prints when an order or a connection fails. */
const TRADING_TERMS: readonly ProfileTerm[] = [
  {
    name: 'ERR_NO_CONNECTION',
    number: 6,
    title: 'No connection to the trade server',
    layer: null,
    meaning: 'The platform has no connection to the trade server. Nothing can be ordered or closed until it stands again.',
    causes: [
      'This machine has no internet: link, gateway, provider or DNS.',
      'A firewall, here or on the way, keeps the ports of the broker out (443 and those of its own).',
      'The server of the broker is down, or another one has to be chosen.',
      'The login was refused, so that the server ended the connection.',
    ],
    tellApart: [
      'Other sites do not open either: this machine or its network.',
      'Only the broker does not answer: `netdiag ports TARGET -p 443` tells a firewall (filtered) from a server that is down (closed).',
      'It stands for some seconds and ends: the login, or a device that cuts idle connections.',
    ],
    remedies: [
      'Find the layer: `netdiag full-report TARGET`.',
      'Choose another access point of the broker in the platform.',
      'Have outgoing TCP to the ports of the broker allowed.',
    ],
    related: ['upstream-unreachable', 'port-filtered', 'dns-unreachable', 'connectivity-intermittent'],
  },
  {
    name: 'ERR_TRADE_TIMEOUT',
    number: 10,
    title: 'The trade server did not confirm in time',
    layer: null,
    meaning:
      'An order was sent and no confirmation came within the time that the platform waits, about 5 s. Whether it was carried out is not known.',
    causes: [
      'The round trip is far longer than usual: loss with repeats, a full line (bufferbloat), a long way.',
      'The connection broke after the order was sent.',
      'The server of the broker is overloaded, as with news.',
    ],
    tellApart: [
      'Round trips to the broker are long or uneven at that moment: the network; `netdiag latency TARGET --count 100`.',
      'They are short, and the order still takes seconds: the server.',
      'It happens while something large is sent or loaded: a full line.',
    ],
    remedies: [
      'Look at open orders before it is sent again: it may have been carried out.',
      'Measure loss and latency to the broker: `netdiag loss TARGET` and `netdiag latency TARGET`.',
      'Trade from a machine that is near the server.',
    ],
    related: ['latency-high', 'loss-upstream', 'bufferbloat', 'connectivity-intermittent'],
  },
  {
    name: 'ERR_INVALID_PRICE',
    number: 135,
    title: 'The price is no longer right',
    layer: null,
    meaning: 'The price of the order had changed when it arrived (platforms call it "price changed" as well).',
    causes: [
      'Latency: the price moved while the order was on its way.',
      'A fast market.',
      'The program uses a price that it read too long ago.',
    ],
    tellApart: [
      'The share of such orders grows with the round trip: the network.',
      'It comes with news alone: the market.',
      'It comes at once and with all orders: the program does not fetch the price anew.',
    ],
    remedies: [
      'Fetch the price right before the order, and allow some deviation.',
      'Measure what the network adds: `netdiag latency TARGET --profile trading`.',
    ],
    related: ['latency-high', 'jitter-high'],
  },
  {
    name: 'ERR_OFF_QUOTES',
    number: 136,
    title: 'There are no quotes',
    layer: null,
    meaning: 'The broker gives no price for this order at the moment.',
    causes: [
      'The market or the symbol is closed.',
      'A gap in the network: quotes did not arrive, and what is there is too old.',
      'The broker has no price from its own sources.',
    ],
    tellApart: [
      'Other symbols have quotes: the symbol. None has: the connection.',
      'Its hours say that it is closed: the market.',
      OUTSIDE_NETWORK,
    ],
    remedies: ['Look at the hours of the symbol.', 'Watch the connection for a while: `netdiag loss TARGET --count 300`.'],
    related: ['connectivity-intermittent', 'loss-upstream', 'websocket-silent'],
  },
  {
    name: 'ERR_REQUOTE',
    number: 138,
    title: 'The broker offers another price',
    layer: null,
    meaning: 'The price moved between question and order, and the broker offers a new one in place of carrying the order out.',
    causes: [
      'A fast market.',
      'Latency: the longer the way, the more often the price has moved.',
      'A kind of account that asks back in place of sliding.',
    ],
    tellApart: ['The share of requotes grows with the round trip: the network.', 'They come at short round trips too: market or account.'],
    remedies: [
      'Allow a deviation, or use a kind of account with market execution.',
      'Measure what the network adds: `netdiag latency TARGET --profile trading`.',
    ],
    related: ['latency-high', 'jitter-high'],
  },
  {
    name: 'ERR_CONNECTION_FAILED',
    number: 4756,
    title: 'The broker does not take the connection or the request',
    layer: null,
    meaning: 'A request to the server was sent and failed. As a rule the broker, or a filter in front of it, does not let this address in.',
    causes: [
      'The address of this machine is not on the allow list of the broker, or is blocked there.',
      'The address has changed: another line, VPN or server.',
      'A proxy or firewall on the way cuts the connection.',
      'Login or key are not accepted.',
    ],
    tellApart: [
      'From another address with the same login it works: the list of the broker.',
      'The port opens, and then the connection is reset or stays silent: a filter in front of the service.',
      'An answer with 401 or 403 comes: login or list; `netdiag http URL`.',
    ],
    remedies: [
      'Have the broker put the public address of this machine on its allow list.',
      'See what the port does from here: `netdiag ports TARGET -p 443`.',
      'Switch the VPN off, or on, as the list wants it.',
    ],
    related: ['port-filtered', 'port-rejected', 'tcp-reset', 'http-unauthorized', 'proxy-refused'],
  },
];

/** Error codes by the name of the profile that brings them. */
export const PROFILE_TERMS: Readonly<Record<string, readonly ProfileTerm[]>> = { trading: TRADING_TERMS };
