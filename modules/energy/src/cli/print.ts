/** Five digits that count, for a person. */
export const shown = (value: number): string => String(Number(value.toPrecision(5)));

export const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
