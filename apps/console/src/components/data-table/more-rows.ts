/** What the table needs to go on in a list that the server hands out in pages. */
export interface MoreRows<Row> {
  readonly loading: boolean;
  load(): void;
  /** Every row there is, for the export. */
  all(): Promise<readonly Row[]>;
}

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

/** Undefined once everything is here. */
export const moreRows = <Row>(pages: Pages, all: () => Promise<readonly Row[]>): MoreRows<Row> | undefined =>
  pages.hasNextPage ? { loading: pages.isFetchingNextPage, load: () => void pages.fetchNextPage(), all } : undefined;
