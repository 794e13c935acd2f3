/** What is known of a column of a frozen data set. */
export interface FrozenColumn {
  readonly name: string;
  readonly kind: 'number' | 'category';
  /** Rows in which nothing is known. */
  readonly missing: number;
  /** Distinct texts, of a category. */
  readonly levels?: number;
}
