import { z } from 'zod';

/** One address or a range of them, in CIDR notation. */
export const networkSchema = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

export const allowedNetworkSchema = z.object({ network: z.string(), at: z.string(), by: z.string() });
export type AllowedNetwork = z.output<typeof allowedNetworkSchema>;

export const networksSchema = z.object({
  items: z.array(allowedNetworkSchema),
  /** Those that the setting allowedNetworks names: changed there, and in force after a new start. */
  configured: z.array(z.string()),
});
export type Networks = z.output<typeof networksSchema>;
