/** Work orders as everybody sees them: words, moves and shapes. Safe in a browser. */

export const workOrderStates = ['open', 'in-progress', 'done', 'cancelled'] as const;
export type WorkOrderState = (typeof workOrderStates)[number];

export const workOrderPriorities = ['low', 'normal', 'high', 'urgent'] as const;
export type WorkOrderPriority = (typeof workOrderPriorities)[number];

/** What a person says of the alarm that an order came from: right, wrong, right but too late to act, right but of no use. */
export const verdicts = ['true', 'false', 'too-late', 'not-useful'] as const;
export type Verdict = (typeof verdicts)[number];

/** Where an order may go from each state, and whether that is for who works on it or for who manages orders. */
export const workOrderMoves: Readonly<
  Record<WorkOrderState, Readonly<Partial<Record<WorkOrderState, 'work' | 'manage'>>>>
> = {
  open: { 'in-progress': 'work', done: 'work', cancelled: 'manage' },
  'in-progress': { open: 'work', done: 'work', cancelled: 'manage' },
  done: { 'in-progress': 'manage' },
  cancelled: { open: 'manage' },
};

/** Work has still to be done. */
export const isUnfinished = (state: WorkOrderState): boolean => state === 'open' || state === 'in-progress';

/** Columns that a list of orders may be sorted by. */
export const workOrderSorts = ['number', 'title', 'priority', 'state', 'due', 'created', 'changed'] as const;
export type WorkOrderSort = (typeof workOrderSorts)[number];

export interface ChecklistItem {
  readonly id: string;
  readonly text: string;
  /** Who ticked it and when; null while it is to do. */
  readonly done: { readonly by: string; readonly at: string } | null;
}

export interface SparePart {
  readonly id: string;
  readonly name: string;
  /** Of the stock or the maker; may be empty. */
  readonly partNumber: string;
  readonly quantity: number;
  readonly by: string;
  readonly at: string;
}

export interface TimeSpent {
  readonly id: string;
  readonly minutes: number;
  readonly note: string;
  readonly by: string;
  readonly at: string;
}

export interface WorkOrderOutcome {
  /** What was found to be the cause. */
  readonly cause: string;
  /** What was done about it. */
  readonly action: string;
  /** Only of orders that came from an alarm. */
  readonly verdict: Verdict | null;
}

/** What an order was raised from. */
export interface WorkOrderSource {
  /** `finding`, or what the module that it came from calls it. */
  readonly kind: string;
  readonly id: string;
  /** Path in the console. */
  readonly link: string | null;
  readonly title: string;
}

export interface WorkOrderPhoto {
  readonly hash: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly by: string;
  readonly at: string;
}

export interface WorkOrderComment {
  readonly id: string;
  readonly text: string;
  readonly by: string;
  readonly at: string;
}

/** A row of the list. */
export interface WorkOrderFacts {
  readonly id: string;
  /** What people call it by; counts up, and may skip one. */
  readonly number: number;
  readonly siteId: string;
  readonly siteName: string;
  readonly timezone: string;
  readonly nodeId: string;
  readonly nodeName: string;
  readonly title: string;
  readonly priority: WorkOrderPriority;
  readonly state: WorkOrderState;
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly dueAt: string | null;
  readonly overdue: boolean;
  readonly checked: number;
  readonly toCheck: number;
  readonly minutes: number;
  readonly source: WorkOrderSource | null;
  readonly outcome: WorkOrderOutcome | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly changedAt: string;
  readonly closedAt: string | null;
}

export interface WorkOrder extends WorkOrderFacts {
  readonly description: string;
  /** Entry of the ledger that `millwright verify` proves. */
  readonly findingId: string | null;
  readonly checklist: readonly ChecklistItem[];
  readonly parts: readonly SparePart[];
  readonly times: readonly TimeSpent[];
  readonly photos: readonly WorkOrderPhoto[];
  readonly comments: readonly WorkOrderComment[];
  /** Whoever closes it has to say whether the alarm that it came from was right. */
  readonly asksVerdict: boolean;
}
