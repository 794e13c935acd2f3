/** Most memory that this process ever held, in MB. */
export const peakMegabytes = (): number => Math.round(process.resourceUsage().maxRSS / 1.024) / 1000;
