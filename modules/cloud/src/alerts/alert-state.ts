/** What people have made of an alert: nobody yet, somebody has it, or it is done with. */
export const alertStates = ['open', 'acknowledged', 'resolved'] as const;
export type AlertState = (typeof alertStates)[number];
