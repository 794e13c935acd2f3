/** What a text has to be, as the kind `text` names it: `date:YYMMDD`, `serial:LOT-\d{5}`, `mod10`, … */
export const formatKinds = ['any', 'date', 'serial', 'mod10', 'gs1', 'mod97', 'code39'] as const;
export type FormatKind = (typeof formatKinds)[number];

export interface TextFormat {
  readonly kind: FormatKind;
  /** Shape of the date, or regular expression. */
  readonly detail: string;
}

export function parseFormat(format: string | undefined): TextFormat {
  const [kind = 'any', ...detail] = (format ?? 'any').split(':');
  return { kind: formatKinds.find((one) => one === kind) ?? 'any', detail: detail.join(':') };
}

/** Undefined: any text. A serial number without its expression is none yet. */
export function formatOf({ kind, detail }: TextFormat): string | undefined {
  if (kind === 'any' || (kind === 'serial' && !detail)) return undefined;
  return detail ? `${kind}:${detail}` : kind;
}
