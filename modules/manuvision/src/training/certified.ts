/** Most pictures that the parity certificate judges by both. */
export const certified = 40;
