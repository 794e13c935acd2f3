/** ISO time so many days from now; null for 0, which never ends. */
export const expiryAfter = (days: number, now: number): string | null =>
  days === 0 ? null : new Date(now + days * 86_400_000).toISOString();
