import type { Actor } from '@millwright/kernel';
import type { Model, ModelFilter } from './schemas.ts';

/** A module that keeps models of its own and shows them in the one list: to read there, to change where they are kept. */
export interface ModelSource {
  readonly module: string;
  /** What the actor may see of them; the filter's site, node and family are applied by who asks. */
  list(actor: Actor, filter: ModelFilter): Promise<readonly Omit<Model, 'keptBy'>[]>;
}
