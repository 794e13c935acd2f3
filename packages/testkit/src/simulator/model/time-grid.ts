/** The plant's grid: UTC days of 96 slots of 15 minutes. Every zone of the plant is whole quarter hours from UTC. */
export const dayMs = 86_400_000;
export const slotMs = 900_000;
export const slotsPerDay = 96;
export const hoursPerSlot = 0.25;

/** The nearest earlier slot border: faults of the process itself begin and end on one. */
export function alignToSlot(timeMs: number): number {
  return Math.floor(timeMs / slotMs) * slotMs;
}
