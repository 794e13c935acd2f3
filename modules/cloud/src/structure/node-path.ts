const separator = ' > ';

/** Names of nested areas or assets in one cell, outermost first: `Press 1 > Motor`. */
export function joinPath(names: readonly string[]): string {
  return names.map((name) => name.replaceAll(separator, ' \\> ')).join(separator);
}

export function splitPath(cell: string | undefined): string[] {
  if (!cell) return [];
  return cell.split(separator).map((name) => name.trim().replaceAll(' \\> ', separator));
}
