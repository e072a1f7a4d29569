/**
 * What `full-report` looks at where nobody named a target: two public resolvers by address, which need no name resolution, and two
 * well-known names on different networks, which do.
 */
export const INTERNET_REFERENCES: readonly string[] = ['1.1.1.1:443', '8.8.8.8:443', 'https://example.com', 'https://www.wikipedia.org'];
