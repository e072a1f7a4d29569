import type { Code } from '../../model/code.js';

/** What an rcode means for the one who asked, `null` for NOERROR: the check says which rcode it was. */
export function codeOfRcode(rcode: string): Code | null {
  switch (rcode) {
    case 'NOERROR':
      return null;
    case 'NXDOMAIN':
      return 'dns-nxdomain';
    // The server does not serve this client, this zone, or this kind of question.
    case 'REFUSED':
    case 'NOTAUTH':
    case 'NOTIMP':
      return 'dns-refused';
    default:
      return 'dns-servfail';
  }
}
