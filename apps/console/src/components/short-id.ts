/** The end of a UUIDv7: its beginning is a time and the same for everything made in one minute. */
export const shortId = (id: string): string => id.replaceAll('-', '').slice(-8);

export const shortHash = (hash: string): string => (hash.length > 20 ? `${hash.slice(0, 8)}…${hash.slice(-8)}` : hash);
