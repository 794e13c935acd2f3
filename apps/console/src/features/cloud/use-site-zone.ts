import { useTree } from './use-plant.ts';

/** The zone of IANA by whose clock a site lives; until it is known, that of whoever looks. */
export function useSiteZone(siteId: string): string {
  const site = useTree().data?.find(({ id }) => id === siteId);
  return site?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
