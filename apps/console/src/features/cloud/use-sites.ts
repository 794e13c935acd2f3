export interface Site {
  readonly id: string;
  readonly name: string;
}

const none: readonly Site[] = [];

/** The sites this person may see. */
export function useSites(): readonly Site[] {
  return none;
}
